"""Customers that licence deployment no longer lists, or never did."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from analytics.questions.absences import SeenDays, day_of, short_snapshots
from analytics.tables import DEPLOYMENT
from analytics.values import Customer, Period, TenantId
from analytics.warehouse.facts import Facts

_OFF_LIST = """
    SELECT max(until) AS gone FROM {customer_list} WHERE tenant = $tenant
    HAVING count(*) > 0 AND count(*) FILTER (WHERE until IS NULL) = 0"""

_ONCE = """
    SELECT tenant,
        bool_or(NOT list_contains($short, 'deployment/' || service || '/' || day)) AS whole
    FROM {deployment} WHERE tenant IN (SELECT unnest($tenants)) AND day <= $upto
    GROUP BY tenant"""


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A customer that no newest whole snapshot of licence deployment lists: it has no seats."""

    as_of: date
    last: date | None
    """Day of the last snapshot that lists the customer; None if none ever did."""
    since: date | None
    """Day of the first snapshot after it."""
    off_list: date | None
    """Day on which the partner's own list of customers was first without the customer."""


def unlisted_since(
    facts: Facts, customer: Customer, where: Iterable[SeenDays], span: Period
) -> Unlisted | None:
    """Return since when the customer has no seats; None if a service lists it at the period's end
    or later. Licence deployment must have come.
    """
    theirs = [each for each in where if each.dataset == DEPLOYMENT.name]
    if any(not has_ended(facts, each, span) for each in theirs):
        return None
    as_of = day_of(facts, DEPLOYMENT.name)
    if as_of is None:
        return None
    last = max((each.last for each in theirs), default=None)
    later = [
        day
        for each in theirs
        for day in facts.days(each.dataset, each.service)
        if each.last == last and day > each.last
    ]
    gone = cast("list[tuple[date]]", facts.rows(_OFF_LIST, tenant=customer.id))
    return Unlisted(as_of, last, min(later, default=None), gone[0][0] if gone else None)


def earlier_listings(
    facts: Facts, tenants: Collection[TenantId], upto: date = date.max
) -> dict[str, bool]:
    """Return the customers that a snapshot of licence deployment listed, ever or up to a day, and
    whether a whole one did.
    """
    if not tenants:
        return {}
    known = {"tenants": list(tenants), "short": short_snapshots(facts), "upto": upto}
    return dict(cast("list[tuple[str, bool]]", facts.rows(_ONCE, **known)))


def has_ended(facts: Facts, service: SeenDays, span: Period) -> bool:
    """Check whether a service's seats ended within or before the period: newer whole snapshots do
    not list the customer.
    """
    return (
        service.last <= span.last
        and facts.days(service.dataset, service.service)[-1] > service.last
    )
