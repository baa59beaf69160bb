"""Cells that are not kept: sign-in names in rows older than such names are kept, and what is kept
on request alone. They are emptied, the rows stay.
"""

from collections.abc import Collection

import duckdb

from analytics.tables import Dataset
from analytics.warehouse.building.merge_keyed import Old, one
from analytics.warehouse.schema import Keeping


def empty_new_names(
    into: duckdb.DuckDBPyConnection, arrived: Collection[Dataset], keeping: Keeping
) -> None:
    """Put a view without those cells in the place of each dataset's view of new rows."""
    for dataset in arrived:
        if cells := keeping.replacement(dataset):
            name = f"new_{dataset.name}"
            into.execute(f"ALTER VIEW {name} RENAME TO named_{name}")
            into.execute(f"CREATE TEMP VIEW {name} AS SELECT * {cells} FROM named_{name}")


def emptied_count(into: duckdb.DuckDBPyConnection, datasets: Collection[Dataset], old: Old) -> int:
    """Return how many old rows lose a cell now: they alone are worth a generation."""
    return sum(
        one(
            into,
            f"SELECT count(*) FROM old.{dataset.name} WHERE {old.keeping.losing(dataset)}",
        )
        for dataset in datasets
        if old.keeping.cells(dataset) and dataset.name in old.tables
    )
