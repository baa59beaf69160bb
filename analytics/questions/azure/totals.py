"""Sums of Azure costs, each of one currency: amounts of two currencies are never added."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from analytics.questions.azure.spend import CustomerSpend
from analytics.questions.results import Measure
from analytics.tables import AZURE_SPEND

_Amount = Annotated[Decimal, Measure("currency", AZURE_SPEND, "cost")]
_Count = Annotated[int, Measure("customers", AZURE_SPEND, "tenant")]
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """All customers' costs in one currency, in one month."""

    code: str
    """ISO code."""
    customers: _Count
    amount: _Amount
    usd: Annotated[Decimal | None, Measure("usd", AZURE_SPEND, "cost_usd")]
    """The same in US dollars; None where the source leaves it out of one of them."""
    budgets: _Count
    """Customers with a budget."""
    budget: Annotated[Decimal | None, Measure("currency", AZURE_SPEND, "budget")]
    """Sum of the budgets; None where none is set."""
    budgeted: _Amount
    """Costs of the customers with a budget."""
    compared: _Count
    """Customers whose cost on the same day of the month before is known."""
    change: Annotated[Decimal | None, Measure("currency", AZURE_SPEND, "cost")]
    """Difference to that day, of those customers; None where there are none."""

    @property
    def budget_used(
        self,
    ) -> Annotated[Decimal | None, Measure("fraction", AZURE_SPEND, "budget_used")]:
        """Part of the budgets that is used, by the customers who have one."""
        return self.budgeted / self.budget if self.budget else None


def currency_totals(spent: Iterable[CustomerSpend]) -> tuple[CurrencyTotal, ...]:
    """Return the sums by currency: the largest first in US dollars where the source gives them for
    all, else the one with the most customers. Rows without a stated currency are in none.
    """
    groups: dict[str, list[CustomerSpend]] = {}
    for each in spent:
        if each.currency.code and each.amount is not None:
            groups.setdefault(each.currency.code, []).append(each)
    totals = [_total(code, rows) for code, rows in groups.items()]
    known = all(each.usd is not None for each in totals)

    def place(each: CurrencyTotal) -> tuple[Decimal, int, str]:
        return -(each.usd or _NONE) if known else _NONE, -each.customers, each.code

    return tuple(sorted(totals, key=place))


def _total(code: str, rows: list[CustomerSpend]) -> CurrencyTotal:
    dollars = [each.usd for each in rows if each.usd is not None]
    budgeted = [each for each in rows if each.budget is not None]
    changes = [each.change for each in rows if each.change is not None]
    return CurrencyTotal(
        code=code,
        customers=len(rows),
        amount=sum((each.amount or _NONE for each in rows), _NONE),
        usd=sum(dollars, _NONE) if len(dollars) == len(rows) else None,
        budgets=len(budgeted),
        budget=sum((each.budget or _NONE for each in budgeted), _NONE) if budgeted else None,
        budgeted=sum((each.amount or _NONE for each in budgeted), _NONE),
        compared=len(changes),
        change=sum(changes, _NONE) if changes else None,
    )
