"""Decisions that a working morning's reminder names: all of the next 30 days on a Monday, on other
mornings what comes near.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum
from typing import ClassVar

from analytics.questions.renewals import Renewals, renewals
from analytics.questions.renewals.cases import RenewalCase
from analytics.questions.renewals.lines import RenewalCount, RenewalLine
from analytics.questions.stamp import Stamp
from analytics.values import Customer, Period
from analytics.warehouse.facts import Facts

AHEAD = 30
"""Days that a reminder looks ahead."""

NOTICES = (2, 7)
"""Days before the last one to act on by which a decision is named, whatever the weekday."""

_MONTH = "P1M"
_FRIDAY, _WEEK = 4, 7
_UNTRUSTED = timedelta(days=1)
"""Age of a fetch, in whole days, from which on a near deadline is not trusted to it."""


class RenewalsView(Enum):
    """The share of the decisions that is asked for, by a word."""

    DUE = "due"
    """What a Monday's reminder names."""


@dataclass(frozen=True, slots=True)
class Morning:
    """A working morning, and what reminders named before it."""

    day: date
    """Where its reader is."""
    zone: tzinfo
    told: Mapping[str, date] = field(default_factory=dict)
    """The day on which a decision was last named, by the key of its term."""
    back: Mapping[str, date] = field(default_factory=dict)
    """The day on which a snoozed decision came or comes back, by the same keys."""
    looked: date | None = None
    """The last day on which a reminder was made, or nothing was due; None before the first."""

    @property
    def is_weekly(self) -> bool:
        """Check whether it is the week's first reminder: Monday's, or the one that stands in for a
        Monday on which there was none.
        """
        monday = self.day - timedelta(days=self.day.weekday())
        return self.day == monday or self.looked is None or self.looked < monday

    def is_due(self, line: RenewalLine) -> bool:
        """Check whether a decision is to be named."""
        last = line.act_by.astimezone(self.zone).date()
        if line.renewing or not 0 <= (last - self.day).days <= AHEAD:
            return False
        key = line.identity.key
        told, back = self.told.get(key), self.back.get(key, date.max)
        if self.is_weekly or (back <= self.day and (told is None or told < back)):
            return True
        near = _nearest_notice(self.day, last)
        if near is None:
            return False
        before = _nearest_notice(told, last) if told else None
        return before is None or near < before or self._unseen_since(line, told)

    def _unseen_since(self, line: RenewalLine, told: date | None) -> bool:
        """Check whether the facts have become too old since it was named: that is said once."""
        if line.fetched is None or self.day - line.fetched <= _UNTRUSTED:
            return False
        return told is None or told <= line.fetched + _UNTRUSTED


@dataclass(frozen=True, slots=True)
class DueRenewals:
    """The decisions of a morning's reminder."""

    NOT_COMPARED: ClassVar = ("stamp", "now")

    customer: Customer | None
    """None for all that the reader may see together."""
    everyone: bool
    """True if the reader sees every customer."""
    now: datetime
    """The instant asked for, UTC."""
    period: Period
    """The days looked at, UTC."""
    decisions: RenewalCount
    """Decisions to name."""
    lines: tuple[RenewalLine, ...]
    """All of these: what is to be done first comes first."""
    monthly: RenewalCount
    """Decisions about terms of a month or less, which are counted and never named; of the week's
    first reminder alone.
    """
    quiet: RenewalCount
    """Monthly terms that renew by themselves; of the week's first reminder alone."""
    stamp: Stamp


def renewals_ahead(facts: Facts, customer: Customer | None, asked: datetime) -> Renewals:
    """Return every decision of the next 30 days, of a customer or of all that the reader may see.
    `asked` is the instant of the question in UTC, in whole minutes.
    """
    today = asked.date()
    ahead = Period(today, today + timedelta(days=AHEAD + 1))
    return renewals(replace(facts, whole=True), customer, asked, ahead)


def due_renewals(found: Renewals, morning: Morning) -> DueRenewals:
    """Return what a morning's reminder names of the decisions found. Those that were made must not
    be among the lines any more.
    """
    due = [line for line in found.lines if morning.is_due(line)]
    named = sorted((line for line in due if not _is_folded(line)), key=_urgency)
    monthly = len(due) - len(named) if morning.is_weekly else 0
    unknown = not isinstance(found.decisions, int)
    return DueRenewals(
        customer=found.customer,
        everyone=found.everyone,
        now=found.now,
        period=found.period,
        decisions=found.decisions if unknown else len(named),
        lines=tuple(named),
        monthly=found.decisions if unknown else monthly,
        quiet=found.quiet if unknown or morning.is_weekly else 0,
        stamp=found.stamp,
    )


def _is_folded(line: RenewalLine) -> bool:
    """Check whether a decision comes again each month, and costs nothing unseen."""
    return line.term == _MONTH and not (line.case.is_extension or line.case is RenewalCase.TRIAL)


def _urgency(line: RenewalLine) -> tuple[datetime, bool, str]:
    return line.act_by, not line.case.is_extension, line.identity.key


def _nearest_notice(day: date, last: date) -> int | None:
    """Return the smallest number of NOTICES that is not to be undercut by waiting for the next
    working morning; None while there is time.
    """
    left = (last - _next_working(day)).days
    return next((notice for notice in NOTICES if left < notice), None)


def _next_working(day: date) -> date:
    """Return the working day after a day."""
    return day + timedelta(days=1 if day.weekday() < _FRIDAY else _WEEK - day.weekday())
