"""A made-up partner of 50,000 customers over two years, made by the database: weekly snapshots of
licences, subscriptions with their changes, customers' own lists, and the activity log.
"""

import shutil
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from analytics.demo.at_scale import Size, stage_demo_data
from analytics.tables import (
    AUDIT,
    AZURE_CATEGORY_COSTS,
    AZURE_METERS,
    AZURE_SPEND,
    AZURE_SUBSCRIPTION_COSTS,
    CUSTOMERS,
    DEPLOYMENT,
    LICENCES,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    USAGE,
)
from analytics.tables.insights_sales import INSIGHTS_CUSTOMERS
from analytics.warehouse.building.build import build
from analytics.warehouse.fetched_parts import put_mark
from analytics.warehouse.generations import Generations
from analytics.warehouse.marks import Mark
from analytics.warehouse.schema import create_kept, order

NEWEST = date(2026, 11, 29)
META = {"made_up": "yes", "built": "2026-11-30T00:00:00+00:00"}
EVENTS = 40
"""Records of the activity log for each customer."""

_SNAPSHOTS = """
    INSERT INTO snapshots BY NAME
    SELECT * EXCLUDE week REPLACE (day - (7 * week)::INT AS day)
    FROM snapshots, range(1, $weeks) w(week)"""
_PARTS = """
    INSERT INTO parts SELECT 'activity', day::DATE::VARCHAR, {newest}
    FROM range({known}, {newest}, INTERVAL 1 DAY) d(day)"""

_AZURE = """
    FROM (SELECT * FROM customers WHERE hash(code, 9) % 10 = 0),
        range({known}, {newest} + 1, INTERVAL 1 DAY) d(asked)"""
"""Days of the customers who have Azure, one in ten: it is asked for daily."""

_MADE = {
    DEPLOYMENT: """
        SELECT * EXCLUDE week REPLACE (day - (7 * week)::INT AS day,
            greatest(assigned - week // 8, 0) AS assigned, greatest(sold - week // 10, 1) AS sold)
        FROM deployment, range(1, {weeks}) w(week)""",
    USAGE: """
        SELECT * EXCLUDE week REPLACE (day - (7 * week)::INT AS day,
            greatest(active - week // 9, 0) AS active)
        FROM usage, range(1, {weeks}) w(week)""",
    CUSTOMERS: """
        SELECT code AS tenant, name AS customer, lower(replace(name, ' ', '')) || '.example' AS
            domain, 'reseller' AS relationship, {known} AS since,
            CASE WHEN hash(code) % 100 = 0 THEN {known} + (hash(code, 1) % 700)::INT END AS until
        FROM customers""",
    SUBSCRIPTION_INSIGHTS: """
        WITH held AS (
            SELECT code AS tenant, name AS customer, md5(code || nth) AS subscription,
                'Product ' || (hash(code, nth) % 12) AS product_name,
                DATE '2022-01-01' + (hash(code, nth, 2) % 1750)::INT AS created,
                1 + hash(code, nth, 3) % 4 AS spans, hash(code, nth, 4) % 100 AS fate,
                5 + hash(code, nth, 5) % 200 AS quantity
            FROM customers, range(3) r(nth) WHERE nth < 2 OR hash(code) % 2 = 0),
        told AS (
            SELECT *, greatest(created, {known}) + (number * 97)::INT AS since, number = spans - 1
                OR greatest(created, {known}) + ((number + 1) * 97)::INT > {newest} AS is_last
            FROM held, range(4) n(number)
            WHERE number < spans AND greatest(created, {known}) + (number * 97)::INT <= {newest})
        SELECT tenant, customer, 'FR' AS market, subscription, CASE WHEN NOT is_last OR fate < 80
                THEN 'active' WHEN fate < 85 THEN 'suspended' ELSE 'deprovisioned' END AS status,
            product_name, 'License' AS subscription_type, fate % 3 > 0 AS auto_renew,
            (quantity + number)::BIGINT AS quantity, '' AS nickname, created, created AS starts,
            {newest} + (hash(tenant, subscription) % 365)::INT AS ends,
            CASE WHEN is_last AND fate >= 85 THEN since - 1 END AS deprovisioned,
            'Monthly' AS billing_cycle, since,
            CASE WHEN NOT is_last THEN since + 97 END AS until
        FROM told""",
    SUBSCRIPTIONS: """
        SELECT tenant, subscription, 'CFQ7TTC0LH18:0001:CFQ7TTC0' AS offer, product_name,
            quantity, 'Licenses' AS unit, CASE status WHEN 'deprovisioned' THEN 'deleted'
                ELSE status END AS status, auto_renew, false AS trial, 'license' AS billing,
            'monthly' AS billing_cycle, 'P1Y' AS term, created, starts, ends, since, NULL AS until
        FROM subscription_insights WHERE until IS NULL""",
    AUDIT: """
        SELECT {newest} + 1 - to_seconds((hash(n) % (86400 * 7 * {weeks}))::BIGINT) AS moment,
            md5(n::VARCHAR) AS event, list_extract(codes, 1 + (hash(n, 1) % len(codes))::INT)
                AS tenant, 'admin' || (n % 40) || '@partner.example' AS who,
            'subscription' AS resource, ['create_order', 'update_subscription', 'add_user_member',
                'update_customer_user_licenses', 'update_customer_user'][1 + (n % 5)::INT]
                AS operation,
            CASE WHEN n % 17 = 0 THEN 'failed' ELSE 'succeeded' END AS status,
            md5((n // 2)::VARCHAR) AS correlation,
            CASE WHEN n % 5 < 2 THEN md5(tenant || (n % 3)) END AS subscription,
            CASE WHEN n % 5 < 2 THEN 20 END AS quantity_before,
            CASE WHEN n % 5 < 2 THEN 21 END AS quantity_after
        FROM range({events}) e(n), (SELECT list(code) AS codes FROM customers)""",
    INSIGHTS_CUSTOMERS: """
        SELECT month::DATE AS month, code AS tenant, name AS customer, CASE
                WHEN hash(code) % 100 = 0 THEN 'churned' ELSE 'active' END AS status,
            'Product 1' AS product_name, false AS duplicate, 10 AS available
        FROM customers, range(DATE '2024-12-01', {newest}, INTERVAL 1 MONTH) m(month)
        WHERE hash(code, month) % 50 > 0""",
    AZURE_SPEND: f"""
        SELECT asked::DATE AS day, code AS tenant, name AS customer,
            (day((asked - INTERVAL 1 DAY)::DATE) * (3 + hash(code) % 900)
                + hash(code, asked) % 100 / 100)::DECIMAL(38, 18) AS cost,
            CASE WHEN hash(code || 'currency') % 4 = 0 THEN 'USD' ELSE 'EUR' END AS currency,
            '' AS locale, cost AS cost_usd,
            CASE WHEN hash(code, 2) % 3 = 0 THEN 5000 END::DECIMAL(38, 18) AS budget,
            CASE WHEN hash(code, 2) % 3 = 0 THEN round((cost / 5000)::DOUBLE, 4) END AS budget_used,
            true AS azure_plan, asked - INTERVAL 1 HOUR AS changed
        {_AZURE}""",
    AZURE_METERS: f"""
        SELECT asked::DATE AS day, code AS tenant, name AS customer, md5(code || 'azure') AS
            subscription, 'shop' AS subscription_name, 'westeurope' AS location,
            ['Virtual Machines', 'Storage', 'Bandwidth'][meter + 1] AS category,
            'Standard' AS subcategory, ['1 Hour', '1 GB/Month', '1 GB'][meter + 1] AS unit,
            '' AS service_type, (10 + hash(code, meter) % 400 + hash(code, asked, meter) % 40)
                * CASE WHEN hash(code, asked, meter, 1) % 2000 = 0 THEN 9 ELSE 1 END AS quantity
        {_AZURE}, range(3) m(meter)""",
    AZURE_CATEGORY_COSTS: f"""
        SELECT asked::DATE AS day, code AS tenant, md5(code || 'plan') AS plan,
            ['Virtual Machines', 'Storage', 'Bandwidth'][part + 1] AS category, 'Standard' AS
            subcategory, 'EUR' AS currency,
            (day(asked::DATE) * (1 + hash(code, part) % 300))::DECIMAL(38, 18) AS cost,
            cost AS cost_usd, asked - INTERVAL 1 HOUR AS changed
        {_AZURE}, range(3) p(part) WHERE hash(code || 'plan') % 10 = 0""",
    AZURE_SUBSCRIPTION_COSTS: f"""
        SELECT asked::DATE AS day, code AS tenant, md5(code || 'plan') AS plan, md5(code || 'azure')
            AS subscription, 'shop' AS subscription_name, 'EUR' AS currency,
            (day(asked::DATE) * (1 + hash(code) % 900))::DECIMAL(38, 18) AS cost,
            cost AS cost_usd, asked - INTERVAL 1 HOUR AS changed
        {_AZURE} WHERE hash(code || 'plan') % 10 = 0""",
}
"""SQL of each dataset's rows, from the first day's."""


def build_at_size(folder: Path, customers: int, weeks: int) -> tuple[Path, float]:
    """The partner's facts in the folder `facts`: the file of the generation that one more day was
    laid over, and the CPU seconds of that build.
    """
    staged, facts = folder / "staged.duckdb", folder / "facts"
    list(stage_demo_data(staged, Size(customers, 1, NEWEST)))
    build(facts, (), META, anew=True, staged=staged)
    staged.unlink()
    _lay_behind(Generations(facts), customers, weeks)
    list(stage_demo_data(staged, Size(customers, 1, NEWEST + timedelta(days=1))))
    started = time.process_time()
    build(facts, (), META, staged=staged)
    took = time.process_time() - started
    file = Generations(facts).current()
    assert file is not None
    return file, took


def _lay_behind(store: Generations, customers: int, weeks: int) -> None:
    """Publish the first day's generation with the weeks before it."""
    first = store.current()
    assert first is not None
    with store.build_path() as path:
        shutil.copy(first, path)
        with duckdb.connect(path, config={"memory_limit": "1GB"}) as con:
            con.execute("SET enable_progress_bar = false")
            _grow(con, customers, weeks)
        store.publish(path)


def _grow(con: duckdb.DuckDBPyConnection, customers: int, weeks: int) -> None:
    newest, known = f"DATE '{NEWEST}'", f"DATE '{NEWEST - timedelta(days=7 * weeks)}'"
    words = {"known": known, "newest": newest, "weeks": weeks, "events": EVENTS * customers}
    for dataset, sql in _MADE.items():
        if dataset not in LICENCES:
            create_kept(con, dataset)
            put_mark(con, Mark(dataset.name, NEWEST))
        rows = f"{sql.format(**words)} ORDER BY {order(dataset)}"
        con.execute(f"INSERT INTO {dataset.name} BY NAME {rows}")
    con.execute(_SNAPSHOTS, {"weeks": weeks})
    con.execute(_PARTS.format(**words))
