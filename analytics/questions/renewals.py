"""What has to be decided about subscriptions before their terms end, and what happens if it is not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from analytics.questions.renewal_cases import RenewalCase
from analytics.questions.renewal_lines import (
    RenewalCount,
    RenewalLine,
    RenewalSum,
    RenewalWeek,
    SetApart,
)
from analytics.questions.stamp import Basis, Stamp
from analytics.tables import DEPLOYMENT, OFFER_SKUS, SUBSCRIPTIONS, USAGE
from analytics.values import Customer, Period, Seats
from analytics.warehouse.facts import Facts

USUAL_DAYS_AHEAD = 60
SHOWN = 15
"""Lines listed at once."""
WEEKS = 13

RENEWAL_BASIS = Basis(
    (SUBSCRIPTIONS, DEPLOYMENT, USAGE, OFFER_SKUS), "subscriptions", "stamp-rule-renewals"
)


@dataclass(frozen=True, slots=True)
class RenewalsOfCase:
    """The lines of one case in the period."""

    case: RenewalCase
    count: RenewalCount
    seats: RenewalSum


@dataclass(frozen=True, slots=True)
class Renewals:
    """The answer to `renewals`. All figures are unknown together where subscriptions never came."""

    NOT_COMPARED: ClassVar = ("stamp", "now", "period", "weeks")

    customer: Customer | None
    """None for all that the reader may see together."""
    everyone: bool
    """True if the reader sees every customer."""
    now: datetime
    """The instant asked for, UTC."""
    day: date
    """The day of the oldest fetch that the answer rests on."""
    period: Period
    """Days ahead: lines whose end or `act_by` lies in it, and those whose term is just over."""
    period_asked: bool
    decisions: RenewalCount
    """Lines in all."""
    decision_seats: RenewalSum
    cases: tuple[RenewalsOfCase, ...]
    """Lines by case, in the order of the decision; cases without lines are not among them."""
    lines: tuple[RenewalLine, ...]
    """The first fifteen: extensions first, then by `act_by`; all for a file."""
    quiet: RenewalCount
    """Monthly terms that renew by themselves in the period."""
    quiet_seats: RenewalSum
    apart: tuple[SetApart, ...]
    """Subscriptions without a line, by reason; reasons without any are not among them."""
    weeks: tuple[RenewalWeek, ...]
    """13 weeks from the period's first day, whatever its length; empty where nothing is known."""
    stamp: Stamp

    @property
    def extensions(self) -> Seats:
        """Lines that lead into a paid extension, or are in one."""
        raise NotImplementedError


def usual_period(now: datetime) -> Period:
    """Return the 60 days from today: UTC days."""
    return Period(now.date(), now.date() + timedelta(days=USUAL_DAYS_AHEAD))


def renewals(
    facts: Facts, customer: Customer | None, now: datetime, period: Period | None = None
) -> Renewals:
    """Return the decisions about the subscriptions of a customer, or of all that the reader may
    see. `now` is in UTC; ask with whole minutes, so that equal questions are answered once.
    """
    raise NotImplementedError
