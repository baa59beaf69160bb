"""Erasure in groups of customers: their members, names, and the people who made them."""

import json
from collections.abc import Collection

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from analytics.values import PartnerId, TenantId
from bot.store.report_erasure import names_one
from bot.store.tables import customer_group
from handlers.chat.asking import UserRef

_G = customer_group.c


async def forget_member(
    connection: AsyncConnection, of: PartnerId, tenant: TenantId, names: Collection[str]
) -> int:
    """Remove a customer from the partner's groups, and from their names; return how many groups
    were changed. A group that is empty then stays, and means no customer.
    """
    rows = (await connection.execute(select(customer_group).where(_G.partner == of))).all()
    found = 0
    for row in rows:
        held = json.loads(row.customers)
        rest = [each for each in held if each.lower() != tenant.lower()]
        name = nameless(row.number) if names_one(row.name, (tenant, *names)) else row.name
        if (rest, name) != (held, row.name):
            its = and_(_G.partner == of, _G.number == row.number)
            values = {"customers": json.dumps(rest), "name": name}
            await connection.execute(update(customer_group).where(its).values(values))
            found += 1
    return found


async def forget_maker(
    connection: AsyncConnection, of: PartnerId, ref: UserRef | None, whom: str, instead: str
) -> int:
    """Delete a person's own lists, and replace them as the maker of scopes and in names; return how
    many rows were removed or changed.
    """
    rows = 0
    if ref:
        own = and_(_G.platform == ref.platform, _G.tenant == ref.tenant, _G.user_id == ref.id)
        gone = delete(customer_group).where(_G.partner == of, own)
        given = update(customer_group).where(_G.partner == of, _G.given_by == str(ref))
        rows = (await connection.execute(gone)).rowcount
        rows += (await connection.execute(given.values(given_by=instead))).rowcount
    texts = select(_G.number, _G.name).where(_G.partner == of)
    for row in (await connection.execute(texts)).all():
        if names_one(row.name, (whom,)):
            its = and_(_G.partner == of, _G.number == row.number)
            blank = update(customer_group).where(its).values(name=nameless(row.number))
            rows += (await connection.execute(blank)).rowcount
    return int(rows)


def nameless(number: int) -> str:
    """Return the name of a group whose own one must no longer be known."""
    return f"group-{number}"
