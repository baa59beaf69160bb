"""Summary tables for answers about all customers: each service's newest whole snapshot, and each
customer's seats in it.
"""

from collections.abc import Iterable, Mapping

import duckdb

from analytics.tables import LICENCES
from analytics.warehouse.snapshots import Snapshot

NEWEST = """
    SELECT * FROM {dataset} SEMI JOIN (
        SELECT service, max(day) AS day FROM snapshots
        WHERE dataset = '{dataset}' AND missing = 0 GROUP BY service) USING (service, day)"""
"""SQL for `newest_<dataset>`: incomplete snapshots are left out."""

STANDING = """
    WITH seats AS (
        SELECT tenant, product, sum(sold)::BIGINT AS sold, sum(assigned)::BIGINT AS assigned
        FROM {newest_deployment} GROUP BY tenant, product),
    people AS (
        SELECT tenant, product,
            coalesce(max(active) FILTER (WHERE active <= entitled), max(active))::BIGINT AS active
        FROM (SELECT tenant, product, workload, sum(active) AS active, sum(entitled) AS entitled
              FROM {newest_usage} GROUP BY tenant, product, workload)
        GROUP BY tenant, product)
    SELECT tenant, product, sold, assigned, active
    FROM seats FULL JOIN people USING (tenant, product) ORDER BY tenant, product"""
"""SQL for `standing`."""

USUAL_DAYS = 90
"""Days of the period if a question names none: as long as the source itself remembers."""

STANDING_BEFORE = f"""
    WITH upto AS (
        SELECT dataset, service, max(day) AS day FROM snapshots
        WHERE missing = 0
            AND day <= (SELECT max(day) - {USUAL_DAYS} FROM snapshots WHERE missing = 0)
        GROUP BY dataset, service),
    seats AS (
        SELECT tenant, product, sum(sold)::BIGINT AS sold, sum(assigned)::BIGINT AS assigned
        FROM {{deployment}} SEMI JOIN (FROM upto WHERE dataset = 'deployment') USING (service, day)
        GROUP BY tenant, product),
    people AS (
        SELECT tenant, product,
            coalesce(max(active) FILTER (WHERE active <= entitled), max(active))::BIGINT AS active
        FROM (SELECT tenant, product, workload, sum(active) AS active, sum(entitled) AS entitled
              FROM {{usage}} SEMI JOIN (FROM upto WHERE dataset = 'usage') USING (service, day)
              GROUP BY tenant, product, workload)
        GROUP BY tenant, product)
    SELECT tenant, product, sold, assigned, active
    FROM seats FULL JOIN people USING (tenant, product) ORDER BY tenant, product"""
"""SQL for `standing_before`: the same as of the eve of the usual period, which ends with the newest
whole snapshot of all.
"""

PAIRS = "standing_pairs"
STANDING_PAIRS = """
    SELECT tenant, product, seats.sold, seats.assigned, seats.active,
        earlier.sold AS sold_then, earlier.assigned AS assigned_then, earlier.active AS active_then
    FROM {standing} AS seats FULL JOIN {standing_before} AS earlier USING (tenant, product)"""
"""SQL for `standing_pairs`: the rows of both, side by side."""

ROLLUPS = frozenset(
    {"standing", "standing_before", PAIRS, *(f"newest_{dataset.name}" for dataset in LICENCES)}
)

_RULE = {"rollups": "whole"}
"""Entry of `meta` about the rollups; files of earlier versions lack it."""


def of_whole_snapshots(meta: Mapping[str, str], snapshots: Iterable[Snapshot]) -> bool:
    """Check whether a generation's rollups cover whole snapshots alone: earlier versions took a
    newest snapshot for whole even if rows were missing.
    """
    return _RULE.items() <= meta.items() or not any(snapshot.missing for snapshot in snapshots)


def summarize(into: duckdb.DuckDBPyConnection, meta: Mapping[str, str]) -> None:
    """Write `newest_<dataset>` of the licences, `standing`, `standing_before`, both side by side as
    `standing_pairs`, and `meta`; `snapshots` must exist.

    `standing` has a row for each customer and product of the newest whole snapshots. Sold and
    assigned seats are NULL without deployment rows; active (people in the busiest workload within
    its entitlement) is NULL without usage rows.
    """
    for dataset in LICENCES:
        rows = NEWEST.format(dataset=dataset.name)
        into.execute(f"CREATE TABLE newest_{dataset.name} AS {rows} ORDER BY tenant, day")
    newest = {f"newest_{dataset.name}": f"newest_{dataset.name}" for dataset in LICENCES}
    into.execute(f"CREATE TABLE standing AS {STANDING.format(**newest)}")
    raw = {dataset.name: dataset.name for dataset in LICENCES}
    into.execute(f"CREATE TABLE standing_before AS {STANDING_BEFORE.format(**raw)}")
    both = STANDING_PAIRS.format(standing="standing", standing_before="standing_before")
    into.execute(f"CREATE TABLE {PAIRS} AS {both} ORDER BY tenant, product")
    into.execute("CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
    into.executemany("INSERT INTO meta VALUES (?, ?)", sorted({**meta, **_RULE}.items()))
