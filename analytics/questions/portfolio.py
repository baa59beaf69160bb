"""All customers a reader may see, as of each service's newest whole snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, cast

from analytics.questions.absences import day_of, unknowns
from analytics.questions.results import Measure
from analytics.questions.seats_on_day import SeatsActive, SeatsAssigned, SeatsSold
from analytics.questions.stamp import (
    Exclusion,
    Stamp,
    free_products,
    newest,
    portfolio_basis,
    stamp,
)
from analytics.questions.unlisted import earlier_listings
from analytics.skus import SKUS
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import Customer, Period, Seats, Share, Unknown, Why, combine, share, total
from analytics.warehouse.facts import Facts

_SEATS = """
    SELECT tenant, list_contains($free, product) AS is_free,
        sum(sold)::BIGINT AS sold, sum(assigned)::BIGINT AS assigned,
        sum(greatest(sold - assigned, 0))::BIGINT AS unassigned,
        (sum(sold) FILTER (active IS NOT NULL))::BIGINT AS measured,
        (sum(greatest(sold - active, 0)) FILTER (active IS NOT NULL))::BIGINT AS idle
    FROM {standing} WHERE sold IS NOT NULL GROUP BY tenant, is_free"""

_ACTIVE = """
    SELECT sum(active)::BIGINT AS active,
        coalesce(sum(sold) FILTER (active IS NOT NULL), 0)::BIGINT AS measured
    FROM {standing} WHERE NOT list_contains($free, product)"""

_FREE_PRODUCTS = """
    SELECT DISTINCT product FROM {standing}
    WHERE sold IS NOT NULL AND list_contains($free, product)"""


_NOT_MEASURED = Unknown(Why.NOT_MEASURED, USAGE.name)
_SHORT = Unknown(Why.NOT_WHOLE, DEPLOYMENT.name)

CustomerCount = Annotated[Seats, Measure("customers", DEPLOYMENT, "tenant")]

_Row = tuple[str, bool, int, int, int, int | None, int | None]
"""Tenant, True for its free products, sold, assigned, unassigned, measured, idle."""


@dataclass(frozen=True, slots=True)
class CustomerSeats:
    """One customer's paid seats, as of each service's newest whole snapshot."""

    customer: Customer
    sold: SeatsSold
    assigned: SeatsAssigned
    unassigned: SeatsSold
    measured: SeatsSold
    """Seats sold of the products that report usage."""
    idle: SeatsActive
    """Measured seats sold without an active user, product by product."""

    @property
    def deployment(self) -> Share | Unknown:
        """Assigned of sold seats; no value if none are sold."""
        return share(self.assigned, self.sold)


@dataclass(frozen=True, slots=True)
class PortfolioResult:
    """Customers by idle seats, most first, then by unassigned ones; by name if seats are not known,
    and then the other groups are unknown too. Every customer whom the reader may see is in one of
    the four groups.
    """

    NOT_COMPARED: ClassVar = ("stamp", "period")

    customers: tuple[CustomerSeats, ...]
    left: CustomerCount
    """Number of customers of earlier whole snapshots that the newest do not list."""
    without: CustomerCount
    """Number of known customers that no snapshot ever listed."""
    short: CustomerCount
    """Number of customers that only incomplete snapshots list."""
    active: SeatsActive
    measured: SeatsSold
    """Paid seats sold of the products that report usage: what active seats are set against."""
    everyone: bool
    """True if the reader's rights cover all customers."""
    stamp: Stamp
    period: Period | None = None
    """The period that was asked for; the figures are the newest all the same."""

    @property
    def paying_count(self) -> CustomerCount:
        """Number of customers with paid seats sold; others are known by name alone, or lapsed."""
        return self._if_known(sum(isinstance(c.sold, int) and c.sold > 0 for c in self.customers))

    @property
    def sold(self) -> SeatsSold:
        """Paid seats sold, of all these customers."""
        return self._if_known(total(c.sold for c in self.customers))

    @property
    def assigned(self) -> SeatsAssigned:
        """Paid seats assigned to users, of all these customers."""
        return self._if_known(total(c.assigned for c in self.customers))

    @property
    def deployment(self) -> Share | Unknown:
        """Assigned of sold seats; no value if none are sold."""
        return share(self.assigned, self.sold)

    @property
    def idle(self) -> SeatsActive:
        """Measured seats sold without an active user, of all these customers."""
        if isinstance(self.measured, Unknown):
            return self.measured
        known = [c.idle for c in self.customers if isinstance(c.idle, int)]
        return total(known) if known else combine(lambda _: 0, self.active)

    @property
    def beyond(self) -> SeatsActive:
        """People active beyond the seats sold of their product: active and idle seats are so many
        more than the measured ones.
        """
        return combine(
            lambda active, idle, measured: active + idle - measured,
            self.active,
            self.idle,
            self.measured,
        )

    @property
    def surplus(self) -> SeatsAssigned:
        """Seats assigned beyond what was sold of their product: assigned and unassigned seats are
        so many more than the seats sold.
        """
        return combine(
            lambda sold, assigned, rest: assigned + rest - sold,
            self.sold,
            self.assigned,
            self.unassigned,
        )

    @property
    def unassigned(self) -> SeatsSold:
        """Seats without a user, summed product by product, customer by customer."""
        return self._if_known(total(c.unassigned for c in self.customers))

    def _if_known(self, figure: Seats) -> Seats:
        """Return the figure, or why it is unknown: without any customer a sum alone would be 0."""
        return self.left if isinstance(self.left, Unknown) else figure


def portfolio(facts: Facts, period: Period | None = None) -> PortfolioResult:
    """Return the reader's customers together: deployment insights for seats, usage insights for
    active seats.

    Active seats count each product's busiest workload within its entitlement, as for one customer.
    """
    free, unknown = [sku.id for sku in SKUS.values() if sku.free], unknowns(facts)
    rows = cast("list[_Row]", facts.rows(_SEATS, free=free))
    listed, people = {row[0] for row in rows}, facts.people.customers
    active, measured = _active(facts, free, unknown.get(USAGE.name))
    everyone = facts.sees_all
    others = [customer.id for customer in people if customer.id not in listed]
    once = earlier_listings(facts, others)
    left, short = sum(once.values()), sum(not whole for whole in once.values())
    why = unknown.get(DEPLOYMENT.name) or (_SHORT if short == len(people) > 0 else None)
    apart = () if why else _apart(facts, rows, free)
    stamped = stamp(facts, portfolio_basis(facts), newest(facts), apart)
    if why:
        unseen = _customers_without_seats(facts, why)
        return PortfolioResult(unseen, why, why, why, active, why, everyone, stamped, period)
    if not stamped.rests_on:
        stamped = replace(stamped, looked=day_of(facts, DEPLOYMENT.name))
    known = _by_idle(facts, rows, unknown.get(USAGE.name))
    without = len(others) - len(once)
    return PortfolioResult(known, left, without, short, active, measured, everyone, stamped, period)


def _customers_without_seats(facts: Facts, why: Unknown) -> tuple[CustomerSeats, ...]:
    """Return all customers by name, their seats not known."""
    names = sorted(facts.people.customers, key=lambda customer: customer.name)
    return tuple(CustomerSeats(customer, why, why, why, why, why) for customer in names)


def _by_idle(facts: Facts, rows: list[_Row], unused: Unknown | None) -> tuple[CustomerSeats, ...]:
    """Return the listed customers without free products, those with the most idle seats first."""
    paid = {tenant: seats for tenant, is_free, *seats in rows if not is_free}
    listed = {row[0] for row in rows}
    known = [
        _customer_seats(customer, paid.get(customer.id, [0, 0, 0, 0, 0]), unused)
        for customer in facts.people.customers
        if customer.id in listed
    ]
    return tuple(sorted(known, key=_rank))


def _customer_seats(
    customer: Customer, seats: Sequence[int | None], unused: Unknown | None
) -> CustomerSeats:
    sold, assigned, unassigned, measured, idle = seats
    missing = unused or _NOT_MEASURED
    return CustomerSeats(
        customer=customer,
        sold=sold or 0,
        assigned=assigned or 0,
        unassigned=unassigned or 0,
        measured=unused or measured or 0,
        idle=missing if unused or idle is None else idle,
    )


def _rank(seats: CustomerSeats) -> tuple[int, int, str]:
    idle = seats.idle if isinstance(seats.idle, int) else 0
    unassigned = seats.unassigned if isinstance(seats.unassigned, int) else 0
    return -idle, -unassigned, seats.customer.name


def _active(facts: Facts, free: list[str], unknown: Unknown | None) -> tuple[Seats, Seats]:
    """Return the active seats of paid products, and the seats sold that they are counted among."""
    if unknown:
        return unknown, unknown
    rows = cast("list[tuple[int | None, int]]", facts.rows(_ACTIVE, free=free))
    ((active, measured),) = rows
    return (_NOT_MEASURED if active is None else active), measured


def _apart(facts: Facts, rows: list[_Row], free: list[str]) -> tuple[Exclusion, ...]:
    """Return the seats of free products, set apart, over all customers."""
    products = len(facts.rows(_FREE_PRODUCTS, free=free))
    return free_products(products, sum(row[2] for row in rows if row[1]))
