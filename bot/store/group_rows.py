"""Rows of groups of customers as values, and the scopes that rights name."""

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import Row, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from analytics.values import PartnerId, TenantId
from bot.store.tables import customer_group
from handlers.chat.asking import UserRef
from handlers.chat.groups import CustomerGroup

_G = customer_group.c


async def stored_groups(
    connection: AsyncConnection, partner: PartnerId, owner: UserRef | None = None
) -> dict[int, CustomerGroup]:
    """Return the partner's scopes by number, or with an owner their lists; deleted ones too."""
    whose = (owner.platform, owner.tenant, owner.id) if owner else ("", "", "")
    of = and_(*(c == it for c, it in zip((_G.platform, _G.tenant, _G.user_id), whose, strict=True)))
    rows = select(customer_group).where(_G.partner == partner, of).order_by(_G.number)
    return {row.number: _group(row) for row in await connection.execute(rows)}


async def scopes_of(
    connection: AsyncConnection, partner: PartnerId, rows: Iterable[Row[tuple[object, ...]]]
) -> Mapping[int, CustomerGroup]:
    """Return the partner's scopes by number, where one of these rows of rights names any."""
    named = any(row.scopes for row in rows)
    return await stored_groups(connection, partner) if named else {}


def named_scopes(
    numbers: str | None, scopes: Mapping[int, CustomerGroup]
) -> tuple[CustomerGroup, ...]:
    """Return the scopes of a right, by number; one that is not there counts as deleted."""
    return tuple(
        scopes.get(number, CustomerGroup(number, f"#{number}", frozenset(), is_gone=True))
        for number in sorted(json.loads(numbers or "[]"))
    )


def _group(row: Row[tuple[object, ...]]) -> CustomerGroup:
    """Return a row's group; a deleted one holds no customer, whatever its row says."""
    customers = [] if row.gone else json.loads(row.customers)
    owner = UserRef(row.platform, row.tenant, row.user_id) if row.platform else None
    held = frozenset(map(TenantId, customers))
    return CustomerGroup(row.number, row.name, held, owner, is_gone=row.gone)
