"""Merging of a dataset's new rows with the old, as its memory says; sorted, in bounded memory.

Every name put into SQL here comes from tables/; every value is bound or registered.
"""

from dataclasses import dataclass, field
from datetime import date

import duckdb

from analytics.tables import Dataset, Memory
from analytics.warehouse.building.chunks import pieces
from analytics.warehouse.building.merge_parts import lay_parts
from analytics.warehouse.building.merge_spans import lay_spans
from analytics.warehouse.schema import (
    Keeping,
    as_kept,
    columns,
    create_kept,
    in_sql,
    key,
    order,
    span,
)


@dataclass(frozen=True, slots=True)
class Brought:
    """Counts of new rows compared with the generation before: unknown, known with other figures,
    and unchanged.
    """

    new: int
    changed: int
    same: int

    @property
    def anything(self) -> bool:
        """Check whether a new generation is worth publishing."""
        return bool(self.new or self.changed)

    def __add__(self, other: "Brought") -> "Brought":
        return Brought(self.new + other.new, self.changed + other.changed, self.same + other.same)


@dataclass(frozen=True, slots=True)
class Old:
    """The tables of the generation before, and the age limit of their rows."""

    tables: frozenset[str]
    """Names of its tables; empty if there is no generation, or if it is left behind."""
    since: date | None = None
    """Older rows of `keeping` datasets are removed; None removes none."""
    keeping: Keeping = field(default_factory=Keeping)
    """What their cells lose."""
    read: frozenset[str] = frozenset()
    """Datasets whose old rows are taken from `read_<dataset>`, where more was read out of them."""

    def rows(self, dataset: Dataset) -> str:
        """Return SQL for the old rows to keep; columns that the old table lacks are NULL."""
        none = f"FROM {dataset.name} WHERE false"
        if dataset.name not in self.tables:
            return f"({none})"
        there = f"read_{dataset.name}" if dataset.name in self.read else f"old.{dataset.name}"
        cells = f"SELECT * {self.keeping.replacement(dataset)}"
        return f"({none} UNION ALL BY NAME {cells} FROM {there} WHERE {self.young(dataset)})"

    def young(self, dataset: Dataset) -> str:
        """Return an SQL condition that is true for rows young enough to keep."""
        if self.since is None or not dataset.keeping:
            return "true"
        return f"{in_sql(dataset.columns[0].name)} >= DATE '{self.since}'"


def merge(
    into: duckdb.DuckDBPyConnection, dataset: Dataset, old: Old, today: date, *, arrived: bool
) -> Brought:
    """Write `<dataset>`, sorted; return the counts of its new rows.

    `arrived` is True if the view `new_<dataset>` exists; otherwise the old rows are copied.
    """
    create_kept(into, dataset)
    if not arrived:
        kept = ", ".join([*as_kept(dataset), *span(dataset)])
        into.execute(f"INSERT INTO {dataset.name} BY NAME SELECT {kept} FROM {old.rows(dataset)}")
        return Brought(0, 0, 0)
    match dataset.memory:
        case Memory.SPANS:
            return Brought(*lay_spans(into, dataset, old.rows(dataset), today))
        case Memory.REPLACED:
            return Brought(*lay_parts(into, dataset, old.rows(dataset)))
        case Memory.KEYED:
            ranges = pieces(dataset, _rows(into, dataset, old))
            return sum((_lay(into, dataset, old, each) for each in ranges), Brought(0, 0, 0))


def _rows(into: duckdb.DuckDBPyConnection, dataset: Dataset, old: Old) -> int:
    """Return the number of new and old rows together."""
    came = one(into, f"SELECT count(*) FROM new_{dataset.name}")
    return came + one(into, f"SELECT count(*) FROM {old.rows(dataset)}")


def _lay(into: duckdb.DuckDBPyConnection, dataset: Dataset, old: Old, piece: str) -> Brought:
    """Merge one piece of a KEYED dataset, keeping the last row of each key."""
    name, keys, kept = dataset.name, ", ".join(key(dataset)), ", ".join(columns(dataset))
    where = f"{piece} AND {old.young(dataset)}"
    if dataset.name not in old.tables:
        return Brought(_first(into, dataset, where), 0, 0)
    _freshen(into, dataset, where)
    before = f"(SELECT {', '.join(as_kept(dataset))} FROM {old.rows(dataset)} WHERE {piece})"
    others = f"(FROM {before} ANTI JOIN fresh USING ({keys}))"
    stays = _not_of_fetched_snapshots(into, dataset, others)
    into.execute(f"""
        INSERT INTO {name} BY NAME FROM (
            SELECT {kept} FROM fresh UNION ALL SELECT {kept} FROM {stays})
        ORDER BY {order(dataset)}""")
    came = one(into, "SELECT count(*) FROM fresh")
    known = one(into, f"SELECT count(*) FROM fresh SEMI JOIN {before} o USING ({keys})")
    gone = 0
    if stays != others:
        gone = one(into, f"SELECT (SELECT count(*) FROM {others}) - (SELECT count(*) FROM {stays})")
    same = _same(into, dataset, before)
    return Brought(came - known, known - same + gone, same)


def snapshot(dataset: Dataset) -> str:
    """Return the columns, quoted, that name a snapshot: its day, and its service or part if there
    are several. Empty if the dataset is of events, which are added one by one.
    """
    parts = {'"day"', '"service"', *map(in_sql, dataset.part)}
    keys = [name for name in key(dataset) if name in parts]
    return ", ".join(keys) if '"day"' in keys else ""


def _not_of_fetched_snapshots(into: duckdb.DuckDBPyConnection, dataset: Dataset, rows: str) -> str:
    """Return SQL for the old `rows` without those of snapshots that a sync brought whole: what is
    gone from them goes. An import may be one page of a snapshot.
    """
    names, fetched = snapshot(dataset), f"FROM new_{dataset.name} WHERE part IS NOT NULL"
    if not names or not one(into, f"SELECT EXISTS ({fetched})"):
        return rows
    return f"(FROM {rows} ANTI JOIN (SELECT DISTINCT {names} {fetched}) USING ({names}))"


def _first(into: duckdb.DuckDBPyConnection, dataset: Dataset, where: str) -> int:
    """Write one piece that has no old rows to merge with; return its number of rows."""
    rows = f"FROM ({_source(into, dataset, where)}) ORDER BY {order(dataset)}"
    return one(into, f"INSERT INTO {dataset.name} BY NAME {rows}")


def _freshen(into: duckdb.DuckDBPyConnection, dataset: Dataset, where: str) -> None:
    """Write the temporary table `fresh`: the new rows, the last of each key only."""
    into.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS {_source(into, dataset, where)}")


def _source(into: duckdb.DuckDBPyConnection, dataset: Dataset, where: str) -> str:
    """Return SQL for the new rows, the last of each key only.

    Rows are numbered only if a key may come twice, because numbering costs as much as sorting.
    """
    keys, kept = ", ".join(key(dataset)), ", ".join(as_kept(dataset))
    source = f"FROM new_{dataset.name} WHERE {where}"
    if one(into, f"SELECT count(*) - count(DISTINCT hash({keys})) {source}"):
        last = f"row_number() OVER (PARTITION BY {keys} ORDER BY position DESC) = 1"
        return f"SELECT {kept} {source} QUALIFY {last}"
    return f"SELECT {kept} {source}"


def _same(into: duckdb.DuckDBPyConnection, dataset: Dataset, before: str) -> int:
    alike = " AND ".join(f"o.{c} IS NOT DISTINCT FROM n.{c}" for c in columns(dataset))
    return one(into, f"SELECT count(*) FROM fresh n SEMI JOIN {before} o ON {alike}")


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    """Return the number that a query gives."""
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
