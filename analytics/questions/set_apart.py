"""Products that totals of seats leave out, and why: ignored on purpose, free products, licences of
something else than people, and numbers that no purchase stands behind.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from analytics.questions.named_products import product_name
from analytics.questions.product_units import product_unit
from analytics.questions.results import Measure
from analytics.questions.seat_history import SeatHistory
from analytics.questions.seats_on_day import NOT_MEASURED, ProductSeats
from analytics.questions.topics import Topic
from analytics.skus import SKUS, Price, Unit, counts_people
from analytics.tables import DEPLOYMENT
from analytics.values import Customer, IgnoredProduct, Period, Seats, TenantId
from analytics.warehouse.facts import Facts

PLACEHOLDER = 10_000
"""Seats from which a number may be a placeholder: many free offers come with so many."""
ROUND = 1_000
"""Smaller numbers may be placeholders too if they are multiples of it."""
ASSIGNED = 100
"""A placeholder has fewer than one in so many assigned."""

PLACEHOLDER_SQL = f"""coalesce(
        (seats_told >= {PLACEHOLDER} OR (seats_told >= {ROUND} AND seats_told % {ROUND} = 0))
        AND assigned_told * {ASSIGNED} < seats_told, false)"""
"""The rule of is_placeholder() as SQL, of the columns `seats_told` and `assigned_told`."""


class WhyApart(Enum):
    """Why totals leave a product out; the first one that holds is told."""

    IGNORED = "ignored"
    """A partner admin said so, for this customer."""
    FREE = "free"
    UNIT = "unit"
    """Its licences are no seats of people: gigabytes, rooms, servers."""
    PLACEHOLDER = "placeholder"
    """Microsoft's table does not know it, and the number looks like no purchase."""


@dataclass(frozen=True, slots=True)
class SetApart:
    """One product that totals leave out."""

    product: str
    name: str
    why: WhyApart
    unit: Unit
    """Unit of its licences."""
    sold: Annotated[Seats, Measure("seats", DEPLOYMENT, "sold")]
    assigned: Annotated[Seats, Measure("seats", DEPLOYMENT, "assigned")]


@dataclass(frozen=True, slots=True)
class ProductKinds:
    """The products of a generation that totals leave out, or may."""

    free: frozenset[str]
    units: frozenset[str]
    """Paid products that are counted in something else than people, by the table or, where it does
    not know them, by their names.
    """
    doubtful: frozenset[str]
    """Products that the table does not know, or says nothing certain about: is_placeholder()
    decides, customer by customer.
    """

    @classmethod
    def of(cls, facts: Facts) -> "ProductKinds":
        """Return those of the generation's products, the same for every reader."""
        held = facts.generation.names["products"].keys()
        free = frozenset(each for each in held if each in SKUS and SKUS[each].free)
        units = frozenset(e for e in held if not counts_people(product_unit(facts, e))) - free
        unsure = (each for each in held if each not in SKUS or _is_unsure(each))
        return cls(free, units, frozenset(unsure) - free - units)

    def sql_values(
        self, ignored: Iterable[IgnoredProduct], topic: Topic | None
    ) -> dict[str, list[str]]:
        """Return the values of SQL that sets products apart: those of the topic, if there is one;
        none of a topic that names products.
        """
        among = topic.products if topic else None
        if topic and topic.workloads is None:
            among = frozenset()
        apart, doubtful = self.free | self.units, self.doubtful
        out = [each for each in ignored if among is None or each.product in among]
        return {
            "apart": sorted(apart if among is None else apart & among),
            "doubtful": sorted(doubtful if among is None else doubtful & among),
            "ignored_products": sorted({each.product for each in out}),
            "ignored": sorted(f"{each.tenant}/{each.product}" for each in out),
        }

    def why(self, product: str, sold: Seats, assigned: Seats) -> WhyApart | None:
        """Return why totals leave out so many seats of a product; None if they do not."""
        if product in self.free:
            return WhyApart.FREE
        if product in self.units:
            return WhyApart.UNIT
        if product in self.doubtful and is_placeholder(sold, assigned):
            return WhyApart.PLACEHOLDER
        return None


def is_placeholder(sold: Seats, assigned: Seats) -> bool:
    """Check whether a number looks like a placeholder: 10,000 seats or more, or whole thousands, of
    which fewer than 1 % are assigned.

    >>> is_placeholder(10_000, 3), is_placeholder(5_000, 0), is_placeholder(1_250, 0)
    (True, True, False)
    >>> is_placeholder(10_000, 100)
    False
    """
    if not isinstance(sold, int) or not isinstance(assigned, int):
        return False
    is_round = sold >= PLACEHOLDER or (sold >= ROUND and sold % ROUND == 0)
    return is_round and assigned * ASSIGNED < sold


def _is_unsure(product: str) -> bool:
    sku = SKUS[product]
    return sku.unit is Unit.UNKNOWN or sku.price is Price.UNKNOWN


def ignored_by(facts: Facts, tenant: TenantId) -> Mapping[str, IgnoredProduct]:
    """Return what is ignored of one customer, by product."""
    return {each.product: each for each in facts.ignored_of({tenant})}


def named_unit(facts: Facts, topic: Topic | None) -> Unit:
    """Return what the figures of a question are counted in: people, unless it names a product that
    is counted otherwise.
    """
    named = topic.products if topic and topic.workloads is None else ()
    units = {product_unit(facts, each) for each in named}
    unit = units.pop() if len(units) == 1 else Unit.PEOPLE
    return Unit.PEOPLE if unit is Unit.UNKNOWN else unit


def set_apart(
    facts: Facts, customer: Customer, record: SeatHistory, span: Period, topic: Topic | None
) -> tuple[SetApart, ...]:
    """Return the customer's products that totals leave out on all days of the answer: as they stand
    at its end, else as they stood before. None if the asker named the products.
    """
    if topic and topic.workloads is None:
        return ()
    kinds, _ = facts.result_of(ProductKinds.of)
    ignored = ignored_by(facts, customer.id)
    found: dict[str, SetApart] = {}
    for each in _newest_seats(record, span):
        usual = kinds.why(each.id, each.sold, each.assigned)
        why = WhyApart.IGNORED if each.id in ignored else usual
        if why and (topic is None or each.id in topic.products):
            found.setdefault(each.id, _apart(facts, each, why))
    return in_order(found.values())


def in_order(apart: Iterable[SetApart]) -> tuple[SetApart, ...]:
    """Return what was set apart by reason and name."""
    return tuple(sorted(apart, key=lambda each: (each.why.value, each.name, each.product)))


def _apart(facts: Facts, seats: ProductSeats, why: WhyApart) -> SetApart:
    name, unit = product_name(facts, seats.id), product_unit(facts, seats.id)
    return SetApart(seats.id, name, why, unit, seats.sold, seats.assigned)


def _newest_seats(record: SeatHistory, span: Period) -> Iterator[ProductSeats]:
    """Yield the seats of each product: of the newest day of the period, else of its eve, else of
    the newest day that has it.
    """
    days = sorted({day for _, _, day in record.cells if day <= span.last}, reverse=True)
    last = next((day for day in days if day >= span.first), span.last)
    seen: set[str] = set()
    for each in (*record.at(last).products, *record.at(span.eve).products, *_earlier(record)):
        if each.id not in seen:
            seen.add(each.id)
            yield each


def _earlier(record: SeatHistory) -> Iterator[ProductSeats]:
    """Yield the seats of each product in every snapshot, the newest first."""
    for _, cells in sorted(record.cells.items(), key=lambda item: item[0][2], reverse=True):
        for product, (sold, assigned) in cells.seats.items():
            yield ProductSeats(product, sold, assigned, NOT_MEASURED)
        for product, _ in cells.use:
            yield ProductSeats(product, 0, 0, NOT_MEASURED)
