"""The course of one customer's seats: it starts when all its services are known, and breaks where
one of them was not measured.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from analytics.questions.seat_history import Cells, SeatHistory, active_seats
from analytics.values import Period

LEAST_HOLE = 8
"""Days within which two neighbouring snapshots have no hole between them."""

Counted = Literal["sold", "assigned", "active"]
"""The figure that a course counts."""

Break = tuple[date, date]
"""A day before and a day after which are not joined: the course breaks between them."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    """The seats of all services together, on a day on which a service was measured."""

    day: date
    seats: int


@dataclass(frozen=True, slots=True)
class Hole:
    """Days, first and last included, that break a course: no service was measured on any of them,
    or the sum is not known on any of them.
    """

    first: date
    last: date
    partly: bool
    """True if some of the services were measured within the hole."""


@dataclass(frozen=True, slots=True)
class Course:
    """One figure over time: unbroken runs of points, and the holes between them. A break without a
    hole is a day on which no service listed the customer.
    """

    runs: tuple[tuple[Point, ...], ...]
    holes: tuple[Hole, ...]
    late: bool
    """True if earlier days of the period are left out because a service was not measured yet."""

    @property
    def points(self) -> tuple[Point, ...]:
        """All points of all runs."""
        return tuple(point for run in self.runs for point in run)


@dataclass(frozen=True, slots=True)
class Courses:
    """A customer's three figures over a period. Sold and assigned are measured together."""

    sold: Course
    assigned: Course
    active: Course
    days: tuple[date, ...]
    """Days on which any service was measured while the customer was listed."""

    @property
    def nonempty_courses(self) -> tuple[tuple[Counted, Course], ...]:
        """The courses that have any point."""
        every: tuple[tuple[Counted, Course], ...] = (
            ("sold", self.sold),
            ("assigned", self.assigned),
            ("active", self.active),
        )
        return tuple((counted, course) for counted, course in every if course.runs)

    @property
    def drawable(self) -> bool:
        """True if a course has two points or more, and any figure is not 0."""
        drawn = [course.points for _, course in self.nonempty_courses]
        return any(len(points) > 1 for points in drawn) and any(
            point.seats for points in drawn for point in points
        )

    @property
    def holes(self) -> tuple[tuple[Hole, tuple[Counted, ...]], ...]:
        """Every hole with the courses that it breaks, oldest first."""
        broken: dict[Hole, tuple[Counted, ...]] = {}
        for counted, course in self.nonempty_courses:
            for hole in course.holes:
                broken[hole] = (*broken.get(hole, ()), counted)
        return tuple(sorted(broken.items(), key=lambda item: (item[0].first, item[0].last)))


@dataclass(frozen=True, slots=True)
class _Parts:
    """The snapshots that a sum is made of, up to the period's end, by service."""

    days: dict[str, list[date]]
    """The partner's processing days, oldest first, by service."""
    listed: dict[tuple[str, date], Cells]
    """The customer's cells, by service and by the day that lists them."""
    span: Period

    def cells_on(self, day: date) -> list[Cells]:
        """Return the customer's cells in each service's newest snapshot up to that day."""
        newest = (
            (service, days[upto - 1])
            for service, days in self.days.items()
            if (upto := bisect_right(days, day))
        )
        return [self.listed[key] for key in newest if key in self.listed]

    def measured_days(self) -> list[date]:
        """Return the period's processing days, from first to last that lists the customer."""
        listed = [day for _, day in self.listed if day <= self.span.last]
        first = max(min(listed, default=date.max), self.span.first)
        last = max(listed, default=date.min)
        return sorted({d for days in self.days.values() for d in days if first <= d <= last})

    def holes(self) -> Iterator[Break]:
        """Yield neighbouring snapshots of one service that are too far apart for its rhythm. A hole
        is left out if the service lists the customer on neither side, because it hides no seats.
        """
        for service, days in self.days.items():
            steps = list(pairwise(days[max(bisect_right(days, self.span.first) - 1, 0) :]))
            widths = [(after - before).days for before, after in steps]
            widest = max(LEAST_HOLE, 2 * median(widths)) if widths else 0
            for step, width in zip(steps, widths, strict=True):
                if width > widest and any((service, day) in self.listed for day in step):
                    yield step


@dataclass(frozen=True, slots=True)
class _Frame:
    """The days of a course, before the seats are counted."""

    runs: tuple[tuple[date, ...], ...]
    holes: tuple[Hole, ...]
    late: bool


def courses(history: SeatHistory, span: Period) -> Courses:
    """Return the seats sold, assigned and active in the period, each on the days of measurement."""
    seats, use = _parts(history, "deployment", span), _parts(history, "usage", span)
    frame = _frame(seats)
    return Courses(
        sold=_course(seats, frame, _sold_seats),
        assigned=_course(seats, frame, _assigned_seats),
        active=_course(use, _frame(use), _active),
        days=tuple(sorted({*seats.measured_days(), *use.measured_days()})),
    )


def _parts(history: SeatHistory, dataset: str, span: Period) -> _Parts:
    """Return a dataset's snapshots; none if the dataset is unknown. A snapshot that lists the
    customer counts even without the products in question; one without usage tells nothing about
    usage.
    """
    if dataset in history.unknown:
        return _Parts({}, {}, span)
    days = {
        service: known
        for (its, service), every in history.days.items()
        if its == dataset and (known := [day for day in every if day <= span.last])
    }
    listed = {
        (service, day): cells
        for (its, service, day), cells in history.cells.items()
        if its == dataset and (its == "deployment" or cells.use)
    }
    return _Parts(days, listed, span)


def _frame(parts: _Parts) -> _Frame:
    """Return the days of a course. It also breaks on days when no service lists the customer."""
    measured = parts.measured_days()
    if not measured:
        return _Frame((), (), late=False)
    start = max(days[0] for days in parts.days.values())
    holes = list(parts.holes())
    unlisted = [day for day in measured if not parts.cells_on(day)]
    known = [
        day
        for day in measured
        if start <= day and not any(before < day < after for before, after in holes)
    ]
    runs = _runs(sorted({*known} - {*unlisted}), [*holes, *((day, day) for day in unlisted)])
    return _Frame(runs, tuple(_between(runs, holes, measured)), late=start > measured[0])


def _runs(days: Iterable[date], breaks: Sequence[Break]) -> tuple[tuple[date, ...], ...]:
    runs: list[list[date]] = []
    for day in days:
        if not runs or _breaks_within(breaks, runs[-1][-1], day):
            runs.append([])
        runs[-1].append(day)
    return tuple(map(tuple, runs))


def _breaks_within(breaks: Iterable[Break], first: date, last: date) -> list[Break]:
    return [each for each in breaks if first <= each[0] and each[1] <= last]


def _between(
    runs: Sequence[Sequence[date]], holes: Sequence[Break], measured: Iterable[date]
) -> Iterator[Hole]:
    days = list(measured)
    for before, after in pairwise(runs):
        if spanned := _breaks_within(holes, before[-1], after[0]):
            yield _hole(before[-1], after[0], spanned, days)


def _hole(before: date, after: date, spanned: Sequence[Break], measured: Iterable[date]) -> Hole:
    """Return the hole between two runs. Services are measured on different days: the hole is the
    days that all their holes share, if nothing was measured on these; else all days between the
    runs.
    """
    first, last = max(first for first, _ in spanned), min(last for _, last in spanned)
    if first < last and not any(first < day < last for day in measured):
        return Hole(first + _DAY, last - _DAY, partly=False)
    return Hole(before + _DAY, after - _DAY, partly=True)


def _course(parts: _Parts, frame: _Frame, count: Callable[[Iterable[Cells]], int]) -> Course:
    runs = tuple(tuple(Point(day, count(parts.cells_on(day))) for day in run) for run in frame.runs)
    return Course(runs, frame.holes, frame.late)


def _sold_seats(found: Iterable[Cells]) -> int:
    return sum(sold for cells in found for sold, _ in cells.seats.values())


def _assigned_seats(found: Iterable[Cells]) -> int:
    return sum(assigned for cells in found for _, assigned in cells.seats.values())


def _active(found: Iterable[Cells]) -> int:
    """Return active seats: workloads of a product are summed over services, the busiest counts."""
    sums: dict[str, dict[str, tuple[int, int]]] = {}
    for cells in found:
        for (product, workload), (active, entitled) in cells.use.items():
            workloads = sums.setdefault(product, {})
            before = workloads.get(workload, (0, 0))
            workloads[workload] = (before[0] + active, before[1] + entitled)
    return sum(active_seats(workloads.values()) for workloads in sums.values())
