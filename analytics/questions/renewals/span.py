"""Parameters of the questions about renewals: whose, as of when, and which days ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from analytics.rules import dated_rule
from analytics.values import Customer, Period

USUAL_DAYS_AHEAD = 60
WEEKS = 13

WINDOW = timedelta(days=dated_rule("cancellation-window").numbers["days"])
"""Days after a purchase or renewal in which it can be given back."""

_NOTICE = dated_rule("extended-service-notice").numbers["hours"]
_QUEUE = timedelta(hours=dated_rule("renewal-queue").numbers["hours"])
"""Time that a renewal may wait after the end of the term."""


@dataclass(frozen=True, slots=True)
class RenewalSpan:
    """Parameters of queries of `{renewal_rows}`."""

    customer: Customer | None
    """None for all that the reader may see."""
    now: datetime
    """UTC."""
    period: Period

    @property
    def today(self) -> date:
        """The UTC day."""
        return self.now.date()

    @property
    def row_values(self) -> Mapping[str, object]:
        """Values of `{renewal_rows}` alone."""
        last_week = self.period.first + timedelta(weeks=WEEKS)
        return {
            "tenant": self.customer.id if self.customer else None,
            "now": self.now.astimezone(UTC).replace(tzinfo=None),
            "today": self.today,
            "upto": max(self.period.last, last_week) + timedelta(days=1),
            "window": WINDOW.days,
        }

    @property
    def values(self) -> Mapping[str, object]:
        """Values of `{renewal_due}`, but for what was decided of its signatures."""
        first, last = self.period.first, self.period.last
        just_over = self.today - WINDOW - _QUEUE
        began = just_over if first <= self.today else first
        return {
            **self.row_values,
            "first": first,
            "last": last,
            "from": began,
            "weeks": WEEKS,
            "notice": _NOTICE,
        }


def usual_period(now: datetime) -> Period:
    """Return today and the 60 days after it: UTC days."""
    return Period(now.date(), now.date() + timedelta(days=USUAL_DAYS_AHEAD))
