"""Operations in the partner's account, for one customer or for all."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, ClassVar

from analytics.questions.activity.days import KEPT_DAYS, counted_days, known_days, missing_days
from analytics.questions.activity.lines import ActivityLine, lines_of, newest_lines
from analytics.questions.activity.of_one import few_records, single_groups
from analytics.questions.activity.operations import EVERY_RECORD, ActivityFilter
from analytics.questions.activity.window import (
    ActivityCounts,
    ActivityWindow,
    CustomerFailures,
    DayCount,
    KindCount,
    counted_records,
    is_recent,
    window_counts,
)
from analytics.questions.results import Measure
from analytics.questions.stamp import Basis, Stamp, stamp
from analytics.tables import AUDIT
from analytics.values import Customer, Period, Unknown
from analytics.warehouse.facts import Facts

ACTIVITY_BASIS = Basis((AUDIT,), "activity")
"""Records of one partner's account alone, as the source wrote them: no rule counts them."""

_USUAL_DAYS = 30

_Count = Annotated[int | Unknown, Measure("records", AUDIT, "event")]


@dataclass(frozen=True, slots=True)
class ActivityResult:
    """The answer to `activity`. All counts are unknown together; then there are no rows either."""

    NOT_COMPARED: ClassVar = ("period", "known", "missing", "days", "chosen", "stamp")

    customer: Customer | None
    """None for all that the reader may see together."""
    everyone: bool
    """True if the reader sees every customer; then the partner's own account is part of all."""
    period: Period
    period_asked: bool
    known: Period | Unknown
    """Days of which the log is known."""
    missing: tuple[date, ...]
    """Known days of the period that were not fetched whole."""
    chosen: ActivityFilter
    total: _Count
    """Records that the words fit, within those days of the period that are known; unknown where
    none of them is.
    """
    lines: Annotated[int | Unknown, Measure("requests", AUDIT, "event")]
    """Requests that these records belong to: a record that names none is one by itself."""
    failed: _Count
    """Records of what failed or was declined: it changed nothing."""
    in_progress: _Count
    role_changes: _Count
    """Roles given or taken, in Partner Center and at customers."""
    gdap_endings: _Count
    """Admin access to customers that was ended or expired."""
    kinds: tuple[KindCount, ...]
    """Each kind of thing that was done, the most first."""
    failures: tuple[CustomerFailures, ...]
    """Every customer with failures, the most first."""
    days: tuple[DayCount, ...]
    """Days with records, the oldest first."""
    newest: tuple[ActivityLine, ...]
    """The newest requests, at most 15, the newest first."""
    names_persons: bool
    """True if the reader may see who did it."""
    stamp: Stamp

    @property
    def remembered_since(self) -> date | None:
        """The first day known, where the period begins earlier than the source tells of; else
        None.
        """
        if isinstance(self.known, Unknown):
            return None
        told = self.known.last - timedelta(days=KEPT_DAYS - 1)
        return self.known.first if self.period.first < told else None


def activity(
    facts: Facts,
    customer: Customer | None,
    period: Period | None,
    chosen: ActivityFilter = EVERY_RECORD,
) -> ActivityResult:
    """Return the records of a period, by default of the 30 days up to the newest day known; of
    everything that the reader may see where no customer is given.
    """
    known = known_days(facts)
    span = period or _usual(known, facts)
    days = counted_days(span, known)
    rows = (
        _WindowRows()
        if isinstance(days, Unknown)
        else _rows(facts, ActivityWindow(customer, days, chosen))
    )
    unknown = days if isinstance(days, Unknown) else None
    counts = rows.counts
    return ActivityResult(
        customer=customer,
        everyone=facts.sees_all,
        period=span,
        period_asked=period is not None,
        known=known,
        missing=missing_days(facts, days),
        chosen=chosen,
        total=unknown or counts.total,
        lines=unknown or rows.lines,
        failed=unknown or counts.failed,
        in_progress=unknown or counts.in_progress,
        role_changes=unknown or counts.role_changes,
        gdap_endings=unknown or counts.gdap_endings,
        kinds=counts.kinds,
        failures=rows.failures,
        days=rows.days,
        newest=rows.newest,
        names_persons=facts.sight.persons,
        stamp=stamp(facts, ACTIVITY_BASIS, _as_of(known)),
    )


@dataclass(frozen=True, slots=True)
class _WindowRows:
    """The content of a window."""

    counts: ActivityCounts = field(default_factory=ActivityCounts)
    newest: tuple[ActivityLine, ...] = ()
    lines: int = 0
    failures: tuple[CustomerFailures, ...] = ()
    days: tuple[DayCount, ...] = ()


def _rows(facts: Facts, window: ActivityWindow) -> _WindowRows:
    few = few_records(facts, window)
    if few is None:
        recent = is_recent(facts, window)
        groups = counted_records(facts, window, recent=recent)
        newest, lines = newest_lines(facts, window, recent=recent)
    else:
        groups = single_groups(few)
        newest, lines = lines_of(facts, window, few)
    counts = window_counts(facts, groups)
    return _WindowRows(counts.counts, newest, lines, counts.failures, counts.days)


def _usual(known: Period | Unknown, facts: Facts) -> Period:
    last = facts.generation.built.date() if isinstance(known, Unknown) else known.last
    return Period(last - timedelta(days=_USUAL_DAYS - 1), last)


def _as_of(known: Period | Unknown) -> list[tuple[str, str, date]]:
    return [] if isinstance(known, Unknown) else [(AUDIT.name, "", known.last)]
