"""A dataset's new rows laid over the old, as its memory says; sorted, in a bounded amount of
memory.

Every name put into SQL here comes from tables/; every value is bound or registered.
"""

from dataclasses import dataclass
from datetime import date

import duckdb

from analytics.tables import Dataset, Memory
from analytics.warehouse.building.chunks import pieces
from analytics.warehouse.building.merge_parts import lay_parts
from analytics.warehouse.building.merge_spans import lay_spans
from analytics.warehouse.schema import as_kept, columns, create_kept, in_sql, key, order, span


@dataclass(frozen=True, slots=True)
class Brought:
    """Rows by what they were to the generation before: unknown, known with other figures, known as
    they are.
    """

    new: int
    changed: int
    same: int

    @property
    def anything(self) -> bool:
        """Whether a new generation is worth publishing."""
        return bool(self.new or self.changed)

    def __add__(self, other: "Brought") -> "Brought":
        return Brought(self.new + other.new, self.changed + other.changed, self.same + other.same)


@dataclass(frozen=True, slots=True)
class Old:
    """What the generation before has."""

    tables: frozenset[str]
    """Empty where there is none, or where it is left behind."""
    since: date | None = None
    """Rows of `keeping` datasets that are older go; None: none go."""

    def rows(self, dataset: Dataset) -> str:
        """SQL that gives the old rows to keep; columns it does not know are NULL."""
        none = f"FROM {dataset.name} WHERE false"
        if dataset.name not in self.tables:
            return f"({none})"
        return f"({none} UNION ALL BY NAME FROM old.{dataset.name} WHERE {self.young(dataset)})"

    def young(self, dataset: Dataset) -> str:
        """SQL for whether a row is young enough to be kept."""
        if self.since is None or not dataset.keeping:
            return "true"
        return f"{in_sql(dataset.columns[0].name)} >= DATE '{self.since}'"


def merge(
    into: duckdb.DuckDBPyConnection, dataset: Dataset, old: Old, today: date, *, arrived: bool
) -> Brought:
    """Writes `<dataset>`, sorted; says what the new rows were.

    `arrived` tells whether the view `new_<dataset>` is there; without it the old rows are copied.
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
    """New and old ones together."""
    came = one(into, f"SELECT count(*) FROM new_{dataset.name}")
    return came + one(into, f"SELECT count(*) FROM {old.rows(dataset)}")


def _lay(into: duckdb.DuckDBPyConnection, dataset: Dataset, old: Old, piece: str) -> Brought:
    """One piece of a KEYED dataset, the last of each key only."""
    name, keys, kept = dataset.name, ", ".join(key(dataset)), ", ".join(columns(dataset))
    where = f"{piece} AND {old.young(dataset)}"
    if dataset.name not in old.tables:
        return Brought(_first(into, dataset, where), 0, 0)
    _freshen(into, dataset, where)
    before = f"(SELECT {', '.join(as_kept(dataset))} FROM {old.rows(dataset)} WHERE {piece})"
    into.execute(f"""
        INSERT INTO {name} BY NAME FROM (
            SELECT {kept} FROM fresh UNION ALL
            SELECT {kept} FROM {before} ANTI JOIN fresh USING ({keys}))
        ORDER BY {order(dataset)}""")
    came = one(into, "SELECT count(*) FROM fresh")
    known = one(into, f"SELECT count(*) FROM fresh SEMI JOIN {before} o USING ({keys})")
    same = _same(into, dataset, before)
    return Brought(came - known, known - same, same)


def _first(into: duckdb.DuckDBPyConnection, dataset: Dataset, where: str) -> int:
    """One piece where there is nothing to lay it over; how many rows."""
    rows = f"FROM ({_source(into, dataset, where)}) ORDER BY {order(dataset)}"
    return one(into, f"INSERT INTO {dataset.name} BY NAME {rows}")


def _freshen(into: duckdb.DuckDBPyConnection, dataset: Dataset, where: str) -> None:
    """Writes `fresh`: the new rows, the last of each key only."""
    into.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS {_source(into, dataset, where)}")


def _source(into: duckdb.DuckDBPyConnection, dataset: Dataset, where: str) -> str:
    """SQL for the new rows, the last of each key only.

    Rows are numbered only where a key may be there twice: that costs as much as sorting them.
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
    """The number that a query gives."""
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
