"""Customers at the ends of months as the Insights workspace counts them: the only source for days
before the first sync.
"""

from collections.abc import Mapping
from datetime import date
from typing import cast

from analytics.questions.growth_counts import GrowthCount
from analytics.questions.month_spans import month_before
from analytics.tables.insights_sales import INSIGHTS_CUSTOMERS
from analytics.values import Unknown, Why
from analytics.warehouse.facts import Facts

_MONTHS = """
    SELECT month, count(*) AS customers,
        count(*) FILTER (WHERE before IS NULL OR before < month - INTERVAL 1 MONTH) AS came,
        count(*) FILTER (WHERE (before IS NULL OR before < month - INTERVAL 1 MONTH)
            AND first_created >= month) AS bought_first
    FROM (
        SELECT month, tenant, lag(month) OVER theirs AS before
        FROM (
            SELECT DISTINCT month, tenant FROM {insights_customers}
            WHERE status = 'active' AND NOT coalesce(duplicate, false))
        WINDOW theirs AS (PARTITION BY tenant ORDER BY month))
    LEFT JOIN (
        SELECT tenant, min(created) AS first_created FROM {subscription_insights} GROUP BY tenant)
        USING (tenant)
    GROUP BY month ORDER BY month"""

_Row = tuple[date, int, int, int]


def insights_months(facts: Facts) -> Mapping[date, GrowthCount]:
    """Return what each month tells, by its first day: customers with the status *active* at its
    end, and those new, returned and churned since the end of the month before. Empty without the
    dataset. Only the end is known where the month before is not told.
    """
    if INSIGHTS_CUSTOMERS.name not in facts.generation.tables:
        return {}
    rows = {row[0]: row for row in cast("list[_Row]", facts.rows(_MONTHS))}
    return {month: _count(row, rows.get(month_before(month))) for month, row in rows.items()}


def _count(row: _Row, before: _Row | None) -> GrowthCount:
    _, end, came, new = row
    if before is None:
        later = Unknown(Why.LATER, INSIGHTS_CUSTOMERS.name)
        return GrowthCount(later, later, later, later, end)
    start = before[1]
    return GrowthCount(start, new, came - new, start + came - end, end)
