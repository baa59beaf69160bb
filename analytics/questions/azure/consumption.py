"""Azure consumption by month as Insights tells it, in US dollars: another measure than the spend
that Partner Center estimates, and never one sum with it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, cast

from analytics.questions.results import Measure
from analytics.tables.insights_sales import INSIGHTS_AZURE
from analytics.values import TenantId
from analytics.warehouse.facts import Facts

_CONSUMED = """
    SELECT month, sum(consumed_usd) AS consumed FROM {insights_azure_usage}
    WHERE NOT coalesce(duplicate, false) AND NOT coalesce(location_duplicate, false)
        AND ($tenant IS NULL OR tenant = $tenant) AND month BETWEEN $first AND $last
    GROUP BY month ORDER BY month DESC"""


@dataclass(frozen=True, slots=True)
class ConsumedMonth:
    """Consumption in one month, in US dollars: Insights, `ACR_USD`, without the rows that another
    location or global account tells too.
    """

    month: date
    amount: Annotated[Decimal, Measure("usd", INSIGHTS_AZURE, "consumed_usd")]


def consumed_months(
    facts: Facts, tenant: TenantId | None, first: date, last: date
) -> tuple[ConsumedMonth, ...]:
    """Return the months from `first` to `last` that are told, the newest first; none for readers
    who may not see amounts.
    """
    if not facts.sight.money or INSIGHTS_AZURE.name not in facts.generation.tables:
        return ()
    rows = facts.rows(_CONSUMED, tenant=tenant, first=first, last=last)
    found = cast("list[tuple[date, Decimal | None]]", rows)
    return tuple(ConsumedMonth(month, amount) for month, amount in found if amount is not None)
