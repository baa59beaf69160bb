"""One customer's seats as of a day, product by product and workload by workload."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated

from analytics.questions.results import Measure
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import Seats, Share, Unknown, Why, combine, share, total

SeatsSold = Annotated[Seats, Measure("seats", DEPLOYMENT, "sold")]
SeatsAssigned = Annotated[Seats, Measure("seats", DEPLOYMENT, "assigned")]
SeatsActive = Annotated[Seats, Measure("seats", USAGE, "active")]

_NOT_MEASURED = Unknown(Why.NOT_MEASURED, USAGE.name)


@dataclass(frozen=True, slots=True)
class ProductSeats:
    """One product's seats on a day."""

    id: str
    sold: SeatsSold
    """Deployment insights, `licensesSold`: sold by every partner and directly."""
    assigned: SeatsAssigned
    """Deployment insights, `licensesDeployed`."""
    active: SeatsActive
    """People in the product's busiest workload within 28 days (usage insights, `licensesActive`).
    Workloads of a product are used by the same people, so they are not added. A workload above 100
    % counts people without a seat, so it counts for the product only if all its workloads are
    above. Not measured without usage rows.
    """

    @property
    def deployment(self) -> Share | Unknown:
        """Assigned of sold seats; no value if none are sold."""
        return share(self.assigned, self.sold)

    @property
    def unassigned(self) -> SeatsSold:
        """Seats that are paid for but assigned to no user; 0 if more are assigned than sold."""
        return combine(lambda sold, assigned: max(sold - assigned, 0), self.sold, self.assigned)

    @property
    def measured_seats(self) -> SeatsSold:
        """Seats sold that usage is measured of; 0 if Microsoft measures none of the product."""
        if _is_unmeasured(self.active):
            return 0
        return combine(lambda sold, _: sold, self.sold, self.active)

    @property
    def idle(self) -> SeatsActive:
        """Measured seats sold without an active user; 0 if more people than seats are active."""
        return combine(
            lambda seats, active: max(seats - active, 0), self.measured_seats, self.active
        )


@dataclass(frozen=True, slots=True)
class WorkloadUse:
    """One workload's use on a day, over all products that include it."""

    id: str
    active: Annotated[int, Measure("people", USAGE, "active")]
    """People who used it within 28 days: `licensesActive`, summed over products."""
    entitled: Annotated[int, Measure("seats", USAGE, "entitled")]
    """Seats that may use it: `licensesQualified`, summed over products."""

    @property
    def usage(self) -> Share:
        """Active of entitled seats: sums over sums, never a mean of percents; above 1 is real."""
        return Share(self.active, self.entitled)


@dataclass(frozen=True, slots=True)
class SeatsOnDay:
    """A customer's seats on a day: each service as of its newest processing day up to then."""

    day: date
    products: tuple[ProductSeats, ...]
    """The most idle seats first; then those with more people than seats, those of which idle seats
    are not known, and those without seats.
    """
    workloads: tuple[WorkloadUse, ...]
    """The least used first; then those above 100 %, and those to which no seat entitles."""
    rests_on: tuple[tuple[str, str, date], ...]
    """The (dataset, service, processing day) of every snapshot in it."""
    unknown: tuple[Unknown, ...] = ()
    """Reasons why the figures of a dataset are not known."""

    @property
    def sold(self) -> SeatsSold:
        """Seats sold of all products."""
        return self._whole(DEPLOYMENT.name, (product.sold for product in self.products))

    @property
    def assigned(self) -> SeatsAssigned:
        """Seats assigned to users, of all products."""
        return self._whole(DEPLOYMENT.name, (product.assigned for product in self.products))

    @property
    def unassigned(self) -> SeatsSold:
        """Seats without a user, summed product by product: surplus assignments of one product fill
        no seats of another.
        """
        return self._whole(DEPLOYMENT.name, (product.unassigned for product in self.products))

    @property
    def deployment(self) -> Share | Unknown:
        """Assigned of sold seats; no value if none are sold."""
        return share(self.assigned, self.sold)

    @property
    def active(self) -> SeatsActive:
        """Active seats of the products that report usage; not measured if none does."""
        known = [p.active for p in self.products if not isinstance(p.active, Unknown)]
        return self._whole(USAGE.name, known or [_NOT_MEASURED])

    @property
    def measured_seats(self) -> SeatsSold:
        """Seats sold of the products that report usage: what active seats are set against."""
        return self._both(product.measured_seats for product in self.products)

    @property
    def idle(self) -> SeatsActive:
        """Measured seats sold without an active user, product by product."""
        known = [p.idle for p in self.products if not _is_unmeasured(p.active)]
        return self._both(known or [_NOT_MEASURED])

    @property
    def beyond(self) -> SeatsActive:
        """People active beyond the seats sold of their product: active and idle seats are so many
        more than the measured ones.
        """
        return combine(
            lambda active, idle, measured: active + idle - measured,
            self.active,
            self.idle,
            self.measured_seats,
        )

    @property
    def by_idle(self) -> tuple[ProductSeats, ...]:
        """The products that have seats, the most idle ones first, unmeasured ones last."""
        return tuple(p for p in self.products if p.sold or p.assigned)

    def _both(self, figures: Iterable[Seats]) -> Seats:
        """Return the sum of figures that rest on seats and usage both."""
        return self._whole(DEPLOYMENT.name, [self._whole(USAGE.name, figures)])

    def _whole(self, dataset: str, figures: Iterable[Seats]) -> Seats:
        unknown = next((each for each in self.unknown if each.dataset == dataset), None)
        return total(figures) if unknown is None else unknown


def _product_place(product: ProductSeats) -> tuple[int, int, int, str]:
    """Return the place of a product among others: what asks for a decision comes first."""
    idle, sold, active = map(_count, (product.idle, product.sold, product.active))
    empty = not (product.sold or product.assigned)
    groups = empty, isinstance(product.idle, Unknown), active > sold
    last = next((len(groups) - at for at, is_in in enumerate(groups) if is_in), 0)
    return last, -idle, -sold, product.id


def _count(seats: Seats) -> int:
    return 0 if isinstance(seats, Unknown) else seats


def _workload_place(workload: WorkloadUse) -> tuple[bool, bool, float, int, str]:
    """Return the place of a workload among others: what asks for a decision comes first."""
    used = workload.usage.value
    return used is None, (used or 0.0) > 1, used or 0.0, -workload.entitled, workload.id


def _is_unmeasured(active: Seats) -> bool:
    return isinstance(active, Unknown) and active.why is Why.NOT_MEASURED


@dataclass(frozen=True, slots=True)
class Cells:
    """One customer's figures in one snapshot: product → (sold, assigned) or (product, workload) →
    (active, entitled).
    """

    seats: dict[str, tuple[int, int]]
    use: dict[tuple[str, str], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SeatHistory:
    """Every snapshot of one customer that a question needs.

    `days` are the partner's processing days by (dataset, service), oldest first: a customer without
    cells on such a day had nothing there that day.
    """

    days: dict[tuple[str, str], list[date]]
    cells: dict[tuple[str, str, date], Cells]
    unknown: Mapping[str, Unknown] = field(default_factory=dict)
    """Datasets of which nothing is known about this customer, on any day."""
    first_days: Mapping[str, date] = field(default_factory=dict)
    """The first day of which a dataset came whole, by dataset; before it nothing is known."""

    def selection(
        self, product: Callable[[str], bool], workloads: frozenset[str] | None
    ) -> "SeatHistory":
        """Return the history of some products and some workloads (None: all) only, with the days of
        services that hold any of them, or of all services if none does.
        """
        held = {
            p for cells in self.cells.values() for p in (*cells.seats, *(p for p, _ in cells.use))
        }
        wanted = {p for p in held if product(p)}
        if wanted == held and workloads is None:
            return self
        cells = {
            key: Cells(
                {p: seats for p, seats in cells.seats.items() if p in wanted},
                {
                    (p, w): use
                    for (p, w), use in cells.use.items()
                    if p in wanted and (workloads is None or w in workloads)
                },
            )
            for key, cells in self.cells.items()
        }
        holding = {key[:2] for key, kept in cells.items() if kept.seats or kept.use}
        if not holding:
            return replace(self, cells=cells)
        return replace(
            self,
            days={service: days for service, days in self.days.items() if service in holding},
            cells={key: kept for key, kept in cells.items() if key[:2] in holding},
        )

    def at(self, day: date) -> SeatsOnDay:
        """Return the seats as of a day; without products if the customer had none."""
        unknown, rests_on, found = self._unknown_on(day), [], []
        for (dataset, service), days in self.days.items():
            upto = bisect_right(days, day)
            here = self.cells.get((dataset, service, days[upto - 1])) if upto else None
            if here and dataset not in unknown:
                rests_on.append((dataset, service, days[upto - 1]))
                found.append(here)
        products, workloads = _products(found, unknown), _workloads(found)
        return SeatsOnDay(
            day, products, workloads, tuple(sorted(rests_on)), tuple(unknown.values())
        )

    def _unknown_on(self, day: date) -> dict[str, Unknown]:
        """Return, by dataset, why nothing is known as of that day."""
        later = {
            dataset: Unknown(Why.LATER, dataset)
            for dataset, first in self.first_days.items()
            if day < first
        }
        return {**later, **self.unknown}


def _products(found: list[Cells], unknown: Mapping[str, Unknown]) -> tuple[ProductSeats, ...]:
    seats: dict[str, tuple[int, int]] = {}
    use: dict[str, dict[str, tuple[int, int]]] = {}
    for cells in found:
        for product, (sold, assigned) in cells.seats.items():
            before = seats.get(product, (0, 0))
            seats[product] = (before[0] + sold, before[1] + assigned)
        for (product, workload), (active, entitled) in cells.use.items():
            sums = use.setdefault(product, {})
            before = sums.get(workload, (0, 0))
            sums[workload] = (before[0] + active, before[1] + entitled)
    none: Seats = unknown.get(DEPLOYMENT.name, 0)
    unused = unknown.get(USAGE.name, _NOT_MEASURED)
    products = (
        ProductSeats(
            p,
            *seats.get(p, (none, none)),
            active_seats(use[p].values()) if p in use else unused,
        )
        for p in {*seats, *use}
    )
    return tuple(sorted(products, key=_product_place))


def active_seats(workloads: Collection[tuple[int, int]]) -> int:
    """Return the active seats of one product from its workloads' (active, entitled)."""
    within = [active for active, entitled in workloads if active <= entitled]
    return max(within or [active for active, _ in workloads])


def _workloads(found: list[Cells]) -> tuple[WorkloadUse, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for cells in found:
        for (_, workload), (active, entitled) in cells.use.items():
            before = sums.get(workload, (0, 0))
            sums[workload] = (before[0] + active, before[1] + entitled)
    return tuple(sorted((WorkloadUse(w, *sums[w]) for w in sums), key=_workload_place))
