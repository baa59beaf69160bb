"""What answers about everybody read: each service's newest snapshot, and each customer's seats in
it.
"""

from collections.abc import Mapping

import duckdb

from analytics.tables import LICENCES

STANDING = """
    WITH seats AS (
        SELECT tenant, product, sum(sold)::BIGINT AS sold, sum(assigned)::BIGINT AS assigned
        FROM newest_deployment GROUP BY tenant, product),
    people AS (
        SELECT tenant, product,
            coalesce(max(active) FILTER (WHERE active <= entitled), max(active))::BIGINT AS active
        FROM (SELECT tenant, product, workload, sum(active) AS active, sum(entitled) AS entitled
              FROM newest_usage GROUP BY tenant, product, workload)
        GROUP BY tenant, product)
    SELECT tenant, product, sold, assigned, active
    FROM seats FULL JOIN people USING (tenant, product) ORDER BY tenant, product"""
"""How `standing` is worked out."""


def summarize(into: duckdb.DuckDBPyConnection, meta: Mapping[str, str]) -> None:
    """Writes `newest_<dataset>` of the licences, `standing` and `meta`; `snapshots` is there.

    `standing` has a row for each customer and product of the newest snapshots: sold and assigned
    are NULL without deployment rows, active (people in its busiest workload within its entitlement)
    without usage rows.
    """
    for dataset in LICENCES:
        into.execute(
            f"""
            CREATE TABLE newest_{dataset.name} AS SELECT * FROM {dataset.name}
            SEMI JOIN (SELECT service, max(day) AS day FROM snapshots
                       WHERE dataset = $dataset GROUP BY service)
            USING (service, day) ORDER BY tenant, day""",
            {"dataset": dataset.name},
        )
    into.execute(f"CREATE TABLE standing AS {STANDING}")
    into.execute("CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
    into.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
