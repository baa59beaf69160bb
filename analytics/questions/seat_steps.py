"""Steps in the seats that the partner sold: each change of a subscription that was seen, with the
day on which it was found and what the activity log tells of it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import cast

from analytics.questions.activity_operations import STATUSES
from analytics.questions.subscription_states import SubscriptionState, state_words
from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
from analytics.values import Customer, TenantId
from analytics.warehouse.facts import Facts

LOGGED_BEFORE = 8
"""Days before a change was found in which a record of the activity log may be its own."""

_STEPS = """
    SELECT tenant, subscription, product, kind, found, told_day, before, after, seen, legacy,
        created, starts, renewed, was_end, migrated_from, moment, event
    FROM {seat_steps}
    ORDER BY coalesce(moment::DATE, told_day, found), tenant, subscription, found, before"""
"""Steps after the first load. One is dated by a record of the same subscription with the same
difference, else by a day of the source's own, else it lies between `seen` and `found`.
"""

_STANDING = """
    SELECT product, sum(seats)::BIGINT AS seats,
        coalesce(sum(quantity) FILTER (stands AND trial), 0)::BIGINT AS trials,
        count(*) FILTER (stands AND NOT trial AND quantity IS NULL AND seats = 0) AS unknown
    FROM {seat_spans} WHERE until IS NULL GROUP BY product ORDER BY product"""


_KNOWN_FROM = "SELECT max(day) FROM {first_loads}"


class StepKind(Enum):
    """Kinds of events in the seats of a subscription."""

    BOUGHT = "bought"
    """It was bought after the first sync."""
    FOUND = "found"
    """It was not ours when its customer was first asked for, and is now: bought before, or back."""
    CHANGED = "changed"
    """The number of its seats changed."""
    CONVERTED = "converted"
    """A trial became paid."""
    ENDED = "ended"
    LEFT = "left"
    """Its customer left the partner's list."""


@dataclass(frozen=True, slots=True)
class SeatStep:
    """A change of the seats of one subscription."""

    tenant: TenantId
    subscription: str
    product: str
    """As its source writes it."""
    kind: StepKind
    found: date
    """The day on which a sync first told it so."""
    told_day: date | None
    """The day by the source itself; None if it tells none."""
    before: int
    after: int
    seen: date
    """The last day known on which a sync told the seats before."""
    legacy: bool | None
    """True if it was sold before new commerce; None where the source does not tell."""
    created: date | None
    starts: date | None
    renewed: date | None
    was_end: date | None
    """The last day of its term before."""
    migrated_from: str | None
    """The subscription that it was carried over from."""
    moment: datetime | None
    """In UTC, by the activity log; None without a record."""
    record: str | None
    """The record's id."""

    @property
    def change(self) -> int:
        """Seats added; negative for a reduction."""
        return self.after - self.before

    @property
    def day(self) -> date:
        """The day that it counts on."""
        return self.moment.date() if self.moment else self.told_day or self.found


@dataclass(frozen=True, slots=True)
class StandingSeats:
    """Seats of one product as they stand."""

    product: str
    """As its source writes it."""
    seats: int
    trials: int
    """Seats of trials, which are in no other figure."""
    unknown: int
    """Subscriptions of which no source tells the number of seats."""


def steps_known_from(facts: Facts) -> date | None:
    """Return the day from which both sources are known, for all customers alike: steps are known
    after it. None if no subscription ever came.
    """
    ((day,),) = cast("list[tuple[date | None]]", facts.rows(_KNOWN_FROM))
    return day


def seat_steps(facts: Facts, customer: Customer | None, known: date) -> list[SeatStep]:
    """Return the steps since the first load, by day; of all that the reader may see for None."""
    unfinished = list(STATUSES)
    rows = facts.rows(
        _STEPS,
        **span_values(customer),
        known=known,
        unfinished=unfinished,
        logged=timedelta(days=LOGGED_BEFORE).days,
    )
    return [_step(*row) for row in rows]


def standing_seats(facts: Facts, customer: Customer | None) -> list[StandingSeats]:
    """Return the seats of each product as they stand."""
    rows = cast("list[tuple[str, int, int, int]]", facts.rows(_STANDING, **span_values(customer)))
    return [StandingSeats(*row) for row in rows]


def span_values(customer: Customer | None) -> dict[str, object]:
    """Return the parameters of `{seat_spans}`."""
    counting = (SubscriptionState.ACTIVE, SubscriptionState.SUSPENDED)
    return {
        "tenant": customer.id if customer else None,
        "list_words": state_words(SUBSCRIPTIONS, *counting),
        "words": state_words(SUBSCRIPTION_INSIGHTS, *counting),
    }


def _step(*cells: object) -> SeatStep:
    tenant, subscription, product, kind, *rest = cells
    return SeatStep(
        TenantId(str(tenant)),
        str(subscription),
        str(product),
        StepKind(kind),
        *rest,  # type: ignore[arg-type]  # in the order of the query's columns
    )
