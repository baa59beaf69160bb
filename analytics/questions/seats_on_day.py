"""One customer's seats as of a day, product by product and workload by workload."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from analytics.questions.results import Measure
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import Seats, Share, Unknown, Why, combine, share, total

SeatsSold = Annotated[Seats, Measure("seats", DEPLOYMENT, "sold")]
SeatsAssigned = Annotated[Seats, Measure("seats", DEPLOYMENT, "assigned")]
SeatsActive = Annotated[Seats, Measure("seats", USAGE, "active")]

NOT_MEASURED = Unknown(Why.NOT_MEASURED, USAGE.name)
"""The active seats of a product without usage rows."""


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
    def measured(self) -> SeatsSold:
        """Seats sold that usage is measured of; 0 if Microsoft measures none of the product."""
        if _is_unmeasured(self.active):
            return 0
        return combine(lambda sold, _: sold, self.sold, self.active)

    @property
    def idle(self) -> SeatsActive:
        """Measured seats sold without an active user; 0 if more people than seats are active."""
        return combine(lambda seats, active: max(seats - active, 0), self.measured, self.active)


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
        return self._whole(USAGE.name, known or [NOT_MEASURED])

    @property
    def measured(self) -> SeatsSold:
        """Seats sold of the products that report usage: what active seats are set against."""
        return self._both(product.measured for product in self.products)

    @property
    def idle(self) -> SeatsActive:
        """Measured seats sold without an active user, product by product."""
        known = [p.idle for p in self.products if not _is_unmeasured(p.active)]
        return self._both(known or [NOT_MEASURED])

    @property
    def beyond(self) -> SeatsActive:
        """People active beyond the seats sold of their product: active and idle seats are so many
        more than the measured ones.
        """
        return excess(self.measured, self.active, self.idle)

    @property
    def surplus(self) -> SeatsAssigned:
        """Seats assigned beyond what was sold of their product: assigned and unassigned seats are
        so many more than the seats sold.
        """
        return excess(self.sold, self.assigned, self.unassigned)

    @property
    def by_idle(self) -> tuple[ProductSeats, ...]:
        """The products that have seats, the most idle ones first, unmeasured ones last."""
        return tuple(p for p in self.products if p.sold or p.assigned)

    @property
    def idlest(self) -> tuple[ProductSeats, ...]:
        """The products with idle seats, those with the most first."""
        return tuple(p for p in self.by_idle if isinstance(p.idle, int) and p.idle)

    def _both(self, figures: Iterable[Seats]) -> Seats:
        """Return the sum of figures that rest on seats and usage both."""
        return self._whole(DEPLOYMENT.name, [self._whole(USAGE.name, figures)])

    def _whole(self, dataset: str, figures: Iterable[Seats]) -> Seats:
        unknown = next((each for each in self.unknown if each.dataset == dataset), None)
        return total(figures) if unknown is None else unknown


def excess(whole: Seats, part: Seats, rest: Seats) -> Seats:
    """Return by how much a part and the rest, each added up product by product, exceed the whole:
    one product's excess fills no gap of another.
    """
    return combine(lambda all_, one, other: one + other - all_, whole, part, rest)


def product_place(product: ProductSeats) -> tuple[int, int, int, str]:
    """Return the place of a product among others: what asks for a decision comes first."""
    idle, sold, active = map(_count, (product.idle, product.sold, product.active))
    empty = not (product.sold or product.assigned)
    groups = empty, isinstance(product.idle, Unknown), active > sold
    last = next((len(groups) - at for at, is_in in enumerate(groups) if is_in), 0)
    return last, -idle, -sold, product.id


def _count(seats: Seats) -> int:
    return 0 if isinstance(seats, Unknown) else seats


def workload_place(workload: WorkloadUse) -> tuple[bool, bool, float, int, str]:
    """Return the place of a workload among others: what asks for a decision comes first."""
    used = workload.usage.value
    return used is None, (used or 0.0) > 1, used or 0.0, -workload.entitled, workload.id


def _is_unmeasured(active: Seats) -> bool:
    return isinstance(active, Unknown) and active.why is Why.NOT_MEASURED
