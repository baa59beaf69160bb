"""Merging of rows that state what is true now, with the days each was first seen and missed."""

from datetime import date

import duckdb

from analytics.tables import Dataset
from analytics.warehouse.schema import columns, key, order, part_of

_ENDED = """
    CREATE OR REPLACE TEMP TABLE listed AS
    SELECT part FROM arrived WHERE dataset = $dataset
    UNION SELECT {part} FROM fresh"""


def lay_spans(
    into: duckdb.DuckDBPyConnection, dataset: Dataset, before: str, today: date
) -> tuple[int, int, int]:
    """Write the dataset's rows. In each part that came whole, rows no longer listed end today,
    newly listed rows begin today, and unchanged rows stay. Return counts: new, changed or ended,
    the same.

    An import counts as the whole of each part that it has rows of. A row that began today and
    changes today leaves no trace, because spans are in days.
    """
    kept, keys, part = ", ".join(columns(dataset)), ", ".join(key(dataset)), part_of(dataset)
    into.execute(f"""
        CREATE OR REPLACE TEMP TABLE fresh AS SELECT {kept} FROM new_{dataset.name}
        QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY position DESC) = 1""")
    into.execute(_ENDED.format(part=part), {"dataset": dataset.name})
    into.execute(f"""
        CREATE OR REPLACE TEMP TABLE stood AS
        SELECT *, EXISTS (FROM fresh n WHERE {_alike(dataset)}) AS stays FROM {before} o
        WHERE until IS NULL AND {part} IN (SELECT part FROM listed)""")
    into.execute(
        f"""
        INSERT INTO {dataset.name} BY NAME FROM (
            SELECT {kept}, since, until FROM {before}
            WHERE until IS NOT NULL OR {part} NOT IN (SELECT part FROM listed)
            UNION ALL SELECT {kept}, since, CASE WHEN NOT stays THEN $today END AS until
            FROM stood WHERE stays OR since < $today
            UNION ALL SELECT {kept}, $today AS since, NULL AS until
            FROM fresh n WHERE NOT EXISTS (FROM stood o WHERE {_alike(dataset)}))
        ORDER BY {order(dataset)}""",
        {"today": today},
    )
    return _change_counts(into, keys)


def _alike(dataset: Dataset) -> str:
    return " AND ".join(f"o.{c} IS NOT DISTINCT FROM n.{c}" for c in columns(dataset))


def _change_counts(into: duckdb.DuckDBPyConnection, keys: str) -> tuple[int, int, int]:
    counted = into.execute(f"""
        SELECT (SELECT count(*) FROM fresh ANTI JOIN stood USING ({keys})),
            (SELECT count(*) FROM stood WHERE NOT stays),
            (SELECT count(*) FROM stood WHERE stays)""").fetchone()
    assert counted  # noqa: S101 counts are always one row
    return counted
