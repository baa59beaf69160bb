"""The customers of a generation, and the part of them that one reader may see, under names that
are unique in that part.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from analytics.values import Customer, TenantId
from analytics.warehouse.customer_details import CustomerDetails
from analytics.warehouse.name_index.inverted_index import Ids
from analytics.warehouse.name_index.name_order import name_key
from analytics.warehouse.name_index.names import NameIndex, Visible
from analytics.warehouse.name_marks import look, names_apart

_FEW = 16
"""Customers up to which a set of ids is smaller than a mask of all customers."""


@dataclass(frozen=True, slots=True)
class VisibleCustomers:
    """The customers that one reader may see, in order of id. No two of their names look alike."""

    customers: tuple[Customer, ...]
    among: Visible | None
    """True at each one's position in the directory; None where the reader sees all."""
    marked: Mapping[TenantId, Customer] = field(default_factory=dict)
    """Those of `customers` whose name carries a mark, since another visible one looks alike."""

    def with_mark(self, customer: Customer) -> Customer:
        """Return a visible customer under the name to show this reader."""
        return self.marked.get(customer.id, customer)

    def under(self, names: Iterable[Customer]) -> "VisibleCustomers":
        """Return the same customers, those in `names` under the names that they have there."""
        given = {each.id: each for each in names}
        if not given:
            return self
        customers = tuple(given.get(each.id, each) for each in self.customers)
        return replace(self, customers=customers, marked={**self.marked, **given})


@dataclass(frozen=True)
class CustomerDirectory:
    """All customers in order of id, by the names that the sources give, and the index that these
    are looked up in.
    """

    customers: tuple[Customer, ...]
    index: NameIndex
    places: Mapping[TenantId, int]
    """Each customer's position by id."""
    details: CustomerDetails

    @classmethod
    def of(
        cls, customers: Sequence[Customer], details: CustomerDetails | None = None
    ) -> "CustomerDirectory":
        """Build the directory with its index; about a second for 50,000 names."""
        places = {customer.id: at for at, customer in enumerate(customers)}
        details = details or CustomerDetails()
        index = NameIndex(
            [customer.name for customer in customers],
            [(places[o.customer], o.name) for o in details.others if o.customer in places],
            [(places[who], name) for who, name in details.domains.items() if who in places],
        )
        return cls(tuple(customers), index, places, details)

    def key_of(self, visible: frozenset[TenantId] | None) -> Hashable:
        """Return a small value that is equal for equal sets of visible customers, and only then:
        kept results are found by it, and a set of thousands of ids is not kept for each reader.
        """
        if visible is None:
            return None
        if len(visible) <= _FEW:
            return visible
        unlisted = frozenset(tenant for tenant in visible if tenant not in self.places)
        return np.packbits(self._mask(visible)).tobytes(), unlisted

    @cached_property
    def by_name(self) -> tuple[int, ...]:
        """Every customer's position, in the order of their names; those of one name by id."""
        keys = [name_key(each.name) for each in self.customers]
        return tuple(sorted(range(len(keys)), key=keys.__getitem__))

    def _mask(self, visible: frozenset[TenantId]) -> Visible:
        mask = np.zeros(len(self.customers), np.bool_)
        mask[[self.places[tenant] for tenant in visible if tenant in self.places]] = True
        return mask

    def cut_to(self, visible: frozenset[TenantId] | None) -> VisibleCustomers:
        """Return the part that a reader of these customers may see; None for all. Customers outside
        it change nothing of it, neither their being there nor their names.
        """
        if visible is None:
            places, among = np.arange(len(self.customers), dtype=np.int32), None
        else:
            among = self._mask(visible)
            places = np.flatnonzero(among).astype(np.int32)
        marked = {customer.id: customer for customer in self._with_marks(places, among)}
        found = [self.customers[at] for at in places.tolist()]
        return VisibleCustomers(
            tuple(marked.get(each.id, each) for each in found) if marked else tuple(found),
            among,
            marked,
        )

    def _with_marks(self, places: Ids, among: Visible | None) -> Iterator[Customer]:
        """Yield those of the customers at these places that look alike, each under its own name."""
        looks = self._looks[places]
        alike = places[np.bincount(looks, minlength=1)[looks] > 1]
        groups: dict[int, list[Customer]] = {}
        for at in alike.tolist():
            groups.setdefault(int(self._looks[at]), []).append(self.customers[at])

        def is_taken(name: str) -> bool:
            return self.index.holds(name, among)

        yield from names_apart(groups.values(), self.details, is_taken)

    @cached_property
    def _looks(self) -> Ids:
        """The number of each name's look, by position: names that look alike have the same one."""
        numbers: dict[str, int] = {}
        every = [numbers.setdefault(look(each.name), len(numbers)) for each in self.customers]
        return np.array(every, np.int32)


def look_alikes(customers: Iterable[Customer]) -> list[TenantId]:
    """Return the ids of customers whose name looks like another's."""
    groups: dict[str, list[TenantId]] = {}
    for customer in customers:
        groups.setdefault(look(customer.name), []).append(customer.id)
    return [tenant for group in groups.values() if len(group) > 1 for tenant in group]
