"""The day each part of a dataset was last fetched whole, what doubted lists lack, and marks."""

from datetime import date
from pathlib import Path

import duckdb

from analytics.warehouse.generations import Generations
from analytics.warehouse.marks import Mark, mark_of, mark_text
from analytics.warehouse.schema import quoted_path

ABSENT = "dataset VARCHAR, part VARCHAR, key UBIGINT, since TIMESTAMP"
"""Columns of the table `absent`: rows that stand and were not listed, since which fetch."""

_PARTS = """
    INSERT INTO parts SELECT dataset, part, $today
    FROM arrived ANTI JOIN closed USING (dataset, part) ORDER BY ALL"""
_OLD_PARTS = """
    INSERT INTO parts FROM old.parts
    ANTI JOIN (FROM arrived UNION FROM missed) USING (dataset, part) ORDER BY ALL"""

_OLD_ABSENT = """
    INSERT INTO absent FROM old.absent o ANTI JOIN (
        SELECT dataset, part FROM doubted UNION SELECT dataset, part FROM arrived
        UNION SELECT dataset, '' FROM arrived) USING (dataset, part) ORDER BY ALL"""


def write_parts(into: duckdb.DuckDBPyConnection, today: date, *, has_old: bool) -> None:
    """Write the table `parts`: those fetched now, and those known before. A part that could not be
    fetched is no longer known, so that the next sync fetches it again.
    """
    into.execute("CREATE TABLE parts (dataset VARCHAR, part VARCHAR, day DATE)")
    into.execute(_PARTS, {"today": today})
    if has_old:
        into.execute(_OLD_PARTS)


def write_absent(into: duckdb.DuckDBPyConnection, *, has_old: bool) -> None:
    """Write the table `absent`: what doubted lists lack. What was kept of a part that came whole
    since then, or is doubted again, goes.
    """
    into.execute(f"CREATE TABLE absent ({ABSENT})")
    into.execute("INSERT INTO absent FROM doubted ORDER BY ALL")
    if has_old:
        into.execute(_OLD_ABSENT)


def write_marks(into: duckdb.DuckDBPyConnection, *, staged: bool, has_old: bool) -> dict[str, Mark]:
    """Write the table `marks`: those of the staged sync; datasets it did not touch keep theirs.
    Return the marks by dataset.
    """
    marks = read_marks(into, "old.marks") if has_old else {}
    marks |= read_marks(into, "staged.mark") if staged else {}
    into.execute("CREATE TABLE marks (dataset VARCHAR PRIMARY KEY, said VARCHAR NOT NULL)")
    for mark in marks.values():
        put_mark(into, mark)
    return marks


def put_mark(into: duckdb.DuckDBPyConnection, mark: Mark) -> None:
    """Write a mark in place of the dataset's earlier one."""
    into.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", [mark.dataset, mark_text(mark)])


def read_marks(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, Mark]:
    """Return the marks in a table, by dataset."""
    rows = con.execute(f"SELECT said FROM {table} ORDER BY dataset").fetchall()
    return {mark.dataset: mark for mark in (mark_of(text) for (text,) in rows)}


def known_parts(folder: Path) -> dict[str, dict[str, date]]:
    """Return the day each part was last fetched whole, by dataset and part. Empty before the first
    sync.

    Raises duckdb.Error, OSError or ValueError if the current generation cannot be read.
    """
    current = Generations(folder).current()
    known: dict[str, dict[str, date]] = {}
    if current is None:
        return known
    with duckdb.connect() as con:
        con.execute(f"ATTACH {quoted_path(current)} AS facts (READ_ONLY)")
        if "parts" in tables_of(con, "facts"):
            for dataset, part, day in con.execute("FROM facts.parts").fetchall():
                known.setdefault(dataset, {})[part] = day
    return known


def tables_of(con: duckdb.DuckDBPyConnection, database: str = "") -> frozenset[str]:
    """Return the tables of an attached database; by default of the one that was opened."""
    rows = con.execute(
        """SELECT table_name FROM duckdb_tables()
        WHERE database_name = coalesce(nullif($d, ''), current_database())""",
        {"d": database},
    ).fetchall()
    return frozenset(name for (name,) in rows)
