"""The tables of a generation: the columns of each dataset, their SQL types, and the order of rows.

Every name put into SQL here comes from tables/.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from analytics.tables import DATASETS, LICENCES, CellType, Column, Dataset, Memory

TYPES = {
    CellType.COUNT: "BIGINT",
    CellType.DAY: "DATE",
    CellType.DATE: "DATE",
    CellType.MONTH: "DATE",
    CellType.MOMENT: "TIMESTAMP",
    CellType.NUMBER: "DECIMAL(38, 18)",
    CellType.FLAG: "BOOLEAN",
}
"""SQL type by cell type; all others are VARCHAR."""

_WORDS = ("service", "channel", "product", "workload")
"""Columns of licence rows that repeat the same few words."""
_LEADING = ("tenant", "day", "month", "moment")


def quoted_path(file: Path) -> str:
    """Return a path as an SQL text."""
    return "'{}'".format(str(file).replace("'", "''"))


def in_sql(name: str) -> str:
    """Return a column's name quoted for SQL: some names, such as `at`, may be SQL words."""
    return f'"{name}"'


CODES = {in_sql(name): in_sql(f"{name}_code") for name in _WORDS}
"""Type of each of those columns in a generation: SQL reads and compares its values as the words."""


def columns(dataset: Dataset) -> list[str]:
    """Return the columns kept of a dataset, quoted, without those of its span.

    Licence rows are keys and counts: their names are kept once, in the tables of names.
    """
    if dataset not in LICENCES:
        return [in_sql(column.name) for column in dataset.columns]
    counts = [in_sql(column.name) for column in dataset.columns if column.kind is CellType.COUNT]
    return [*key(dataset), *counts]


def missing_columns(dataset: Dataset, there: Collection[str]) -> frozenset[str]:
    """Return the columns, unquoted, that a generation's table with these does not have."""
    return frozenset(name.strip('"') for name in columns(dataset)) - set(there)


def lacking_columns(
    con: duckdb.DuckDBPyConnection, tables: Collection[str]
) -> dict[str, frozenset[str]]:
    """Return the columns that an earlier version did not write, by dataset; of these tables."""
    there = _every_column(con)
    lacks = {each.name: missing_columns(each, there[each.name]) for each in DATASETS}
    return {name: its for name, its in lacks.items() if its and name in tables}


def _every_column(con: duckdb.DuckDBPyConnection) -> defaultdict[str, set[str]]:
    """Return the columns by table, asked for at once: each question takes a millisecond."""
    sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    there: defaultdict[str, set[str]] = defaultdict(set)
    for table, column in con.execute(sql).fetchall():
        there[table].add(column)
    return there


def as_kept(dataset: Dataset) -> list[str]:
    """Return the columns kept, as SQL that gives each the type it has in a generation."""
    return [f"{name}::{sort} AS {name}" for name, sort in _kept_types(dataset).items()]


def span(dataset: Dataset) -> list[str]:
    """Return the columns for the days on which a row was first seen and first missed; empty unless
    the dataset is remembered in spans.
    """
    return ['"since"', '"until"'] if dataset.memory is Memory.SPANS else []


FORM = in_sql("form")
"""The column with the form of a row, where a dataset has columns of later forms."""


def later_columns(dataset: Dataset) -> list[Column]:
    """Return the columns that a row has since a later form."""
    return [column for column in dataset.columns if column.form]


def key(dataset: Dataset) -> list[str]:
    """Return the columns that make up a row's key, quoted."""
    return [in_sql(dataset.columns[at].name) for at in dataset.key]


def has(dataset: Dataset, name: str) -> bool:
    """Check whether the dataset has a column with this name of ours."""
    return name in {column.name for column in dataset.columns}


@dataclass(frozen=True, slots=True)
class Keeping:
    """Cells that are emptied: sign-in names of old rows, and what is kept on request alone."""

    named_since: date | None = None
    """Names of rows older than this are emptied; None empties none."""
    on_request: bool = True
    """True if columns that are kept on request are kept."""

    def cells(self, dataset: Dataset) -> dict[str, str]:
        """Return SQL for each column of the dataset that loses cells, by its quoted name."""
        cells: dict[str, str] = {}
        if self.named_since:
            young = f"{in_sql(dataset.columns[0].name)} >= DATE '{self.named_since}'"
            for name in map(in_sql, dataset.naming):
                cells[name] = f"CASE WHEN {young} THEN {name} END"
        if not self.on_request:
            cells |= {in_sql(c.name): "NULL::VARCHAR" for c in dataset.columns if c.on_request}
        return cells

    def replacement(self, dataset: Dataset) -> str:
        """Return SQL behind `SELECT *` that empties those cells; '' where there is nothing to."""
        cells = [f"{cell} AS {name}" for name, cell in self.cells(dataset).items()]
        return f"REPLACE ({', '.join(cells)})" if cells else ""

    def losing(self, dataset: Dataset) -> str:
        """Return an SQL condition that is true for rows that lose a cell now."""
        lost = [
            f"({name} <> '' AND ({cell}) IS NULL)" for name, cell in self.cells(dataset).items()
        ]
        return " OR ".join(lost) or "false"


def order(dataset: Dataset) -> str:
    """Return the SQL order of a dataset's rows: one customer's together, by time."""
    leading = [in_sql(name) for name in _LEADING if has(dataset, name)]
    rest = [name for name in key(dataset) if name not in leading]
    return ", ".join([*leading, *rest, *span(dataset)[:1]]) or "ALL"


def part_of(dataset: Dataset) -> str:
    """Return SQL for the name of a row's part: its part columns as text; '' if there are none."""
    return f"concat_ws('/', {', '.join(map(in_sql, dataset.part))})" if dataset.part else "''"


def types(dataset: Dataset, names: Iterable[str]) -> dict[str, str]:
    """Return the SQL types of these columns; names are quoted."""
    known = {in_sql(column.name): TYPES.get(column.kind, "VARCHAR") for column in dataset.columns}
    return {name: known.get(name, "DATE") for name in names}


def empty_rows(dataset: Dataset) -> str:
    """Return SQL for no row of the dataset, with the columns that it would have."""
    its = types(dataset, [*columns(dataset), *span(dataset)])
    nulls = [f"CAST(NULL AS {sort}) AS {name}" for name, sort in its.items()]
    return f"(SELECT {', '.join(nulls)} WHERE false)"


def create(
    into: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    table: str,
    *,
    temporary: bool = False,
    extra: str = "",
) -> None:
    """Create a table of all the dataset's columns, if there is none, with `extra` at its end."""
    kind = "TEMP TABLE" if temporary else "TABLE IF NOT EXISTS"
    every = types(dataset, [in_sql(column.name) for column in dataset.columns])
    each = [f"{name} {sort}" for name, sort in every.items()]
    into.execute(f"CREATE {kind} {table} ({', '.join(filter(None, [*each, extra]))})")


def add_columns(into: duckdb.DuckDBPyConnection) -> None:
    """Give the tables of a staging that an earlier version left the columns that they lack."""
    found = _every_column(into)
    for dataset in DATASETS:
        table = f"new_{dataset.name}"
        there = set(map(in_sql, found[table]))
        every = types(dataset, [in_sql(column.name) for column in dataset.columns])
        for name in every.keys() - there if there else ():
            into.execute(f"ALTER TABLE {table} ADD COLUMN {name} {every[name]}")


def create_kept(into: duckdb.DuckDBPyConnection, dataset: Dataset) -> None:
    """Create the dataset's empty table in a generation; the types of CODES must exist."""
    its = {**_kept_types(dataset), **types(dataset, span(dataset))}
    each = [f"{name} {sort}" for name, sort in its.items()]
    into.execute(f"CREATE TABLE {dataset.name} ({', '.join(each)})")


def _kept_types(dataset: Dataset) -> dict[str, str]:
    """Return the types that the columns kept have in a generation."""
    its = types(dataset, columns(dataset))
    return {**its, **{c: CODES[c] for c in its if dataset in LICENCES and c in CODES}}
