"""Words that a question about subscriptions is narrowed by."""

from dataclasses import dataclass
from enum import Enum

from analytics.questions.subscriptions.states import SubscriptionState


class SubscriptionEvent(Enum):
    """Something that a subscription met, or is about to."""

    NEW = "new"
    """Bought in the period."""
    EXPIRING = "expiring"
    """It ends within 30 days."""
    EXPIRED = "expired"
    """Its end is past, and it stands."""
    CONVERTED = "converted"
    """A trial that became paid in the period."""
    RENEWED = "renewed"
    """It renewed in the period."""


class SubscriptionTrait(Enum):
    """Something that tells subscriptions apart whatever their state."""

    TRIAL = "trial"
    MONTHLY = "monthly"
    """Its term is a month."""
    ANNUAL = "annual"
    TRIENNIAL = "triennial"
    LEGACY = "legacy"
    """Sold before new commerce."""
    BY_USAGE = "usage-based"
    NOT_RENEWING = "not-renewing"
    """It does not renew by itself."""


@dataclass(frozen=True, slots=True)
class SubscriptionFilter:
    """The subscriptions to list; without any word those that are active or suspended."""

    state: SubscriptionState | None = None
    event: SubscriptionEvent | None = None
    trait: SubscriptionTrait | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The values of the words that were chosen, in the order in which they are said."""
        chosen = (self.state, self.event, self.trait)
        return tuple(each.value for each in chosen if each)


EVERY_STANDING = SubscriptionFilter()
"""Nothing is narrowed."""
