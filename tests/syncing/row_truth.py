"""What each dataset holds on a day, row by row, worked out from the partner without the product."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from analytics.warehouse.generations import Generations
from tests.partner_center.azure_costs import meter_records, resource_records
from tests.partner_center.azure_meters import meters
from tests.partner_center.company import Company, Item

Parts = dict[str, list[tuple[Any, ...]]]
"""Rows by part; '' where a dataset comes in one."""

KNOWN, RESTATED = 2, 8
"""Days of activity, and of Azure units without today, that tests.syncing.days asks for."""


def _day(item: Item, field: str) -> date:
    return date.fromisoformat(str(item[field])[:10])


def _low(item: Item, field: str) -> str:
    return str(item[field]).lower()


def _licences(items: list[Item], *figures: str, workload: bool = False) -> Parts:
    return {
        "": [
            (
                _day(item, "processedDateTime"),
                _low(item, "customerTenantId"),
                _low(item, "productId"),
                *([_low(item, "workloadCode")] if workload else []),
                *(int(str(item[figure])) for figure in figures),
            )
            for item in items
        ]
    }


def _deployment(company: Company) -> Parts:
    return _licences(company.deployment, "licensesDeployed", "licensesSold")


def _usage(company: Company) -> Parts:
    return _licences(company.usage, "licenseActive", "licensesQualified", workload=True)


def _customers(company: Company) -> Parts:
    return {"": [(tenant, f"c{at}.onmicrosoft.com") for tenant, at in company.places.items()]}


def _names(company: Company) -> Parts:
    return {"": [(tenant, company.name(at)) for tenant, at in company.places.items()]}


def _subscriptions(company: Company) -> Parts:
    return {
        tenant: [
            (
                tenant,
                _low(item, "id"),
                item["quantity"],
                item["status"],
                _day(item, "commitmentEndDate"),
                item["autoRenewEnabled"],
            )
            for item in company.subscriptions(tenant)
        ]
        for tenant in company.tenants
    }


def _insights(company: Company) -> Parts:
    return {
        "": [
            (
                _low(item, "customerTenantId"),
                _low(item, "id"),
                int(str(item["licenseCount"])),
                _low(item, "status"),
                _day(item, "commitmentEndDate"),
            )
            for item in company.insights
        ]
    }


def _activity(company: Company) -> Parts:
    return {
        str(day): [
            (day, item["id"], item["customerId"], item["operationType"])
            for item in company.audit(day)
        ]
        for day in (company.today - timedelta(days=back) for back in range(KNOWN))
    }


def _spend(company: Company) -> Parts:
    return {
        "": [
            (company.today, item["resourceId"], Decimal(str(item["totalCost"])))
            for item in company.spend
        ]
    }


def _meters(company: Company) -> Parts:
    return {
        str(day): [
            (day, _low(item, "customerTenantId"), item["meterCategory"], item["quantity"])
            for item in meters(company, day)
        ]
        for day in (company.today - timedelta(days=back) for back in range(1, RESTATED))
    }


def _category_costs(company: Company) -> Parts:
    return _sums(company, meter_records, ("category", "subcategory"))


def _subscription_costs(company: Company) -> Parts:
    return _sums(company, resource_records, ("entitlementId",))


def _sums(
    company: Company, told: Callable[[Company, str], list[Item]], names: Sequence[str]
) -> Parts:
    parts: Parts = {}
    for tenant in company.tenants:
        if plan := company.plan(tenant):
            sums: dict[tuple[str, ...], Decimal] = {}
            for item in told(company, tenant):
                key = tuple(_low(item, name) for name in names)
                sums[key] = sums.get(key, Decimal()) + Decimal(str(item["totalCost"]))
            rows = [(company.today, tenant, *key, cost) for key, cost in sums.items()]
            parts[f"{tenant}/{plan}"] = rows
    return parts


def _offers(company: Company) -> Parts:
    sold = [each for tenant in company.tenants for each in company.subscriptions(tenant)]
    seats = {str(each["offerId"]) for each in sold if each["billingType"] == "license"}
    names = {offer.lower().rpartition(":")[0]: offer for offer in seats}
    return {name: [(name, company.sku(offer).lower())] for name, offer in names.items()}


def _skus(company: Company) -> Parts:
    return {
        tenant: [
            (tenant, item["productSku"]["id"], item["totalUnits"], item["consumedUnits"])  # type: ignore[index]  # JSON
            for item in company.skus(tenant)
        ]
        for tenant in company.tenants
    }


def _members(company: Company) -> Parts:
    return {
        str(role["id"]): [(role["id"], item["id"]) for item in company.members(str(role["id"]))]
        for role in company.roles
    }


TRUTH: Mapping[str, Callable[[Company], Parts]] = {
    "customer_list": _customers,
    "deployment": _deployment,
    "usage": _usage,
    "subscription_insights": _insights,
    "azure_spend": _spend,
    "activity": _activity,
    "azure_meters": _meters,
    "azure_category_costs": _category_costs,
    "azure_subscription_costs": _subscription_costs,
    "subscriptions": _subscriptions,
    "subscribed_skus": _skus,
    "offer_skus": _offers,
    "role_members": _members,
}

_OPEN = "FROM {} WHERE until IS NULL"
_NEWEST = "FROM {0} WHERE day = (SELECT max(day) FROM {0})"
_STANDING = {
    "customer_list": f"SELECT '', tenant, domain {_OPEN}",
    "deployment": "SELECT '', day, tenant, product, assigned, sold FROM newest_deployment",
    "usage": "SELECT '', day, tenant, product, workload, active, entitled FROM newest_usage",
    "subscription_insights": f"SELECT '', tenant, subscription, quantity, status, ends {_OPEN}",
    "azure_spend": f"SELECT '', day, tenant, cost {_NEWEST}",
    "activity": "SELECT moment::DATE, moment::DATE, event, tenant, operation FROM {}",
    "azure_meters": "SELECT day, day, tenant, category, quantity FROM {}",
    "azure_category_costs": "SELECT tenant || '/' || plan, day, tenant, lower(category),"
    " lower(subcategory), cost FROM {}",
    "azure_subscription_costs": "SELECT tenant || '/' || plan, day, tenant, subscription, cost"
    " FROM {}",
    "subscriptions": "SELECT tenant, tenant, subscription, quantity, status, ends, auto_renew "
    + _OPEN,
    "subscribed_skus": f"SELECT tenant, tenant, product, total, assigned {_OPEN}",
    "offer_skus": "SELECT offer, offer, sku FROM {}",
    "role_members": f"SELECT role, role, member {_OPEN}",
}


def standing(folder: Path) -> dict[str, Parts]:
    """What stands in the current generation, by dataset and part."""
    current = Generations(folder).current()
    assert current
    with duckdb.connect(current, read_only=True) as con:
        return {name: _by_part(_rows(con, sql.format(name))) for name, sql in _STANDING.items()}


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    """None where there is no table: nothing of it ever came."""
    try:
        return con.execute(sql).fetchall()
    except duckdb.CatalogException:
        return []


def _by_part(rows: list[tuple[Any, ...]]) -> Parts:
    found: Parts = {}
    for part, *row in rows:
        found.setdefault(str(part), []).append(tuple(row))
    return found
