"""Amounts billed to customers, month by month; told to readers who may see amounts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, cast

from analytics.questions.results import Measure
from analytics.tables.insights_sales import INSIGHTS_SEATS
from analytics.warehouse.facts import Facts

_BILLED = """
    SELECT month, sum(billed_usd) AS billed,
        count(DISTINCT tenant) FILTER (billed_usd IS NULL)::INTEGER AS untold
    FROM {insights_seats}
    WHERE NOT coalesce(duplicate, false) GROUP BY month ORDER BY month"""


@dataclass(frozen=True, slots=True)
class BilledMonth:
    """Revenue billed in one month, in US dollars: Insights, `BilledRevenueUSD`, without the rows
    that another location tells too.
    """

    month: date
    amount: Annotated[Decimal, Measure("usd", INSIGHTS_SEATS, "billed_usd")]
    untold: Annotated[int, Measure("customers", INSIGHTS_SEATS, "tenant")]
    """Customers with a subscription of which no amount is told: it is not in the sum."""


def billed_months(facts: Facts, first: date, last: date) -> tuple[BilledMonth, ...]:
    """Return the months from `first` to `last` that are told, oldest first; none for readers who
    may not see amounts.
    """
    if not facts.sight.money or INSIGHTS_SEATS.name not in facts.generation.tables:
        return ()
    rows = cast("list[tuple[date, Decimal | None, int]]", facts.rows(_BILLED))
    return tuple(
        BilledMonth(month, amount, untold)
        for month, amount, untold in rows
        if amount is not None and first <= month <= last
    )
