"""What the lines of subscriptions are read with: the words of states, and days."""

from datetime import date, timedelta

from analytics.questions.subscription_states import SubscriptionState, state_words
from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
from analytics.values import Customer
from analytics.warehouse.facts import Facts

SOON = timedelta(days=30)
"""Days ahead within which a subscription counts as ending soon."""

NO_END = timedelta(days=40 * 365)
"""An end that lies further ahead is none: the source writes a far day, often of the year 9999."""


def line_values(facts: Facts, customer: Customer | None, today: date) -> dict[str, object]:
    """Return the parameters of `{subscription_lines}`, for one customer or all that the reader may
    see; `today` is the day that the analytics tell of.
    """
    mark = facts.marks.get(SUBSCRIPTIONS.name)
    sources = {"i": SUBSCRIPTION_INSIGHTS, "s": SUBSCRIPTIONS}
    return {
        "tenant": customer.id if customer else None,
        "i_day": today,
        "s_day": mark.as_of if mark else None,
        "far": today + NO_END,
        **{
            f"{short}_{state.value}": state_words(dataset, state)
            for short, dataset in sources.items()
            for state in SubscriptionState
            if state is not SubscriptionState.OTHER
        },
    }
