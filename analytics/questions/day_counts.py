"""Counts by day, added up until a day or within a period."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from analytics.values import Period


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Counts of days, in the order of days."""

    days: tuple[date, ...]
    sums: tuple[int, ...]
    """The number up to each of the days, behind a 0."""

    @classmethod
    def of(cls, counts: Iterable[tuple[date, int]]) -> "DayCounts":
        """Return counts of days, each day once, in any order.

        >>> counts = DayCounts.of([(date(2026, 3, 2), 5), (date(2026, 3, 1), 1)])
        >>> counts.upto(date(2026, 3, 1)), counts.upto(date(2026, 4, 1))
        (1, 6)
        """
        told = sorted(counts)
        sums = accumulate((count for _, count in told), initial=0)
        return cls(tuple(day for day, _ in told), tuple(sums))

    def upto(self, day: date) -> int:
        """Return the number up to a day."""
        return self.sums[bisect_right(self.days, day)]

    def within(self, period: Period) -> int:
        """Return the number of a period."""
        return self.upto(period.last) - self.sums[bisect_left(self.days, period.first)]

    def newest(self, most: int, period: Period) -> date:
        """Return the newest day of the period from which on there are `most` in it; its first day
        if there are not so many.
        """
        wanted = self.upto(period.last) - most
        at = bisect_right(self.sums, wanted) - 1
        return max(self.days[at], period.first) if at >= 0 and self.days else period.first
