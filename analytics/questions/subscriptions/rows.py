"""Subscriptions one by one, and by product."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast

from analytics.questions.results import Measure
from analytics.questions.subscriptions.filters import SubscriptionFilter
from analytics.questions.subscriptions.lines import LineParameters
from analytics.questions.subscriptions.states import SubscriptionState
from analytics.questions.subscriptions.tallies import OwnLine
from analytics.skus import SKUS
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.values import Customer, TenantId, plain
from analytics.warehouse.facts import Facts

SHOWN = 15
"""Subscriptions listed at once."""

TERM_WORDS = {
    "p1m": "subscription-term-month",
    "p1y": "subscription-term-year",
    "p3y": "subscription-term-years",
}
"""Catalogue ids of terms, by their codes in lower case."""

CYCLE_WORDS = {
    "monthly": "subscription-billed-monthly",
    "annual": "subscription-billed-annual",
    "triennial": "subscription-billed-triennial",
}
"""Catalogue ids of billing cycles."""

_ROWS = """
    SELECT tenant, min(subscription), product, nickname, sum(quantity)::BIGINT, state, term,
        billing_cycle, ends, legacy, renews, cancellable_until, trial, by_usage, created, ended_on,
        count(*) AS lines, (sum(count(*)) OVER ())::BIGINT AS matches,
        coalesce(sum(sum(quantity)) OVER (), 0)::BIGINT AS seats
    FROM {subscription_lines}
    WHERE ($tenant IS NULL OR tenant = $tenant)
        AND ($state IS NULL OR state = $state)
        AND ($standing IS NULL OR standing)
        AND ($ended IS NULL OR ended_on BETWEEN $first AND $last)
        AND ($suspended IS NULL OR suspended_on BETWEEN $first AND $last)
        AND ($event IS NULL OR CASE $event
            WHEN 'new' THEN counts AND created BETWEEN $first AND $last
            WHEN 'expiring' THEN standing AND ends BETWEEN $today AND $soon
            WHEN 'expired' THEN standing AND ends < $today
            WHEN 'converted' THEN counts AND converted BETWEEN $first AND $last
            WHEN 'renewed' THEN counts AND renewed BETWEEN $first AND $last END)
        AND ($trait IS NULL OR CASE $trait
            WHEN 'trial' THEN trial
            WHEN 'monthly' THEN term = 'P1M'
            WHEN 'annual' THEN term = 'P1Y'
            WHEN 'triennial' THEN term = 'P3Y'
            WHEN 'legacy' THEN legacy
            WHEN 'usage-based' THEN by_usage
            WHEN 'not-renewing' THEN NOT by_usage AND NOT renews END)
    GROUP BY tenant, product, product_key, nickname, state, term, billing_cycle, ends, legacy,
        renews, cancellable_until, trial, by_usage, created, ended_on,
        CASE WHEN $single THEN subscription END
    ORDER BY CASE WHEN $event = 'new' THEN created WHEN $state = 'ended' THEN ended_on END
            DESC NULLS LAST,
        ends NULLS LAST, tenant, product_key, min(subscription)
    LIMIT $shown"""

_PRODUCTS = """
    SELECT product_key, count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE state = 'suspended') AS suspended,
        sum(quantity) FILTER (WHERE NOT trial AND NOT addon)::BIGINT AS seats
    FROM {subscription_lines}
    WHERE standing GROUP BY product_key ORDER BY active DESC, suspended DESC, product_key"""

_Count = Annotated[int, Measure("subscriptions", SUBSCRIPTION_INSIGHTS, "subscription")]


@dataclass(frozen=True, slots=True)
class ProductSubscriptions:
    """The subscriptions of one product that are active or suspended."""

    product: str
    active: _Count
    suspended: _Count
    seats: Annotated[int | None, Measure("seats", SUBSCRIPTION_INSIGHTS, "quantity")]
    """Seats of both, without trials and add-ons; None where nothing else is billed by seat."""


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """One subscription; or several of a customer that differ in nothing but their seats."""

    customer: Customer
    subscription: str
    """Its GUID, in lower case; of several the first."""
    product: str
    nickname: str
    """What the partner calls it; empty where the product's name begins so."""
    quantity: Annotated[int | None, Measure("seats", SUBSCRIPTION_INSIGHTS, "quantity")]
    """Seats, of several together; None where it is billed by usage."""
    state: SubscriptionState
    term: str
    """P1M, P1Y or P3Y; empty where it has none, or the customer's own list does not tell."""
    billing_cycle: str
    """Such as monthly; empty where no source tells."""
    ends: date | None
    """None where it has no end."""
    legacy: bool | None
    """True if it was sold before new commerce: then `ends` is the day after its last. None where
    the customer's own list does not tell.
    """
    renews: bool | None
    """Whether it renews by itself; None where no source tells."""
    cancellable_until: date | None
    trial: bool
    by_usage: bool
    created: date | None
    ended_on: date | None
    """The day it ended; None while it has not, or the day is not known."""
    count: _Count
    """Number of subscriptions; 1 in a file, which has a row for each."""


@dataclass(frozen=True, slots=True)
class ListedSubscriptions:
    """The first rows that a filter fits, and what all of them come to."""

    rows: tuple[SubscriptionRow, ...]
    matches: int
    seats: int


def listed_rows(
    facts: Facts, lines: LineParameters, chosen: SubscriptionFilter, *, dated: bool
) -> ListedSubscriptions:
    """Return the subscriptions that the words fit; of ended and suspended ones, where a period was
    asked for (`dated`), those that became so in it.
    """
    values = {
        "state": chosen.state.value if chosen.state else None,
        "event": chosen.event.value if chosen.event else None,
        "trait": chosen.trait.value if chosen.trait else None,
        "standing": True if not (chosen.state or chosen.event) else None,
        "ended": True if dated and chosen.state is SubscriptionState.ENDED else None,
        "suspended": True if dated and chosen.state is SubscriptionState.SUSPENDED else None,
        "shown": facts.list_length(SHOWN),
        "single": facts.whole,
    }
    found = facts.rows(_ROWS, **lines.values, **values)
    if not found:
        return ListedSubscriptions((), 0, 0)
    *_, matches, seats = cast("tuple[int, ...]", found[0])
    return ListedSubscriptions(tuple(_row(facts, *each[:-2]) for each in found), matches, seats)


def products_of(
    facts: Facts, own: Sequence[OwnLine] | None = None
) -> tuple[ProductSubscriptions, ...]:
    """Return every product that stands, the one with most active subscriptions first; of all that
    the reader may see, or of these lines.
    """
    named = cast(
        "list[tuple[str, int, int, int | None]]",
        facts.rows(_PRODUCTS) if own is None else _products_of_lines(own),
    )
    return tuple(ProductSubscriptions(product_title(name), *rest) for name, *rest in named)  # type: ignore[arg-type]  # in the query's order


def _products_of_lines(own: Sequence[OwnLine]) -> list[tuple[str, int, int, int | None]]:
    """Return what _PRODUCTS does, of some lines."""
    by_product = defaultdict[str, list[OwnLine]](list)
    for line in own:
        if line.alike.standing:
            by_product[line.product_key].append(line)
    found = list[tuple[str, int, int, int | None]]()
    for product, lines in by_product.items():
        active = sum(each.alike.is_active for each in lines)
        sold = [e.quantity for e in lines if e.alike.is_sold and e.quantity is not None]
        found.append((product, active, len(lines) - active, sum(sold) if sold else None))
    return sorted(found, key=lambda each: (-each[1], -each[2], each[0]))


def product_title(name: str) -> str:
    """Return a product's name as its list of SKUs writes it, since analytics write it in capitals;
    of another product its words of four letters and more in lower case, but for their first.

    >>> product_title("MICROSOFT 365 E3"), product_title("AZURE PLAN 2 GB")
    ('Microsoft 365 E3', 'Azure Plan 2 GB')
    """
    if not name.isupper():
        return plain(name)
    words = (
        word.capitalize() if word.isalpha() and len(word) > 3 else word for word in name.split()
    )
    return _TITLES.get(name) or plain(" ".join(words))


_TITLES = {sku.name.upper(): sku.name for sku in SKUS.values()}


def _row(facts: Facts, *cells: object) -> SubscriptionRow:
    tenant, subscription, product, nickname, quantity, state, *others = cells
    customer = facts.customer(TenantId(str(tenant)))
    name = product_title(str(product or ""))
    called = plain(str(nickname or ""))
    is_name = name.casefold().startswith(called.casefold())
    return SubscriptionRow(
        customer or Customer(TenantId(str(tenant)), str(tenant)),
        str(subscription),
        name,
        "" if is_name else called,
        cast("int | None", quantity),
        SubscriptionState(state),
        *others,  # type: ignore[arg-type]  # in the order of the query's columns
    )
