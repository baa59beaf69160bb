"""Groups of customers in the store. A change of scopes is a change of rights: checked, saved and
audited in one transaction under the partner's lock.
"""

import json
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.folded_text import folded_text
from analytics.values import PartnerId
from bot.store.audit import Audit, lock_partner
from bot.store.group_rows import stored_groups
from bot.store.tables import customer_group
from handlers.chat.asking import UserRef
from handlers.chat.group_refusals import BadGroupName, GroupsChanged, TooManyGroups
from handlers.chat.groups import MOST_LISTS, CustomerGroup, ListChange
from handlers.chat.scope_plan import ScopePlan, ScopeWish

_G = customer_group.c


class GroupStore:
    """The store behind `handlers.chat.groups.CustomerGroups`. Raises STORE_ERRORS."""

    def __init__(self, engine: AsyncEngine, audit: Audit) -> None:
        self._engine = engine
        self._audit = audit

    async def scopes(self, partner: PartnerId) -> tuple[CustomerGroup, ...]:
        """Return the partner's scopes that were not deleted, by name."""
        async with self._read_connection() as connection:
            return _by_name((await stored_groups(connection, partner)).values())

    async def lists(self, owner: UserRef, partner: PartnerId) -> tuple[CustomerGroup, ...]:
        """Return the lists of one reader, by name."""
        async with self._read_connection() as connection:
            return _by_name((await stored_groups(connection, partner, owner)).values())

    async def change_list(self, change: ListChange) -> None:
        """Save or delete a reader's own list. Raises GroupsChanged where it is gone, BadGroupName
        or TooManyGroups; then nothing was saved.
        """
        async with self._engine.begin() as connection:
            await lock_partner(connection, change.partner)
            kept = await stored_groups(connection, change.partner, change.owner)
            wish = ScopeWish(change.number, change.name, change.customers)
            check_wishes((wish,), kept.values(), MOST_LISTS)
            who = (change.owner, str(change.owner))
            await write_group(connection, change.partner, wish, who, change.at)

    def _read_connection(self) -> AsyncConnection:
        return self._engine.execution_options(reading=True).connect()


async def write_scopes(
    connection: AsyncConnection, audit: Audit, plan: ScopePlan, by: str, at: datetime
) -> None:
    """Write a plan's changes with their audit rows: one for each scope, one for each person whose
    sight changes.
    """
    entries: list[dict[str, object]] = []
    for line in plan.changes:
        number = await write_group(connection, plan.partner, line.wish, (None, by), at)
        moved = {"joined": [*line.joining], "left": [*line.leaving]}
        what = "delete-scope" if line.wish.customers is None else "change-scope"
        entries.append({"action": what, "scope": number, "who": by, **moved})
    for each in plan.effects:
        moved = {"gained": [*each.gains], "lost": [*each.loses]}
        entries.append({"action": "scope-right", "whom": str(each.person), "who": by, **moved})
    if entries:
        await audit.append(connection, plan.partner, at, *entries)


def check_wishes(wishes: Iterable[ScopeWish], kept: Iterable[CustomerGroup], most: int) -> None:
    """Raise GroupsChanged where a group that is to be changed is gone, BadGroupName where a name is
    another's, and TooManyGroups.
    """
    standing = {each.number: each for each in kept if not each.is_gone}
    names = {each.number: folded_text(each.name) for each in standing.values()}
    new = 0
    for wish in wishes:
        if wish.number is not None and wish.number not in standing:
            raise GroupsChanged(name=wish.name)
        new += wish.number is None
        key = wish.number if wish.number is not None else -new
        if folded_text(wish.name) in (name for number, name in names.items() if number != key):
            raise BadGroupName("taken", name=wish.name)
        names[key] = folded_text(wish.name)
    if new and len(standing) + new > most:
        raise TooManyGroups(most=most)


async def write_group(
    connection: AsyncConnection,
    partner: PartnerId,
    wish: ScopeWish,
    who: tuple[UserRef | None, str],
    at: datetime,
) -> int:
    """Write a group as it is to be, and return its number. `who` is its owner, None for a scope,
    and the person who changes it.
    """
    owner, by = who
    held = json.dumps(sorted(wish.customers or ()))
    values: dict[str, object] = {"name": wish.name, "customers": held, "given_by": by, "at": at}
    values["gone"] = wish.customers is None
    if wish.number is not None:
        its = and_(_G.partner == partner, _G.number == wish.number)
        await connection.execute(update(customer_group).where(its).values(values))
        return wish.number
    last = select(func.coalesce(func.max(_G.number), 0)).where(_G.partner == partner)
    number = int((await connection.execute(last)).scalar_one()) + 1
    platform, tenant, user = (owner.platform, owner.tenant, owner.id) if owner else ("", "", "")
    values |= {"partner": partner, "number": number}
    values |= {"platform": platform, "tenant": tenant, "user_id": user}
    await connection.execute(insert(customer_group).values(values))
    return number


def _by_name(groups: Collection[CustomerGroup]) -> tuple[CustomerGroup, ...]:
    return tuple(sorted((g for g in groups if not g.is_gone), key=lambda g: folded_text(g.name)))
