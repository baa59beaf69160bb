"""Customers who came and who left: the day of each, first or last product, and seats."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Annotated, NamedTuple

from analytics.questions.customer_spells import ALWAYS, PIECES, Definition, Spell
from analytics.questions.results import Measure
from analytics.questions.subscription_rows import product_title
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.values import Customer, Seats, TenantId, Unknown, Why
from analytics.warehouse.facts import Facts

SHOWN = 15
"""Customers named in a list: the newest moves."""

_THEIRS_HEAD = """
    SELECT tenant, product_name, quantity, came, went FROM ("""
_THEIRS_TAIL = ") WHERE list_contains($tenants, tenant) AND came < went"
_THEIRS = _THEIRS_HEAD + PIECES + _THEIRS_TAIL

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
    facts: Facts, spells: Iterable[Spell], definition: Definition, known: date, *, left: bool
) -> tuple[CustomerMove, ...]:
    """Return the newest 15 beginnings of these spells, or their ends, the newest first and ties by
    name. `known` is the day of the first sync.
    """
    named = [(spell, facts.customer(spell.tenant)) for spell in spells]
    found = [(s, c or Customer(s.tenant, s.tenant)) for s, c in named]
    day: Callable[[Spell], date] = (lambda s: s.went) if left else (lambda s: s.came)
    shown = nsmallest(
        facts.list_length(SHOWN), found, key=lambda e: (-day(e[0]).toordinal(), e[1].name, e[1].id)
    )
    tenants = sorted({spell.tenant for spell, _ in shown})
    pieces = _pieces(facts, tenants, definition, known) if tenants else {}
    return tuple(
        _move(
            customer,
            spell,
            day(spell),
            _pieces_on(pieces[spell.tenant], day(spell), left=left),
            unseen=spell.came == ALWAYS
            or (definition is Definition.INSIGHTS and spell.came == known),
        )
        for spell, customer in shown
    )


def _pieces(
    facts: Facts, tenants: Sequence[TenantId], definition: Definition, known: date
) -> dict[TenantId, list[_Piece]]:
    rows = facts.rows(_THEIRS, tenants=tenants, **definition.sql_values(known))
    found: dict[TenantId, list[_Piece]] = defaultdict(list)
    for row in rows:
        piece = _Piece._make(row)
        found[piece.tenant].append(piece)
    return found


def _pieces_on(pieces: Iterable[_Piece], day: date, *, left: bool) -> list[_Piece]:
    """Return what was held on a day; on the day before, of a customer that left on it."""
    if left:
        return [each for each in pieces if each.came < day <= each.went]
    return [each for each in pieces if each.came <= day < each.went]


def _move(
    customer: Customer, spell: Spell, day: date, held: Sequence[_Piece], *, unseen: bool
) -> CustomerMove:
    """Return a move; `unseen` is true if the day on which the spell began is not known."""
    counts = [each.quantity for each in held if each.quantity is not None]
    largest = max(held, key=lambda each: (each.quantity or 0, each.product), default=None)
    return CustomerMove(
        customer=customer,
        day=day,
        since=None if unseen else spell.came,
        returned=not spell.is_new,
        seats=sum(counts) if counts else _NO_SEATS,
        product=product_title(largest.product) if largest else "",
    )
