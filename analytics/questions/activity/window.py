"""The records of the activity log that one answer is about, and how many there are of each kind."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, cast

from analytics.questions.activity.operations import (
    EVERY_RECORD,
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
from analytics.warehouse.building.recent_activity import RECENT
from analytics.warehouse.facts import Facts

WITHIN = """
    WHERE moment >= $first AND moment < $after AND ($tenant IS NULL OR tenant = $tenant)
        AND ($only_subscription IS NULL OR subscription = $only_subscription)
        AND ($kind IS NULL
            OR coalesce($kinds[list_position($operations, operation)], 'other') = $kind)
        AND ($outcome IS NULL
            OR coalesce($outcomes[list_position($statuses, status)], 'done') = $outcome)
        AND ($person IS NULL OR lower(who) = $person OR starts_with(lower(who), $person || '@'))"""
"""SQL for the records of a window behind `FROM {activity}`; its parameters are
ActivityWindow.values.
"""

_COUNTED = """
    SELECT moment::DATE AS day, operation, status,
        CASE WHEN list_contains($failing, status) THEN tenant END AS failed_for,
        count(*) AS records
    FROM {activity}"""
_COUNTS = _COUNTED + WITHIN + " GROUP BY ALL"
_COUNTS_RECENT = _COUNTS.replace("{activity}", "{recent_activity}")
_RECENT = "SELECT min(moment)::DATE FROM {recent_activity}"

_WAITING = ActivityOutcome.IN_PROGRESS
_FAILING = frozenset(word for word, its in STATUSES.items() if its is ActivityOutcome.FAILED)

RecordCount = Annotated[int, Measure("records", AUDIT, "event")]


@dataclass(frozen=True, slots=True)
class ActivityWindow:
    """Days of the log, the customer or none for all, and the words that narrow it."""

    customer: Customer | None
    days: Period
    chosen: ActivityFilter

    @property
    def is_whole(self) -> bool:
        """True if it has every record of its days that the reader may see."""
        return self.customer is None and self.chosen == EVERY_RECORD

    @property
    def values(self) -> Mapping[str, object]:
        """The parameters of WITHIN, and words for a status that failed."""
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
            "failing": sorted(_FAILING),
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


@dataclass(frozen=True, slots=True)
class WindowCounts:
    """Records of a window: in all, by day, and by customer with failures."""

    counts: ActivityCounts
    days: tuple[DayCount, ...]
    """Days with records, the oldest first."""
    failures: tuple[CustomerFailures, ...]
    """Every customer with failures, the most first, ties by name."""


def is_recent(facts: Facts, window: ActivityWindow) -> bool:
    """Check whether the newest records, which are kept by moment, hold all of a window of all
    customers.
    """
    if window.customer or RECENT.name not in facts.generation.tables:
        return False
    ((first,),) = cast("list[tuple[date | None]]", facts.rows(_RECENT))
    return first is not None and first <= window.days.first


def counted_records(
    facts: Facts, window: ActivityWindow, *, recent: bool
) -> list["CountedRecords"]:
    """Return the records of a window, those that are alike together; `recent` tells whether the
    newest records hold it.
    """
    if recent:
        rows = facts.rows(_COUNTS_RECENT, **window.values)
    else:
        rows = facts.rows(_COUNTS, **window.values)
    return [CountedRecords(*cast("tuple[Any, ...]", row)) for row in rows]


def window_counts(facts: Facts, groups: Collection["CountedRecords"]) -> WindowCounts:
    """Return the counts of some records."""
    return WindowCounts(_counts_of(groups), _days_of(groups), _failures_of(facts, groups))


@dataclass(frozen=True, slots=True)
class CountedRecords:
    """Records that are alike in everything that is counted."""

    day: date
    operation: str
    status: str | None
    tenant: TenantId | None
    """The customer, at least of those that failed."""
    records: int

    @property
    def failures(self) -> int:
        """Those of them that failed or were declined: all, or none."""
        return self.records if self.status in _FAILING else 0

    @property
    def is_done(self) -> bool:
        """True unless they failed, or are in progress."""
        return self.status not in STATUSES


def _counts_of(groups: Iterable[CountedRecords]) -> ActivityCounts:
    kinds, failed, done = Counter[ActivityKind](), Counter[ActivityKind](), Counter[str]()
    waiting = 0
    for each in groups:
        kind = kind_of(each.operation)
        kinds[kind] += each.records
        failed[kind] += each.failures
        done[each.operation] += each.records if each.is_done else 0
        waiting += each.records if STATUSES.get(each.status or "") is _WAITING else 0
    by_kind = [KindCount(kind, kinds[kind], failed[kind]) for kind in ActivityKind if kinds[kind]]
    roles = (count for each, count in done.items() if kind_of(each) is ActivityKind.ROLE)
    return ActivityCounts(
        total=kinds.total(),
        failed=failed.total(),
        in_progress=waiting,
        role_changes=sum(roles),
        gdap_endings=sum(count for each, count in done.items() if each in GDAP_ENDINGS),
        kinds=tuple(sorted(by_kind, key=lambda each: -each.records)),
    )


def _days_of(groups: Iterable[CountedRecords]) -> tuple[DayCount, ...]:
    records, failed = Counter[date](), Counter[date]()
    for each in groups:
        records[each.day] += each.records
        failed[each.day] += each.failures
    return tuple(DayCount(day, records[day], failed[day]) for day in sorted(records))


def _failures_of(facts: Facts, groups: Iterable[CountedRecords]) -> tuple[CustomerFailures, ...]:
    failed = Counter[TenantId]()
    for each in groups:
        if each.tenant and each.failures:
            failed[each.tenant] += each.records
    named = [CustomerFailures(name_of(facts, tenant), n) for tenant, n in sorted(failed.items())]
    return tuple(sorted(named, key=lambda each: (-each.failed, each.customer)))


def name_of(facts: Facts, tenant: TenantId | None) -> str:
    """Return a customer's name; their id where no list names them, and nothing for none."""
    found = facts.customer(tenant) if tenant else None
    return found.name if found else tenant or ""
