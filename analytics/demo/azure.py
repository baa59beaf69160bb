"""Azure of the made-up partner: what each month has cost so far, as seen day by day, and the units
of each meter.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.demo.contract_cases import AZURE_CUSTOMERS
from analytics.demo.corrected_spend import CORRECTED, WHOLE_MONTH, corrected_cost, is_told
from analytics.demo.page import DemoPage, Item, analytics_answer, answer
from analytics.demo.planted import planted_in
from analytics.demo.stories import Story, made_up_id, made_up_tenant, phase
from analytics.tables import AZURE_METERS, AZURE_SPEND

_BACK, _METERS_BACK = 90, 60
_DAY = timedelta(days=1)
_NO_SYNC = (3, 4, 5, 6)
"""Days of a month on which nothing was asked: what they cost is known together."""
_METERS = (
    ("Virtual Machines", "Dv5 Series", "1 Hour", 96.0),
    ("Storage", "Tiered Block Blob", "1 GB/Month", 31.5),
    ("Bandwidth", "Inter-Region", "1 GB", 4.25),
)
_UNUSUAL = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Spending:
    """Spending of one customer in one currency. `budget` is of a month; None if none is set."""

    customer: str
    currency: str
    daily: float
    budget: float | None
    dollars: float
    """US dollars for one unit of the currency, by the source."""


@dataclass(frozen=True, slots=True)
class AzureSubscription:
    """An Azure subscription within a plan."""

    id: str
    name: str


_WORDS = planted_in(AZURE_SPEND.name)
SPENDINGS = (
    Spending("Contoso", "EUR", 230.0, float(_WORDS["budget"]), 1.08),
    Spending(CORRECTED, "EUR", 0.0, 1000.0, 1.08),
    Spending("Humongous Insurance", "EUR", 6.0, 20.0, 1.08),
    Spending("Adventure Works Cycles", "SEK", 265.0, None, 0.093),
    Spending("Adventure Works Cycles", "", 14.0, None, 1.08),
)
"""Customers under and far over their budgets, in two currencies, and a legacy one without."""


def spend_pages(stories: tuple[Story, ...], today: date) -> Iterator[DemoPage]:
    """Yield the answer of each day asked, the oldest first: costs of the month so far."""
    told = {story.name for story in stories}
    theirs = [each for each in SPENDINGS if each.customer in told]
    for asked in asked_days(_BACK, today):
        items = [_spent(each, asked, today) for each in theirs if is_answered(each, asked, today)]
        if items:
            yield answer(AZURE_SPEND, today, items, str(asked), fetched=str(asked))


def meter_pages(stories: tuple[Story, ...], today: date) -> Iterator[DemoPage]:
    """Yield the units used on each of the last 60 days."""
    told = {story.name for story in stories}
    for back in range(_METERS_BACK, 0, -1):
        day = today - timedelta(days=back)
        items = [
            _meter_use(name, meter, day, today)
            for name in AZURE_CUSTOMERS
            for meter in _METERS
            if name in told
        ]
        yield analytics_answer(AZURE_METERS, today, items, str(day))


def azure_subscription(customer: str, category: str) -> AzureSubscription:
    """Return the Azure subscription that a customer uses a category in; Contoso has a second."""
    if (customer, category) == ("Contoso", "Storage"):
        return AzureSubscription(made_up_id(f"{customer}/Azure subscription 2"), "Development")
    return AzureSubscription(made_up_id(f"{customer}/Azure subscription"), "Production")


def month_cost(customer: str, month: date) -> float:
    """Return what a customer's whole month cost in US dollars; the month is its first day."""
    if customer == CORRECTED:
        return round(WHOLE_MONTH * 1.08, 2)
    days = [month + timedelta(days=at) for at in range(28)]
    theirs = [each for each in SPENDINGS if each.customer == customer]
    return round(sum(_day_cost(each, day) * each.dollars for each in theirs for day in days), 2)


def _spent(spending: Spending, asked: date, today: date) -> Item:
    """Return a row as of the day before: on the first of a month it tells the last month."""
    cost, dollars = amounts(spending, asked, today)
    tenant = made_up_tenant(spending.customer)
    budget = {"amount": spending.budget} if spending.budget else {}
    row = {
        "budget": {**budget, "attributes": {"objectType": "SpendingBudget"}},
        "percentUsed": round(100 * cost / spending.budget, 2) if spending.budget else 0,
        "isUpgraded": bool(spending.currency),
        "resourceId": tenant,
        "id": tenant,
        "resourceName": spending.customer,
        "name": spending.customer,
        "totalCost": round(cost, 2),
        "usdTotalCost": round(dollars, 2),
        "lastModifiedDate": f"{asked - _DAY}T23:00:16.57+00:00",
        "attributes": {"objectType": "CustomerMonthlyUsageRecord"},
    }
    of_legacy = {"currencyLocale": "fr-FR"}
    return row | ({"currencyCode": spending.currency} if spending.currency else of_legacy)


def asked_days(back: int, today: date) -> Iterator[date]:
    """Yield the days of so many up to today on which costs were asked for, the oldest first."""
    days = (today - timedelta(days=at) for at in range(back - 1, -1, -1))
    return (asked for asked in days if asked.day not in _NO_SYNC or asked == today)


def is_answered(spending: Spending, asked: date, today: date) -> bool:
    """Check whether the answer of a day has the customer's costs: one was left out for weeks."""
    day, newest = asked - _DAY, today - _DAY
    return spending.customer != CORRECTED or is_told(day, newest)


def amounts(spending: Spending, asked: date, today: date) -> tuple[float, float]:
    """Return the month so far, in its currency and in US dollars. Contoso's newest are planted, and
    the days before in its month are of the same scale.
    """
    newest = today - _DAY
    if spending.customer == CORRECTED:
        cost = corrected_cost(asked - _DAY, newest)
        return cost, cost * spending.dollars
    cost = _so_far(spending, asked - _DAY)
    if spending.customer == "Contoso" and (asked - _DAY).replace(day=1) == newest.replace(day=1):
        cost *= float(_WORDS["cost"]) / _so_far(spending, newest)
        if asked == today:
            return cost, float(_WORDS["cost_usd"])
    return cost, cost * spending.dollars


def _so_far(spending: Spending, day: date) -> float:
    return sum(_day_cost(spending, day.replace(day=at)) for at in range(1, day.day + 1))


def _day_cost(spending: Spending, day: date) -> float:
    wave = 0.12 * math.sin(day.toordinal() / 3 + phase(spending.customer, "azure"))
    return spending.daily * (1 + wave)


def _meter_use(customer: str, meter: tuple[str, str, str, float], day: date, today: date) -> Item:
    category, subcategory, unit, usual = meter
    pace = 1 + 0.15 * math.sin(day.toordinal() / 2 + phase(customer, category))
    unusual = customer == "Humongous Insurance" and category == "Bandwidth"
    if unusual and day == today - _UNUSUAL:
        pace *= 9
    return {
        "customerTenantId": made_up_tenant(customer).upper(),
        "customerName": customer,
        "subscriptionId": azure_subscription(customer, category).id.upper(),
        "subscriptionName": azure_subscription(customer, category).name,
        "usageDate": f"{day}T00:00:00",
        "resourceLocation": "westeurope",
        "meterCategory": category,
        "meterSubcategory": subcategory,
        "meterUnit": unit,
        "serviceType": "",
        "quantity": round(usual * pace, 3),
    }
