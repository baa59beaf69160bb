"""Words that the sources use for the state of a subscription."""

from collections.abc import Mapping

from analytics.tables.customers import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
from analytics.tables.insights_sales import INSIGHTS_SEATS

STATE_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    SUBSCRIPTION_INSIGHTS.name: {
        "active": ("active",),
        "suspended": ("suspended",),
        "ended": ("deprovisioned",),
    },
    SUBSCRIPTIONS.name: {
        "active": ("active",),
        "suspended": ("suspended", "disabled"),
        "ended": ("deleted", "expired"),
    },
    INSIGHTS_SEATS.name: {
        "active": ("active", "ingraceperiod"),
        "suspended": ("disabled",),
        "ended": ("deprovisioned", "closed"),
    },
}
"""Words by dataset and state, as their columns `status` have them: in lower case. Whatever is not
here means another state: `none` and `pending` of subscriptions (a purchase that is not done;
whether it ever counts is unsure), `open` and `others` of Insights.
"""
