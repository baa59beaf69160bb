"""Azure costs by category and by Azure subscription, of the plans that were asked for them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import starmap
from typing import Annotated, cast

from analytics.questions.azure.spend import AzureWindow, told_amount
from analytics.questions.results import Measure
from analytics.tables import AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS
from analytics.values import Customer, TenantId, plain
from analytics.warehouse.building.azure_tables import METER_MONTHS
from analytics.warehouse.facts import Facts

_CATEGORIES = """
    SELECT category, currency, count(DISTINCT tenant)::INTEGER AS customers, sum(amount) AS amount,
        min(told) AS told
    FROM {azure_categories_told} WHERE amount IS NOT NULL
    GROUP BY category, currency ORDER BY currency, sum(amount) DESC, category"""

_COVERED = "SELECT count(DISTINCT tenant) FROM {azure_categories_told}"

_SUBSCRIPTIONS = """
    SELECT tenant, subscription, max(subscription_name) AS name, currency, sum(amount) AS amount
    FROM {azure_subscriptions_told} GROUP BY tenant, subscription, currency
    UNION ALL
    SELECT tenant, subscription, max(subscription_name) AS name, '' AS currency, NULL AS amount
    FROM {azure_meters} ANTI JOIN {azure_subscriptions_told} USING (tenant, subscription)
    WHERE ($tenant IS NULL OR tenant = $tenant) AND subscription <> ''
        AND date_trunc('month', day) = $month AND day <= $last
    GROUP BY tenant, subscription"""


_CATEGORIES_KEPT = """
    SELECT category, currency, count(DISTINCT tenant)::INTEGER AS customers, sum(cost) AS amount,
        min(told) AS told
    FROM {azure_category_costs_by_month}
    WHERE month = $month AND ($tenant IS NULL OR tenant = $tenant) AND cost IS NOT NULL
    GROUP BY category, currency ORDER BY currency, sum(cost) DESC, category"""

_COVERED_KEPT = """
    SELECT count(DISTINCT tenant) AS customers, max(told) AS last
    FROM {azure_category_costs_by_month}
    WHERE month = $month AND ($tenant IS NULL OR tenant = $tenant)"""

_SUBSCRIPTIONS_TOLD = """
    SELECT tenant, subscription, max(subscription_name) AS name, currency, sum(cost) AS amount,
        max(told) AS last
    FROM {azure_subscription_costs_by_month}
    WHERE month = $month AND ($tenant IS NULL OR tenant = $tenant)
    GROUP BY tenant, subscription, currency"""

_SUBSCRIPTIONS_METERED = """
    SELECT tenant, subscription, max(subscription_name) AS name, '' AS currency, NULL AS amount
    FROM {azure_meter_months}
    WHERE month = $month AND ($tenant IS NULL OR tenant = $tenant) AND subscription <> ''
        AND first <= $last
    GROUP BY tenant, subscription"""


@dataclass(frozen=True, slots=True)
class CategoryCost:
    """One category's costs in one currency, of all plans that were asked."""

    category: str
    currency: str
    customers: Annotated[int, Measure("customers", AZURE_CATEGORY_COSTS, "tenant")]
    amount: Annotated[Decimal | None, Measure("currency", AZURE_CATEGORY_COSTS, "cost")]
    told: date
    """The day up to which the oldest of them is told."""


@dataclass(frozen=True, slots=True)
class AzureSubscriptionCost:
    """One Azure subscription within a plan."""

    customer: Customer
    subscription: str
    """Its id."""
    name: str
    currency: str
    """Empty where its costs are not known."""
    amount: Annotated[Decimal | None, Measure("currency", AZURE_SUBSCRIPTION_COSTS, "cost")]
    """None where its plan was not asked, and for readers who may not see amounts."""


@dataclass(frozen=True, slots=True)
class AzureParts:
    """Parts of the costs of a month so far."""

    customers: int
    """Number of customers of whom costs by category were asked in the month."""
    categories: tuple[CategoryCost, ...]
    """By currency, the largest first; none where amounts are hidden."""
    subscriptions: tuple[AzureSubscriptionCost, ...]
    """By currency, the largest first, then those known by their units alone; by name where amounts
    are hidden.
    """


def azure_parts(facts: Facts, within: AzureWindow) -> AzureParts:
    """Return the parts of the month so far, of the plans that were asked."""
    values: dict[str, object] = {
        "tenant": within.tenant,
        "month": within.month,
        "last": within.last,
    }
    categories = _kept_categories(facts, within, values) if within.kept else None
    if categories is None:
        ((count,),) = facts.rows(_COVERED, **values)
        categories = cast("int", count), facts.rows(_CATEGORIES, **values)
    every = _kept_subscriptions(facts, within, values) if within.kept else None
    if every is None:
        every = facts.rows(_SUBSCRIPTIONS, **values)
    found = [_subscription(facts, *row) for row in every]
    costs = tuple(starmap(_category, categories[1]))
    return AzureParts(categories[0], costs, tuple(sorted(found, key=_place)))


_Rows = list[tuple[object, ...]]


def _kept_categories(
    facts: Facts, within: AzureWindow, values: dict[str, object]
) -> tuple[int, _Rows] | None:
    """Return the number of customers, and categories, from the newest rows of the month; None where
    some are told later than the window.
    """
    ((count, last),) = facts.rows(_COVERED_KEPT, **values)
    if last and cast("date", last) > within.last:
        return None
    return cast("int", count), facts.rows(_CATEGORIES_KEPT, **values) if count else []


def _kept_subscriptions(
    facts: Facts, within: AzureWindow, values: dict[str, object]
) -> _Rows | None:
    """Return Azure subscriptions from the newest rows of the month, and those that meters alone
    tell of; None where some are told later than the window.
    """
    told = facts.rows(_SUBSCRIPTIONS_TOLD, **values)
    if any(cast("date", last) > within.last for *_, last in told):
        return None
    known = {(tenant, subscription) for tenant, subscription, *_ in told}
    came = METER_MONTHS in facts.generation.tables
    metered = facts.rows(_SUBSCRIPTIONS_METERED, **values) if came else []
    return [
        *(tuple(each[:-1]) for each in told),
        *(each for each in metered if (each[0], each[1]) not in known),
    ]


def _category(*cells: object) -> CategoryCost:
    category, currency, customers, amount, told = cells
    return CategoryCost(
        plain(str(category)),
        plain(str(currency)),
        cast("int", customers),
        told_amount(amount),
        cast("date", told),
    )


def _subscription(facts: Facts, *cells: object) -> AzureSubscriptionCost:
    tenant, subscription, name, currency, amount = cells
    customer = facts.customer(TenantId(str(tenant)))
    return AzureSubscriptionCost(
        customer or Customer(TenantId(str(tenant)), str(tenant)),
        str(subscription),
        plain(str(name or subscription)),
        plain(str(currency)),
        told_amount(amount),
    )


def _place(each: AzureSubscriptionCost) -> tuple[object, ...]:
    name = each.customer.name.casefold(), each.name.casefold(), each.subscription
    if each.amount is None:
        return True, "", Decimal(0), *name
    return False, each.currency, -each.amount, *name
