"""The days on which each customer counts, by either official definition: from the first day that a
subscription makes it one to the day it has none left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple, cast

from analytics.questions.day_counts import DayCounts
from analytics.values import Period, TenantId
from analytics.warehouse.building.customer_spells import SPELLS_SQL, definition_values
from analytics.warehouse.facts import Facts

ALWAYS = date.min
"""The beginning of a spell whose subscription does not tell when it was bought."""

_KNOWN = "SELECT min(first_seen) AS first_seen, min(known) AS known FROM {subscribed_customers}"

_KEPT = "SELECT * FROM {customer_spells} WHERE observed = $observed"

_EDGES_HEAD = """
    SELECT came, went, count(*) AS spells, count(*) FILTER (WHERE is_new) AS new
    FROM ("""
_EDGES_TAIL = ") GROUP BY GROUPING SETS ((came), (went)) ORDER BY came, went"
_EDGES_KEPT = _EDGES_HEAD + _KEPT + _EDGES_TAIL
_EDGES_WORKED_OUT = _EDGES_HEAD + SPELLS_SQL + _EDGES_TAIL

_MOVES_HEAD = "SELECT tenant, came, went, is_new FROM ("
_MOVES_TAIL = """)
    WHERE came BETWEEN $came_from AND $last OR went BETWEEN $went_from AND $last"""
_MOVES_KEPT = _MOVES_HEAD + _KEPT + _MOVES_TAIL
_MOVES_WORKED_OUT = _MOVES_HEAD + SPELLS_SQL + _MOVES_TAIL


class Definition(Enum):
    """Definition of a customer; Microsoft has two."""

    POWER_BI = "power-bi"
    """A customer with a subscription that is active or suspended (its app for direct partners)."""
    INSIGHTS = "insights"
    """A customer with an active subscription (the Insights workspace)."""

    @property
    def only_seen(self) -> bool:
        """True if nothing is seen before the first sync."""
        return self is Definition.INSIGHTS

    @property
    def counting(self) -> list[str]:
        """Words of the subscriptions that make a customer."""
        return cast("list[str]", definition_values(observed=self.only_seen, known=None)["counting"])


@dataclass(frozen=True, slots=True)
class FirstSync:
    """The day of the first sync, of the customers that the reader may see."""

    day: date
    kept: bool
    """True if spells were worked out for this day with the generation."""

    def sql_values(self, definition: Definition) -> dict[str, object]:
        """Return the parameters of SQL that reads spells, or works them out."""
        observed = definition.only_seen
        values = definition_values(observed=observed, known=self.day)
        return {"observed": observed} if self.kept else values


def first_sync(facts: Facts, default: date) -> FirstSync:
    """Return the day of the reader's first sync; `default` before any subscription came."""
    ((first, known),) = cast("list[tuple[date | None, date | None]]", facts.rows(_KNOWN))
    return FirstSync(first or default, kept=first is not None and first == known)


class Spell(NamedTuple):
    """A stretch of days on which a tenant is a customer: from `came` to the day before `went`."""

    tenant: TenantId
    came: date
    went: date
    is_new: bool
    """True if it never was a customer before; else it had ended and has returned."""


@dataclass(frozen=True, slots=True)
class Spells:
    """All spells under one definition, counted by the days of their edges."""

    definition: Definition
    known: FirstSync
    begins: DayCounts
    firsts: DayCounts
    """The beginnings of those that are new."""
    ends: DayCounts

    def on(self, day: date) -> int:
        """Return the number of customers on a day."""
        return self.begins.upto(day) - self.ends.upto(day)


def customer_spells(facts: Facts, definition: Definition, sync: FirstSync) -> Spells:
    """Return the spells of the customers that the reader may see, by what Microsoft's analytics of
    subscriptions say. By POWER_BI a subscription counts from `created` to the day before
    `deprovisioned`, before the first sync too; by INSIGHTS from the first sync as each sync found
    its status.
    """
    values = sync.sql_values(definition)
    if sync.kept:
        rows = facts.rows(_EDGES_KEPT, **values)
    else:
        rows = facts.rows(_EDGES_WORKED_OUT, **values)
    edges = cast("list[tuple[date | None, date | None, int, int]]", rows)
    return Spells(
        definition,
        sync,
        DayCounts.of((came, count) for came, _, count, _ in edges if came),
        DayCounts.of((came, new) for came, _, _, new in edges if came and new),
        DayCounts.of((went, count) for _, went, count, _ in edges if went),
    )


def newest_spells(
    facts: Facts, spells: Spells, span: Period, most: int
) -> tuple[Sequence[Spell], Sequence[Spell]]:
    """Return the spells that began in the days, and those that ended: at least the newest `most` of
    each and all of the same days, in no order.
    """
    came_from, went_from = spells.begins.newest(most, span), spells.ends.newest(most, span)
    values: dict[str, object] = {"came_from": came_from, "went_from": went_from, "last": span.last}
    values |= spells.known.sql_values(spells.definition)
    if spells.known.kept:
        rows = facts.rows(_MOVES_KEPT, **values)
    else:
        rows = facts.rows(_MOVES_WORKED_OUT, **values)
    every = [Spell._make(row) for row in cast("list[list[object]]", rows)]
    came = [each for each in every if came_from <= each.came <= span.last]
    return came, [each for each in every if went_from <= each.went <= span.last]
