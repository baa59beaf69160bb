"""Seats of each product that were spare on every known day of four weeks: the least of them,
because one quiet day frees no seat.
"""

import duckdb

from analytics.tables import LICENCES

SPARE = "spare_seats"

SPARE_DAYS = 28

SPARE_SQL = f"""
    WITH whole AS (
        SELECT dataset, service, day, max(day) FILTER (WHERE dataset = 'deployment')
            OVER (PARTITION BY service) AS newest
        FROM snapshots WHERE missing = 0),
    looked AS (FROM whole WHERE day BETWEEN newest - {SPARE_DAYS - 1} AND newest),
    seats AS (
        SELECT tenant, product, service, day, sum(sold)::BIGINT AS sold,
            sum(assigned)::BIGINT AS assigned
        FROM {{deployment}} SEMI JOIN (FROM looked WHERE dataset = 'deployment')
            USING (service, day)
        GROUP BY ALL),
    people AS (
        SELECT tenant, product, service, day,
            coalesce(max(active) FILTER (WHERE active <= entitled), max(active))::BIGINT AS active
        FROM (
            SELECT tenant, product, service, day, workload, sum(active) AS active,
                sum(entitled) AS entitled
            FROM {{usage}} SEMI JOIN (FROM looked WHERE dataset = 'usage') USING (service, day)
            GROUP BY ALL)
        GROUP BY ALL),
    least AS (
        SELECT tenant, product, service, arg_max(sold, day) AS sold,
            min(greatest(sold - assigned, 0)) AS unassigned,
            min(greatest(sold - active, 0)) AS unused,
            count(*) AS days, min(day) AS first, max(day) AS last
        FROM seats LEFT JOIN people USING (tenant, product, service, day) GROUP BY ALL)
    SELECT tenant, product, sum(sold)::BIGINT AS sold, sum(unassigned)::BIGINT AS unassigned,
        sum(unused)::BIGINT AS unused, min(days)::INTEGER AS days, min(first) AS first,
        min(last) AS last
    FROM least SEMI JOIN (SELECT DISTINCT service, newest AS last FROM looked)
        USING (service, last)
    GROUP BY tenant, product ORDER BY tenant, product"""
"""SQL for `spare_seats`: of each customer and product in the newest whole reports the fewest seats
without a user, and without an active one, on the days of the 28 up to then. `unused` is NULL where
usage was not told of a product on these days.
"""


def write_spare(into: duckdb.DuckDBPyConnection) -> None:
    """Write the table; the licence datasets and `snapshots` must exist."""
    sql = SPARE_SQL
    for each in LICENCES:
        sql = sql.replace("{" + each.name + "}", each.name)
    into.execute(f"CREATE TABLE {SPARE} AS {sql}")
