"""Azure costs of one customer from the few rows that were worked out with the generation: read at
once, and sorted out here, because planning a query takes longer than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from analytics.questions.azure.spend import (
    AzureCurrency,
    AzureSpend,
    AzureWindow,
    CustomerSpend,
    MonthSpend,
    SpendDay,
    currency_of,
    in_order,
    spending,
    told_amount,
)
from analytics.questions.month_spans import month_before, month_of
from analytics.values import TenantId
from analytics.warehouse.facts import Facts

_ROWS = """
    SELECT currency, place, azure_plan, told, cost, cost_usd, budget, budget_used,
        cost - earlier_cost AS change, month, newest, since, amount
    FROM {azure_months} WHERE tenant = $tenant ORDER BY currency, place, told"""


@dataclass(frozen=True, slots=True)
class _SpendRow:
    """The month so far on one day, in one currency."""

    currency: str
    place: str | None
    azure_plan: bool | None
    told: date
    cost: Decimal | None
    usd: Decimal | None
    budget: Decimal | None
    budget_used: Decimal | None
    change: Decimal | None
    month: date
    newest: bool
    since: date | None
    amount: Decimal | None

    @property
    def its_currency(self) -> AzureCurrency:
        return currency_of(self.currency, self.place)


def spend_of_one(facts: Facts, tenant: TenantId) -> AzureSpend | None:
    """Return the costs of a customer in the newest month told of, and in the one before; None
    where no row is there at all.
    """
    found = facts.rows(_ROWS, tenant=tenant)
    rows = [_SpendRow(*cast("tuple[Any, ...]", each)) for each in found]
    if not rows:
        return None
    last = max(each.told for each in rows)
    month = month_of(last)
    before = month_before(month)
    return AzureSpend(
        within=AzureWindow(tenant, month, last, kept=True),
        spent=in_order(_spent(facts, tenant, e) for e in rows if e.newest and e.month == month),
        months=_months([each for each in rows if each.month >= before]),
        days=_days(rows, month),
        days_before=_days(rows, before),
    )


def _spent(facts: Facts, tenant: TenantId, row: _SpendRow) -> CustomerSpend:
    what = tenant, row.currency, row.place, row.azure_plan, row.told
    cells = (*what, row.cost, row.usd, row.budget, row.budget_used, row.change)
    return spending(cells, facts)


def _months(rows: Sequence[_SpendRow]) -> tuple[MonthSpend, ...]:
    told = [each for each in rows if each.newest and each.cost is not None]
    told.sort(key=lambda e: (-e.month.toordinal(), not e.currency, e.currency, e.place, e.cost))
    return tuple(
        MonthSpend(e.month, e.its_currency, 1, told_amount(e.cost), told_amount(e.usd), e.told)
        for e in told
    )


def _days(rows: Sequence[_SpendRow], month: date) -> tuple[SpendDay, ...]:
    of_month = [each for each in rows if each.month == month and each.amount is not None]
    of_month.sort(key=lambda each: (not each.currency, each.currency, each.place, each.told))
    return tuple(
        SpendDay(
            each.its_currency,
            each.since or month,
            each.told,
            told_amount(each.amount),
            told_amount(min(each.amount or Decimal(0), Decimal(0))),
        )
        for each in of_month
    )
