"""Identities between answers about subscriptions."""

from collections.abc import Iterable, Iterator
from typing import cast

from analytics.questions.own_seats import evenly
from analytics.questions.subscriptions import SubscriptionsResult, subscriptions
from analytics.questions.subscriptions.filters import SubscriptionEvent, SubscriptionFilter
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.values import Seats, TenantId, Unknown, combine, total
from analytics.warehouse.building.check import Checked
from analytics.warehouse.facts import Facts

_ASKED_EVERY = 4
"""Of customers with subscriptions every fourth one is asked: at most 50."""

_CUSTOMERS = "SELECT DISTINCT tenant FROM {subscription_lines} ORDER BY tenant"

_OF_LEFT = """
    SELECT count(*) FROM {subscription_lines} WHERE standing AND tenant IN (
        SELECT tenant FROM {customer_list} GROUP BY tenant HAVING bool_and(until IS NOT NULL))"""

_SUMMED = ("active", "suspended", "ended", "other", "new", "expiring", "expired", "churn")
"""Counts of all customers that are the sums of each one's."""


def subscription_checks(facts: Facts) -> Iterator[Checked]:
    """Compare the answer about all with those of customers asked one by one, with its own parts,
    and with the list of customers.
    """
    everything = subscriptions(facts, None, None)
    if isinstance(everything.total, Unknown):
        return
    ids = evenly([str(tenant) for (tenant,) in facts.rows(_CUSTOMERS)])[::_ASKED_EVERY]
    some = facts.only(frozenset(map(TenantId, ids)))
    asked = [customer for each in ids if (customer := facts.customer(TenantId(each)))]
    parts = [subscriptions(some, customer, None) for customer in asked]
    yield subscription_sums(subscriptions(some, None, None), parts)
    ending = SubscriptionFilter(event=SubscriptionEvent.EXPIRING)
    yield subscription_lists(everything, subscriptions(facts, None, None, ending))
    ((left,),) = cast("list[tuple[int]]", facts.rows(_OF_LEFT))
    yield Checked(SUBSCRIPTION_INSIGHTS.name, "check-subscriptions-left", left)


def subscription_sums(
    together: SubscriptionsResult, parts: Iterable[SubscriptionsResult]
) -> Checked:
    """Compare the counts of customers together with the sums of their own answers."""
    own = list(parts)
    wrong = sum(
        getattr(together, name) != total(getattr(each, name) for each in own) for name in _SUMMED
    )
    return Checked(SUBSCRIPTION_INSIGHTS.name, "check-subscription-sums", wrong)


def subscription_lists(everything: SubscriptionsResult, ending: SubscriptionsResult) -> Checked:
    """Compare the count of what stands with its states, its products and its list, and the count of
    what ends soon with the list of that.
    """
    by_product = sum(each.active + each.suspended for each in everything.products)
    states: Seats = combine(
        lambda active, suspended: active + suspended, everything.active, everything.suspended
    )
    told = (states, by_product, everything.matches)
    wrong = sum(each != everything.total for each in told) + (ending.matches != everything.expiring)
    return Checked(SUBSCRIPTION_INSIGHTS.name, "check-subscription-lists", wrong)
