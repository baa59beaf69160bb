"""Subscriptions as the Insights report of a month tells them, for partners without the API."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, cast

from analytics.questions.results import Measure
from analytics.questions.stamp import Basis, Exclusion, Stamp, stamp
from analytics.questions.subscriptions.filters import (
    SubscriptionEvent,
    SubscriptionFilter,
    SubscriptionTrait,
)
from analytics.questions.subscriptions.lines import LineParameters
from analytics.questions.subscriptions.rows import SHOWN, product_title
from analytics.questions.subscriptions.states import SubscriptionState, state_words
from analytics.tables.insights_sales import INSIGHTS_SEATS
from analytics.values import Customer, Period, Seats, TenantId, Unknown, Why, combine, plain
from analytics.warehouse.facts import Facts

REPORT_BASIS = Basis((INSIGHTS_SEATS,), "subscription-report", "stamp-rule-subscription-report")
"""Subscriptions of one month, as a download tells them, without rows of other locations."""

_TOLD_EVENTS = (None, SubscriptionEvent.EXPIRING, SubscriptionEvent.EXPIRED)
_TOLD_TRAITS = (None, SubscriptionTrait.NOT_RENEWING)
_NOT_TOLD = Unknown(Why.NOT_MEASURED, INSIGHTS_SEATS.name)

_NEWEST_MONTH = "SELECT max(month) FROM {insights_seats}"

_TALLY = """
    SELECT count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE state = 'suspended') AS suspended,
        count(*) FILTER (WHERE state = 'ended') AS ended,
        count(*) FILTER (WHERE state = 'other') AS other,
        coalesce(sum(seats) FILTER (WHERE state = 'active'), 0)::BIGINT AS active_seats,
        coalesce(sum(seats) FILTER (WHERE state = 'suspended'), 0)::BIGINT AS suspended_seats,
        count(*) FILTER (WHERE state IN ('active', 'suspended') AND ends BETWEEN $today AND $soon)
            AS expiring,
        count(*) FILTER (WHERE state IN ('active', 'suspended') AND ends < $today) AS expired,
        count(*) FILTER (WHERE state IN ('active', 'suspended') AND NOT renews) AS not_renewing,
        list_sort(coalesce(list(DISTINCT word) FILTER (WHERE state = 'other'), [])) AS words
    FROM (
        SELECT tenant, subscription, max(status) AS word, sum(available) AS seats,
            max(ends) AS ends, bool_and(auto_renew) AS renews,
            CASE WHEN list_contains($active, max(status)) THEN 'active'
                WHEN list_contains($suspended, max(status)) THEN 'suspended'
                WHEN list_contains($ended, max(status)) THEN 'ended' ELSE 'other' END AS state
        FROM {insights_seats}
        WHERE month = $month AND NOT coalesce(duplicate, false)
            AND ($tenant IS NULL OR tenant = $tenant)
        GROUP BY tenant, subscription)"""

_ROWS = """
    SELECT tenant, min(subscription), product, sum(seats)::BIGINT, state, ends, renews,
        count(*) AS lines, (sum(count(*)) OVER ())::BIGINT AS matches
    FROM (
        SELECT tenant, subscription, max(product_name) AS product,
            sum(available)::BIGINT AS seats, max(ends) AS ends, bool_and(auto_renew) AS renews,
            CASE WHEN list_contains($active, max(status)) THEN 'active'
                WHEN list_contains($suspended, max(status)) THEN 'suspended'
                WHEN list_contains($ended, max(status)) THEN 'ended' ELSE 'other' END AS state
        FROM {insights_seats}
        WHERE month = $month AND NOT coalesce(duplicate, false)
            AND ($tenant IS NULL OR tenant = $tenant)
        GROUP BY tenant, subscription)
    WHERE CASE WHEN $state IS NULL THEN state IN ('active', 'suspended') ELSE state = $state END
        AND CASE $event WHEN 'expiring' THEN ends BETWEEN $today AND $soon
            WHEN 'expired' THEN ends < $today ELSE true END
        AND ($trait IS NULL OR NOT renews)
    GROUP BY tenant, product, state, ends, renews, CASE WHEN $single THEN subscription END
    ORDER BY ends NULLS LAST, tenant, product, min(subscription) LIMIT $shown"""

_Count = Annotated[Seats, Measure("subscriptions", INSIGHTS_SEATS, "subscription")]
_SeatCount = Annotated[Seats, Measure("seats", INSIGHTS_SEATS, "available")]


@dataclass(frozen=True, slots=True)
class ReportedSubscription:
    """One subscription in the report of a month; or several of a customer that differ in nothing
    but their seats.
    """

    customer: Customer
    subscription: str
    """Its GUID; of several the first."""
    product: str
    quantity: Annotated[int, Measure("seats", INSIGHTS_SEATS, "available")]
    state: SubscriptionState
    ends: date | None
    renews: bool | None
    count: Annotated[int, Measure("subscriptions", INSIGHTS_SEATS, "subscription")]
    """Number of subscriptions; 1 in a file, which has a row for each."""


@dataclass(frozen=True, slots=True)
class ReportedSubscriptions:
    """The answer to `subscriptions` from the newest month of the report, where subscription
    analytics never came. The report does not tell when a subscription was new, nor of trials.
    """

    NOT_COMPARED: ClassVar = ("stamp", "day", "chosen")

    customer: Customer | None
    """None for all that the reader may see together."""
    everyone: bool
    day: date
    """The last day of the month."""
    active: _Count
    suspended: _Count
    ended: _Count
    other: _Count
    """Subscriptions in a state that is none of the three; they count in no other figure."""
    active_seats: _SeatCount
    suspended_seats: _SeatCount
    expiring: _Count
    """Active or suspended, and its end lies within the 30 days from `day`."""
    expired: _Count
    """Active or suspended, and its end is before `day`."""
    not_renewing: _Count
    chosen: SubscriptionFilter
    matches: _Count
    """Subscriptions that the words fit; unknown for words that the report cannot answer."""
    rows: tuple[ReportedSubscription, ...]
    """The first fifteen of them, what ends first at the top."""
    why: Unknown
    """Why the subscription analytics are not known."""
    stamp: Stamp

    @property
    def total(self) -> _Count:
        """Active and suspended subscriptions."""
        return combine(lambda active, suspended: active + suspended, self.active, self.suspended)


def reported_month(facts: Facts) -> date | None:
    """Return the first day of the newest month that the report tells of; None if none came."""
    ((month,),) = cast("list[tuple[date | None]]", facts.rows(_NEWEST_MONTH))
    return month


def reported_subscriptions(
    facts: Facts, customer: Customer | None, chosen: SubscriptionFilter, month: date, why: Unknown
) -> ReportedSubscriptions:
    """Return the subscriptions in the report of a month; rows that another location tells too are
    left out.
    """
    day = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    days = LineParameters(customer, day, Period(month, day)).values
    values = {
        "month": month,
        **{name: days[name] for name in ("tenant", "today", "soon")},
        **_WORDS,
    }
    ((*counts, words),) = facts.rows(_TALLY, **values)
    figures = dict(zip(_COUNTED, cast("list[int]", counts), strict=True))
    other = [plain(word) for word in cast("list[str]", words)]
    matches, rows = _listed_rows(facts, values, chosen)
    used = [(INSIGHTS_SEATS.name, "", day)]
    return ReportedSubscriptions(
        customer=customer,
        everyone=facts.sees_all,
        day=day,
        **figures,
        chosen=chosen,
        matches=matches,
        rows=rows,
        why=why,
        stamp=stamp(facts, REPORT_BASIS, used, _left_out(figures["other"], other)),
    )


_COUNTED = (
    *("active", "suspended", "ended", "other", "active_seats", "suspended_seats"),
    *("expiring", "expired", "not_renewing"),
)
_WORDS = {
    state.value: state_words(INSIGHTS_SEATS, state)
    for state in SubscriptionState
    if state is not SubscriptionState.OTHER
}


def _listed_rows(
    facts: Facts, values: dict[str, object], chosen: SubscriptionFilter
) -> tuple[Seats, tuple[ReportedSubscription, ...]]:
    if chosen.event not in _TOLD_EVENTS or chosen.trait not in _TOLD_TRAITS:
        return _NOT_TOLD, ()
    words = {
        "state": chosen.state.value if chosen.state else None,
        "event": chosen.event.value if chosen.event else None,
        "trait": chosen.trait.value if chosen.trait else None,
    }
    lists = {"shown": facts.list_length(SHOWN), "single": facts.whole}
    found = facts.rows(_ROWS, **values, **words, **lists)
    matches = cast("int", found[0][-1]) if found else 0
    return matches, tuple(_row(facts, *each[:-1]) for each in found)


def _row(facts: Facts, *cells: object) -> ReportedSubscription:
    tenant, subscription, product, seats, state, ends, renews, count = cells
    id_ = TenantId(str(tenant))
    return ReportedSubscription(
        facts.customer(id_) or Customer(id_, id_),
        str(subscription),
        product_title(str(product or "")),
        cast("int", seats),
        SubscriptionState(state),
        cast("date | None", ends),
        cast("bool | None", renews),
        cast("int", count),
    )


def _left_out(count: int, words: list[str]) -> tuple[Exclusion, ...]:
    if not count:
        return ()
    named = ", ".join(f"“{word}”" for word in words)
    return (Exclusion("stamp-other-states", {"n": count, "words": named}),)
