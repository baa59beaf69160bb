"""Steps in the seats that the partner sold: each change of a subscription that was seen, with the
day on which it was found and what the activity log tells of it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, cast

from analytics.questions.activity.operations import STATUSES
from analytics.values import Customer, TenantId
from analytics.warehouse.building.seat_tables import (
    STANDING_SEATS,
    STEPS,
    counting_words,
)
from analytics.warehouse.facts import Facts
from analytics.warehouse.seat_spans import LOGGED_BEFORE

_STEPS = """
    SELECT tenant, subscription, product, kind, found, told_day, before, after, seen, missed,
        legacy, created, starts, renewed, was_end, migrated_from, moment, event, gained
    FROM {seat_steps} WHERE day >= $since OR paired
    ORDER BY day, tenant, subscription, found, before"""
"""Steps after the first load. One is dated by a record of the same subscription with the same
difference, else by a day of the source's own, else it lies between `seen` and `found`.
"""

_STEPS_KEPT = _STEPS.replace("{seat_steps}", "{kept_seat_steps}")
_STEPS_OF_ONE = _STEPS_KEPT.replace("WHERE", "WHERE tenant = $tenant AND (").replace(
    "paired", "paired)"
)

_STANDING = """
    SELECT product, sum(seats)::BIGINT AS seats,
        coalesce(sum(quantity) FILTER (stands AND trial), 0)::BIGINT AS trials,
        count(*) FILTER (stands AND NOT trial AND quantity IS NULL AND seats = 0) AS unknown
    FROM {seat_spans} WHERE until IS NULL GROUP BY product ORDER BY product"""
_STANDING_KEPT = """
    SELECT product, sum(seats)::BIGINT AS seats, sum(trials)::BIGINT AS trials,
        sum(unknown)::BIGINT AS unknown
    FROM {standing_seats} GROUP BY product ORDER BY product"""
_STANDING_OF_ONE = """
    SELECT product, seats, trials, unknown FROM {standing_seats} WHERE tenant = $tenant
    ORDER BY product"""

_LOOKS = "SELECT DISTINCT since FROM {subscription_insights} ORDER BY since"
"""Days on which analytics told something new of a customer whom the reader may see."""

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
    gained: date | None
    """The newest day up to its own on which the subscription gained seats; None if it never did."""

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


def seat_steps(facts: Facts, customer: Customer | None, known: date, since: date) -> list[SeatStep]:
    """Return the steps that count on a day since then, and earlier ones by which seats may have
    moved, by day; of all that the reader may see for None. `known` is the day of the first load.
    """
    rows = _step_rows(facts, customer, known, since)
    looks = _looks(facts) if any(row[_MISSED] for row in rows) else []
    return [_step(looks, *row) for row in rows]


def _step_rows(
    facts: Facts, customer: Customer | None, known: date, since: date
) -> list[tuple[object, ...]]:
    """Return the rows of steps: as kept with the generation, else worked out."""
    if STEPS in facts.generation.tables:
        if customer:
            return facts.rows(_STEPS_OF_ONE, tenant=customer.id, since=since)
        return facts.rows(_STEPS_KEPT, since=since)
    values = {"known": known, "unfinished": list(STATUSES), "logged": LOGGED_BEFORE}
    return facts.rows(_STEPS, **span_values(customer), **values, since=since)


def _looks(facts: Facts) -> list[date]:
    return [day for (day,) in cast("list[tuple[date]]", facts.rows(_LOOKS))]


def standing_seats(facts: Facts, customer: Customer | None) -> list[StandingSeats]:
    """Return the seats of each product as they stand."""
    if STANDING_SEATS not in facts.generation.tables:
        rows = facts.rows(_STANDING, **span_values(customer))
    elif customer:
        rows = facts.rows(_STANDING_OF_ONE, tenant=customer.id)
    else:
        rows = facts.rows(_STANDING_KEPT)
    return [StandingSeats(*row) for row in cast("list[tuple[str, int, int, int]]", rows)]


def span_values(customer: Customer | None) -> dict[str, object]:
    """Return the parameters of `{seat_spans}`."""
    return {"tenant": customer.id if customer else None, **counting_words()}


_MISSED = 9
"""Place of `missed` among the columns."""


def _step(looks: Sequence[date], *cells: object) -> SeatStep:
    tenant, subscription, product, kind, found, told, before, after, seen, missed = cells[:10]
    at = bisect_left(looks, cast("date", missed)) if missed else 0
    last = max(cast("date", seen), looks[at - 1]) if at else seen
    middle: tuple[Any, ...] = (found, told, before, after, last, *cells[10:])
    return SeatStep(
        TenantId(str(tenant)),
        str(subscription),
        str(product),
        StepKind(kind),
        *middle,
    )
