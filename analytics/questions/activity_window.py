"""The records of the activity log that one answer is about, and how many there are of each kind."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, cast

from analytics.questions.activity_operations import (
    GDAP_ENDINGS,
    OPERATIONS,
    STATUSES,
    ActivityFilter,
    ActivityKind,
    ActivityOutcome,
    kind_of,
)
from analytics.questions.results import Measure
from analytics.tables import AUDIT
from analytics.values import Customer, Period, TenantId
from analytics.warehouse.facts import Facts

_COUNTS = """
    SELECT operation, outcome, count(*) AS records FROM {activity_window}
    GROUP BY operation, outcome ORDER BY operation, outcome"""
_DAYS = """
    SELECT moment::DATE AS day, count(*) AS records,
        count(*) FILTER (WHERE outcome = 'failed') AS failed
    FROM {activity_window} GROUP BY moment::DATE ORDER BY moment::DATE"""
_FAILURES = """
    SELECT tenant, count(*) AS failed FROM {activity_window}
    WHERE outcome = 'failed' AND tenant IS NOT NULL
    GROUP BY tenant ORDER BY count(*) DESC, tenant"""

RecordCount = Annotated[int, Measure("records", AUDIT, "event")]


@dataclass(frozen=True, slots=True)
class ActivityWindow:
    """Days of the log, the customer or none for all, and the words that narrow it."""

    customer: Customer | None
    days: Period
    chosen: ActivityFilter

    @property
    def values(self) -> Mapping[str, object]:
        """The parameters of `{activity_window}`."""
        chosen = self.chosen
        return {
            "tenant": self.customer.id if self.customer else None,
            "first": self.days.first,
            "after": self.days.last + timedelta(days=1),
            "kind": chosen.kind.value if chosen.kind else None,
            "outcome": chosen.outcome.value if chosen.outcome else None,
            "person": chosen.person or None,
            "only_subscription": chosen.subscription or None,
            "operations": list(OPERATIONS),
            "kinds": [kind.value for kind in OPERATIONS.values()],
            "statuses": list(STATUSES),
            "outcomes": [outcome.value for outcome in STATUSES.values()],
        }


@dataclass(frozen=True, slots=True)
class KindCount:
    """Records of one kind."""

    kind: ActivityKind
    records: RecordCount
    failed: RecordCount
    """Those of them that failed or were declined."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """Records of one day in UTC."""

    day: date
    records: RecordCount
    failed: RecordCount


@dataclass(frozen=True, slots=True)
class CustomerFailures:
    """A customer for whom something failed or was declined."""

    customer: str
    """Name of the customer."""
    failed: RecordCount


@dataclass(frozen=True, slots=True)
class ActivityCounts:
    """Counts of the records in a window."""

    total: int = 0
    failed: int = 0
    in_progress: int = 0
    role_changes: int = 0
    """Roles given or taken, as far as it was done."""
    gdap_endings: int = 0
    """Admin access to customers that ended."""
    kinds: tuple[KindCount, ...] = ()
    """The most first, ties in the order of ActivityKind."""


def counts_of(facts: Facts, window: ActivityWindow) -> ActivityCounts:
    """Count the records of a window."""
    rows = cast("list[tuple[str, str, int]]", facts.rows(_COUNTS, **window.values))
    kinds, failed = Counter[ActivityKind](), Counter[ActivityKind]()
    for operation, outcome, count in rows:
        kinds[kind_of(operation)] += count
        failed[kind_of(operation)] += count if outcome == ActivityOutcome.FAILED.value else 0
    progress = ActivityOutcome.IN_PROGRESS.value
    by_kind = [KindCount(kind, kinds[kind], failed[kind]) for kind in ActivityKind if kinds[kind]]
    return ActivityCounts(
        total=kinds.total(),
        failed=failed.total(),
        in_progress=sum(count for _, outcome, count in rows if outcome == progress),
        role_changes=_count_done(rows, lambda each: kind_of(each) is ActivityKind.ROLE),
        gdap_endings=_count_done(rows, GDAP_ENDINGS.__contains__),
        kinds=tuple(sorted(by_kind, key=lambda each: -each.records)),
    )


def _count_done(rows: Iterable[tuple[str, str, int]], counts: Callable[[str], bool]) -> int:
    """Count the records of certain operations, without those that failed or are in progress."""
    return sum(
        count for operation, outcome, count in rows if outcome == "done" and counts(operation)
    )


def days_of(facts: Facts, window: ActivityWindow) -> tuple[DayCount, ...]:
    """Count the records of each day that has any, the oldest first."""
    rows = cast("list[tuple[date, int, int]]", facts.rows(_DAYS, **window.values))
    return tuple(DayCount(*row) for row in rows)


def failures_of(facts: Facts, window: ActivityWindow) -> tuple[CustomerFailures, ...]:
    """Return every customer with failures, the most first, ties by name."""
    rows = cast("list[tuple[TenantId, int]]", facts.rows(_FAILURES, **window.values))
    named = [CustomerFailures(name_of(facts, tenant), failed) for tenant, failed in rows]
    return tuple(sorted(named, key=lambda each: (-each.failed, each.customer)))


def name_of(facts: Facts, tenant: TenantId | None) -> str:
    """Return a customer's name; their id where no list names them, and nothing for none."""
    found = facts.customer(tenant) if tenant else None
    return found.name if found else tenant or ""
