"""Seats at both ends of a stretch of days, and what was added and reduced between; by month."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, ClassVar

from analytics.questions.licenses.events import LicenceEvent
from analytics.questions.month_spans import month_before, month_days, month_of
from analytics.questions.results import Measure
from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
from analytics.values import Period, Seats, Unknown, Why

OF_LISTS = Measure("seats", SUBSCRIPTIONS, "quantity", SUBSCRIPTION_INSIGHTS)
"""Seats as customers' own lists tell them, else Microsoft's analytics."""

LicenceSeats = Annotated[Seats, OF_LISTS]

MONTHS = 12
"""Months shown, the one of the newest day among them."""
_MOST = 24
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeatFlow:
    """Seats of some days: `end` is `start` with `adds` and `moved`, without `reductions`."""

    start: LicenceSeats
    adds: LicenceSeats
    reductions: LicenceSeats
    moved: LicenceSeats
    """Seats that moved into the products asked for, less those that moved out; 0 for all."""
    end: LicenceSeats

    @property
    def net(self) -> LicenceSeats:
        """Difference of both ends."""
        if isinstance(self.start, Unknown):
            return self.start
        return self.end if isinstance(self.end, Unknown) else self.end - self.start


def unknown_flow(why: Unknown, end: Seats | None = None) -> SeatFlow:
    """Return a flow of which nothing is known, or the end alone."""
    return SeatFlow(why, why, why, why, why if end is None else end)


@dataclass(frozen=True, slots=True)
class MonthOfLicences:
    """The seats of one month."""

    NOT_COMPARED: ClassVar = ("month", "days", "over")

    month: date
    """Its first day."""
    days: Period | Unknown
    """Those of its days of which changes are known."""
    over: bool
    """True if its last day is past."""
    flow: SeatFlow

    @property
    def whole(self) -> bool:
        """True if changes on all its days are known."""
        return self.days == month_days(self.month)


def first_month(span: Period, day: date) -> date:
    """Return the first day of the months shown: of twelve up to the end of the span, or of all of a
    longer one up to 24. None is later than that of `day`.
    """
    last = month_of(min(span.last, day))
    first = min(month_before(last, MONTHS - 1), month_of(span.first))
    return max(first, month_before(last, _MOST - 1))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The seats as they stand, and the events since the first day asked for."""

    seats: int
    """Seats on the newest day, of the products that count."""
    events: Sequence[LicenceEvent]
    """By day; earlier than what is asked for they need not be whole."""
    known: date
    """Day of the first load: changes are known from the day after."""
    day: date
    """The newest day."""
    counts: Callable[[str], bool]
    """True for the products that were asked for."""

    def of_days(self, asked: Period) -> Period | Unknown:
        """Return those of these days of which changes are known, or why of none."""
        if asked.first > self.day:
            return Unknown(Why.NEVER_CAME, SUBSCRIPTION_INSIGHTS.name)
        if min(asked.last, self.day) <= self.known:
            return Unknown(Why.LATER, SUBSCRIPTION_INSIGHTS.name)
        return Period(max(asked.first, self.known + _ONE), min(asked.last, self.day))

    def flow(self, asked: Period) -> SeatFlow:
        """Return the flow of those of these days that are known."""
        days = self.of_days(asked)
        if isinstance(days, Unknown):
            on_first = asked.first <= self.known == min(asked.last, self.day)
            return unknown_flow(days, self._seats_on(self.known) if on_first else None)
        adds, reductions, moved = self._sums(self._within(days))
        end = self._seats_on(days.last)
        return SeatFlow(end - adds + reductions - moved, adds, reductions, moved, end)

    def _seats_on(self, day: date) -> int:
        """Return the seats at the end of a known day."""
        adds, reductions, moved = self._sums(each for each in self.events if each.day > day)
        return self.seats - adds + reductions - moved

    def events_of(self, days: Period | Unknown) -> list[LicenceEvent]:
        """Return the events of some days that concern the products asked for, the newest first."""
        within = self._within(days) if isinstance(days, Period) else []
        return [each for each in within if self.concerns(each)][::-1]

    def concerns(self, event: LicenceEvent) -> bool:
        """Check whether an event is about the products asked for: of a move, either side."""
        products = (event.step.product, event.source.product if event.source else "")
        return any(self.counts(each) for each in products if each)

    def months(self, span: Period) -> tuple[MonthOfLicences, ...]:
        """Return twelve months up to the end of the span, or all of a longer one up to 24."""
        last, oldest = month_of(min(span.last, self.day)), first_month(span, self.day)
        found = []
        while oldest <= last:
            days = month_days(oldest)
            known, over = self.of_days(days), days.last < self.day
            found.append(MonthOfLicences(oldest, known, over, self.flow(days)))
            oldest = month_before(oldest, -1)
        return tuple(found)

    def _within(self, days: Period) -> list[LicenceEvent]:
        return [each for each in self.events if days.first <= each.day <= days.last]

    def _sums(self, events: Iterable[LicenceEvent]) -> tuple[int, int, int]:
        """Return the seats added, reduced, and moved in without those moved out."""
        adds = reductions = moved = 0
        for each in events:
            moved += each.moves_into(self.counts)
            if self.counts(each.step.product):
                adds += each.adds
                reductions += each.reductions
        return adds, reductions, moved
