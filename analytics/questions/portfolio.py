"""All customers a reader may see, as they stand in each service's newest snapshot."""

from dataclasses import dataclass
from typing import cast

from analytics.questions.stamp import FreeSeats, Stamp, newest, stamp
from analytics.skus import SKUS
from analytics.values import Customer, Share
from analytics.warehouse.reading import Facts

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


@dataclass(frozen=True, slots=True)
class CustomerSeats:
    """One customer's paid seats, as of each service's newest snapshot."""

    customer: Customer
    sold: int
    assigned: int
    unassigned: int

    @property
    def deployment(self) -> Share:
        """Assigned of sold; no value where none are sold."""
        return Share(self.assigned, self.sold)


@dataclass(frozen=True, slots=True)
class PortfolioResult:
    """Customers by unassigned seats, most first; `absent` are known ones the newest snapshots do
    not list.
    """

    customers: tuple[CustomerSeats, ...]
    absent: int
    active: int | None
    stamp: Stamp

    @property
    def counted(self) -> int:
        """Customers with paid seats sold: others are known by name alone, or lapsed."""
        return sum(c.sold > 0 for c in self.customers)

    @property
    def sold(self) -> int:
        """Paid seats sold, of all these customers."""
        return sum(c.sold for c in self.customers)

    @property
    def assigned(self) -> int:
        """Paid seats assigned to users, of all these customers."""
        return sum(c.assigned for c in self.customers)

    @property
    def unassigned(self) -> int:
        """Seats nobody has: summed product by product, customer by customer."""
        return sum(c.unassigned for c in self.customers)


def portfolio(facts: Facts) -> PortfolioResult:
    """The reader's customers together: deployment insights for seats, usage insights for active
    seats.

    Active seats count each product's busiest workload within its entitlement, as for one customer.
    """
    free = [sku.id for sku in SKUS.values() if sku.free]
    rows = cast("list[tuple[str, bool, int, int, int]]", facts.rows(_SEATS, free=free))
    seats = {
        tenant: (sold, assigned, unassigned)
        for tenant, is_free, sold, assigned, unassigned in rows
        if not is_free
    }
    listed = {row[0] for row in rows}
    known = [c for c in facts.people.customers if c.id in listed]
    customers = [CustomerSeats(c, *seats.get(c.id, (0, 0, 0))) for c in known]
    active = cast("list[tuple[int | None]]", facts.rows(_ACTIVE, free=free))[0][0]
    return PortfolioResult(
        tuple(sorted(customers, key=lambda c: (-c.unassigned, c.customer.name))),
        len(facts.people.customers) - len(known),
        active,
        stamp(facts, newest(facts), _apart(facts, rows, free)),
    )


def _apart(facts: Facts, rows: list[tuple[str, bool, int, int, int]], free: list[str]) -> FreeSeats:
    """Free products set apart, over all customers."""
    products = len(facts.rows(_FREE_PRODUCTS, free=free))
    return FreeSeats(
        products, sum(row[2] for row in rows if row[1]), sum(row[3] for row in rows if row[1])
    )
