"""Azure costs by category and by Azure subscription, of the plans that were asked for them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, cast

from analytics.questions.azure_spend import AzureWindow, told_amount
from analytics.questions.results import Measure
from analytics.tables import AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS
from analytics.values import Customer, TenantId, plain
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


def category_costs(facts: Facts, within: AzureWindow) -> tuple[CategoryCost, ...]:
    """Return the categories of the month so far, by currency, the largest first; none where amounts
    are hidden.
    """
    rows = facts.rows(_CATEGORIES, tenant=within.tenant, month=within.month, last=within.last)
    return tuple(
        CategoryCost(
            plain(str(category)),
            plain(str(currency)),
            cast("int", customers),
            told_amount(amount),
            cast("date", told),
        )
        for category, currency, customers, amount, told in rows
    )


def subscription_costs(facts: Facts, within: AzureWindow) -> tuple[AzureSubscriptionCost, ...]:
    """Return the Azure subscriptions of the month so far: by currency, the largest first, then
    those known by their units alone; by name where amounts are hidden.
    """
    rows = facts.rows(_SUBSCRIPTIONS, tenant=within.tenant, month=within.month, last=within.last)
    found = [_subscription(facts, *row) for row in rows]
    return tuple(sorted(found, key=_place))


def customers_with_parts(facts: Facts, within: AzureWindow) -> int:
    """Return the number of customers of whom costs by category were asked in the month."""
    values = {"tenant": within.tenant, "month": within.month, "last": within.last}
    ((count,),) = facts.rows(_COVERED, **values)
    return cast("int", count)


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
