"""Events in the seats sold as rows: what happened, and how that is known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Annotated, cast

from analytics.questions.activity.days import known_days
from analytics.questions.activity.window import name_of
from analytics.questions.licenses.events import LicenceEvent
from analytics.questions.licenses.flows import OF_LISTS
from analytics.questions.results import Measure
from analytics.questions.seat_steps import SeatStep, StepKind
from analytics.questions.subscriptions.rows import product_title
from analytics.tables import AUDIT
from analytics.values import Customer, Period, Unknown, plain
from analytics.warehouse.facts import Facts
from analytics.warehouse.seat_spans import LOGGED_BEFORE

SHOWN = 15
"""Events listed at once."""

_WHO = """
    SELECT event, who FROM {activity}
    WHERE moment BETWEEN $first AND $last AND list_contains($records, event)"""

_Seats = Annotated[int, OF_LISTS]


class KnownBy(Enum):
    """The way in which an event's day is known."""

    RECORD = "record"
    """By a record of the activity log: of the same subscription, with the same difference."""
    SOURCE = "source"
    """By a day that the subscription tells itself."""
    COMPARISON = "comparison"
    """By comparing what two syncs were told: it lies between them."""


@dataclass(frozen=True, slots=True)
class LicenceChange:
    """One event in the seats of a subscription."""

    customer: Customer
    subscription: str
    product: str
    kind: StepKind
    day: date
    """The day that it counts on: of the record, of the source, or the day it was found."""
    known_by: KnownBy
    moment: datetime | None
    """In UTC, where a record tells it."""
    seen: date | None
    """Of a comparison of subscriptions the last day known on which a sync told the seats before;
    else None.
    """
    before: _Seats
    after: _Seats
    logged: bool
    """True if the activity log tells of all days of a comparison, and has no record of it."""
    change: Annotated[int, Measure("seats", AUDIT, "quantity_after")]
    source: str
    """The product from which the seats moved; empty where they did not."""
    unusual: bool
    """True of a reduction outside of the days in which one can cancel, and not at a renewal."""
    who: str
    """Sign-in name of the person; empty where no record names one, and for a reader who sees no
    persons.
    """


def change_rows(facts: Facts, events: Sequence[LicenceEvent]) -> tuple[LicenceChange, ...]:
    """Return events as rows, in their order."""
    persons = _persons(facts, [each.step for each in events if each.step.record])
    log = known_days(facts)
    return tuple(_row(facts, each, persons, logged=_is_logged(each.step, log)) for each in events)


def _is_logged(step: SeatStep, log: Period | Unknown) -> bool:
    """Check whether the log was searched on all days on which the step could be."""
    searched = step.found - step.seen <= timedelta(days=LOGGED_BEFORE)
    known = not isinstance(log, Unknown) and log.first <= step.seen and step.found <= log.last
    return searched and known


def _persons(facts: Facts, steps: Collection[SeatStep]) -> Mapping[str, str]:
    """Return sign-in names by record, for a reader who may see persons."""
    moments = [each.moment for each in steps if each.moment]
    if not facts.sight.persons or not moments:
        return {}
    records = sorted({each.record for each in steps if each.record})
    rows = facts.rows(_WHO, records=records, first=min(moments), last=max(moments))
    found = cast("list[tuple[str, str | None]]", rows)
    return {record: plain(who) for record, who in found if who}


def _row(
    facts: Facts, event: LicenceEvent, persons: Mapping[str, str], *, logged: bool
) -> LicenceChange:
    step = event.step
    listed = step.kind is StepKind.LEFT
    known_by = KnownBy.SOURCE if step.told_day else KnownBy.COMPARISON
    known_by = KnownBy.RECORD if step.moment else known_by
    return LicenceChange(
        customer=Customer(step.tenant, name_of(facts, step.tenant)),
        subscription=step.subscription,
        product=product_title(step.product),
        kind=step.kind,
        day=step.day,
        known_by=known_by,
        moment=step.moment,
        seen=step.seen if known_by is KnownBy.COMPARISON and not listed else None,
        logged=logged,
        before=step.before,
        after=step.after,
        change=step.change,
        source=product_title(event.source.product) if event.source else "",
        unusual=event.unusual,
        who=persons.get(step.record or "", ""),
    )
