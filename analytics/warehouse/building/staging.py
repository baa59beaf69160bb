"""The rows that a sync has fetched so far, page by page, beside the facts: a crash loses a page."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.tables import Dataset, Row
from analytics.warehouse.building.lost_rows import LostRows
from analytics.warehouse.building.new_rows import insert
from analytics.warehouse.building.repeated_rows import (
    refuse_repeats,
    refuse_several_days,
)
from analytics.warehouse.building.sold_subscriptions import SoldSubscriptions
from analytics.warehouse.building.standing_rows import StandingRows
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.fetched_parts import ABSENT
from analytics.warehouse.marks import Mark, mark_of, mark_text
from analytics.warehouse.schema import add_columns, create, in_sql, quoted_path

Columns = Mapping[str, NDArray[np.generic]]
"""Arrays of one length, by column name."""

_TABLES = """
    CREATE TABLE IF NOT EXISTS part (
        dataset VARCHAR, part VARCHAR, following VARCHAR NOT NULL, done BOOLEAN NOT NULL,
        came BIGINT NOT NULL, announced BIGINT, page BIGINT, PRIMARY KEY (dataset, part));
    ALTER TABLE part ADD COLUMN IF NOT EXISTS announced BIGINT;
    ALTER TABLE part ADD COLUMN IF NOT EXISTS page BIGINT;
    CREATE TABLE IF NOT EXISTS mark (dataset VARCHAR PRIMARY KEY, said VARCHAR NOT NULL);
    CREATE TABLE IF NOT EXISTS missed (dataset VARCHAR, part VARCHAR, PRIMARY KEY (dataset, part));
    CREATE TABLE IF NOT EXISTS left_out (dataset VARCHAR, part VARCHAR, key VARCHAR NOT NULL);
    CREATE TABLE IF NOT EXISTS closed (dataset VARCHAR, part VARCHAR, PRIMARY KEY (dataset, part));
    CREATE TABLE IF NOT EXISTS started (day DATE NOT NULL);
    CREATE TABLE IF NOT EXISTS absent ({absent})"""

_ARRIVED = """
    INSERT INTO part VALUES ($d, $p, $f, $done, $n, $announced, $page) ON CONFLICT DO UPDATE SET
        following = excluded.following, done = excluded.done, came = came + excluded.came,
        announced = excluded.announced, page = least(page, excluded.page)
    RETURNING came, announced"""


@dataclass(frozen=True, slots=True)
class FetchedPart:
    """Progress in the fetch of one part of a dataset."""

    following: str = ""
    """Continuation that the client takes for the next page; empty for the first page."""
    done: bool = False
    came: int = 0
    """Rows fetched so far."""
    announced: int | None = None
    """Rows there are in all, as its newest page says; None if that says nothing."""


class Staging:
    """A staging file, held by one process. Every method is its own transaction: when it returns,
    its data is on the disk.
    """

    def __init__(self, file: Path, erased: ErasedList | None = None) -> None:
        """Open the file that an earlier process left, or a new one. What arrives of those who were
        erased is never written to it. Raises duckdb.IOException while another process holds it.
        """
        self._erased = erased or ErasedList()
        file.parent.mkdir(parents=True, exist_ok=True)
        self.file = file
        self._con = duckdb.connect(file, config={"memory_limit": "200MB", "threads": 1})
        self._con.execute(_TABLES.format(absent=ABSENT))
        self._made: set[str] = set()
        add_columns(self._con)
        self.lost = LostRows(self._con)
        self.standing = StandingRows(self._con)
        self.sold = SoldSubscriptions(self._con)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the file for other processes; nothing is lost."""
        self._con.close()

    def set_beside(self, current: Path | None) -> None:
        """Compare what is staged with this generation from now on: `lost`, `standing`, `sold`."""
        if current:
            self._con.execute(f"ATTACH {quoted_path(current)} AS old (READ_ONLY)")
        self.lost = LostRows(self._con)
        self.standing = StandingRows(self._con)
        self.sold = SoldSubscriptions(self._con)

    def start_day(self, today: date) -> date:
        """Return the day the staging's sync began: today, unless an earlier process began it."""
        self._con.execute(
            "INSERT INTO started SELECT $day WHERE NOT EXISTS (FROM started)", {"day": today}
        )
        row = self._con.execute("SELECT day FROM started").fetchone()
        assert row  # noqa: S101 put there above
        return row[0]  # type: ignore[no-any-return]  # DuckDB's rows have no types

    def parts(self, dataset: Dataset) -> dict[str, FetchedPart]:
        """Return the parts of a dataset that were begun, by name; '' if the whole is one part."""
        rows = self._con.execute(
            "SELECT part, following, done, came, announced FROM part WHERE dataset = $d",
            {"d": dataset.name},
        ).fetchall()
        return {name: FetchedPart(*its) for name, *its in rows}

    def part(self, dataset: Dataset, name: str) -> FetchedPart:
        """Return one part of a dataset, begun or not."""
        row = self._con.execute(
            "SELECT following, done, came, announced FROM part WHERE dataset = $d AND part = $p",
            {"d": dataset.name, "p": name},
        ).fetchone()
        return FetchedPart(*row) if row else FetchedPart()

    def add(
        self,
        dataset: Dataset,
        part: str,
        rows: Sequence[Row],
        following: str,
        announced: int | None = None,
    ) -> None:
        """Keep a page of checked rows and the continuation; an empty one ends the part. Rows of
        erased customers count as arrived; of them only the hash of their key is kept.

        Raises RepeatedRows if the part then holds a key twice that it may not, SeveralDays if a
        service's licences are of more than one; the page is not kept.
        """
        kept, left_out = self._erased.filter_rows(dataset, rows)
        self._con.execute("BEGIN")
        try:
            self._insert(dataset, part, kept, left_out)
            page = len(rows) if following else None
            came = self._con.execute(
                _ARRIVED,
                {"d": dataset.name, "p": part, "f": following, "done": not following}
                | {"n": len(rows), "announced": announced, "page": page},
            ).fetchone()
            assert came  # noqa: S101 written above
            if not following:
                refuse_repeats(self._con, dataset, part, rows, came)
                refuse_several_days(self._con, dataset, part, came[0])
            self._con.execute("COMMIT")
            self._made.add(dataset.name)
        except BaseException:
            with suppress(duckdb.Error):  # a commit that failed has ended the transaction
                self._con.execute("ROLLBACK")
            raise

    def _insert(
        self, dataset: Dataset, part: str, kept: Sequence[Row], left_out: Sequence[str]
    ) -> None:
        """Write rows and the keys of those that are not kept. A statement takes half a millisecond
        even if it does nothing, and a sync has thousands of pages.
        """
        if dataset.name not in self._made:
            create(self._con, dataset, f"new_{dataset.name}", extra="part VARCHAR")
        insert(self._con, dataset, f"new_{dataset.name}", kept, part)
        if left_out:
            self._con.execute(
                "INSERT INTO left_out SELECT $d, $p, unnest($keys)",
                {"d": dataset.name, "p": part, "keys": left_out},
            )

    def add_coded(
        self,
        dataset: Dataset,
        part: str,
        rows: Columns,
        words: Mapping[str, Columns],
    ) -> None:
        """Keep many rows at once, column by column, without a cell in Python; the part stays open.

        `rows` has columns of the dataset, and code columns: each name in `words` is a code column,
        whose values are positions in the columns that `words` gives for it. It is an error if a
        column of the dataset is in neither.
        """
        create(self._con, dataset, f"new_{dataset.name}", extra="part VARCHAR")
        self._con.register("coded", dict(rows))
        for code, columns in words.items():
            size = len(next(iter(columns.values())))
            self._con.register(f"words_{code}", dict(columns) | {code: np.arange(size)})
        joined = " ".join(f"JOIN words_{code} USING ({code})" for code in words)
        names = ", ".join(in_sql(column.name) for column in dataset.columns)
        self._con.execute(
            f"INSERT INTO new_{dataset.name} SELECT {names}, $part FROM coded {joined}",
            {"part": part},
        )
        for view in ("coded", *(f"words_{code}" for code in words)):
            self._con.unregister(view)

    def drop(self, dataset: Dataset, part: str) -> None:
        """Delete the rows of a part that cannot be finished: the rows known before stay in use."""
        self._con.execute("BEGIN")
        create(self._con, dataset, f"new_{dataset.name}", extra="part VARCHAR")
        self._con.execute(f"DELETE FROM new_{dataset.name} WHERE part = $p", {"p": part})
        for table in ("part", "left_out"):
            its = {"d": dataset.name, "p": part}
            self._con.execute(f"DELETE FROM {table} WHERE dataset = $d AND part = $p", its)
        self._con.execute("COMMIT")

    def drop_repeats(
        self, dataset: Dataset, part: str, flags: Sequence[str], subject: Sequence[str]
    ) -> None:
        """Delete the rows of a part that are flagged as repeats, if a row of it alike in `subject`
        is not flagged, or is an earlier one. The flag alone tells nothing: the row that it repeats
        may not be in the part.
        """
        flagged = " OR ".join(f"coalesce({in_sql(name)}, false)" for name in flags)
        told = f"hash({', '.join(map(in_sql, subject))})"
        rows = f"FROM new_{dataset.name} WHERE part = $p"
        self._con.execute(
            f"""DELETE {rows} AND rowid IN (
                SELECT id FROM (
                    SELECT rowid AS id, {flagged} AS flagged, row_number() OVER (
                        PARTITION BY {told} ORDER BY {flagged}, rowid) AS place
                    {rows} AND {told} IN (SELECT {told} {rows} AND ({flagged})))
                WHERE flagged AND place > 1)""",
            {"p": part},
        )

    def miss(self, dataset: Dataset, part: str) -> None:
        """Drop a part that could not be fetched: the next sync fetches it even if it is known."""
        self.drop(dataset, part)
        self._con.execute(
            "INSERT OR IGNORE INTO missed VALUES ($d, $p)", {"d": dataset.name, "p": part}
        )

    def close_part(self, dataset: Dataset, part: str) -> None:
        """End the rows of a part that is not asked for again; if it comes back, it is a new one."""
        self.add(dataset, part, [], "", 0)
        self._con.execute(
            "INSERT OR IGNORE INTO closed VALUES ($d, $p)", {"d": dataset.name, "p": part}
        )

    def texts(self, dataset: Dataset, column: str) -> list[str]:
        """Return the distinct values of a text column, in the parts that are done."""
        create(self._con, dataset, f"new_{dataset.name}", extra="part VARCHAR")
        rows = self._con.execute(
            f"SELECT DISTINCT {column} AS text FROM new_{dataset.name} WHERE {column} IS NOT NULL"
            " AND part IN (SELECT part FROM part WHERE dataset = $d AND done) ORDER BY text",
            {"d": dataset.name},
        ).fetchall()
        return [text for (text,) in rows]

    def processed_days(self, dataset: Dataset) -> set[tuple[str, date]]:
        """Return the services and processing days of a licence report's rows, in its whole part."""
        create(self._con, dataset, f"new_{dataset.name}", extra="part VARCHAR")
        return set(
            self._con.execute(
                f"SELECT DISTINCT service, day FROM new_{dataset.name} WHERE part = ''"
            ).fetchall()
        )

    def mark(self, mark: Mark) -> None:
        """Keep the mark of a dataset, in place of an earlier one."""
        self._con.execute(
            "INSERT OR REPLACE INTO mark VALUES ($d, $said)",
            {"d": mark.dataset, "said": mark_text(mark)},
        )

    def marks(self) -> dict[str, Mark]:
        """Return the marks by dataset."""
        rows = self._con.execute("SELECT said FROM mark").fetchall()
        return {mark.dataset: mark for mark in (mark_of(text) for (text,) in rows)}
