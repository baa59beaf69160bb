"""Customers found by their ids, and by names as people type them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Annotated, ClassVar, cast

from analytics.folded_text import folded_text
from analytics.questions.absences import unknowns
from analytics.questions.results import Measure
from analytics.questions.stamp import Basis, Stamp, newest, portfolio_basis, stamp
from analytics.questions.unlisted import earlier_listings
from analytics.tables import CUSTOMERS, DEPLOYMENT, LICENCES
from analytics.values import Customer, Seats, TenantId, Unknown, Why, tenant_id
from analytics.warehouse.facts import Facts

SHOWN = 20
"""Customers listed at once: in longer lists a reader types a name instead of reading on."""

_LISTED = "SELECT DISTINCT tenant FROM {standing} WHERE list_contains($shown, tenant)"


@dataclass(frozen=True, slots=True)
class CustomerList:
    """Customers that a reader may see, the best match first, and the age of the list."""

    NOT_COMPARED: ClassVar = ("stamp",)

    customers: tuple[Customer, ...]
    """At most 20 customers."""
    more: Annotated[Seats, Measure("customers", CUSTOMERS, "tenant")]
    """Number of other known customers that match; unknown where none does and the partner's list
    of customers never came whole, though it was asked for.
    """
    gone: tuple[Customer, ...]
    """Customers of `customers` that no newest snapshot lists any more."""
    everyone: bool
    """True if the reader's rights cover all customers."""
    stamp: Stamp
    said: str = ""
    """The name as typed; empty for all customers."""


def customer_names(facts: Facts, tenants: Iterable[TenantId]) -> dict[str, str]:
    """Return the names of customers the reader may see, by id; unknown ids are left out."""
    found = map(facts.customer, tenants)
    return {customer.id: customer.name for customer in found if customer}


def has_no_customers(facts: Facts) -> bool:
    """True if no customer came yet: then no typed name is wrong."""
    return facts.sees_all and not facts.people.customers


def customer_by_id(facts: Facts, said: str) -> Customer | None:
    """Return the customer of a tenant's GUID, in any case; None for other text, and for a customer
    the reader may not see.
    """
    try:
        wanted = tenant_id(said)
    except ValueError:
        return None
    return facts.customer(wanted)


def matching_customers(facts: Facts, said: str) -> CustomerList:
    """Return the customers that match a name, a part of one or an id, in the index's order; all
    customers by name if nothing is typed.
    """
    customers, more = _first_matches(facts, said)
    rows = facts.rows(_LISTED, shown=[customer.id for customer in customers])
    listed = {tenant for (tenant,) in cast("list[tuple[str]]", rows)}
    others = [customer.id for customer in customers if customer.id not in listed]
    once = {} if DEPLOYMENT.name in unknowns(facts) else earlier_listings(facts, others)
    gone = tuple(customer for customer in customers if once.get(customer.id))
    stamped = stamp(facts, _basis(facts), newest(facts))
    unseen = more or _why_unlisted(facts) or 0
    return CustomerList(customers, unseen, gone, facts.sees_all, stamped, said)


def _basis(facts: Facts) -> Basis:
    """Return the basis of a list of names. The partner's own list is part of it where a sync asked
    for it: no file can bring it.
    """
    basis = replace(portfolio_basis(facts), rule="")
    if CUSTOMERS.name not in facts.marks:
        return basis
    return replace(basis, datasets=(*LICENCES, CUSTOMERS))


def _why_unlisted(facts: Facts) -> Unknown | None:
    """Return why it is not known whether there are more customers; None if it is."""
    mark = facts.marks.get(CUSTOMERS.name)
    never_came = mark is not None and mark.as_of is None
    return Unknown(Why.NEVER_CAME, CUSTOMERS.name) if never_came else None


def _first_matches(facts: Facts, said: str) -> tuple[tuple[Customer, ...], int]:
    """Return the customers to show, and how many more match."""
    if not said:
        everybody = facts.people.customers
        shown = nsmallest(SHOWN, everybody, key=lambda customer: folded_text(customer.name))
        return tuple(shown), len(everybody) - len(shown)
    by_id = customer_by_id(facts, said)
    if by_id:
        return (by_id,), 0
    hits, found = facts.search(said)
    return found[:SHOWN], len(found[SHOWN:]) + hits.more
