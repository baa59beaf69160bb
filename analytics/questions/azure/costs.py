"""Azure costs of one customer or of all: the newest month told of, its days and parts, and the
months before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from analytics.questions.azure.days import days_told, newest_month
from analytics.questions.azure.of_one import spend_of_one
from analytics.questions.azure.parts import (
    AzureSubscriptionCost,
    CategoryCost,
    azure_parts,
)
from analytics.questions.azure.spend import (
    AzureSpend,
    AzureWindow,
    CustomerSpend,
    MonthSpend,
    SpendDay,
    month_amounts,
    spend_days,
    spendings,
    without_month,
)
from analytics.questions.azure.totals import CurrencyTotal, currency_totals
from analytics.questions.dataset_days import known_day
from analytics.questions.month_spans import month_before, month_days, month_of
from analytics.questions.results import Measure
from analytics.tables import AZURE_CATEGORY_COSTS, AZURE_SPEND
from analytics.values import Customer, Period, Seats, TenantId, Unknown, Why
from analytics.warehouse.building.azure_tables import MONTHS
from analytics.warehouse.facts import Facts

MOST_MONTHS = 24
"""Months that are told at once."""

_Count = Annotated[Seats, Measure("customers", AZURE_SPEND, "tenant")]


@dataclass(frozen=True, slots=True)
class AzureCosts:
    """Costs in the newest month told of. For readers who may not see amounts, everything that is
    computed from them is left out.
    """

    users: _Count
    """Customers with costs in the month; in two currencies it is still one."""
    without: _Count
    """Customers with costs in the months before that are told of, and none in this month."""
    in_parts: Annotated[Seats, Measure("customers", AZURE_CATEGORY_COSTS, "tenant")]
    """Customers whose costs by category were asked for."""
    month: date | None = None
    """Its first day; None where no month is told of."""
    as_of: date | None = None
    """The newest day told of in it."""
    ended: bool = False
    """True if the month is over: what it cost is as last seen, and not so far."""
    totals: tuple[CurrencyTotal, ...] = ()
    """By currency, the largest first; they are never added."""
    spent: tuple[CustomerSpend, ...] = ()
    """Each customer and currency: by budget used, the most first; by name for readers who may not
    see amounts.
    """
    months: tuple[MonthSpend, ...] = ()
    """The months of the period, or the newest and the one before, the newest first."""
    days: tuple[SpendDay, ...] = ()
    """Costs that became known day by day: in each currency the sum is the month so far."""
    days_before: tuple[SpendDay, ...] = ()
    """The same of the month before; of one customer alone."""
    categories: tuple[CategoryCost, ...] = ()
    subscriptions: tuple[AzureSubscriptionCost, ...] = ()

    @property
    def over(self) -> tuple[CustomerSpend, ...]:
        """The rows that are above their budget, the most first."""
        return tuple(each for each in self.spent if each.over)

    @property
    def without_currency(self) -> tuple[CustomerSpend, ...]:
        """Legacy rows whose currency is not stated; they are in no sum."""
        return tuple(each for each in self.spent if not each.currency.code)

    @property
    def customers(self) -> tuple[Customer, ...]:
        """The customers with costs, in the order of their rows."""
        return distinct_customers(each.customer for each in self.spent)


def azure_costs(facts: Facts, customer: Customer | None, period: Period | None) -> AzureCosts:
    """Return the costs in the newest month told of, within the period if one is given: Azure spend,
    `totalCost`; by category and Azure subscription for the plans that were asked.
    """
    spend = _spend(facts, customer.id if customer else None, period)
    if isinstance(spend, Unknown):
        return AzureCosts(spend, spend, spend)
    if spend is None:
        return AzureCosts(0, 0, 0)
    within, first = spend.within, _first_month(spend.within.month, period)
    asked, parts = known_day(facts, AZURE_CATEGORY_COSTS.name), azure_parts(facts, within)
    return AzureCosts(
        users=len({each.customer.id for each in spend.spent}),
        without=0 if customer else without_month(facts, within, first),
        in_parts=asked if isinstance(asked, Unknown) else parts.customers,
        month=within.month,
        as_of=within.last,
        ended=_is_over(facts, within),
        totals=currency_totals(spend.spent),
        spent=spend.spent,
        months=spend.months,
        days=spend.days,
        days_before=spend.days_before,
        categories=parts.categories,
        subscriptions=parts.subscriptions,
    )


def _spend(
    facts: Facts, tenant: TenantId | None, period: Period | None
) -> AzureSpend | Unknown | None:
    """Return the costs of the newest month told of; why they are not known; None where no row is
    there at all.
    """
    known = known_day(facts, AZURE_SPEND.name)
    if isinstance(known, Unknown):
        return known
    kept = period is None and MONTHS.name in facts.generation.tables
    if kept and tenant:
        return spend_of_one(facts, tenant)
    within = newest_month(facts) if kept else _window(facts, tenant, period)
    if within is None or isinstance(within, Unknown):
        return within
    return AzureSpend(
        within=within,
        spent=spendings(facts, within),
        months=month_amounts(facts, within, _first_month(within.month, period)),
        days=spend_days(facts, within),
        days_before=_days_before(facts, within),
    )


def distinct_customers(customers: Iterable[Customer]) -> tuple[Customer, ...]:
    """Return each of the customers once, in their order."""
    return tuple({each.id: each for each in customers}.values())


def _window(
    facts: Facts, tenant: TenantId | None, period: Period | None
) -> AzureWindow | Unknown | None:
    """Return the newest month told of, up to the newest day; why it is not in the period; None
    where no row is there at all.
    """
    span = period or Period(date.min, date.max)
    newest, oldest = days_told(facts, tenant, span)
    if newest:
        return AzureWindow(tenant, month_of(newest), newest)
    if oldest is None:
        return None
    return Unknown(Why.LATER if oldest > span.last else Why.NOT_IN_PERIOD, AZURE_SPEND.name)


def _first_month(month: date, period: Period | None) -> date:
    """Return the first month to tell: that of the period, or the one before the newest."""
    if period is None:
        return month_before(month)
    return max(month_of(period.first), month_before(month, MOST_MONTHS - 1))


def _is_over(facts: Facts, within: AzureWindow) -> bool:
    """Check whether the month was over when it was asked for, or its last day is told."""
    known = known_day(facts, AZURE_SPEND.name)
    later = isinstance(known, date) and month_of(known) > within.month
    return later or within.last == month_days(within.month).last


def _days_before(facts: Facts, within: AzureWindow) -> tuple[SpendDay, ...]:
    if within.tenant is None:
        return ()
    month = month_days(month_before(within.month))
    return spend_days(facts, AzureWindow(within.tenant, month.first, month.last))
