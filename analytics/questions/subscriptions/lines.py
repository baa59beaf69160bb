"""Parameters of the lines of subscriptions: a customer, and days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.values import Customer, Period

_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LineParameters:
    """Parameters of queries of `{subscription_lines}`."""

    customer: Customer | None
    """None for all that the reader may see."""
    today: date
    """The day that the analytics tell of."""
    period: Period

    @property
    def tenant(self) -> str | None:
        """The customer's id; None for all."""
        return self.customer.id if self.customer else None

    @property
    def values(self) -> Mapping[str, object]:
        """The customer, the days of the period, and those of what ends soon: within 30 days."""
        days = {"today": self.today, "soon": self.today + _SOON}
        return {"tenant": self.tenant, **days, "first": self.period.first, "last": self.period.last}
