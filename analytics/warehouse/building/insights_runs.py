"""Runs of months in which the Insights workspace tells that a customer is active."""

from collections.abc import Collection

import duckdb

from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.tables.insights_sales import INSIGHTS_CUSTOMERS
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.schema import empty_rows

RUNS = "insights_runs"
"""Table with a row for each run of months of a customer."""

_SQL = """(
    SELECT tenant, began, ended, first_created
    FROM (
        SELECT tenant, min(month) AS began, (max(month) + INTERVAL 1 MONTH)::DATE AS ended
        FROM (
            SELECT tenant, month, datediff('month', DATE '2000-01-01', month)
                - row_number() OVER (PARTITION BY tenant ORDER BY month) AS run
            FROM (
                SELECT DISTINCT month, tenant FROM {insights_customers}
                WHERE status = 'active' AND NOT coalesce(duplicate, false)))
        GROUP BY tenant, run)
    LEFT JOIN (
        SELECT tenant, min(created) AS first_created FROM {subscription_insights} GROUP BY tenant)
        USING (tenant))"""


def runs_sql(tables: Collection[str]) -> str:
    """Return SQL for the runs: `began` is the first month with the status *active*, `ended` the
    first one without; `first_created` is the day of the customer's first purchase ever, NULL where
    subscription analytics do not tell. `tables` are those that the generation has.
    """
    read = (INSIGHTS_CUSTOMERS, SUBSCRIPTION_INSIGHTS)
    named = {each.name: each.name if each.name in tables else empty_rows(each) for each in read}
    return _SQL.format(**named)


def write_runs(into: duckdb.DuckDBPyConnection) -> None:
    """Write the table of runs, where the report ever came."""
    tables = tables_of(into)
    if INSIGHTS_CUSTOMERS.name in tables:
        into.execute(f"CREATE TABLE {RUNS} AS FROM {runs_sql(tables)} ORDER BY tenant, began")
