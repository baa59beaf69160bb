"""Identities of seats sold: the end of each month is its start with what was added and without what
was reduced, for all customers and each; and the first load with all changes is what stands.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import cast

from analytics.questions.licenses import LicensesResult, licenses
from analytics.questions.licenses.flows import SeatFlow
from analytics.questions.own_seats import evenly
from analytics.questions.seat_steps import span_values
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.values import Customer, Period, Seats, TenantId, Unknown, total
from analytics.warehouse.building.check import Checked
from analytics.warehouse.facts import Facts

_ASKED_EVERY = 8
"""Of customers with subscriptions every eighth one is asked: at most 25."""

_CUSTOMERS = """
    SELECT tenant FROM {subscriptions} UNION SELECT tenant FROM {subscription_insights}
    ORDER BY tenant"""

_OPENING = """
    SELECT coalesce(sum(seats), 0)::BIGINT FROM (
        SELECT *, min(since) OVER (PARTITION BY source, tenant) AS first_load,
            min(since) OVER (PARTITION BY source, tenant, subscription) AS first_seen,
            first(created) OVER (
                PARTITION BY source, tenant, subscription ORDER BY since) AS first_created
        FROM {seat_spans})
    WHERE since <= greatest(first_seen, $known)
        AND (until IS NULL OR until > greatest(first_seen, $known))
        AND (first_seen <= $known
            OR first_seen = first_load AND NOT coalesce(first_created > $known, false))"""
"""Seats on the day of the first load, of what a later sync saw first and was bought before."""


def licence_checks(facts: Facts) -> Iterator[Checked]:
    """Compare twelve months of all customers with their own parts and with those of customers asked
    one by one; and the first load and all changes with what stands.
    """
    everything = licenses(facts, None, None)
    if isinstance(everything.known, Unknown):
        return
    ids = evenly([str(tenant) for (tenant,) in facts.rows(_CUSTOMERS)])[::_ASKED_EVERY]
    some = facts.only(frozenset(map(TenantId, ids)))
    asked = [customer for each in ids if (customer := facts.customer(TenantId(each)))]
    own = [licenses(some, customer, None) for customer in asked]
    together = licenses(some, None, None)
    answers = (everything, together, *own)
    wrong = sum(map(flow_faults, answers)) + sum_faults(together, own)
    yield Checked(SUBSCRIPTION_INSIGHTS.name, "check-licence-sums", wrong)
    known = everything.known
    missed = int(opening_seats(facts, None, known) != first_seats(facts, None, known))
    yield Checked(SUBSCRIPTION_INSIGHTS.name, "check-licence-standing", missed)


def flow_faults(result: LicensesResult) -> int:
    """Return how many months do not add up, or begin with other seats than the one before ends."""
    flows = [month.flow for month in result.months]
    wrong = sum(not adds_up(each) for each in (result.flow, result.newest, *flows))
    moved = sum(isinstance(each.moved, int) and each.moved != 0 for each in flows)
    breaks = sum(_differ(one.end, other.start) for one, other in pairwise(flows))
    return wrong + breaks + (moved if result.topic is None else 0)


def adds_up(flow: SeatFlow) -> bool:
    """Check whether the end is the start with what was added and moved, without what was reduced;
    true where these are not known.
    """
    parts = (flow.start, flow.adds, flow.moved)
    came = total(parts)
    if isinstance(came, Unknown) or isinstance(flow.reductions, Unknown):
        return all(isinstance(each, Unknown) for each in (*parts, flow.reductions))
    return flow.end == came - flow.reductions


def sum_faults(together: LicensesResult, own: Iterable[LicensesResult]) -> int:
    """Return how many figures of months are not the sums of the customers' own."""
    parts = list(own)
    wrong = 0
    for at, month in enumerate(together.months):
        for name in ("start", "adds", "reductions", "end"):
            told: Seats = getattr(month.flow, name)
            mine = total(getattr(each.months[at].flow, name) for each in parts)
            wrong += isinstance(told, int) and bool(parts) and told != mine
    return wrong


def opening_seats(facts: Facts, customer: Customer | None, known: date) -> int:
    """Return the seats at the first load, by plain rows."""
    rows = facts.rows(_OPENING, **span_values(customer), known=known)
    ((seats,),) = cast("list[tuple[int]]", rows)
    return seats


def first_seats(facts: Facts, customer: Customer | None, known: date) -> Seats:
    """Return the seats at the first load, by what stands and every change since."""
    now = licenses(facts, customer, None)
    if known >= now.day:
        return now.total
    return licenses(facts, customer, Period(known + timedelta(days=1), now.day)).flow.start


def _differ(one: Seats, other: Seats) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one != other
