"""Customers found by their ids, and by names as people type them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, cast

from analytics.questions.absences import unknowns
from analytics.questions.customer_overviews import CustomerOverview, customer_overviews
from analytics.questions.dataset_days import known_day
from analytics.questions.results import Measure
from analytics.questions.stamp import Basis, Stamp, newest, portfolio_basis, stamp
from analytics.questions.unlisted import earlier_listings
from analytics.tables import CUSTOMERS, DEPLOYMENT, LICENCES, SUBSCRIPTION_INSIGHTS
from analytics.values import Customer, Seats, TenantId, Unknown, Why, tenant_id
from analytics.warehouse.facts import Facts

SHOWN = 20
"""Customers of a page."""

CUSTOMER_BASIS = Basis((*LICENCES, SUBSCRIPTION_INSIGHTS), "customers", "stamp-rule-customers")
"""All partners' seats, and beside them the subscriptions that this partner sold."""

_LISTED = "SELECT DISTINCT tenant FROM {standing} WHERE list_contains($shown, tenant)"


@dataclass(frozen=True, slots=True)
class CustomerList:
    """Customers that a reader may see, the best match first, and the age of the list."""

    NOT_COMPARED: ClassVar = ("stamp", "page", "pages")

    customers: tuple[Customer, ...]
    """The customers of the page: at most 20."""
    more: Annotated[Seats, Measure("customers", CUSTOMERS, "tenant")]
    """Number of known customers that match and are not on the page; unknown where none does and the
    partner's list of customers never came whole, though it was asked for.
    """
    gone: tuple[Customer, ...]
    """Customers of `customers` that no newest snapshot lists any more."""
    everyone: bool
    """True if the reader's rights cover all customers."""
    stamp: Stamp
    said: str = ""
    """The name as typed; empty for all customers."""
    overviews: tuple[CustomerOverview, ...] = ()
    """Facts known of each of `customers`."""
    page: int = 1
    pages: int = 1
    """Number of pages that can be turned to: a search gives no more than 50 customers."""


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


def matching_customers(facts: Facts, said: str, page: int = 1) -> CustomerList:
    """Return a page of the customers that match a name, a part of one or an id, in the index's
    order; of all customers by name if nothing is typed. Of pages beyond the last the last.
    """
    listed = _page(facts, said, page)
    rows = facts.rows(_LISTED, shown=[customer.id for customer in listed.customers])
    newest_of = {tenant for (tenant,) in cast("list[tuple[str]]", rows)}
    others = [customer.id for customer in listed.customers if customer.id not in newest_of]
    once = {} if DEPLOYMENT.name in unknowns(facts) else earlier_listings(facts, others)
    gone = tuple(customer for customer in listed.customers if once.get(customer.id))
    return CustomerList(
        customers=listed.customers,
        more=listed.more or _why_unlisted(facts) or 0,
        gone=gone,
        everyone=facts.sees_all,
        stamp=_stamp(facts),
        said=said,
        overviews=customer_overviews(facts, listed.customers),
        page=listed.page,
        pages=listed.pages,
    )


def _stamp(facts: Facts) -> Stamp:
    """Return the stamp. What no file can bring is part of it where a sync asked for it, or it came:
    the partner's own list, and the subscriptions.
    """
    basis, used = replace(portfolio_basis(facts), rule=""), newest(facts)
    listed = (CUSTOMERS,) if CUSTOMERS.name in facts.marks else ()
    if SUBSCRIPTION_INSIGHTS.name not in {*facts.marks, *facts.generation.tables}:
        return stamp(
            facts, replace(basis, datasets=(*LICENCES, *listed)) if listed else basis, used
        )
    day = known_day(facts, SUBSCRIPTION_INSIGHTS.name)
    sold = [] if isinstance(day, Unknown) else [(SUBSCRIPTION_INSIGHTS.name, "", day)]
    datasets = (*CUSTOMER_BASIS.datasets, *listed)
    return stamp(facts, replace(CUSTOMER_BASIS, datasets=datasets), [*used, *sold])


def _why_unlisted(facts: Facts) -> Unknown | None:
    """Return why it is not known whether there are more customers; None if it is."""
    mark = facts.marks.get(CUSTOMERS.name)
    never_came = mark is not None and mark.as_of is None
    return Unknown(Why.NEVER_CAME, CUSTOMERS.name) if never_came else None


@dataclass(frozen=True, slots=True)
class _CustomerPage:
    """Customers of a page, the number of those that match besides, the page and the pages."""

    customers: tuple[Customer, ...]
    more: int
    page: int
    pages: int


def _page(facts: Facts, said: str, page: int) -> _CustomerPage:
    shown = facts.list_length(SHOWN)
    if not said:
        count = len(facts.people.customers)
        start = _start(page, count, shown)
        return _page_of(facts.by_name(start, shown), start, count, count, shown)
    by_id = customer_by_id(facts, said)
    if by_id:
        return _CustomerPage((by_id,), 0, 1, 1)
    hits, found = facts.search(said)
    start = _start(page, len(found), shown)
    listed, count = found[start : start + shown], len(found) + hits.more
    return _page_of(listed, start, len(found), count, shown)


def _start(page: int, count: int, shown: int) -> int:
    """Return the place of a page's first customer; of the last page's if there is none."""
    return min(max(page, 1) - 1, max(count - 1, 0) // shown) * shown


def _page_of(
    listed: tuple[Customer, ...], start: int, turned: int, count: int, shown: int
) -> _CustomerPage:
    pages = max(turned - 1, 0) // shown + 1
    return _CustomerPage(listed, count - len(listed), start // shown + 1, pages)
