"""States of a subscription: the one table of the words that each source uses for them."""

from collections.abc import Mapping
from enum import Enum

from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS, Dataset
from analytics.tables.insights_sales import INSIGHTS_SEATS


class SubscriptionState(Enum):
    """State of a subscription, the same for every source and question."""

    ACTIVE = "active"
    """In force, or in grace after its term."""
    SUSPENDED = "suspended"
    """It exists, and nobody can use it."""
    ENDED = "ended"
    """Cancelled, expired or removed: it counts in no total."""
    OTHER = "other"
    """A word that is not in the table, or says none of the three: counted apart and named."""


_Words = Mapping[SubscriptionState, tuple[str, ...]]

_STATE_WORDS: Mapping[str, _Words] = {
    SUBSCRIPTION_INSIGHTS.name: {
        SubscriptionState.ACTIVE: ("active",),
        SubscriptionState.SUSPENDED: ("suspended",),
        SubscriptionState.ENDED: ("deprovisioned",),
    },
    SUBSCRIPTIONS.name: {
        SubscriptionState.ACTIVE: ("active",),
        SubscriptionState.SUSPENDED: ("suspended", "disabled"),
        SubscriptionState.ENDED: ("deleted", "expired"),
    },
    INSIGHTS_SEATS.name: {
        SubscriptionState.ACTIVE: ("active", "ingraceperiod"),
        SubscriptionState.SUSPENDED: ("disabled",),
        SubscriptionState.ENDED: ("deprovisioned", "closed"),
    },
}
"""Words by dataset and state, as their columns `status` have them: in lower case. Whatever is not
here is OTHER: `none` and `pending` of subscriptions (a purchase that is not done; whether it ever
counts is unsure), `open` and `others` of Insights.
"""


def state_of(dataset: Dataset, word: str) -> SubscriptionState:
    """Return the state that a dataset's word means. Raises KeyError for a dataset without states.

    >>> state_of(SUBSCRIPTION_INSIGHTS, "deprovisioned").value
    'ended'
    >>> state_of(SUBSCRIPTIONS, "pending").value
    'other'
    """
    its = _STATE_WORDS[dataset.name]
    return next((state for state, words in its.items() if word in words), SubscriptionState.OTHER)


def state_words(dataset: Dataset, *states: SubscriptionState) -> list[str]:
    """Return a dataset's words for these states, as a parameter of a query that compares `status`
    with them. Raises KeyError for a dataset without states.

    >>> state_words(SUBSCRIPTIONS, SubscriptionState.ACTIVE, SubscriptionState.SUSPENDED)
    ['active', 'suspended', 'disabled']
    """
    return [word for state in states for word in _STATE_WORDS[dataset.name].get(state, ())]
