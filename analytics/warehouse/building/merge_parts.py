"""Merging of rows without a key: a part that arrives replaces the same part of before."""

import duckdb

from analytics.tables import Dataset
from analytics.warehouse.schema import columns, in_sql, order, part_of


def lay_parts(
    into: duckdb.DuckDBPyConnection, dataset: Dataset, before: str
) -> tuple[int, int, int]:
    """Write the dataset's rows; return counts: new, changed or gone, the same.

    A part has arrived if a sync fetched it whole, known by its name, or if a row of it came,
    whatever the name of the fetch or file. A report that a sync fetched tells its months of all
    customers: who is not in one has nothing in it.
    """
    kept, part = ", ".join(columns(dataset)), part_of(dataset)
    name = dataset.name
    into.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE listed AS
        SELECT part FROM arrived WHERE dataset = $dataset
        UNION SELECT {part} FROM new_{name}
        {_of_reported_times(dataset, before)}""",
        {"dataset": name},
    )
    untouched = f"(SELECT {kept} FROM {before} WHERE {part} NOT IN (SELECT part FROM listed))"
    replaced = f"(SELECT {kept} FROM {before} WHERE {part} IN (SELECT part FROM listed))"
    into.execute(f"""
        INSERT INTO {name} BY NAME FROM (
            FROM {untouched} UNION ALL SELECT {kept} FROM new_{name})
        ORDER BY {order(dataset)}""")
    return _change_counts(into, f"(SELECT {kept} FROM new_{name})", replaced)


def _of_reported_times(dataset: Dataset, before: str) -> str:
    """Return SQL that adds the old parts of each month, or day, that a fetched report tells."""
    if len(dataset.part) < 2:
        return ""
    time = in_sql(dataset.part[0])
    return f"""
        UNION SELECT {part_of(dataset)} FROM {before}
        WHERE {time} IN (SELECT {time} FROM new_{dataset.name} n WHERE n.part IS NOT NULL)"""


def _change_counts(
    into: duckdb.DuckDBPyConnection, came: str, replaced: str
) -> tuple[int, int, int]:
    counted = into.execute(f"""
        SELECT (SELECT count(*) FROM {came}), (SELECT count(*) FROM {replaced}),
            (SELECT count(*) FROM (FROM {came} INTERSECT ALL FROM {replaced}))""").fetchone()
    assert counted  # noqa: S101 counts are always one row
    new, old, same = counted
    return max(new - old, 0), old - same, same
