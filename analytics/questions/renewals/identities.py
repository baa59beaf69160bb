"""Identities of renewals: each end of a term is one case, and all customers' decisions are the sums
of each one's.
"""

from collections.abc import Iterable, Iterator
from typing import cast

from analytics.questions.own_seats import evenly
from analytics.questions.renewals import Renewals, renewals
from analytics.questions.renewals.decided import decided_signatures
from analytics.questions.renewals.span import RenewalSpan, usual_period
from analytics.questions.subscriptions.states import SubscriptionState, state_words
from analytics.tables import SUBSCRIPTIONS
from analytics.values import TenantId, Unknown, total
from analytics.warehouse.building.check import Checked
from analytics.warehouse.facts import Facts

_ASKED_EVERY = 8
"""Of customers with subscriptions every eighth one is asked: at most 25."""

_CUSTOMERS = "SELECT DISTINCT tenant FROM {newest_subscriptions} ORDER BY tenant"

_ENDING = """
    SELECT count(*) FROM {newest_subscriptions}
    WHERE lower(billing) = 'license' AND NOT list_contains($ended, status)
        AND ends BETWEEN $first AND $last"""

_DECIDED = """
    SELECT count(*), count(DISTINCT (tenant, subscription)) FROM {renewal_due}
    WHERE NOT is_refund AND ends BETWEEN $first AND $last"""


def renewal_checks(facts: Facts) -> Iterator[Checked]:
    """Compare the ends of terms within 60 days with their cases, and the answer about all customers
    with those of customers asked one by one; as of the build.
    """
    now = facts.generation.built
    together = renewals(facts, None, now)
    if isinstance(together.decisions, Unknown):
        return
    yield Checked(SUBSCRIPTIONS.name, "check-renewal-cases", case_faults(facts))
    ids = evenly([str(tenant) for (tenant,) in facts.rows(_CUSTOMERS)])[::_ASKED_EVERY]
    some = facts.only(frozenset(map(TenantId, ids)))
    asked = [customer for each in ids if (customer := facts.customer(TenantId(each)))]
    own = [renewals(some, customer, now) for customer in asked]
    wrong = renewal_faults(renewals(some, None, now), own) + _own_faults(together)
    yield Checked(SUBSCRIPTIONS.name, "check-renewal-sums", wrong)


def case_faults(facts: Facts) -> int:
    """Return by how many the ends of the next 60 days and their cases differ; 0 if each end has
    exactly one.
    """
    span = RenewalSpan(None, facts.generation.built, usual_period(facts.generation.built))
    values = decided_signatures(facts, span).values
    named = {name: values[name] for name in ("first", "last")}
    ended = state_words(SUBSCRIPTIONS, SubscriptionState.ENDED)
    ((ending,),) = cast("list[tuple[int]]", facts.rows(_ENDING, **named, ended=ended))
    ((cases, ends),) = cast("list[tuple[int, int]]", facts.rows(_DECIDED, **values))
    return abs(ending - cases) + abs(cases - ends)


def renewal_faults(together: Renewals, parts: Iterable[Renewals]) -> int:
    """Return how many counts of customers together are not the sums of their own."""
    own = list(parts)
    return sum(
        getattr(together, name) != total(getattr(each, name) for each in own) for name in _SUMMED
    )


_SUMMED = ("decisions", "decision_seats", "extensions", "quiet", "quiet_seats")


def _own_faults(result: Renewals) -> int:
    """Return how many counts of an answer are not the sums of their own parts."""
    cases = sum(each.count for each in result.cases)
    seats = sum(each.seats for each in result.cases)
    return (cases != result.decisions) + (seats != result.decision_seats)
