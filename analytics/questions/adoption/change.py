"""Shares of seats assigned and used by product, and by how many points they changed since the eve
of a period: over the customers known on both days alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Annotated

from analytics.questions.portfolio_change import CustomerCount, PortfolioChange
from analytics.questions.product_rows import ProductRow
from analytics.questions.results import Measure
from analytics.questions.seats_on_day import NOT_MEASURED, SeatsActive, SeatsAssigned, SeatsSold
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import Seats, Share, Unknown, Why, share

PointsAssigned = Annotated[Seats, Measure("points", DEPLOYMENT, "assigned")]
PointsUsed = Annotated[Seats, Measure("points", USAGE, "active")]


@dataclass(frozen=True, slots=True)
class ProductUse:
    """One product's seats of all customers together."""

    id: str
    customers: CustomerCount
    """Customers with seats sold of it."""
    sold: SeatsSold
    assigned: SeatsAssigned
    measured: SeatsSold
    """Seats sold at the customers whose usage of it is measured."""
    active: SeatsActive
    """Its busiest workload within its entitlement, customer by customer."""
    assigned_change: PointsAssigned
    """Change of the share assigned, in points; unknown where no customer had it on both days."""
    used_change: PointsUsed

    @property
    def deployment(self) -> Share | Unknown:
        """Assigned of sold seats."""
        return share(self.assigned, self.sold)

    @property
    def usage(self) -> Share | Unknown:
        """Active of measured seats."""
        return share(self.active, self.measured)


@dataclass(frozen=True, slots=True)
class AdoptionChange:
    """The change of both shares since the eve of the period, over the customers known on both days;
    those who are not are counted in PortfolioChange.
    """

    since: date
    """The newest processing day among the earlier figures."""
    compared: CustomerCount
    """Number of customers in the change of the share assigned."""
    measured: CustomerCount
    """Number of customers in the change of the share used."""
    assigned: PointsAssigned
    used: PointsUsed


def product_use(row: ProductRow, unused: Unknown | None) -> ProductUse:
    """Return a product's figures; `unused` is why usage is not known, if it is not."""
    unmeasured = NOT_MEASURED if row.active is None else None
    return ProductUse(
        id=row.product,
        customers=row.customers,
        sold=row.sold,
        assigned=row.assigned,
        measured=unused or row.measured,
        active=unused or unmeasured or row.active or 0,
        assigned_change=_assigned_points([row]),
        used_change=unused or unmeasured or _used_points([row]),
    )


def adoption_change(
    moved: PortfolioChange | None, rows: Sequence[ProductRow]
) -> AdoptionChange | None:
    """Return the change of all products together; None if nothing is known as of the eve."""
    if moved is None:
        return None
    unused = moved.active if isinstance(moved.active, Unknown) else None
    return AdoptionChange(
        since=moved.since,
        compared=moved.compared,
        measured=moved.measured,
        assigned=_assigned_points(rows),
        used=unused or _used_points(rows),
    )


def _assigned_points(rows: Sequence[ProductRow]) -> Seats:
    now = _sum(rows, lambda r: r.assigned_now), _sum(rows, lambda r: r.sold_now)
    then = _sum(rows, lambda r: r.assigned_then), _sum(rows, lambda r: r.sold_then)
    return _points(Share(*now), Share(*then), Unknown(Why.LATER, DEPLOYMENT.name))


def _used_points(rows: Sequence[ProductRow]) -> Seats:
    now = _sum(rows, lambda r: r.active_now), _sum(rows, lambda r: r.measured_now)
    then = _sum(rows, lambda r: r.active_then), _sum(rows, lambda r: r.measured_then)
    return _points(Share(*now), Share(*then), Unknown(Why.LATER, USAGE.name))


def _sum(rows: Sequence[ProductRow], figure: Callable[[ProductRow], int]) -> int:
    return sum(map(figure, rows))


def _points(now: Share, then: Share, unknown: Unknown) -> Seats:
    """Return the difference of two shares in whole points, halves rounded up; the unknown where one
    of them is of no seats.
    """
    if now.value is None or then.value is None:
        return unknown
    return floor(100 * (now.value - then.value) + 0.5)
