"""The change of all customers' seats since the eve of a period, like with like."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from typing import Annotated, ClassVar

from analytics.questions.customer_rows import CustomerRow
from analytics.questions.results import Measure
from analytics.questions.seats_on_day import (
    NOT_MEASURED,
    SeatsActive,
    SeatsAssigned,
    SeatsSold,
)
from analytics.questions.snapshot_days import SnapshotDays
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import Customer, Seats, Share, TenantId, Unknown, Why, share

MOST_MOVED = 5
"""Customers named as those whose seats moved most."""

CustomerCount = Annotated[Seats, Measure("customers", DEPLOYMENT, "tenant")]

_LATER_SEATS = Unknown(Why.LATER, DEPLOYMENT.name)
_LATER_USE = Unknown(Why.LATER, USAGE.name)


@dataclass(frozen=True, slots=True)
class CustomerSeats:
    """One customer's seats of the products that count, as of each service's newest whole snapshot
    up to the day asked for.
    """

    NOT_COMPARED: ClassVar = ("sold_change", "idle_change")

    customer: Customer
    sold: SeatsSold
    assigned: SeatsAssigned
    unassigned: SeatsSold
    measured: SeatsSold
    """Seats sold of the products that report usage."""
    active: SeatsActive
    """People in each product's busiest workload within its entitlement, product by product."""
    idle: SeatsActive
    """Measured seats sold without an active user, product by product."""
    sold_change: SeatsSold = _LATER_SEATS
    """Difference in seats sold since the eve of the period; unknown if the customer, or a service
    that lists it, is not in the snapshots of the eve.
    """
    idle_change: SeatsActive = _LATER_SEATS
    """Difference in idle seats; unknown also if usage was not measured, or not of the same products
    on both days.
    """

    @property
    def deployment(self) -> Share | Unknown:
        """Assigned of sold seats; no value if none are sold."""
        return share(self.assigned, self.sold)

    @property
    def usage(self) -> Share | Unknown:
        """Active of measured seats; no value if none are measured. Above 1 is real."""
        return share(self.active, self.measured)


@dataclass(frozen=True, slots=True)
class PortfolioChange:
    """The difference in seats since the eve of the period, over the customers listed on both days
    by services that were known on both.
    """

    since: date
    """The newest processing day among the earlier figures."""
    compared: CustomerCount
    """Number of customers in the difference of seats sold and assigned."""
    added: CustomerCount
    """Number of customers that are listed now and were not then; none of their seats is in it."""
    gone: CustomerCount
    """Number of customers that were listed then and are not now; none of their seats is in it."""
    unlike: CustomerCount
    """Number of customers listed on both days, now by a service that was not known then."""
    sold: SeatsSold
    assigned: SeatsAssigned
    active: SeatsActive
    """Over the customers whose usage was measured of the same products on both days."""
    measured: CustomerCount
    """Number of customers in the difference of active seats."""
    most_sold: tuple[CustomerSeats, ...]
    """At most five customers whose seats sold changed most, either way; the largest change first,
    ties by name.
    """
    most_idle: tuple[CustomerSeats, ...]
    """The same by idle seats."""


def customer_seats(customer: Customer, row: CustomerRow, unused: Unknown | None) -> CustomerSeats:
    """Return one customer's figures; `unused` is why usage is not known, if it is not."""
    comparable = row.comparable
    return CustomerSeats(
        customer,
        row.sold,
        row.assigned,
        row.unassigned,
        unused or row.measured,
        unused or (NOT_MEASURED if row.active is None else row.active),
        unused or (NOT_MEASURED if row.idle is None else row.idle),
        row.sold - row.sold_then if comparable else _LATER_SEATS,
        unused or (_idle_change(row) if comparable else _LATER_SEATS),
    )


def portfolio_change(
    rows: Iterable[CustomerRow],
    days: SnapshotDays,
    unused: Unknown | None,
    people: Mapping[TenantId, Customer],
) -> PortfolioChange | None:
    """Return the change; None if nothing is known as of the eve, or no customer is listed on both
    days. `unused` is why usage is not known, if it is not.
    """
    either = [row for row in rows if row.has or row.had]
    compared = [row for row in either if row.comparable]
    if days.since is None or not days.has_seats_then or not compared:
        return None
    active = [by for by in map(_active_change, compared) if by is not None]
    return PortfolioChange(
        since=days.since,
        compared=len(compared),
        added=sum(row.has and not row.listed_then for row in either),
        gone=sum(row.had and not row.listed for row in either),
        unlike=sum(row.listed and row.listed_then for row in either) - len(compared),
        sold=sum([row.sold - row.sold_then for row in compared]),
        assigned=sum([row.assigned - row.assigned_then for row in compared]),
        active=unused or (sum(active) if active else NOT_MEASURED),
        measured=unused or len(active),
        most_sold=_most_moved(compared, lambda row: row.sold - row.sold_then, unused, people),
        most_idle=() if unused else _most_moved(compared, _idle_move, unused, people),
    )


def _most_moved(
    rows: Sequence[CustomerRow],
    move: Callable[[CustomerRow], int],
    unused: Unknown | None,
    people: Mapping[TenantId, Customer],
) -> tuple[CustomerSeats, ...]:
    """Return the customers whose seats moved most, either way."""
    moves = [abs(move(row)) for row in rows]
    least = min(nlargest(MOST_MOVED, filter(None, moves)), default=1)
    moved = ((by, row) for by, row in zip(moves, rows, strict=True) if by >= least)
    first = sorted((-by, people[row.tenant].name, row) for by, row in moved)
    return tuple(
        customer_seats(people[row.tenant], row, unused) for _, _, row in first[:MOST_MOVED]
    )


def _active_change(row: CustomerRow) -> int | None:
    """Return the difference in active seats; None unless the same products were measured on both
    days.
    """
    if row.unlike or row.active is None or row.active_then is None:
        return None
    return row.active - row.active_then


def _idle_move(row: CustomerRow) -> int:
    """Return the difference in idle seats; 0 if it is not known."""
    moved = _idle_change(row)
    return moved if isinstance(moved, int) else 0


def _idle_change(row: CustomerRow) -> Seats:
    if row.late_use:
        return _LATER_USE
    if row.unlike or row.idle is None or row.idle_then is None:
        return NOT_MEASURED
    return row.idle - row.idle_then
