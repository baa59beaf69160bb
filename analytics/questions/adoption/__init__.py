"""Shares of seats used and assigned: by customer in classes of 20 %, by product, by workload."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from heapq import nsmallest
from typing import ClassVar, NamedTuple

from analytics.questions.adoption.change import (
    AdoptionChange,
    ProductUse,
    adoption_change,
    product_use,
)
from analytics.questions.customer_rows import customer_rows
from analytics.questions.named_products import product_name
from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.questions.portfolio_change import CustomerCount, CustomerSeats
from analytics.questions.product_rows import product_rows, workload_uses
from analytics.questions.seats_on_day import WorkloadUse
from analytics.questions.snapshot_days import snapshot_days
from analytics.questions.stamp import Exclusion, Stamp
from analytics.questions.topics import Topic, workload_name
from analytics.skus import Unit
from analytics.values import Period, Seats, Share, Unknown, share, total
from analytics.warehouse.facts import Facts

RANKED = 15
"""Customers in a list of the best or the worst."""

LEAST_SEATS = 10
"""Seats from which a customer is ranked, unless the operator sets another number: one of one seat
is 100 % and says nothing.
"""

CLASSES = ("0-20", "20-40", "40-60", "60-80", "80-100", "over", "none")
"""Classes of customers: fifths, each without its end but the last; above 100 %; without seats."""

_OVER, _NONE = CLASSES.index("over"), CLASSES.index("none")


class AdoptionView(Enum):
    """A list of the answer that it is narrowed to."""

    WORST = "worst"
    """The customers with the smallest share."""
    OVER = "over-100"
    """Those above 100 %."""
    WORKLOADS = "workloads"


@dataclass(frozen=True, slots=True)
class CustomerClass:
    """Customers within one range of shares."""

    range: str
    """One of CLASSES."""
    used: CustomerCount
    """Customers by active of measured seats."""
    assigned: CustomerCount
    """Customers by assigned of sold seats."""


@dataclass(frozen=True, slots=True)
class AdoptionResult:
    """The answer to `adoption`."""

    NOT_COMPARED: ClassVar = ("stamp", "period", "view", "change")

    seats: PortfolioResult
    """Sums over the same customers, and each of them; who is not among them is counted there."""
    classes: tuple[CustomerClass, ...]
    """All seven, in their order."""
    unmeasured: CustomerCount
    """Customers with seats sold, none of them measured: in no class by use."""
    worst: tuple[CustomerSeats, ...]
    """At most 15 customers with the smallest share, of those with enough seats to be ranked; ties
    by seats, the most first, then by name.
    """
    best: tuple[CustomerSeats, ...]
    """At most 15 with the largest share up to 100 %."""
    over: tuple[CustomerSeats, ...]
    """Customers above 100 %, the most seats first."""
    by_use: bool
    """True if the lists are by the share used; by the share assigned where use is not known."""
    too_small: CustomerCount
    """Customers that have fewer seats than are ranked."""
    products: tuple[ProductUse, ...]
    """Products with the most seats first."""
    workloads: tuple[WorkloadUse, ...]
    """The least used first; then those above 100 %, and those to which no seat entitles."""
    names: Mapping[str, str]
    """Usual names of the products and workloads in it, by their ids."""
    stamp: Stamp
    view: AdoptionView | None
    """The list asked for; None for the whole answer."""
    change: AdoptionChange | None
    """The change since the eve of the period, or of the 90 days up to the newest snapshot."""

    @property
    def usage(self) -> Share | Unknown:
        """Active of measured seats, of all these customers."""
        return share(self.seats.active, self.seats.measured)

    @property
    def deployment(self) -> Share | Unknown:
        """Assigned of sold seats."""
        return self.seats.deployment

    @property
    def period(self) -> Period | None:
        """The period that was asked for."""
        return self.seats.period

    @property
    def topic(self) -> Topic | None:
        """The products or workload that all figures are about."""
        return self.seats.topic

    @property
    def unit(self) -> Unit:
        """Unit of the figures."""
        return self.seats.unit

    @property
    def customers(self) -> tuple[CustomerSeats, ...]:
        """The customers that are counted."""
        return self.seats.customers

    @property
    def in_classes(self) -> CustomerCount:
        """Number of customers in the classes by use."""
        return total(each.used for each in self.classes)


def adoption(
    facts: Facts,
    period: Period | None = None,
    topic: Topic | None = None,
    view: AdoptionView | None = None,
    least_seats: int = LEAST_SEATS,
) -> AdoptionResult:
    """Return the shares of seats assigned and used, of the reader's customers: deployment insights
    for seats, usage insights for active seats, the same figures as of `portfolio`.

    A customer's share used is its active seats, by each product's busiest workload within its
    entitlement, of the measured ones; its share assigned is of the seats sold.
    Ranked are customers with `least_seats` or more.
    """
    seats, _ = facts.result_of(portfolio, period, topic)
    days = snapshot_days(facts, period)
    rows, _ = facts.result_of(customer_rows, days, topic)
    unsold = seats.sold if isinstance(seats.sold, Unknown) else None
    unused = unsold or (seats.active if isinstance(seats.active, Unknown) else None)
    sums = [] if unsold else product_rows(facts, days, topic, rows)
    products = [product_use(row, unused) for row in sums]
    workloads = () if unused else workload_uses(facts, days, topic, rows)
    names = {each.id: product_name(facts, each.id) for each in products}
    ranking = _ranking(seats.customers, least_seats, by_use=unused is None)
    return AdoptionResult(
        seats=seats,
        classes=_classes(seats.customers, unsold, unused),
        unmeasured=unused or sum(map(_is_unmeasured, seats.customers)),
        worst=ranking.worst,
        best=ranking.best,
        over=ranking.over,
        by_use=unused is None,
        too_small=unsold or ranking.too_small,
        products=tuple(sorted(products, key=lambda each: (-_count(each.sold), names[each.id]))),
        workloads=workloads,
        names=names | {each.id: workload_name(facts, each.id) for each in workloads},
        stamp=_with_ranking(seats.stamp, ranking, least_seats),
        view=view,
        change=adoption_change(seats.change, sums),
    )


def _classes(
    customers: Iterable[CustomerSeats], unsold: Unknown | None, unused: Unknown | None
) -> tuple[CustomerClass, ...]:
    """Count the customers in each class; those of which nothing is measured are in none by use."""
    every = list(customers)
    measured = (each for each in every if not _is_unmeasured(each))
    by_use = Counter(_class(each.active, each.measured) for each in measured)
    by_seats = Counter(_class(each.assigned, each.sold) for each in every)
    return tuple(
        CustomerClass(name, unused or by_use[at], unsold or by_seats[at])
        for at, name in enumerate(CLASSES)
    )


def _class(part: Seats, whole: Seats) -> int:
    """Return the place of a share among the classes, worked out in whole numbers."""
    if not isinstance(whole, int) or not whole:
        return _NONE
    counted = _count(part)
    return _OVER if counted > whole else min(counted * 5 // whole, _OVER - 1)


def _is_unmeasured(seats: CustomerSeats) -> bool:
    return bool(seats.sold) and seats.measured == 0


@dataclass(frozen=True, slots=True)
class _Extremes:
    """Customers by their shares."""

    worst: tuple[CustomerSeats, ...]
    best: tuple[CustomerSeats, ...]
    over: tuple[CustomerSeats, ...]
    too_small: int


def _ranking(customers: Iterable[CustomerSeats], least_seats: int, *, by_use: bool) -> _Extremes:
    """Return the customers with the smallest and the largest shares, and those above 100 %."""
    placed = (_share_place(seats, by_use=by_use) for seats in customers)
    every = [each for each in placed if each.whole]
    ranked = [each for each in every if each.whole >= least_seats]
    within = [each for each in ranked if each.part <= each.whole]
    over = [each for each in every if each.part > each.whole]
    return _Extremes(
        worst=_first(ranked, lambda each: each.part / each.whole),
        best=_first(within, lambda each: -each.part / each.whole),
        over=_first(over, lambda _: 0.0, len(over)),
        too_small=len(every) - len(ranked),
    )


class _SharePlace(NamedTuple):
    """A customer with its share."""

    part: int
    whole: int
    seats: CustomerSeats


def _share_place(seats: CustomerSeats, *, by_use: bool) -> _SharePlace:
    part, whole = (seats.active, seats.measured) if by_use else (seats.assigned, seats.sold)
    return _SharePlace(_count(part), _count(whole), seats)


def _first(
    ranked: Iterable[_SharePlace], place: Callable[[_SharePlace], float], most: int = RANKED
) -> tuple[CustomerSeats, ...]:
    """Return the first customers by place; ties by seats, the most first, then by name."""
    found = nsmallest(most, ranked, key=lambda e: (place(e), -e.whole, e.seats.customer.name))
    return tuple(each.seats for each in found)


def _count(seats: Seats) -> int:
    return seats if isinstance(seats, int) else 0


def _with_ranking(stamped: Stamp, ranking: _Extremes, least_seats: int) -> Stamp:
    """Return the stamp with the number of seats from which customers are ranked."""
    if not ranking.worst:
        return stamped
    said = Exclusion("stamp-ranked", {"least": least_seats})
    return replace(stamped, left_out=(*stamped.left_out, said))
