"""Days up to which Azure costs are told."""

from datetime import date
from typing import cast

from analytics.questions.azure.spend import AzureWindow
from analytics.questions.month_spans import month_of
from analytics.values import Period, TenantId
from analytics.warehouse.facts import Facts

_TOLD_DAYS = """
    SELECT max(told) FILTER (told BETWEEN $first AND $last) AS newest, min(told) AS oldest
    FROM (SELECT coalesce(changed::DATE, day) AS told FROM {azure_spend}
        WHERE ($tenant IS NULL OR tenant = $tenant))"""

_TOLD_DAYS_KEPT = """
    SELECT max(told) AS newest FROM {azure_months}"""


def days_told(
    facts: Facts, tenant: TenantId | None, span: Period
) -> tuple[date | None, date | None]:
    """Return the newest day told within the span, and the oldest of all; None where none is."""
    rows = facts.rows(_TOLD_DAYS, tenant=tenant, first=span.first, last=span.last)
    return cast("tuple[date | None, date | None]", rows[0])


def newest_month(facts: Facts) -> AzureWindow | None:
    """Return the newest month told of all customers, as it was worked out with the generation; None
    where no row is there at all.
    """
    ((newest,),) = cast("list[tuple[date | None]]", facts.rows(_TOLD_DAYS_KEPT))
    return AzureWindow(None, month_of(newest), newest, kept=True) if newest else None
