"""One customer's seats: sold, assigned, in use, their change, and the products that make it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import sub
from typing import Annotated, ClassVar

from analytics.questions.absences import SeenDays
from analytics.questions.course import Courses, courses
from analytics.questions.exclusions import exclusions
from analytics.questions.named_products import product_name
from analytics.questions.results import Measure
from analytics.questions.seat_history import SeatHistory, gather, seen_days
from analytics.questions.seats_on_day import SeatsActive, SeatsAssigned, SeatsOnDay, SeatsSold
from analytics.questions.set_apart import SetApart, ignored_by, named_unit, set_apart
from analytics.questions.stamp import LICENCE_BASIS, Exclusion, Stamp, stamp
from analytics.questions.topics import Topic, workload_name
from analytics.questions.unlisted import Unlisted, has_ended, unlisted_since
from analytics.skus import Unit
from analytics.tables import DEPLOYMENT
from analytics.values import Customer, Period, combine
from analytics.warehouse.building.rollups import USUAL_DAYS
from analytics.warehouse.facts import Facts

_MOVED = 0.05
"""The share of the seats from which a change is worth a course."""


@dataclass(frozen=True, slots=True)
class ProductShare:
    """One product's part in a change of seats sold."""

    product: str
    sold: Annotated[int, Measure("seats", DEPLOYMENT, "sold")]


@dataclass(frozen=True, slots=True)
class SeatsChange:
    """The end of the period compared with the end of the period before it."""

    since: date
    """The newest processing day among the earlier figures, the one baseline of an answer: courses
    begin on it too.
    """
    before: SeatsOnDay
    after: SeatsOnDay
    parts: tuple[ProductShare, ...]
    """Products whose seats sold changed, largest first; they add up to `sold`."""

    @property
    def sold(self) -> SeatsSold:
        """Difference in seats sold."""
        return combine(sub, self.after.sold, self.before.sold)

    @property
    def assigned(self) -> SeatsAssigned:
        """Difference in seats assigned."""
        return combine(sub, self.after.assigned, self.before.assigned)

    @property
    def active(self) -> SeatsActive:
        """Difference in active seats; not measured if either side has no usage rows."""
        return combine(sub, self.after.active, self.before.active)


@dataclass(frozen=True, slots=True)
class Ended:
    """A service that no longer lists the customer: its newest snapshot is later than the customer's
    last rows.
    """

    service: str
    last: date


@dataclass(frozen=True, slots=True)
class UsageResult:
    """The answer to `usage`. `latest` is None if the customer is known to have nothing in the
    period.

    `history` runs from the first to the last day on which the customer was ever seen; None if it
    never was.
    """

    NOT_COMPARED: ClassVar = ("period", "courses", "history", "stamp", "period_asked")

    customer: Customer
    period: Period
    topic: Topic | None
    latest: SeatsOnDay | None
    change: SeatsChange | None
    courses: Courses
    history: Period | None
    ended: tuple[Ended, ...]
    unlisted: Unlisted | None
    """Set if no service lists the customer any more, or none ever did."""
    apart: tuple[SetApart, ...]
    """Products that the totals leave out, with their own figures."""
    unit: Unit
    """Unit of the figures: people, or that by which the named product is sold."""
    names: Mapping[str, str]
    """Usual names of the products and workloads in it, by their ids."""
    stamp: Stamp
    period_asked: bool = False
    """True if the asker named the period."""

    @property
    def has_moved(self) -> bool:
        """True if sold, assigned or active seats changed over the period by 5 % or more of the
        seats sold, or of those measured.
        """
        if self.change is None:
            return False
        then, change = self.change.before, self.change
        pairs = (
            (change.sold, then.sold),
            (change.assigned, then.sold),
            (change.active, then.measured),
        )
        return any(
            abs(by) >= _MOVED * before > 0
            for by, before in pairs
            if isinstance(by, int) and isinstance(before, int)
        )


def usage(
    facts: Facts, customer: Customer, period: Period | None, topic: Topic | None
) -> UsageResult:
    """Return the customer's seats at the end of the period, their course, and their change from the
    period before.

    Without a period: the 90 days up to the customer's newest snapshot. A change is stated only if
    the customer, and every service of today's figures, was already seen at the end of the period
    before. Free products are set apart, unless the topic names them: a workload that they have too
    does not.
    """
    where = seen_days(facts, customer)
    history = Period(min(s.first for s in where), max(s.last for s in where)) if where else None
    span = period or _usual(history, facts)
    record = gather(facts, customer, span, where)
    apart = set_apart(facts, customer, record, span, topic)
    uncounted = {each.product for each in apart}
    counted = record.selection(
        lambda product: product not in uncounted and (topic is None or product in topic.products),
        topic.workloads if topic else None,
    )
    days = [day for _, _, day in counted.cells if span.first <= day <= span.last]
    latest = counted.at(max(days)) if days else None
    if not history and counted.unknown:
        latest = counted.at(span.last)
    change = (
        _change(counted, latest, span) if latest and history and history.first <= span.eve else None
    )
    told = DEPLOYMENT.name not in record.unknown
    gone = unlisted_since(facts, customer, where, span) if told else None
    ended = _ended_services(facts, where, span) if latest and not gone else ()
    names = _names(facts, [s for s in (latest, change.before if change else None) if s])
    upto, rests_on = span.last if period else date.max, latest.rests_on if latest else ()
    marks = stamp(facts, LICENCE_BASIS, rests_on, _apart_lines(facts, customer, apart), upto=upto)
    marks = replace(marks, looked=gone.as_of) if gone and not rests_on else marks
    course = courses(counted, Period(change.since, span.last) if change else span)
    return UsageResult(
        customer=customer,
        period=span,
        topic=topic,
        latest=latest,
        change=change,
        courses=course,
        history=history,
        ended=ended,
        unlisted=gone,
        apart=apart,
        unit=named_unit(facts, topic),
        names=names,
        stamp=marks,
        period_asked=period is not None,
    )


def _usual(history: Period | None, facts: Facts) -> Period:
    last = history.last if history else facts.generation.built.date()
    return Period(last - timedelta(days=USUAL_DAYS - 1), last)


def _names(facts: Facts, standings: Iterable[SeatsOnDay]) -> dict[str, str]:
    names: dict[str, str] = {}
    for standing in standings:
        names |= {p.id: product_name(facts, p.id) for p in standing.products}
        names |= {w.id: workload_name(facts, w.id) for w in standing.workloads}
    return names


def _apart_lines(
    facts: Facts, customer: Customer, apart: tuple[SetApart, ...]
) -> tuple[Exclusion, ...]:
    """Return what was set apart, for the stamp."""
    ignored, names = ignored_by(facts, customer.id), {each.product: each.name for each in apart}
    said = [(ignored[product], names[product]) for product in sorted(names) if product in ignored]
    return exclusions(apart, said)


def _change(counted: SeatHistory, latest: SeatsOnDay, span: Period) -> SeatsChange | None:
    before = counted.at(span.eve)
    known = [days[0] <= span.eve for key, days in counted.days.items() if key in _keys(latest)]
    if not before.rests_on or not all(known):
        return None
    sold = {p.id: p.sold for p in before.products}
    now = {p.id: p.sold for p in latest.products}
    moves = {p: combine(sub, now.get(p, 0), sold.get(p, 0)) for p in {*sold, *now}}
    parts = [
        ProductShare(p, moved) for p, moved in moves.items() if isinstance(moved, int) and moved
    ]
    parts.sort(key=lambda part: (-abs(part.sold), part.product))
    return SeatsChange(max(day for _, _, day in before.rests_on), before, latest, tuple(parts))


def _keys(standing: SeatsOnDay) -> set[tuple[str, str]]:
    return {(dataset, service) for dataset, service, _ in standing.rests_on}


def _ended_services(facts: Facts, where: Iterable[SeenDays], span: Period) -> tuple[Ended, ...]:
    """Return the services whose seats ended, of a customer who has others."""
    return tuple(
        Ended(facts.name("services", s.service), s.last)
        for s in where
        if s.dataset == DEPLOYMENT.name and has_ended(facts, s, span)
    )
