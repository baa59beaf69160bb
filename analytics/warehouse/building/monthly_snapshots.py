"""The newest snapshot of each month once more, in the order of days: the licence datasets lie
customer by customer, so that a day of all customers is read from all of their rows.
"""

import duckdb

from analytics.tables import LICENCES

_ROWS = """
    SELECT * FROM {dataset} SEMI JOIN (
        SELECT service, max(day) AS day FROM snapshots
        WHERE dataset = '{dataset}' AND missing = 0 GROUP BY service, date_trunc('month', day))
        USING (service, day)"""

MONTHLY = {f"monthly_{each.name}": _ROWS.format(dataset=each.name) for each in LICENCES}
"""SQL for `monthly_<dataset>`: each service's newest whole snapshot of each month."""

STANDING_BY_MONTH = "monthly_standing"
"""Table with each customer's seats of each product at the end of each month."""

_STANDING = """
    WITH seats AS (
        SELECT date_trunc('month', day)::DATE AS month, tenant, product,
            sum(sold)::BIGINT AS sold, sum(assigned)::BIGINT AS assigned
        FROM monthly_deployment GROUP BY ALL),
    people AS (
        SELECT month, tenant, product,
            coalesce(max(active) FILTER (WHERE active <= entitled), max(active))::BIGINT AS active
        FROM (SELECT date_trunc('month', day)::DATE AS month, tenant, product, workload,
                sum(active) AS active, sum(entitled) AS entitled
              FROM monthly_usage GROUP BY ALL)
        GROUP BY month, tenant, product)
    SELECT month, tenant, product, sold, assigned, active
    FROM seats FULL JOIN people USING (month, tenant, product) ORDER BY month, tenant, product"""
"""The same as `standing`, of the newest whole snapshots of each month."""

_TENANTS = " UNION ".join(f"SELECT DISTINCT tenant FROM {each.name}" for each in LICENCES)


def write_monthly(into: duckdb.DuckDBPyConnection) -> None:
    """Write the table of each licence dataset; `snapshots` must exist.

    Ids of customers are kept as codes: in the order of days each of them is in every month, and as
    texts they would take more room than all the rest.
    """
    listed = f"SELECT tenant FROM ({_TENANTS}) WHERE tenant IS NOT NULL ORDER BY tenant"
    into.execute(f"CREATE TYPE tenant_code AS ENUM ({listed})")
    for table, rows in MONTHLY.items():
        coded = f"SELECT * REPLACE (tenant::tenant_code AS tenant) FROM ({rows})"
        into.execute(f"CREATE TABLE {table} AS {coded} ORDER BY day, tenant")
    into.execute(f"CREATE TABLE {STANDING_BY_MONTH} AS {_STANDING}")
