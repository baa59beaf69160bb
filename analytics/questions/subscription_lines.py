"""What the lines of subscriptions are read with: the words of states, and days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.questions.subscription_states import SubscriptionState, state_words
from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
from analytics.values import Customer, Period

_SOON = timedelta(days=30)
_NO_END = timedelta(days=40 * 365)


@dataclass(frozen=True, slots=True)
class LineParameters:
    """What `{subscription_lines}` are asked with."""

    customer: Customer | None
    """None for all that the reader may see."""
    today: date
    """The day that the analytics tell of."""
    listed: date | None
    """The day that customers' own lists were last whole; None if they never were."""
    period: Period

    @property
    def of_lines(self) -> Mapping[str, object]:
        """The parameters of the lines themselves. An end more than 40 years ahead is none: the
        source writes a far day, often of the year 9999.
        """
        sources = {"i": SUBSCRIPTION_INSIGHTS, "s": SUBSCRIPTIONS}
        return {
            "tenant": self.customer.id if self.customer else None,
            "i_day": self.today,
            "s_day": self.listed,
            "far": self.today + _NO_END,
            **{
                f"{short}_{state.value}": state_words(dataset, state)
                for short, dataset in sources.items()
                for state in SubscriptionState
                if state is not SubscriptionState.OTHER
            },
        }

    @property
    def with_days(self) -> Mapping[str, object]:
        """Those, and the days of the period, and of what ends soon: within 30 days."""
        days = {"today": self.today, "soon": self.today + _SOON}
        return {**self.of_lines, **days, "first": self.period.first, "last": self.period.last}
