"""Erasure in decisions: a customer's are deleted, and no person or name is in one."""

from collections.abc import Callable, Collection

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from analytics.values import PartnerId, TenantId
from bot.store.decision_table import decision
from bot.store.report_erasure import names_one
from bot.store.shown_cards import shown_card
from handlers.chat.asking import UserRef

_C, _D = shown_card.c, decision.c


async def forget_decided(
    connection: AsyncConnection,
    of: PartnerId,
    tenant: TenantId,
    names: Collection[str],
    instead: str,
) -> int:
    """Delete the decisions about a customer, and replace reasons of others that name the customer;
    return how many rows were removed or changed.
    """
    shown = and_(_C.partner == of, func.lower(_C.terms).contains(tenant.lower(), autoescape=True))
    await connection.execute(delete(shown_card).where(shown))
    its = and_(_D.partner == of, _D.customer == tenant)
    rows = int((await connection.execute(delete(decision).where(its))).rowcount)
    named = (tenant, *names)
    return rows + await replace_whys(connection, of, lambda why: names_one(why, named), instead)


async def forget_decider(
    connection: AsyncConnection, of: PartnerId, ref: UserRef | None, whom: str, instead: str
) -> int:
    """Replace a person as the one who decided or undid, and reasons that name the person; the
    decisions stand. Return how many rows were changed.
    """
    rows = 0
    if ref:
        made = and_(_D.partner == of, _D.given_by == str(ref))
        changed = update(decision).where(made).values(given_by=instead)
        rows = int((await connection.execute(changed)).rowcount)
    return rows + await replace_whys(connection, of, lambda why: names_one(why, (whom,)), instead)


async def replace_whys(
    connection: AsyncConnection, of: PartnerId, names: Callable[[str], bool], instead: str
) -> int:
    """Replace the reasons in which `names` finds a name; return how many."""
    whys = select(_D.number, _D.why).where(_D.partner == of, _D.why != "")
    found = [row.number for row in (await connection.execute(whys)).all() if names(row.why)]
    for number in found:
        its = and_(_D.partner == of, _D.number == number)
        await connection.execute(update(decision).where(its).values(why=instead))
    return len(found)
