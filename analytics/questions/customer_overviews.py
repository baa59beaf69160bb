"""Customers at a glance: since when, how large, in which state, and how old that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, cast

from analytics.questions.dataset_days import known_day
from analytics.questions.portfolio import portfolio
from analytics.questions.results import Measure
from analytics.questions.subscriptions.states import SubscriptionState
from analytics.tables import DEPLOYMENT, SUBSCRIPTION_INSIGHTS
from analytics.values import Customer, Seats, Unknown, Why, plain
from analytics.warehouse.facts import Facts

_NOT_LISTED = Unknown(Why.NOT_MEASURED, DEPLOYMENT.name)

_SUBSCRIPTIONS = """
    SELECT tenant, min(created) FILTER (WHERE state <> 'other') AS since,
        count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE state = 'suspended') AS suspended,
        count(*) FILTER (WHERE state = 'ended') AS ended,
        coalesce(sum(quantity) FILTER (
            WHERE state = 'active' AND NOT trial AND NOT addon), 0)::BIGINT AS seats
    FROM {subscription_lines} WHERE tenant IN (SELECT unnest($tenants)) GROUP BY tenant"""

_LISTED = """
    SELECT tenant, min(since) AS first, arg_max(domain, (until IS NULL, since)) AS domain,
        arg_max(relationship, (until IS NULL, since)) AS relationship,
        bool_and(until IS NOT NULL) AS off_list
    FROM {customer_list} WHERE tenant IN (SELECT unnest($tenants)) GROUP BY tenant"""

_LICENCES = """
    SELECT tenant, min(day) AS first, max(day) AS last
    FROM {deployment} WHERE tenant IN (SELECT unnest($tenants)) GROUP BY tenant"""


@dataclass(frozen=True, slots=True)
class CustomerOverview:
    """One customer of a list. Nothing of it is money."""

    NOT_COMPARED: ClassVar = ("since", "first_seen", "as_of")

    customer: Customer
    since: date | None
    """Day of the first order, as far as subscription analytics tell; else the first day on which a
    source named the customer.
    """
    first_seen: bool
    """True if `since` is only the day of the first sight."""
    own_seats: Annotated[Seats, Measure("seats", SUBSCRIPTION_INSIGHTS, "quantity")]
    """Seats of active subscriptions that this partner sold, without trials and add-ons."""
    all_seats: Annotated[Seats, Measure("seats", DEPLOYMENT, "sold")]
    """Paid seats of all partners and direct purchases, as in the answer to `usage`."""
    state: SubscriptionState | None
    """The best state of the customer's subscriptions; None where there never was one, or it is not
    known.
    """
    counts_by_app: bool | None
    """True if it is a customer by the definition of the retired Power BI app: with an active or
    suspended subscription. None where that is not known.
    """
    counts_by_insights: bool | None
    """True if it is one by that of Partner Center Insights: with an active subscription."""
    by_name_only: bool
    """True if no source tells of a subscription, and none of a seat sold."""
    off_list: bool
    """True if the partner's own list had the customer, and has no more."""
    as_of: date | None
    """Day of the newest snapshot that lists its seats, else that of the subscriptions."""
    domain: str
    relationship: str
    """Such as reseller; empty where the partner's own list does not have it."""


@dataclass(frozen=True, slots=True)
class _Sold:
    since: date | None = None
    active: int = 0
    suspended: int = 0
    ended: int = 0
    seats: int = 0

    @property
    def state(self) -> SubscriptionState | None:
        counts = (
            (SubscriptionState.ACTIVE, self.active),
            (SubscriptionState.SUSPENDED, self.suspended),
            (SubscriptionState.ENDED, self.ended),
        )
        return next((state for state, count in counts if count), None)


def customer_overviews(facts: Facts, customers: Sequence[Customer]) -> tuple[CustomerOverview, ...]:
    """Return what is known of some customers, in their order."""
    tenants = [each.id for each in customers]
    some = facts.only(frozenset(tenants))
    day = known_day(facts, SUBSCRIPTION_INSIGHTS.name)
    found = some.rows(_SUBSCRIPTIONS, tenants=tenants)
    sold = {tenant: _Sold(*cells) for tenant, *cells in found}  # type: ignore[arg-type]  # in the query's order
    listed = {tenant: cells for tenant, *cells in some.rows(_LISTED, tenants=tenants)}
    seen = {tenant: cells for tenant, *cells in some.rows(_LICENCES, tenants=tenants)}
    together = portfolio(some)
    seats = {each.customer.id: each.sold for each in together.customers}
    none: Seats = together.left if isinstance(together.left, Unknown) else _NOT_LISTED
    return tuple(
        _overview(
            each,
            day if isinstance(day, Unknown) else (sold.get(each.id, _Sold()), day),
            seats.get(each.id, none),
            listed.get(each.id, [None, "", "", False]),
            seen.get(each.id, [None, None]),
        )
        for each in customers
    )


_Told = tuple[_Sold, date] | Unknown


def _overview(
    customer: Customer, told: _Told, seats: Seats, listed: list[object], seen: list[object]
) -> CustomerOverview:
    first_listed, domain, relationship, off_list = listed
    first_seat, last_seat = cast("list[date | None]", seen)
    sold = None if isinstance(told, Unknown) else told[0]
    sights = [day for day in (cast("date | None", first_listed), first_seat) if day]
    since = sold.since if sold and sold.since else min(sights, default=None)
    never = sold is not None and sold.state is None and sold.since is None
    return CustomerOverview(
        customer=customer,
        since=since,
        first_seen=since is not None and not (sold and sold.since),
        own_seats=sold.seats if sold else cast("Unknown", told),
        all_seats=seats,
        state=sold.state if sold else None,
        counts_by_app=bool(sold.active or sold.suspended) if sold else None,
        counts_by_insights=bool(sold.active) if sold else None,
        by_name_only=never and (first_seat is None or seats == 0),
        off_list=bool(off_list),
        as_of=last_seat or (None if isinstance(told, Unknown) or not told[0].state else told[1]),
        domain=plain(str(domain or "")),
        relationship=plain(str(relationship or "")),
    )
