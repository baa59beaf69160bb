"""Sign-in names in rows older than such names are kept: they are emptied, the rows stay."""

from collections.abc import Collection
from datetime import date

import duckdb

from analytics.tables import Dataset
from analytics.warehouse.building.merge_keyed import Old, one
from analytics.warehouse.schema import in_sql, named_cells


def empty_new_names(
    into: duckdb.DuckDBPyConnection, arrived: Collection[Dataset], since: date | None
) -> None:
    """Put a view without those names in the place of each dataset's view of new rows."""
    for dataset in arrived:
        if since and dataset.naming:
            name = f"new_{dataset.name}"
            into.execute(f"ALTER VIEW {name} RENAME TO named_{name}")
            cells = named_cells(dataset, since)
            into.execute(f"CREATE TEMP VIEW {name} AS SELECT * {cells} FROM named_{name}")


def emptied_count(into: duckdb.DuckDBPyConnection, datasets: Collection[Dataset], old: Old) -> int:
    """Return how many old rows lose a name now: they alone are worth a generation."""
    return sum(
        one(
            into,
            f"""SELECT count(*) FROM old.{dataset.name}
            WHERE {in_sql(dataset.columns[0].name)} < DATE '{old.named_since}'
                AND coalesce({", ".join(map(in_sql, dataset.naming))}) <> ''""",
        )
        for dataset in datasets
        if old.named_since and dataset.naming and dataset.name in old.tables
    )
