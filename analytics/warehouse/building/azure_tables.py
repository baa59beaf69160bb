"""Azure worked out once a generation for questions without a period: the month so far of each
customer, parts of its costs, units by month, and unusual days.
"""

from dataclasses import replace

import duckdb

from analytics.tables import (
    AZURE_CATEGORY_COSTS,
    AZURE_METERS,
    AZURE_SPEND,
    AZURE_SUBSCRIPTION_COSTS,
    Dataset,
)
from analytics.tables.columns import CellType, Column
from analytics.values import Secrecy
from analytics.warehouse.azure_told import AZURE_KNOWN_UNITS, UNUSUAL_UNITS
from analytics.warehouse.fetched_parts import tables_of

METER_MONTHS, UNUSUAL = "azure_meter_months", "azure_unusual_days"
"""Tables with a row for each month, Azure subscription and meter; and for each unusual day of a
customer's newest 30.
"""

LOOKED_DAYS = 30
"""Days that are looked through for unusual ones."""

MEDIAN_DAYS, LEAST_KNOWN, FACTOR = 28, 14, 6
"""Days before a day that it is measured by; how many of them must be known at least; and how many
times their median deviation it must be above their median, to be unusual.
"""
FLOOR = 0.05
"""The least deviation, as a part of the median: so a meter that is always the same is unusual from
30 % above it.
"""

_DAY, _MONTH, _MONEY = CellType.DATE, CellType.MONTH, Secrecy.MONEY
_MONTH_TOLD = Column("month", "", _MONTH, "month of the day up to which it is told")
_TOLD = Column("told", "", _DAY, "day up to which it is told")
_NEWEST = Column("newest", "", CellType.FLAG, "whether it is the newest row of its month")
_OF_SPEND = ("tenant", "cost", "currency", "cost_usd", "budget", "budget_used", "azure_plan")

MONTHS = Dataset(
    "azure_months",
    "",
    (
        *(each for each in AZURE_SPEND.columns if each.name in _OF_SPEND),
        Column("place", "", CellType.TEXT, "locale of a row without a currency"),
        _TOLD,
        _MONTH_TOLD,
        _NEWEST,
        Column("since", "", _DAY, "first of the days that `amount` is of"),
        Column("amount", "", CellType.NUMBER, "cost since the row before", secrecy=_MONEY),
        Column("earlier_cost", "", CellType.NUMBER, "cost a month before", secrecy=_MONEY),
    ),
)
"""Rows of `azure_told`: every one of a customer's two newest months, and the newest of each month
before. Of those months `amount`, `since` and `earlier_cost` are not known.
"""

CATEGORY_MONTHS, SUBSCRIPTION_MONTHS = (
    replace(each, name=f"{each.name}_by_month", columns=(*each.columns, _TOLD, _MONTH_TOLD))
    for each in (AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS)
)
"""The newest rows of each plan in each month."""

AZURE_TABLES = frozenset(
    {MONTHS.name, CATEGORY_MONTHS.name, SUBSCRIPTION_MONTHS.name, METER_MONTHS, UNUSUAL}
)

_SPENT = """
    SELECT tenant, currency, CASE WHEN currency = '' THEN locale ELSE '' END AS place,
        coalesce(changed::DATE, day) AS told,
        date_trunc('month', coalesce(changed::DATE, day))::DATE AS month, day, azure_plan, cost,
        cost_usd, budget, budget_used
    FROM azure_spend"""

_MONTHS = f"""
    WITH ends AS (
        SELECT tenant, currency, place, month, unnest(arg_max(
            struct_pack(told, azure_plan, cost, cost_usd, budget, budget_used), (told, day)))
        FROM ({_SPENT}) GROUP BY tenant, currency, place, month),
    last AS (
        SELECT tenant, (max(month) - INTERVAL 1 MONTH)::DATE AS since FROM ends GROUP BY tenant),
    recent AS (
        SELECT s.*, told = max(told) OVER (
                PARTITION BY s.tenant, currency, place, month) AS newest
        FROM ({_SPENT}) s JOIN last ON last.tenant = s.tenant AND s.month >= last.since
        QUALIFY row_number() OVER (
            PARTITION BY s.tenant, currency, place, told ORDER BY day DESC) = 1),
    days AS (
        SELECT tenant, currency, place, told,
            cost - coalesce(lag(cost) OVER earlier, 0) AS amount,
            coalesce(lag(told) OVER earlier + 1, month) AS since
        FROM recent WHERE cost IS NOT NULL
        WINDOW earlier AS (PARTITION BY tenant, currency, place, month ORDER BY told))
    SELECT r.tenant, r.cost, r.currency, r.cost_usd, r.budget, r.budget_used, r.azure_plan, r.place,
        r.told, r.month, r.newest, d.since, d.amount, b.cost AS earlier_cost
    FROM recent r
    LEFT JOIN days d ON d.tenant = r.tenant AND d.currency = r.currency
        AND d.place IS NOT DISTINCT FROM r.place AND d.told = r.told
    LEFT JOIN recent b ON r.newest AND b.tenant = r.tenant AND b.currency = r.currency
        AND b.place = r.place AND b.told = (r.told - INTERVAL 1 MONTH)::DATE
    UNION ALL
    SELECT e.tenant, cost, currency, cost_usd, budget, budget_used, azure_plan, place, told, month,
        true, NULL, NULL, NULL
    FROM ends e JOIN last ON last.tenant = e.tenant AND e.month < last.since
    ORDER BY month, tenant, told"""

_PARTS = """
    SELECT {columns}, told, date_trunc('month', told)::DATE AS month
    FROM (
        SELECT *, coalesce(max(changed) OVER (PARTITION BY tenant, plan, day)::DATE, day) AS told
        FROM {dataset})
    QUALIFY dense_rank() OVER (
        PARTITION BY tenant, plan, date_trunc('month', told) ORDER BY day DESC) = 1
    ORDER BY month, tenant"""

_METERS = """
    SELECT date_trunc('month', day)::DATE AS month, tenant, subscription, subscription_name,
        category, unit, sum(quantity) AS units, min(day) AS first, max(day) AS last
    FROM azure_meters GROUP BY ALL ORDER BY month, tenant"""

_RECENT_METERS = f"""(
    SELECT m.tenant, m.category, m.unit, m.day, m.quantity
    FROM azure_meters m JOIN (
        SELECT tenant, max(day) AS newest FROM azure_meters GROUP BY tenant) t
        ON t.tenant = m.tenant AND m.day > t.newest - {MEDIAN_DAYS + LOOKED_DAYS})"""


def write_azure(into: duckdb.DuckDBPyConnection) -> None:
    """Write the tables of the datasets that ever came."""
    tables = tables_of(into)
    if AZURE_SPEND.name in tables:
        into.execute(f"CREATE TABLE {MONTHS.name} AS {_MONTHS}")
    for dataset, kept in (
        (AZURE_CATEGORY_COSTS, CATEGORY_MONTHS),
        (AZURE_SUBSCRIPTION_COSTS, SUBSCRIPTION_MONTHS),
    ):
        if dataset.name in tables:
            columns = ", ".join(f'"{each.name}"' for each in dataset.columns)
            rows = _PARTS.format(dataset=dataset.name, columns=columns)
            into.execute(f"CREATE TABLE {kept.name} AS {rows}")
    if AZURE_METERS.name in tables:
        into.execute(f"CREATE TABLE {METER_MONTHS} AS {_METERS}")
        _write_unusual(into)


def _write_unusual(into: duckdb.DuckDBPyConnection) -> None:
    """Write the unusual days, each customer's 30 newest being looked through."""
    known = AZURE_KNOWN_UNITS.replace("{azure_meters}", _RECENT_METERS)
    rows = UNUSUAL_UNITS.replace("{azure_known_units}", f"({known})")
    newest = f"(SELECT tenant, max(day) AS newest FROM {AZURE_METERS.name} GROUP BY tenant)"
    sql = f"""
        SELECT u.* FROM ({rows}) u JOIN {newest} n ON n.tenant = u.tenant
        WHERE u.day > n.newest - {LOOKED_DAYS} ORDER BY u.tenant, u.day"""
    every = {"tenant": None, "start": "0001-01-01", "first": "0001-01-01", "last": "9999-12-31"}
    rule = {"least": LEAST_KNOWN, "factor": FACTOR, "floor": FLOOR}
    into.execute(f"CREATE TABLE {UNUSUAL} AS {sql}", {**every, **rule})
