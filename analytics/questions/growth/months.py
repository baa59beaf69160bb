"""Customers gained and lost by month, under both definitions; and what is known of which days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.questions.growth.counts import (
    CustomersCounted,
    GrowthCount,
    count_of,
    unknown_count,
)
from analytics.questions.growth.insights_months import insights_months
from analytics.questions.growth.spells import (
    ALWAYS,
    Definition,
    FirstSync,
    Spells,
    customer_spells,
)
from analytics.questions.month_spans import month_before, month_days, month_of
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.values import Period, Unknown, Why, total
from analytics.warehouse.facts import Facts

MOST_MONTHS = 24

_DAY = timedelta(days=1)
_LATER = Unknown(Why.LATER, SUBSCRIPTION_INSIGHTS.name)


@dataclass(frozen=True, slots=True)
class MonthGrowth:
    """One month's customers; up to the newest day known, where it is not over."""

    month: date
    """Its first day."""
    over: bool
    """True if its last day is past."""
    power_bi: GrowthCount
    insights: GrowthCount

    def by(self, definition: Definition) -> GrowthCount:
        """Return the count by a definition."""
        return self.power_bi if definition is Definition.POWER_BI else self.insights


@dataclass(frozen=True, slots=True)
class GrowthRate:
    """Customers at the end of the last full month against the end of the first."""

    first: date
    last: date
    before: CustomersCounted
    after: CustomersCounted


@dataclass(frozen=True, slots=True)
class KnownSpells:
    """The spells under both definitions, and the days of which they tell."""

    spells: Mapping[Definition, Spells]
    known: date
    """Day of the first sync: by INSIGHTS nothing is seen before."""
    as_of: date
    """The newest day."""
    told: Mapping[date, GrowthCount]
    """Statuses that the Insights workspace tells, by month."""

    @classmethod
    def of(cls, facts: Facts, known: FirstSync, as_of: date) -> "KnownSpells":
        """Return the reader's."""
        found = {each: customer_spells(facts, each, known) for each in Definition}
        return cls(found, known.day, as_of, insights_months(facts))

    def days_of(self, definition: Definition, asked: Period) -> Period | Unknown:
        """Return those of the days asked for that are known by a definition, or why none is."""
        if asked.first > self.as_of:
            return Unknown(Why.NEVER_CAME, SUBSCRIPTION_INSIGHTS.name)
        last = min(asked.last, self.as_of)
        first = max(asked.first, self.oldest(definition))
        return Period(first, last) if first <= last else _LATER

    def oldest(self, definition: Definition) -> date:
        """Return the first day of which movements are known."""
        if definition is Definition.INSIGHTS:
            return self.known + _DAY
        begins = (day for day in self.spells[definition].begins.days if day > ALWAYS)
        return next(begins, date.min).replace(day=1)

    def count(self, definition: Definition, asked: Period) -> GrowthCount:
        """Return the count of the days asked for; of whole months before the first sync as the
        Insights workspace tells it. Of INSIGHTS only what came after the first sync counts.
        """
        days = self.days_of(definition, asked)
        if isinstance(days, Period):
            return count_of(self.spells[definition], days)
        if definition is Definition.POWER_BI or days != _LATER:
            return unknown_count(days)
        last = min(asked.last, self.as_of)
        end = self.spells[definition].on(last) if last >= self.known else None
        return self._told_months(asked) or unknown_count(days, end)

    def _told_months(self, asked: Period) -> GrowthCount | None:
        """Return the sum of whole months that the workspace tells; None for other days."""
        months = months_of(asked)
        counts = [self.told[month] for month in months if month in self.told]
        whole = (
            month_days(months[0]).first == asked.first,
            month_days(months[-1]).last == asked.last,
        )
        if len(counts) < len(months) or not all(whole):
            return None
        return GrowthCount(
            start=counts[0].start,
            new=total(each.new for each in counts),
            returned=total(each.returned for each in counts),
            churned=total(each.churned for each in counts),
            end=counts[-1].end,
        )

    def month(self, month: date) -> MonthGrowth:
        """Return one month."""
        days = month_days(month)
        counts = {each: self._month_count(each, days) for each in Definition}
        over = days.last < self.as_of
        return MonthGrowth(month, over, counts[Definition.POWER_BI], counts[Definition.INSIGHTS])

    def _month_count(self, definition: Definition, days: Period) -> GrowthCount:
        """Return a month's count; where the first sync falls into it, its end alone is known."""
        if definition is Definition.INSIGHTS and days.first <= self.known < days.last:
            last = min(days.last, self.as_of)
            return self._told_months(days) or unknown_count(
                _LATER, self.spells[definition].on(last)
            )
        return self.count(definition, days)


def months_of(days: Period) -> list[date]:
    """Return the months that days lie in, oldest first."""
    first, found = month_of(days.first), [month_of(days.last)]
    while found[0] > first:
        found.insert(0, month_before(found[0]))
    return found


def growth_rate(months: Sequence[MonthGrowth], definition: Definition) -> GrowthRate | None:
    """Return the last full month against the first, by a definition; None without two of them."""
    known = [each for each in months if each.over]
    known = [each for each in known if isinstance(each.by(definition).end, int)]
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    return GrowthRate(first.month, last.month, first.by(definition).end, last.by(definition).end)
