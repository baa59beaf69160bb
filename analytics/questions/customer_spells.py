"""The days on which each customer counts, by either official definition: from the first day that a
subscription makes it one to the day it has none left.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby
from typing import NamedTuple, cast

from analytics.questions.subscription_states import SubscriptionState, state_words
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.values import Period, TenantId
from analytics.warehouse.facts import Facts

LASTING = date.max
"""The end of a spell that has none yet."""

ALWAYS = date.min
"""The beginning of a spell whose subscription does not tell when it was bought."""

_SPELLS_HEAD = """
    SELECT tenant, min(came) AS came, max(went) AS went,
        min(first_created) AS first_created, bool_or(lapsed) AS lapsed
    FROM (
        SELECT *, sum(apart) OVER (PARTITION BY tenant ORDER BY came, went) AS spell FROM (
            SELECT *, CASE WHEN came <= max(went) OVER (PARTITION BY tenant ORDER BY came, went
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                THEN 0 ELSE 1 END AS apart
            FROM ("""

PIECES = """
    SELECT tenant, subscription, product_name, quantity, first_created, lapsed,
        CASE WHEN NOT list_contains($counting, status) THEN created
            WHEN NOT opening THEN since
            WHEN NOT $observed THEN least(coalesce(created, starts,
                CASE WHEN since <= $known THEN DATE '0001-01-01' ELSE since END), since)
            WHEN since <= $known THEN $known
            WHEN created > $known THEN least(created, since)
            ELSE since END AS came,
        CASE WHEN NOT list_contains($counting, status) THEN deprovisioned
            ELSE least(until, off_list, DATE '9999-12-31',
                CASE WHEN list_contains($ended, next_status) THEN next_gone END) END AS went
    FROM (
        SELECT *, row_number() OVER spans = 1 AS opening,
            lead(status) OVER spans AS next_status, lead(deprovisioned) OVER spans AS next_gone,
            min(created) OVER theirs AS first_created,
            bool_or(deprovisioned IS NULL AND list_contains($ended, status)) OVER theirs AS lapsed
        FROM {subscription_insights}
        LEFT JOIN (
            SELECT tenant, max(until) AS off_list FROM {customer_list}
            GROUP BY tenant HAVING bool_and(until IS NOT NULL)) USING (tenant)
        WINDOW spans AS (PARTITION BY tenant, subscription ORDER BY since),
            theirs AS (PARTITION BY tenant))
    WHERE list_contains($counting, status)
        OR (NOT $observed AND opening AND list_contains($ended, status))"""
"""A row for each stretch of days on which a subscription makes its tenant a customer: from `came`
to the day before `went`, which is at the latest the day on which the customer left the partner's
list. `$observed` leaves out what was told of days before the first sync,
`$known`.
"""

_SPELLS_TAIL = """
            ) WHERE came < went))
    GROUP BY tenant, spell ORDER BY tenant, came"""

_SPELLS = _SPELLS_HEAD + PIECES + _SPELLS_TAIL


class Definition(Enum):
    """Definition of a customer; Microsoft has two."""

    POWER_BI = "power-bi"
    """A customer with a subscription that is active or suspended (its app for direct partners)."""
    INSIGHTS = "insights"
    """A customer with an active subscription (the Insights workspace)."""

    @property
    def counting(self) -> list[str]:
        """Words of the subscriptions that make a customer."""
        states = (SubscriptionState.ACTIVE, SubscriptionState.SUSPENDED)
        mine = states if self is Definition.POWER_BI else states[:1]
        return state_words(SUBSCRIPTION_INSIGHTS, *mine)

    def sql_values(self, known: date) -> dict[str, object]:
        """Return the values of PIECES; `known` is the day of the first sync."""
        ended = state_words(SUBSCRIPTION_INSIGHTS, SubscriptionState.ENDED)
        observed = self is Definition.INSIGHTS
        return {"counting": self.counting, "ended": ended, "observed": observed, "known": known}


class Spell(NamedTuple):
    """A stretch of days on which a tenant is a customer: from `came` to the day before `went`."""

    tenant: TenantId
    came: date
    went: date
    is_new: bool
    """True if it never was a customer before; else it had ended and has returned."""


@dataclass(frozen=True, slots=True)
class Spells:
    """All spells under one definition, with their beginnings and ends in order."""

    every: tuple[Spell, ...]
    begins: tuple[date, ...]
    ends: tuple[date, ...]

    @classmethod
    def of(cls, spells: Iterable[Spell]) -> "Spells":
        """Return the spells with their edges sorted."""
        every = tuple(spells)
        begins, ends = sorted(e.came for e in every), sorted(e.went for e in every)
        return cls(every, tuple(begins), tuple(ends))

    def on(self, day: date) -> int:
        """Return the number of customers on a day."""
        return bisect_right(self.begins, day) - bisect_right(self.ends, day)

    def left_in(self, period: Period) -> int:
        """Return the number of spells that ended in a period."""
        return _within(self.ends, period)

    def beginning_in(self, period: Period) -> Iterator[Spell]:
        """Yield the spells that began in a period."""
        return (each for each in self.every if period.first <= each.came <= period.last)

    def ending_in(self, period: Period) -> Iterator[Spell]:
        """Yield the spells that ended in a period: the first day without is in it."""
        return (each for each in self.every if period.first <= each.went <= period.last)


def _within(days: Sequence[date], period: Period) -> int:
    return bisect_right(days, period.last) - bisect_left(days, period.first)


def customer_spells(facts: Facts, definition: Definition, known: date) -> Spells:
    """Return the spells of the customers that the reader may see, by what Microsoft's analytics of
    subscriptions say. By POWER_BI a subscription counts from `created` to the day before
    `deprovisioned`, before the first sync too; by INSIGHTS from the first sync, `known`, as each
    sync found its status.
    """
    rows = facts.rows(_SPELLS, **definition.sql_values(known))
    return Spells.of(_spells(cast("list[_Row]", rows), definition, known))


_Row = tuple[TenantId, date, date, date | None, bool]


def _spells(rows: Iterable[_Row], definition: Definition, known: date) -> Iterator[Spell]:
    for _, theirs in groupby(rows, key=lambda row: row[0]):
        for at, (tenant, came, went, created, lapsed) in enumerate(theirs):
            seen = definition is Definition.POWER_BI or (created is not None and created > known)
            yield Spell(tenant, came, went, is_new=at == 0 and seen and not lapsed)
