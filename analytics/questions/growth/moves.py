"""Customers who came and who left: the day of each, first or last product, and seats."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Annotated, NamedTuple

from analytics.questions.growth.spells import ALWAYS, Spell, Spells, newest_spells
from analytics.questions.results import Measure
from analytics.questions.subscriptions.rows import product_title
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.values import Customer, Period, Seats, TenantId, Unknown, Why
from analytics.warehouse.building.customer_spells import PIECES_SQL
from analytics.warehouse.facts import Facts

SHOWN = 15
"""Customers named in a list: the newest moves."""

_KEPT = "SELECT * FROM {customer_pieces} WHERE observed = $observed"

_THEIRS_HEAD = "SELECT tenant, product_name, quantity, came, went FROM ("
_THEIRS_TAIL = ") WHERE list_contains($tenants, tenant)"
_THEIRS_KEPT = _THEIRS_HEAD + _KEPT + _THEIRS_TAIL
_THEIRS_WORKED_OUT = _THEIRS_HEAD + PIECES_SQL + _THEIRS_TAIL

_NO_SEATS = Unknown(Why.NOT_MEASURED, SUBSCRIPTION_INSIGHTS.name)
"""Seats of subscriptions that are billed by usage."""


@dataclass(frozen=True, slots=True)
class CustomerMove:
    """A customer that came or left."""

    customer: Customer
    day: date
    """The first day as a customer; or the first day as none."""
    since: date | None
    """The first day as a customer; None if it is not known: no subscription tells it, or it was
    before the first sync, by INSIGHTS.
    """
    returned: bool
    """True if it had been a customer before."""
    seats: Annotated[Seats, Measure("seats", SUBSCRIPTION_INSIGHTS, "quantity")]
    """Seats that it came with, or left with; unknown of subscriptions billed by usage alone."""
    product: str
    """The product with the most of them, by its usual name."""


class _Piece(NamedTuple):
    tenant: TenantId
    product: str
    quantity: int | None
    came: date
    went: date


def newest_moves(
    facts: Facts, spells: Spells, span: Period
) -> tuple[tuple[CustomerMove, ...], tuple[CustomerMove, ...]]:
    """Return the newest 15 beginnings of spells in the days and the newest 15 ends, the newest
    first and ties by name.
    """
    came, left = newest_spells(facts, spells, span, facts.list_length(SHOWN))
    begun = _newest(facts, came, lambda spell: spell.came)
    ended = _newest(facts, left, lambda spell: spell.went)
    tenants = sorted({spell.tenant for spell, _ in (*begun, *ended)})
    pieces = _pieces(facts, tenants, spells) if tenants else {}
    first = spells.known.day if spells.definition.only_seen else ALWAYS
    return (
        tuple(
            _move(who, spell, spell.came, _held_from(pieces[spell.tenant], spell.came), first)
            for spell, who in begun
        ),
        tuple(
            _move(who, spell, spell.went, _held_before(pieces[spell.tenant], spell.went), first)
            for spell, who in ended
        ),
    )


def _newest(
    facts: Facts, spells: Iterable[Spell], day: Callable[[Spell], date]
) -> list[tuple[Spell, Customer]]:
    named = [(spell, facts.customer(spell.tenant)) for spell in spells]
    found = [(s, c or Customer(s.tenant, s.tenant)) for s, c in named]
    return nsmallest(
        facts.list_length(SHOWN), found, key=lambda e: (-day(e[0]).toordinal(), e[1].name, e[1].id)
    )


def _pieces(
    facts: Facts, tenants: Sequence[TenantId], spells: Spells
) -> dict[TenantId, list[_Piece]]:
    values = {"tenants": tenants, **spells.known.sql_values(spells.definition)}
    if spells.known.kept:
        rows = facts.rows(_THEIRS_KEPT, **values)
    else:
        rows = facts.rows(_THEIRS_WORKED_OUT, **values)
    found: dict[TenantId, list[_Piece]] = defaultdict(list)
    for row in rows:
        piece = _Piece._make(row)
        found[piece.tenant].append(piece)
    return found


def _held_from(pieces: Iterable[_Piece], day: date) -> list[_Piece]:
    """Return what was held on a day."""
    return [each for each in pieces if each.came <= day < each.went]


def _held_before(pieces: Iterable[_Piece], day: date) -> list[_Piece]:
    """Return what was held on the eve of a day."""
    return [each for each in pieces if each.came < day <= each.went]


def _move(
    customer: Customer, spell: Spell, day: date, held: Sequence[_Piece], first: date
) -> CustomerMove:
    """Return a move; of a spell that began `first`, or always, the day it began is not known."""
    counts = [each.quantity for each in held if each.quantity is not None]
    largest = max(held, key=lambda each: (each.quantity or 0, each.product), default=None)
    return CustomerMove(
        customer=customer,
        day=day,
        since=None if spell.came in (ALWAYS, first) else spell.came,
        returned=not spell.is_new,
        seats=sum(counts) if counts else _NO_SEATS,
        product=product_title(largest.product) if largest else "",
    )
