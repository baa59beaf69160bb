"""All customers a reader may see, as of each service's newest whole snapshot."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, cast

from analytics.questions.absences import day_of, unknowns
from analytics.questions.results import Measure
from analytics.questions.seats_on_day import SeatsActive, SeatsAssigned, SeatsSold
from analytics.questions.stamp import FreeSeats, Stamp, newest, portfolio_datasets, stamp
from analytics.questions.unlisted import earlier_listings
from analytics.skus import SKUS
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import Customer, Period, Seats, Share, Unknown, Why, share, total
from analytics.warehouse.facts import Facts

_SEATS = """
    SELECT tenant, list_contains($free, product) AS is_free,
        sum(sold)::BIGINT AS sold, sum(assigned)::BIGINT AS assigned,
        sum(greatest(sold - assigned, 0))::BIGINT AS unassigned
    FROM {standing} WHERE sold IS NOT NULL GROUP BY tenant, is_free"""

_ACTIVE = """
    SELECT sum(active)::BIGINT AS active
    FROM {standing} WHERE NOT list_contains($free, product)"""

_FREE_PRODUCTS = """
    SELECT DISTINCT product FROM {standing}
    WHERE sold IS NOT NULL AND list_contains($free, product)"""


_SHORT = Unknown(Why.NOT_WHOLE, DEPLOYMENT.name)

CustomerCount = Annotated[Seats, Measure("customers", DEPLOYMENT, "tenant")]

_Row = tuple[str, bool, int, int, int]
"""Tenant, True for its free products, sold, assigned, unassigned."""


@dataclass(frozen=True, slots=True)
class CustomerSeats:
    """One customer's paid seats, as of each service's newest whole snapshot."""

    customer: Customer
    sold: SeatsSold
    assigned: SeatsAssigned
    unassigned: SeatsSold

    @property
    def deployment(self) -> Share | Unknown:
        """Assigned of sold seats; no value if none are sold."""
        return share(self.assigned, self.sold)


@dataclass(frozen=True, slots=True)
class PortfolioResult:
    """Customers by unassigned seats, most first; by name if seats are not known, and then the other
    groups are unknown too. Every customer whom the reader may see is in one of the four groups.
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
    active = unknown.get(USAGE.name) or _active(facts, free)
    everyone = facts.sees_all
    others = [customer.id for customer in people if customer.id not in listed]
    once = earlier_listings(facts, others)
    left, short = sum(once.values()), sum(not whole for whole in once.values())
    why = unknown.get(DEPLOYMENT.name) or (_SHORT if short == len(people) > 0 else None)
    apart = FreeSeats(why, why, why) if why else _apart(facts, rows, free)
    stamped = stamp(facts, portfolio_datasets(facts), newest(facts), apart)
    if why:
        unseen = _customers_without_seats(facts, why)
        return PortfolioResult(unseen, why, why, why, active, everyone, stamped, period)
    if not stamped.as_of:
        stamped = replace(stamped, looked=day_of(facts, DEPLOYMENT.name))
    known, without = _by_surplus(facts, rows), len(others) - len(once)
    return PortfolioResult(known, left, without, short, active, everyone, stamped, period)


def _customers_without_seats(facts: Facts, why: Unknown) -> tuple[CustomerSeats, ...]:
    """Return all customers by name, their seats not known."""
    names = sorted(facts.people.customers, key=lambda customer: customer.name)
    return tuple(CustomerSeats(customer, why, why, why) for customer in names)


def _by_surplus(facts: Facts, rows: list[_Row]) -> tuple[CustomerSeats, ...]:
    """Return the listed customers by unassigned seats, most first, without free products."""
    paid = {tenant: seats for tenant, is_free, *seats in rows if not is_free}
    listed = {row[0] for row in rows}
    known = [
        (customer, paid.get(customer.id, [0, 0, 0]))
        for customer in facts.people.customers
        if customer.id in listed
    ]
    known.sort(key=lambda each: (-each[1][2], each[0].name))
    return tuple(CustomerSeats(customer, *seats) for customer, seats in known)


def _active(facts: Facts, free: list[str]) -> Seats:
    ((active,),) = cast("list[tuple[int | None]]", facts.rows(_ACTIVE, free=free))
    return Unknown(Why.NOT_MEASURED, USAGE.name) if active is None else active


def _apart(facts: Facts, rows: list[_Row], free: list[str]) -> FreeSeats:
    """Return the seats of free products, set apart, over all customers."""
    products = len(facts.rows(_FREE_PRODUCTS, free=free))
    return FreeSeats(
        products, sum(row[2] for row in rows if row[1]), sum(row[3] for row in rows if row[1])
    )
