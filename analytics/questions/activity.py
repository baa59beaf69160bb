"""Records of what was done in the partner's account, of one customer or of all."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, ClassVar, cast

from analytics.questions.results import Measure
from analytics.questions.stamp import Basis, Stamp, stamp
from analytics.rules import dated_rule
from analytics.tables import AUDIT
from analytics.values import Customer, Period, TenantId, Unknown, Why, plain
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark

ACTIVITY_BASIS = Basis((AUDIT,), "activity")
"""Records of one partner's account alone, as the source wrote them: no rule counts them."""

SHOWN = 15
"""Records listed at once."""

_USUAL_DAYS = 30
_KEPT_DAYS = dated_rule("activity-kept").numbers["days"]
"""Days up to the day of a sync that the source tells of."""

_EDGES = "SELECT min(moment)::DATE, max(moment)::DATE FROM {activity}"
_NEWEST_RECORDS = """
    SELECT moment::DATE, tenant, operation, status, who, count(*) OVER ()
    FROM {activity}
    WHERE moment::DATE BETWEEN $first AND $last AND ($tenant IS NULL OR tenant = $tenant)
    ORDER BY moment DESC, event LIMIT $shown"""


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """One record of the activity log."""

    day: date
    """Day in UTC."""
    customer: str
    """Name of the customer it concerns; empty for the partner's own account."""
    operation: str
    """The source's code, such as `create_order`."""
    status: str
    """`succeeded`, `failed`, `progress` or `decline`; empty where the portal's export is silent."""
    who: str
    """Sign-in name of the person; empty for a program, and for a reader who sees no persons."""


@dataclass(frozen=True, slots=True)
class ActivityResult:
    """The answer to `activity`."""

    NOT_COMPARED: ClassVar = ("period", "known", "stamp")

    customer: Customer | None
    """None for all that the reader may see together."""
    everyone: bool
    """True if the reader sees every customer; then the partner's own account is part of all."""
    period: Period
    known: Period | Unknown
    """Days of which the log is known."""
    total: Annotated[int | Unknown, Measure("records", AUDIT, "event")]
    """Records within those days of the period that are known; unknown where none of them is."""
    records: tuple[ActivityRecord, ...]
    """The newest records, at most 15, the newest first."""
    names_persons: bool
    """True if the reader may see who did it."""
    stamp: Stamp


def activity(facts: Facts, customer: Customer | None, period: Period | None) -> ActivityResult:
    """Return the records of a period, by default of the 30 days up to the newest day known; of
    everything that the reader may see where no customer is given.
    """
    known = _known_days(facts)
    span = period or _usual(known, facts)
    counted = _counted_days(span, known)
    rows = [] if isinstance(counted, Unknown) else _rows(facts, customer, counted)
    return ActivityResult(
        customer=customer,
        everyone=facts.sees_all,
        period=span,
        known=known,
        total=counted if isinstance(counted, Unknown) else rows[0][-1] if rows else 0,
        records=tuple(_record(facts, row) for row in rows),
        names_persons=facts.sight.persons,
        stamp=stamp(facts, ACTIVITY_BASIS, _as_of(known)),
    )


_Fields = tuple[date, TenantId | None, str, str | None, str | None, int]


def _rows(facts: Facts, customer: Customer | None, days: Period) -> list[_Fields]:
    values = {"first": days.first, "last": days.last, "shown": SHOWN}
    tenant = customer.id if customer else None
    return cast("list[_Fields]", facts.rows(_NEWEST_RECORDS, tenant=tenant, **values))


def _record(facts: Facts, fields: _Fields) -> ActivityRecord:
    day, tenant, operation, status, who, _ = fields
    found = facts.customer(tenant) if tenant else None
    whose = found.name if found else tenant or ""
    return ActivityRecord(day, whose, plain(operation), plain(status or ""), plain(who or ""))


def _known_days(facts: Facts) -> Period | Unknown:
    """Return the days that a sync told of, up to the last that was complete, with those of older
    and imported records. An export does not say which days it is of: without a record of the
    reader's own in it, none is known.
    """
    mark = facts.marks.get(AUDIT.name) or Mark(AUDIT.name, None)
    if mark.reasons and not mark.as_of:
        return Unknown(Why.NOT_WHOLE, AUDIT.name)
    edges = [day for (*days,) in facts.rows(_EDGES) for day in days if day]
    days = cast("list[date]", edges)
    if mark.as_of:
        days += [mark.as_of, mark.as_of - timedelta(days=_KEPT_DAYS - 1)]
    if not days:
        came = AUDIT.name in facts.generation.tables
        return Unknown(Why.NOT_WHOLE if came else Why.NEVER_CAME, AUDIT.name)
    return Period(min(days), mark.as_of if mark.reasons and mark.as_of else max(days))


def _counted_days(span: Period, known: Period | Unknown) -> Period | Unknown:
    """Return the days of the period that are known, or why none of them is."""
    if isinstance(known, Unknown):
        return known
    if span.last < known.first:
        return Unknown(Why.LATER, AUDIT.name)
    if span.first > known.last:
        return Unknown(Why.NEVER_CAME, AUDIT.name)
    return Period(max(span.first, known.first), min(span.last, known.last))


def _usual(known: Period | Unknown, facts: Facts) -> Period:
    last = facts.generation.built.date() if isinstance(known, Unknown) else known.last
    return Period(last - timedelta(days=_USUAL_DAYS - 1), last)


def _as_of(known: Period | Unknown) -> list[tuple[str, str, date]]:
    return [] if isinstance(known, Unknown) else [(AUDIT.name, "", known.last)]
