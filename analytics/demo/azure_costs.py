"""Azure costs of the made-up partner's plans, by meter and by resource: parts of the month so far,
on the days on which that was asked for.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from analytics.demo.azure import (
    SPENDINGS,
    Spending,
    amounts,
    asked_days,
    azure_subscription,
    is_answered,
)
from analytics.demo.page import DemoPage, Item, answer
from analytics.demo.planted import planted_in
from analytics.demo.stories import Story, made_up_id, made_up_tenant
from analytics.tables import AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS

_BACK = 35
_MACHINES, _STORAGE, _BANDWIDTH = "Virtual Machines", "Storage", "Bandwidth"
_METERS = (
    (_MACHINES, "Dv5 Series", "D4 v5", "1 Hour"),
    (_MACHINES, "Dv5 Series", "D8 v5", "1 Hour"),
    (_STORAGE, "Tiered Block Blob", "Hot LRS Data Stored", "1 GB/Month"),
    (_BANDWIDTH, "Inter-Region", "Data Transfer Out", "1 GB"),
)
_RESOURCES = {
    _MACHINES: "Microsoft.Compute/virtualMachines/shop",
    _STORAGE: "Microsoft.Storage/storageAccounts/archive",
    _BANDWIDTH: "Microsoft.Network/publicIPAddresses/shop",
}
_SHARES = {_MACHINES: 0.62, _STORAGE: 0.27}
"""Parts of a month's cost; bandwidth is the rest."""

Costs = dict[str, tuple[float, float]]
"""Cost and its dollars by category."""


def cost_pages(stories: tuple[Story, ...], today: date) -> Iterator[DemoPage]:
    """Yield the answers about each Azure plan, day by day, by meter and by resource."""
    told = {story.name for story in stories}
    plans = [each for each in SPENDINGS if each.currency and each.customer in told]
    for asked in asked_days(_BACK, today):
        for each in plans:
            if is_answered(each, asked, today):
                yield from _plan_pages(each, asked, today)


def azure_plan(customer: str) -> str:
    """Return the id of a customer's Azure plan, which is a subscription of theirs."""
    return made_up_id(f"{customer}/Azure")


def _plan_pages(spending: Spending, asked: date, today: date) -> Iterator[DemoPage]:
    tenant, plan = made_up_tenant(spending.customer), azure_plan(spending.customer)
    costs = _costs(spending, asked, today)
    worked_out = f"{asked - timedelta(days=1)}T23:00:16.57+00:00"
    meters = list(_meters(spending, costs, worked_out))
    resources = [_resource(spending, category, costs, worked_out) for category in _RESOURCES]
    about = {"fetched": str(asked), "customer_id": tenant, "plan_id": plan}
    name = f"{plan}-{asked}"
    yield answer(AZURE_CATEGORY_COSTS, today, meters, name, **about)
    yield answer(AZURE_SUBSCRIPTION_COSTS, today, resources, name, **about)


def _costs(spending: Spending, asked: date, today: date) -> Costs:
    """Return the parts of a month so far. Contoso's newest are planted: machines by category, and
    machines with bandwidth as one Azure subscription.
    """
    totals = [round(amount, 2) for amount in amounts(spending, asked, today)]
    parts = {name: [round(total * share, 2) for total in totals] for name, share in _SHARES.items()}
    if spending.customer == "Contoso" and asked == today:
        machines, both = (
            [float(planted_in(each.name)[column]) for column in ("cost", "cost_usd")]
            for each in (AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS)
        )
        storage = [round(total - part, 2) for total, part in zip(totals, both, strict=True)]
        parts = {_MACHINES: machines, _STORAGE: storage}
    rest = [
        round(total - one - other, 2)
        for total, one, other in zip(totals, *parts.values(), strict=True)
    ]
    return {name: (its[0], its[1]) for name, its in {**parts, _BANDWIDTH: rest}.items()}


def _meters(spending: Spending, costs: Costs, worked_out: str) -> Iterator[Item]:
    """Yield the records of the meters: of machines a quarter is one meter's, the rest another's."""
    for category, subcategory, name, unit in _METERS:
        cost, dollars = costs[category]
        if category == _MACHINES:
            quarter, its = round(cost / 4, 2), round(dollars / 4, 2)
            first = name == "D4 v5"
            cost = quarter if first else round(cost - quarter, 2)
            dollars = its if first else round(dollars - its, 2)
        yield {
            "subscriptionId": azure_plan(spending.customer),
            "meterId": f"DZH318Z0{made_up_id(name)[:4].upper()}-00AB-{name} ({unit})",
            "meterName": name,
            "category": category,
            "subcategory": subcategory,
            "quantityUsed": round(cost * 8, 3),
            "unit": unit,
            **_money(spending, cost, dollars, worked_out),
            "attributes": {"objectType": "MeterUsageRecord"},
        }


def _resource(spending: Spending, category: str, costs: Costs, worked_out: str) -> Item:
    its, kind = azure_subscription(spending.customer, category), _RESOURCES[category]
    name = kind.rpartition("/")[2]
    return {
        "subscriptionId": azure_plan(spending.customer),
        "resourceUri": f"/subscriptions/{its.id}/resourceGroups/rg-shop/providers/{kind}",
        "resourceType": kind.partition("/")[0],
        "entitlementId": its.id,
        "entitlementName": its.name,
        "resourceGroupName": "rg-shop",
        "name": name,
        "resourceName": name,
        **_money(spending, *costs[category], worked_out),
        "attributes": {"objectType": "ResourceUsageRecord"},
    }


def _money(spending: Spending, cost: float, dollars: float, worked_out: str) -> Item:
    return {
        "totalCost": cost,
        "currencyCode": spending.currency,
        "usdTotalCost": dollars,
        "lastModifiedDate": worked_out,
    }
