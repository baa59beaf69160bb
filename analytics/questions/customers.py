"""Customers by their ids, and by what somebody types of their names."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import cast

from analytics.folded_text import folded_text
from analytics.questions.absences import unknowns
from analytics.questions.stamp import FreeSeats, Stamp, newest, portfolio_datasets, stamp
from analytics.questions.unlisted import earlier_listings
from analytics.tables import DEPLOYMENT
from analytics.values import Customer, TenantId, tenant_id
from analytics.warehouse.facts import Facts

SHOWN = 20
"""Customers listed at once: more than that nobody reads through, they type."""

_LISTED = "SELECT DISTINCT tenant FROM {standing} WHERE list_contains($shown, tenant)"

_NO_SEATS = FreeSeats(0, 0, 0)
"""Kept out of a list of names: there are no figures in it."""


@dataclass(frozen=True, slots=True)
class CustomerList:
    """Customers that a reader may see, the best fit first, and how old the list is."""

    customers: tuple[Customer, ...]
    """At most 20."""
    more: int
    """How many others fit."""
    gone: tuple[Customer, ...]
    """Those of `customers` that no newest snapshot lists any more."""
    everyone: bool
    """True where the reader's rights show all customers that there are."""
    stamp: Stamp


def customer_names(facts: Facts, tenants: Iterable[TenantId]) -> dict[str, str]:
    """Names of those the reader may see, by id; unknown ones are left out."""
    wanted = set(tenants)
    return {
        customer.id: customer.name for customer in facts.people.customers if customer.id in wanted
    }


def has_no_customers(facts: Facts) -> bool:
    """True where no customer came yet at all: then no name that is typed is wrong."""
    return facts.visible is None and not facts.people.customers


def customer_by_id(facts: Facts, said: str) -> Customer | None:
    """The customer of a tenant's GUID, in any case; None for other text, and for one the reader may
    not see.
    """
    try:
        wanted = tenant_id(said)
    except ValueError:
        return None
    return next((customer for customer in facts.people.customers if customer.id == wanted), None)


def matching_customers(facts: Facts, said: str) -> CustomerList:
    """Those who fit a name, a part of one or an id, in the index's order; all of them by name where
    nothing is said.
    """
    customers, more = _first_matches(facts, said)
    rows = facts.rows(_LISTED, shown=[customer.id for customer in customers])
    listed = {tenant for (tenant,) in cast("list[tuple[str]]", rows)}
    others = [customer.id for customer in customers if customer.id not in listed]
    once = {} if DEPLOYMENT.name in unknowns(facts) else earlier_listings(facts, others)
    gone = tuple(customer for customer in customers if once.get(customer.id))
    stamped = stamp(facts, portfolio_datasets(facts), newest(facts), _NO_SEATS)
    return CustomerList(customers, more, gone, facts.visible is None, stamped)


def _first_matches(facts: Facts, said: str) -> tuple[tuple[Customer, ...], int]:
    """Those shown, and how many more there are."""
    if not said:
        everybody = facts.people.customers
        shown = nsmallest(SHOWN, everybody, key=lambda customer: folded_text(customer.name))
        return tuple(shown), len(everybody) - len(shown)
    by_id = customer_by_id(facts, said)
    if by_id:
        return (by_id,), 0
    hits, found = facts.find(said)
    return found[:SHOWN], len(found[SHOWN:]) + hits.more
