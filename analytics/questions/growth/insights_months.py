"""Customers at the ends of months as the Insights workspace counts them: the only source for days
before the first sync.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from analytics.questions.growth.counts import GrowthCount
from analytics.questions.month_spans import month_before
from analytics.tables.insights_sales import INSIGHTS_CUSTOMERS
from analytics.values import Unknown, Why
from analytics.warehouse.facts import Facts

_EDGES = """
    SELECT began, ended, count(*) AS customers,
        count(*) FILTER (WHERE first_created >= began) AS bought_first
    FROM {insights_runs} GROUP BY GROUPING SETS ((began), (ended)) ORDER BY began, ended"""

_Row = tuple[date, int, int, int]


def insights_months(facts: Facts) -> Mapping[date, GrowthCount]:
    """Return what each month tells, by its first day: customers with the status *active* at its
    end, and those new, returned and churned since the end of the month before. Empty without the
    dataset. Only the end is known where the month before is not told.
    """
    if INSIGHTS_CUSTOMERS.name not in facts.generation.tables:
        return {}
    rows = {row[0]: row for row in _rows(facts)}
    return {month: _count(row, rows.get(month_before(month))) for month, row in rows.items()}


def _rows(facts: Facts) -> Iterator[_Row]:
    """Yield each month with a customer, the oldest first: how many there are, how many of them not
    in the month before, and how many of these bought for the first time.
    """
    edges = cast("list[tuple[date | None, date | None, int, int]]", facts.rows(_EDGES))
    begun = {began: (count, first) for began, _, count, first in edges if began}
    ended = {month: count for _, month, count, _ in edges if month}
    month, customers = min(begun, default=date.max), 0
    while month < max(ended, default=date.min):
        came, first = begun.get(month, (0, 0))
        customers += came - ended.get(month, 0)
        if customers:
            yield month, customers, came, first
        month = month_before(month, -1)


def _count(row: _Row, before: _Row | None) -> GrowthCount:
    _, end, came, new = row
    if before is None:
        later = Unknown(Why.LATER, INSIGHTS_CUSTOMERS.name)
        return GrowthCount(later, later, later, later, end)
    start = before[1]
    return GrowthCount(start, new, came - new, start + came - end, end)
