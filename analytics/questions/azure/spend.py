"""Costs of Azure so far: by customer in one month, by month, and by day; each in its
currency.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, cast

from analytics.questions.month_spans import month_before
from analytics.questions.results import Measure
from analytics.tables import AZURE_SPEND
from analytics.values import Customer, TenantId, plain, without_zeros
from analytics.warehouse.facts import Facts

_SPENDINGS = """
    SELECT n.tenant, n.currency, n.place, n.azure_plan, n.told, n.cost, n.cost_usd, n.budget,
        n.budget_used, n.cost - b.cost AS change
    FROM (
        SELECT * FROM {azure_told} WHERE date_trunc('month', told) = $month
        QUALIFY row_number() OVER (PARTITION BY tenant, currency, place ORDER BY told DESC) = 1
        ) AS n
    LEFT JOIN {azure_told} AS b ON b.tenant = n.tenant AND b.currency = n.currency
        AND b.place = n.place AND b.told = (n.told - INTERVAL 1 MONTH)::DATE
    ORDER BY n.tenant, n.currency, n.place"""

_SPENDINGS_KEPT = """
    SELECT tenant, currency, place, azure_plan, told, cost, cost_usd, budget, budget_used,
        cost - earlier_cost AS change
    FROM {azure_months}
    WHERE newest AND month = $month
    ORDER BY tenant, currency, place"""

_MONTHS = """
    SELECT month, currency, place, count(*)::INTEGER AS customers, sum(cost) AS cost,
        CASE WHEN count(cost_usd) = count(*) THEN sum(cost_usd) END AS usd, min(told) AS told
    FROM (
        SELECT *, date_trunc('month', told)::DATE AS month FROM {azure_told}
        QUALIFY row_number() OVER (
            PARTITION BY tenant, currency, place, month ORDER BY told DESC) = 1)
    WHERE cost IS NOT NULL
    GROUP BY month, currency, place, CASE WHEN currency = '' THEN tenant END
    ORDER BY month DESC, currency = '', customers DESC, currency, place, cost"""

_MONTHS_KEPT = """
    SELECT month, currency, place, count(*)::INTEGER AS customers, sum(cost) AS cost,
        CASE WHEN count(cost_usd) = count(*) THEN sum(cost_usd) END AS usd, min(told) AS told
    FROM {azure_months}
    WHERE newest AND month >= $since AND cost IS NOT NULL
    GROUP BY month, currency, place, CASE WHEN currency = '' THEN tenant END
    ORDER BY month DESC, currency = '', customers DESC, currency, place, cost"""

_DAYS = """
    SELECT currency, place, min(since) AS since, told, sum(amount) AS amount,
        coalesce(sum(amount) FILTER (amount < 0), 0) AS corrected
    FROM (
        SELECT tenant, currency, place, told, cost - coalesce(lag(cost) OVER earlier, 0) AS amount,
            coalesce(lag(told) OVER earlier + 1, $month) AS since
        FROM {azure_told} WHERE date_trunc('month', told) = $month AND cost IS NOT NULL
        WINDOW earlier AS (PARTITION BY tenant, currency, place ORDER BY told))
    GROUP BY currency, place, told, CASE WHEN currency = '' THEN tenant END
    ORDER BY currency = '', currency, place, told, since, amount"""

_DAYS_KEPT = """
    SELECT currency, place, min(since) AS since, told, sum(amount) AS amount,
        coalesce(sum(amount) FILTER (amount < 0), 0) AS corrected
    FROM {azure_months}
    WHERE month = $month AND amount IS NOT NULL
    GROUP BY currency, place, told, CASE WHEN currency = '' THEN tenant END
    ORDER BY currency = '', currency, place, told, since, amount"""

_WITHOUT = """
    SELECT count(DISTINCT tenant) FROM {azure_told} WHERE tenant NOT IN (
        SELECT tenant FROM {azure_told} WHERE date_trunc('month', told) = $month)"""

_WITHOUT_KEPT = """
    SELECT count(*) FROM (
        SELECT tenant FROM {azure_months} WHERE newest AND month >= $since
        GROUP BY tenant HAVING max(month) < $month)"""

_Amount = Annotated[Decimal | None, Measure("currency", AZURE_SPEND, "cost")]
_Dollars = Annotated[Decimal | None, Measure("usd", AZURE_SPEND, "cost_usd")]


@dataclass(frozen=True, slots=True)
class AzureWindow:
    """The rows that an answer is about: one customer's, or those of all for None, told up to a day
    within a month.
    """

    tenant: TenantId | None
    month: date
    last: date
    kept: bool = False
    """True if it is the newest month, which was worked out with the generation."""

    def values(self, since: date) -> dict[str, TenantId | date | None]:
        """Return the parameters of SQL that reads the rows told since a day."""
        return {"tenant": self.tenant, "month": self.month, "since": since, "last": self.last}


@dataclass(frozen=True, slots=True, order=True)
class AzureCurrency:
    """A currency; where a legacy row does not state it, the locale that stands there."""

    code: str
    """ISO code; empty where it is not stated."""
    locale: str = ""
    """Such as fr-FR; empty where a currency is stated."""


@dataclass(frozen=True, slots=True)
class CustomerSpend:
    """Cost of one customer's Azure in a month, in one currency; None for readers who may not see
    amounts.
    """

    customer: Customer
    currency: AzureCurrency
    azure_plan: bool | None
    """False for legacy Azure; None where the source does not tell."""
    told: date
    """The day up to which it is told."""
    amount: _Amount
    usd: _Dollars
    """The same in US dollars, where the source gives it."""
    budget: Annotated[Decimal | None, Measure("currency", AZURE_SPEND, "budget")]
    """None where none is set."""
    budget_used: Annotated[Decimal | None, Measure("fraction", AZURE_SPEND, "budget_used")]
    """Part of the budget, as the source tells it; may exceed 1. None without a budget."""
    change: _Amount
    """Difference to the same day of the month before; None where that day is not known."""

    @property
    def over(self) -> bool:
        """Check whether more than the budget is used."""
        return self.budget_used is not None and self.budget_used > 1


@dataclass(frozen=True, slots=True)
class MonthSpend:
    """One month in one currency, as last seen. Legacy rows without a currency stand alone each."""

    month: date
    currency: AzureCurrency
    customers: Annotated[int, Measure("customers", AZURE_SPEND, "tenant")]
    amount: _Amount
    usd: _Dollars
    """None where the source leaves it out of one of the amounts."""
    told: date
    """The day up to which the oldest of the amounts is told."""


@dataclass(frozen=True, slots=True)
class SpendDay:
    """Cost that became known on one day, in one currency: of that day, or of the days since the one
    known before, together. Days without a row are not shared out. Of several customers together
    each adds the days since its own earlier one.
    """

    currency: AzureCurrency
    first: date
    last: date
    amount: _Amount
    corrected: _Amount
    """The part below zero, as the source takes earlier costs back; 0 if there is none."""


@dataclass(frozen=True, slots=True)
class AzureSpend:
    """Costs in a month, and in the months before."""

    within: AzureWindow
    spent: tuple[CustomerSpend, ...]
    """As `spendings` has them."""
    months: tuple[MonthSpend, ...]
    days: tuple[SpendDay, ...]
    days_before: tuple[SpendDay, ...]
    """Those of the month before; of one customer alone."""


def spendings(facts: Facts, within: AzureWindow) -> tuple[CustomerSpend, ...]:
    """Return the newest row of each customer and currency in the month, as `azure_spend` has it:
    by budget used, the most first, then by currency and amount; by name where amounts are hidden.
    """
    values = within.values(month_before(within.month))
    if within.kept:
        rows = facts.rows(_SPENDINGS_KEPT, **values)
    else:
        rows = facts.rows(_SPENDINGS, **values)
    return in_order(spending(row, facts) for row in rows)


def in_order(spent: Iterable[CustomerSpend]) -> tuple[CustomerSpend, ...]:
    """Return the rows in the order of `spendings`."""
    return tuple(sorted(spent, key=_place))


def month_amounts(facts: Facts, within: AzureWindow, first: date) -> tuple[MonthSpend, ...]:
    """Return the months from `first` on, the newest first; none where amounts are hidden."""
    values = within.values(first)
    rows = facts.rows(_MONTHS_KEPT, **values) if within.kept else facts.rows(_MONTHS, **values)
    return tuple(
        MonthSpend(
            cast("date", month),
            currency_of(code, place),
            cast("int", customers),
            told_amount(cost),
            told_amount(usd),
            cast("date", told),
        )
        for month, code, place, customers, cost, usd, told in rows
    )


def spend_days(facts: Facts, within: AzureWindow) -> tuple[SpendDay, ...]:
    """Return the days of the month by currency, the oldest first; their sum is the month so far.
    None where amounts are hidden.
    """
    values = within.values(within.month)
    rows = facts.rows(_DAYS_KEPT, **values) if within.kept else facts.rows(_DAYS, **values)
    return tuple(
        SpendDay(
            currency_of(code, place),
            cast("date", first),
            cast("date", last),
            told_amount(amount),
            told_amount(corrected),
        )
        for code, place, first, last, amount, corrected in rows
    )


def without_month(facts: Facts, within: AzureWindow, first: date) -> int:
    """Return the number of customers who have a row since `first`, and none in the month."""
    values = within.values(first)
    rows = facts.rows(_WITHOUT_KEPT, **values) if within.kept else facts.rows(_WITHOUT, **values)
    return cast("int", rows[0][0])


def told_amount(amount: object) -> Decimal | None:
    """Return an amount without zeros at its end; None stays None."""
    return without_zeros(amount) if isinstance(amount, Decimal) else None


def spending(row: Sequence[object], facts: Facts) -> CustomerSpend:
    """Return a row of a customer and currency, from the cells that a query of them gives."""
    tenant, code, place, azure_plan, told, cost, usd, budget, used, change = row
    customer = facts.customer(TenantId(str(tenant)))
    cost, budget = told_amount(cost), told_amount(budget)
    return CustomerSpend(
        customer=customer or Customer(TenantId(str(tenant)), str(tenant)),
        currency=currency_of(code, place),
        azure_plan=cast("bool | None", azure_plan),
        told=cast("date", told),
        amount=cost,
        usd=told_amount(usd),
        budget=budget if budget else None,
        budget_used=_part_of(budget, cost, told_amount(used)),
        change=told_amount(change),
    )


def _part_of(budget: Decimal | None, cost: Decimal | None, told: Decimal | None) -> Decimal | None:
    """Return the part of the budget that the source tells; worked out where it leaves it out."""
    if not budget or cost is None:
        return None
    return told if told is not None else cost / budget


def currency_of(code: object, locale: object) -> AzureCurrency:
    """Return the currency of these words of the source."""
    return AzureCurrency(plain(str(code)), plain(str(locale or "")))


def _place(each: CustomerSpend) -> tuple[object, ...]:
    """Return the place of a row; without amounts all but the name is the same for all."""
    name = each.customer.name.casefold(), each.customer.id
    if each.amount is None:
        return Decimal(0), False, "", Decimal(0), *name
    currency = each.currency
    used = each.budget_used if each.budget_used is not None else Decimal("-Infinity")
    return -used, not currency.code, currency.code, -each.amount, *name
