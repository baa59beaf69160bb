"""New rows, from imports and from a sync's staging, as one view `new_<dataset>` for each dataset
that got any.

A view has the dataset's columns, also those that a staging of an earlier version lacks, then `part`
(NULL in imports) and `position`, which is larger for rows that came later. `arrived(dataset, part)`
holds the parts that a sync fetched whole, even without rows, and those that it closed, which are in
`closed` too; `missed` holds those it failed to fetch; `doubted` the standing rows that a doubted
list lacks.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.tables import DATASETS, Batch, CellType, Column, Dataset, Row
from analytics.warehouse.fetched_parts import ABSENT
from analytics.warehouse.schema import TYPES, create, quoted_path

_PARTS = """
    CREATE TEMP TABLE arrived AS SELECT dataset, part FROM staged.part WHERE done;
    CREATE TEMP TABLE missed AS FROM staged.missed;
    CREATE TEMP TABLE closed AS FROM staged.closed;
    CREATE TEMP TABLE doubted AS FROM staged.absent"""
_NO_PARTS = f"""
    CREATE TEMP TABLE arrived (dataset VARCHAR, part VARCHAR);
    CREATE TEMP TABLE missed AS FROM arrived;
    CREATE TEMP TABLE closed AS FROM arrived;
    CREATE TEMP TABLE doubted ({ABSENT})"""


def bring(
    into: duckdb.DuckDBPyConnection, batches: Iterable[Batch], staged: Path | None
) -> list[Dataset]:
    """Create the views and return the datasets that have one. Raises duckdb.Error if another
    process holds the staging.
    """
    if staged:
        into.execute(f"ATTACH {quoted_path(staged)} AS staged (READ_ONLY)")
    into.execute(_PARTS if staged else _NO_PARTS)
    fetched = {name for (name,) in into.execute("SELECT DISTINCT dataset FROM arrived").fetchall()}
    imported = _write_imports(into, batches)
    return [
        dataset
        for dataset in DATASETS
        if _view(into, dataset, imported=dataset.name in imported, fetched=dataset.name in fetched)
    ]


def _write_imports(into: duckdb.DuckDBPyConnection, batches: Iterable[Batch]) -> set[str]:
    """Write the batches' rows to `import_<dataset>`; return the names of datasets that have any."""
    names: set[str] = set()
    for batch in batches:
        name = batch.dataset.name
        if batch.rows and name not in names:
            create(into, batch.dataset, f"import_{name}", temporary=True, extra="part VARCHAR")
            names.add(name)
        insert(into, batch.dataset, f"import_{name}", batch.rows, None)
    return names


def _view(
    into: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    *,
    imported: bool,
    fetched: bool,
) -> bool:
    name = dataset.name
    sources = [f"SELECT *, rowid AS position FROM import_{name}"] if imported else []
    if fetched:
        sources.append(f"""
            SELECT *, rowid AS position FROM staged.new_{name}
            WHERE part IN (SELECT part FROM arrived WHERE dataset = '{name}')""")
    if sources:
        create(into, dataset, f"shape_of_{name}", temporary=True, extra="part VARCHAR")
        every = " UNION ALL BY NAME ".join([f"SELECT * FROM shape_of_{name}", *sources])
        into.execute(f"CREATE TEMP VIEW new_{name} AS {every}")
    return bool(sources)


def insert(
    into: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    table: str,
    rows: Sequence[Row],
    part: str | None,
) -> None:
    """Insert checked rows of one part into a table that has a column `part` too."""
    if not rows:
        return
    into.register("incoming", _columns(dataset, rows))
    into.execute(
        f"INSERT INTO {table} BY NAME SELECT *, $part AS part FROM incoming", {"part": part}
    )
    into.unregister("incoming")


def _columns(dataset: Dataset, rows: Sequence[Row]) -> dict[str, NDArray[np.generic]]:
    """Return rows as columns that DuckDB scans."""
    cells = zip(*rows, strict=True)
    return {
        column.name: _array(column, values)
        for column, values in zip(dataset.columns, cells, strict=True)
    }


def _array(column: Column, values: tuple[object, ...]) -> NDArray[np.generic]:
    """Return a column as DuckDB scans it without pandas; as text if it may be NULL or decimal."""
    if column.kind is CellType.COUNT and None not in values:
        return np.array(values, dtype=np.int64)
    if column.kind is CellType.DAY and None not in values:
        return np.array(values, dtype="datetime64[us]")
    if column.kind in TYPES:
        return np.array([None if each is None else str(each) for each in values], dtype=object)
    return np.array(values, dtype=object)
