"""Subscriptions of one customer or of all: how many stand, what came and went, what ends soon."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, ClassVar

from analytics.questions.dataset_days import known_day
from analytics.questions.results import Measure
from analytics.questions.stamp import Basis, Exclusion, Stamp, stamp
from analytics.questions.subscriptions.filters import EVERY_STANDING, SubscriptionFilter
from analytics.questions.subscriptions.lines import LineParameters
from analytics.questions.subscriptions.months import MonthOfSubscriptions, months_of
from analytics.questions.subscriptions.reported import (
    ReportedSubscriptions,
    reported_month,
    reported_subscriptions,
)
from analytics.questions.subscriptions.rows import (
    ProductSubscriptions,
    SubscriptionRow,
    listed_rows,
    products_of,
)
from analytics.questions.subscriptions.tallies import Tally, own_lines, tally_of
from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
from analytics.values import Customer, Period, Seats, Share, Unknown, combine, share
from analytics.warehouse.facts import Facts

SUBSCRIPTION_BASIS = Basis(
    (SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS), "subscriptions", "stamp-rule-subscriptions"
)
"""Subscriptions that this partner sold, as the retired Power BI app counted them."""

USUAL_DAYS = 30

SubscriptionCount = Annotated[
    Seats, Measure("subscriptions", SUBSCRIPTION_INSIGHTS, "subscription")
]
SubscriptionSeats = Annotated[Seats, Measure("seats", SUBSCRIPTION_INSIGHTS, "quantity")]
ListedCount = Annotated[Seats, Measure("subscriptions", SUBSCRIPTIONS, "subscription")]


@dataclass(frozen=True, slots=True)
class SubscriptionsResult:
    """The answer to `subscriptions`. All figures are unknown together, where the analytics never
    came; then there are no rows, products and months either.
    """

    NOT_COMPARED: ClassVar = ("stamp", "day", "period", "months", "chosen", "seen_since")

    customer: Customer | None
    """None for all that the reader may see together."""
    everyone: bool
    """True if the reader sees every customer."""
    day: date
    """The day that the sources tell of: what ends soon and what is past counts from it."""
    period: Period
    """Days in which what is new, ended, converted and renewed is counted: by default the 30 days up
    to `day`.
    """
    period_asked: bool
    active: SubscriptionCount
    suspended: SubscriptionCount
    ended: SubscriptionCount
    """All that ever ended, as far as the analytics tell."""
    other: SubscriptionCount
    """Subscriptions in a state that is none of the three; they count in no other figure."""
    active_seats: SubscriptionSeats
    """Seats of active subscriptions that are billed by seat, without trials and add-ons."""
    suspended_seats: SubscriptionSeats
    addon_seats: SubscriptionSeats
    """Seats of add-ons to other subscriptions, active or suspended: their users have those too."""
    trial_seats: SubscriptionSeats
    """Seats of active trials: no revenue stands behind them."""
    new: SubscriptionCount
    """Bought in the period: `creationDate`, whatever became of it."""
    new_since_yesterday: SubscriptionCount
    """Bought on `day` or the day before."""
    expiring: SubscriptionCount
    """Active or suspended, and its end lies within the 30 days from `day`."""
    expired: SubscriptionCount
    """Not ended, and its end is before `day`."""
    ended_in_period: SubscriptionCount
    """`deprovisionedDate` in the period."""
    suspended_in_period: SubscriptionCount
    """Suspended now, and first seen so in the period: seen active before, so no first load."""
    seen_since: date | None
    """The day of the first load: suspensions are known from then on. None if nothing is known."""
    trials_ending: SubscriptionCount
    """Active trials whose last day lies within the 30 days from `day`."""
    converted: SubscriptionCount
    """Trials that became paid in the period."""
    renewed: SubscriptionCount
    """Renewed in the period."""
    not_renewing: SubscriptionCount
    """Active or suspended, billed by seat, and does not renew by itself."""
    by_usage: SubscriptionCount
    """Active or suspended, and billed by usage."""
    disputed: ListedCount
    """Subscriptions whose state is another in the customer's own list; the later one counts."""
    not_analysed: ListedCount
    """Subscriptions of customers' own lists that the analytics do not have (yet): not counted."""
    products: tuple[ProductSubscriptions, ...]
    """Every product with an active or suspended subscription, the most first, ties by name."""
    months: tuple[MonthOfSubscriptions, ...]
    """Twelve months, or those of a longer period, the oldest first; the last may not be over."""
    chosen: SubscriptionFilter
    matches: SubscriptionCount
    """Subscriptions that the words fit; without words all that are active or suspended."""
    match_seats: SubscriptionSeats
    rows: tuple[SubscriptionRow, ...]
    """The first fifteen of them: what ends first, or what came or went last."""
    stamp: Stamp

    @property
    def total(self) -> SubscriptionCount:
        """Active and suspended subscriptions."""
        return combine(lambda active, suspended: active + suspended, self.active, self.suspended)

    @property
    def churn(self) -> SubscriptionCount:
        """Subscriptions that ended or were suspended in the period."""
        return combine(lambda *gone: sum(gone), self.ended_in_period, self.suspended_in_period)

    @property
    def usage_share(self) -> Share | Unknown:
        """Subscriptions billed by usage, of active and suspended ones."""
        return share(self.by_usage, self.total)


def subscriptions_or_report(
    facts: Facts,
    customer: Customer | None,
    period: Period | None,
    chosen: SubscriptionFilter = EVERY_STANDING,
) -> SubscriptionsResult | ReportedSubscriptions:
    """Return the subscriptions of a customer, or of all that the reader may see; from the newest
    report of a month, where that came and subscription analytics never did.
    """
    day, month = known_day(facts, SUBSCRIPTION_INSIGHTS.name), reported_month(facts)
    if isinstance(day, Unknown) and month:
        return reported_subscriptions(facts, customer, chosen, month, day)
    return subscriptions(facts, customer, period, chosen)


def subscriptions(
    facts: Facts,
    customer: Customer | None,
    period: Period | None,
    chosen: SubscriptionFilter = EVERY_STANDING,
) -> SubscriptionsResult:
    """Return the subscriptions of a customer, or of all that the reader may see: subscription
    analytics, with the columns of each customer's own list beside them.
    """
    day = known_day(facts, SUBSCRIPTION_INSIGHTS.name)
    if isinstance(day, Unknown):
        return _unknown(facts, customer, period, chosen, day)
    span = period or Period(day - timedelta(days=USUAL_DAYS - 1), day)
    lines = LineParameters(customer, day, span)
    own = own_lines(facts, lines) if customer else None
    tally = tally_of(facts, lines, own)
    listed = listed_rows(facts, lines, chosen, dated=period is not None)
    return SubscriptionsResult(
        customer=customer,
        everyone=facts.sees_all,
        day=day,
        period=span,
        period_asked=period is not None,
        **tally.counts,
        seen_since=tally.seen_since,
        disputed=_of_lists(facts, tally.disputed),
        not_analysed=_of_lists(facts, tally.not_analysed),
        products=products_of(facts, own),
        months=months_of(facts, lines, own),
        chosen=chosen,
        matches=listed.matches,
        match_seats=listed.seats,
        rows=listed.rows,
        stamp=_stamp(facts, day, tally),
    )


def _unknown(
    facts: Facts,
    customer: Customer | None,
    period: Period | None,
    chosen: SubscriptionFilter,
    why: Unknown,
) -> SubscriptionsResult:
    day = facts.generation.built.date()
    return SubscriptionsResult(
        customer=customer,
        everyone=facts.sees_all,
        day=day,
        period=period or Period(day - timedelta(days=USUAL_DAYS - 1), day),
        period_asked=period is not None,
        **dict.fromkeys(Tally.COUNTED, why),
        seen_since=None,
        disputed=_of_lists(facts, why),
        not_analysed=_of_lists(facts, why),
        products=(),
        months=(),
        chosen=chosen,
        matches=why,
        match_seats=why,
        rows=(),
        stamp=stamp(facts, SUBSCRIPTION_BASIS, ()),
    )


def _of_lists(facts: Facts, count: Seats) -> Seats:
    """Return a count that rests on customers' own lists too; why not, where these never came."""
    why = known_day(facts, SUBSCRIPTIONS.name)
    return why if isinstance(why, Unknown) else count


def _stamp(facts: Facts, day: date, tally: Tally) -> Stamp:
    used = [(SUBSCRIPTION_INSIGHTS.name, "", day)]
    own = known_day(facts, SUBSCRIPTIONS.name)
    used += [] if isinstance(own, Unknown) else [(SUBSCRIPTIONS.name, "", own)]
    return stamp(facts, SUBSCRIPTION_BASIS, used, _left_out(tally))


def _left_out(tally: Tally) -> tuple[Exclusion, ...]:
    found = []
    if tally.other:
        words = ", ".join(f"“{word}”" for word in tally.other_words)
        found.append(Exclusion("stamp-other-states", {"n": tally.other, "words": words}))
    if tally.of_left:
        found.append(Exclusion("stamp-left-customers", {"n": tally.of_left}))
    return tuple(found)
