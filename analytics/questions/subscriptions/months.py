"""Subscriptions bought and ended, month by month."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, cast

from analytics.questions.results import Measure
from analytics.questions.subscriptions.lines import LineParameters
from analytics.questions.subscriptions.tallies import OwnLine
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.warehouse.facts import Facts

MONTHS = 12
"""Months shown, the one of the day asked for among them."""
_MOST = 24

_MONTHLY = """
    SELECT date_trunc('month', created)::DATE AS bought,
        date_trunc('month', ended_on)::DATE AS gone,
        date_trunc('month', suspended_on)::DATE AS held, count(*) AS n
    FROM {subscription_lines}
    WHERE counts GROUP BY ALL"""

_Months = tuple[date | None, date | None, date | None, int]

_Count = Annotated[int, Measure("subscriptions", SUBSCRIPTION_INSIGHTS, "subscription")]


@dataclass(frozen=True, slots=True)
class MonthOfSubscriptions:
    """Subscriptions that came and went in a month."""

    NOT_COMPARED: ClassVar = ("month", "partial")

    month: date
    """Its first day."""
    new: _Count
    """Bought in it: `creationDate`."""
    ended: _Count
    """Ended in it: `deprovisionedDate`."""
    suspended: _Count
    """Still suspended, and first seen so in it. Before the first sync none can be."""
    partial: bool
    """True if the month is not over on the day that the sources tell of."""


def months_of(
    facts: Facts, lines: LineParameters, own: Sequence[OwnLine] | None = None
) -> tuple[MonthOfSubscriptions, ...]:
    """Return twelve months up to the end of the period, or all of a longer one up to 24; none later
    than the day that the analytics tell of; of all that the reader may see, or of these lines.
    """
    span, day = lines.period, lines.today
    last = _number(min(span.last, day))
    first = max(min(_number(span.first), last - MONTHS + 1), last - _MOST + 1)
    if own is None:
        found = cast("list[_Months]", facts.rows(_MONTHLY))
    else:
        found = [(e.bought, e.gone, e.held, 1) for e in own if e.alike.counts]
    new, ended, suspended = Counter[date](), Counter[date](), Counter[date]()
    for *months, n in found:
        for counted, month in zip((new, ended, suspended), months, strict=True):
            counted.update({month: n} if month else {})
    return tuple(
        MonthOfSubscriptions(
            month, new[month], ended[month], suspended[month], _ends_after(month, day)
        )
        for month in map(_month, range(first, last + 1))
    )


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _ends_after(month: date, day: date) -> bool:
    return _month(_number(month) + 1) > day
