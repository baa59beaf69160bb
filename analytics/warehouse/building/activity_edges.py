"""The first and the last record of the activity log, customer by customer."""

from collections.abc import Collection

import duckdb

from analytics.tables import AUDIT
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.schema import empty_rows

EDGES = "activity_edges"
"""Table with a row for each customer, and one for the records that concern none."""

ONCE = f"""(
    FROM {AUDIT.name} WHERE resource IS NOT NULL OR status IS NOT NULL OR moment::DATE NOT IN (
        SELECT part::DATE FROM parts WHERE dataset = '{AUDIT.name}' AND part < day::VARCHAR))"""
"""Activity without rows of the portal's export for days that the API was asked for since: these
rows have no id to recognise the same event by, and neither resource nor status.
"""

TOLD_ONCE = "activity_told_once"
"""Table without rows, which a generation has where no record of its log is told twice."""


def once_source(tables: Collection[str]) -> str:
    """Return SQL for the records of the log, each once."""
    return AUDIT.name if TOLD_ONCE in tables else ONCE


_SQL = """(
    SELECT tenant, min(moment) AS first, max(moment) AS last,
        min(moment) FILTER (WHERE who IS NOT NULL) AS first_named
    FROM {records} GROUP BY tenant)"""


def edges_sql(tables: Collection[str]) -> str:
    """Return SQL for the moments of each customer's first and last record, and of the first one
    that names a person; `tables` are those that the generation has.
    """
    return _SQL.format(records=ONCE if AUDIT.name in tables else empty_rows(AUDIT))


def write_edges(into: duckdb.DuckDBPyConnection) -> None:
    """Write the table of edges, where activity ever came; `parts` must exist."""
    tables = tables_of(into)
    if AUDIT.name in tables:
        into.execute(f"CREATE TABLE {EDGES} AS FROM {edges_sql(tables)} ORDER BY tenant")
        counts = f"SELECT (SELECT count(*) FROM {AUDIT.name}) = (SELECT count(*) FROM {ONCE})"
        if into.execute(counts).fetchone() == (True,):
            into.execute(f"CREATE TABLE {TOLD_ONCE} (tenant VARCHAR)")
