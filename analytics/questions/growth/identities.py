"""Identities of growth: each end is its start with who came and without who left, and the newest
numbers are those of the subscriptions that stand.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

from analytics.questions.growth import GrowthResult, growth
from analytics.questions.growth.counts import GrowthCount
from analytics.questions.growth.months import MonthGrowth
from analytics.questions.growth.spells import Definition
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.values import Seats, Unknown
from analytics.warehouse.building.check import Checked
from analytics.warehouse.facts import Facts

_STANDING = """
    SELECT count(DISTINCT tenant) FROM {newest_subscription_insights}
    WHERE list_contains($counting, status) AND tenant NOT IN (
        SELECT tenant FROM {customer_list} GROUP BY tenant HAVING bool_and(until IS NOT NULL))"""


def growth_identities(facts: Facts) -> Iterator[Checked]:
    """Yield the comparisons of the last twelve months, by both definitions."""
    result = growth(facts)
    if isinstance(result.known, Unknown):
        return
    yield growth_sums(result)
    wrong = 0
    for defined in (result.power_bi, result.insights):
        rows = facts.rows(_STANDING, counting=defined.definition.counting)
        ((standing,),) = cast("list[tuple[int]]", rows)
        wrong += defined.count.end != standing
    yield Checked(SUBSCRIPTION_INSIGHTS.name, "check-growth-standing", wrong)


def growth_sums(result: GrowthResult) -> Checked:
    """Return how many of the counts do not add up: of the period, of a month, of a month and the
    one before it; and in how many months fewer count by the wider definition. What the Insights
    workspace tells of months before the first sync is not compared with what syncs tell.
    """
    seen = [month for month in result.months if _is_seen(month, result)]
    wrong = _is_wrong(result.power_bi.count) + _is_wrong(result.insights.count)
    for definition in Definition:
        wrong += sum(_is_wrong(month.by(definition)) for month in result.months)
        own = result.months if definition is Definition.POWER_BI else seen
        counts = [month.by(definition) for month in own]
        wrong += sum(_differ(one.end, other.start) for one, other in pairwise(counts))
    wrong += sum(_is_less(month.power_bi.end, month.insights.end) for month in seen)
    return Checked(SUBSCRIPTION_INSIGHTS.name, "check-growth-sums", wrong)


def _is_seen(month: MonthGrowth, result: GrowthResult) -> bool:
    """Check whether syncs tell of the whole month."""
    return not isinstance(result.known, Unknown) and month.month > result.known


def _is_wrong(count: GrowthCount) -> bool:
    """Check whether the end is another than the start with the moves."""
    start, net, end = count.start, count.net, count.end
    if isinstance(start, Unknown) or isinstance(net, Unknown) or isinstance(end, Unknown):
        return False
    return end != start + net


def _differ(one: Seats, other: Seats) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one != other


def _is_less(one: Seats, other: Seats) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one < other
