"""States of a subscription, by the one table of the words that each source uses for them."""

from enum import Enum

from analytics.tables import Dataset
from analytics.tables.subscription_words import STATE_WORDS


class SubscriptionState(Enum):
    """State of a subscription, the same for every source and question."""

    ACTIVE = "active"
    """In force, or in grace after its term."""
    SUSPENDED = "suspended"
    """It exists, and its users cannot use it."""
    ENDED = "ended"
    """Cancelled, expired or removed: it counts in no total."""
    OTHER = "other"
    """A word that is not in the table, or says none of the three: counted apart and named."""


def state_of(dataset: Dataset, word: str) -> SubscriptionState:
    """Return the state that a dataset's word means. Raises KeyError for a dataset without states.

    >>> from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
    >>> state_of(SUBSCRIPTION_INSIGHTS, "deprovisioned").value
    'ended'
    >>> state_of(SUBSCRIPTIONS, "pending").value
    'other'
    """
    its = STATE_WORDS[dataset.name].items()
    return SubscriptionState(next((state for state, words in its if word in words), "other"))


def state_words(dataset: Dataset, *states: SubscriptionState) -> list[str]:
    """Return a dataset's words for these states, as a parameter of a query that compares `status`
    with them. Raises KeyError for a dataset without states.

    >>> from analytics.tables import SUBSCRIPTIONS
    >>> state_words(SUBSCRIPTIONS, SubscriptionState.ACTIVE, SubscriptionState.SUSPENDED)
    ['active', 'suspended', 'disabled']
    """
    return [word for state in states for word in STATE_WORDS[dataset.name].get(state.value, ())]
