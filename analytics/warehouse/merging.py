"""The SQL of a build: new rows staged, laid over the old, sorted, names gathered, summaries
written.

Every name put into SQL here comes from tables.py; every value is bound or registered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.tables import LICENCES, Column, Dataset, Kind, Row

NAMED = {
    "customers": ("tenant", "customer"),
    "services": ("service", "service_name"),
    "products": ("product", "product_name"),
    "workloads": ("workload", "workload_name"),
}
"""Tables of newest names, and the columns (code, name) they are gathered from."""

_SQL = {
    Kind.COUNT: "BIGINT",
    Kind.DAY: "DATE",
    Kind.DATE: "DATE",
    Kind.MONTH: "DATE",
    Kind.MOMENT: "TIMESTAMP",
    Kind.NUMBER: "DECIMAL(38, 18)",
    Kind.FLAG: "BOOLEAN",
}


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


def stage(into: duckdb.DuckDBPyConnection, dataset: Dataset, rows: Sequence[Row]) -> None:
    """The new rows as a table `new_<dataset>`, the last of each key only."""
    name = f"new_{dataset.name}"
    create(into, dataset, name, temporary=True)
    if not rows:
        return
    incoming = _columns(dataset, rows) | {"position": np.arange(len(rows))}
    into.register("incoming", incoming)
    into.execute(f"""
        INSERT INTO {name} SELECT * EXCLUDE (position) FROM incoming
        QUALIFY row_number() OVER (PARTITION BY {", ".join(_key(dataset))} ORDER BY position DESC)
            = 1""")
    into.unregister("incoming")


def create(
    into: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    table: str,
    *,
    temporary: bool = False,
    extra: str = "",
) -> None:
    """A table of the dataset's columns, where there is none; `extra` columns stand at its end."""
    columns = [f"{c.name} {_SQL.get(c.kind, 'VARCHAR')}" for c in dataset.columns]
    kind = "TEMP TABLE" if temporary else "TABLE IF NOT EXISTS"
    into.execute(f"CREATE {kind} {table} ({', '.join([*columns, *filter(None, [extra])])})")


def insert(
    into: duckdb.DuckDBPyConnection, dataset: Dataset, table: str, rows: Sequence[Row], part: str
) -> None:
    """Checked rows of one part, into a table that has the column `part` at its end."""
    if not rows:
        return
    into.register("incoming", _columns(dataset, rows))
    into.execute(f"INSERT INTO {table} SELECT *, $part FROM incoming", {"part": part})
    into.unregister("incoming")


def _columns(dataset: Dataset, rows: Sequence[Row]) -> dict[str, NDArray[np.generic]]:
    """Rows as columns that DuckDB scans."""
    cells = zip(*rows, strict=True)
    return {
        column.name: _array(column, values)
        for column, values in zip(dataset.columns, cells, strict=True)
    }


def _array(column: Column, values: tuple[object, ...]) -> NDArray[np.generic]:
    """A column as DuckDB scans it without pandas; as text where it may be NULL or a decimal."""
    if column.kind is Kind.COUNT and None not in values:
        return np.array(values, dtype=np.int64)
    if column.kind is Kind.DAY and None not in values:
        return np.array(values, dtype="datetime64[us]")
    if column.kind in _SQL:
        return np.array([None if each is None else str(each) for each in values], dtype=object)
    return np.array(values, dtype=object)


def _key(dataset: Dataset) -> list[str]:
    return [dataset.columns[at].name for at in dataset.key]


def _counts(dataset: Dataset) -> list[str]:
    return [column.name for column in dataset.columns if column.kind is Kind.COUNT]


def merge(into: duckdb.DuckDBPyConnection, dataset: Dataset, *, has_old: bool) -> Brought:
    """Writes `<dataset>`, keys and counts only, sorted by customer and day; says what the new rows
    were.
    """
    name, key, counts = dataset.name, ", ".join(_key(dataset)), _counts(dataset)
    kept = f"{key}, {', '.join(counts)}"
    untouched = (
        f"UNION ALL SELECT {kept} FROM old.{name} ANTI JOIN new_{name} USING ({key})"
        if has_old
        else ""
    )
    into.execute(f"""
        CREATE TABLE {name} AS SELECT * FROM (SELECT {kept} FROM new_{name} {untouched})
        ORDER BY tenant, day, {key}""")
    staged = _one(into, f"SELECT count(*) FROM new_{name}")
    if not has_old:
        return Brought(staged, 0, 0)
    known = _one(into, f"SELECT count(*) FROM new_{name} SEMI JOIN old.{name} USING ({key})")
    same = _one(into, f"SELECT count(*) FROM new_{name} SEMI JOIN old.{name} USING ({kept})")
    return Brought(staged - known, known - same, same)


def merge_names(into: duckdb.DuckDBPyConnection, *, has_old: bool) -> int:
    """Writes each table of names with the newest day's name of each code; how many known names
    changed.

    A code in the place of a name is none: the source left it out that day.
    """
    changed = 0
    for table, (code, name) in NAMED.items():
        sources = [
            f"SELECT {code} AS code, nullif(nullif({name}, ''), {code}) AS name, day AS named"
            f" FROM new_{d.name}"
            for d in LICENCES
            if code in {column.name for column in d.columns}
        ]
        if has_old:
            sources.append(f"SELECT code, name, named FROM old.{table}")
        into.execute(f"""
            CREATE TABLE {table} AS
            SELECT code, arg_max(name, (named, name)) AS name,
                max(named) FILTER (WHERE name IS NOT NULL) AS named
            FROM ({" UNION ALL ".join(sources)}) GROUP BY code ORDER BY code""")
        if has_old:
            changed += _one(
                into,
                f"""
                SELECT count(*) FROM {table} n JOIN old.{table} o USING (code)
                WHERE n.name IS DISTINCT FROM o.name""",
            )
    return changed


def summarize(into: duckdb.DuckDBPyConnection, meta: Mapping[str, str]) -> None:
    """What answers read most: each service's newest snapshot by itself, and the facts about the
    generation.
    """
    for dataset in LICENCES:
        into.execute(f"""
            CREATE TABLE newest_{dataset.name} AS SELECT * FROM {dataset.name}
            SEMI JOIN (SELECT service, max(day) AS day FROM {dataset.name} GROUP BY service)
            USING (service, day) ORDER BY tenant, day""")
    into.execute("CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
    into.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
