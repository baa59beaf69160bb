"""Conversations of the bot: kept from the first activity there, dropped when the bot is removed."""

from contextlib import suppress
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery import ConversationReference
from bot.store.tables import conversation

_COLUMNS = tuple(conversation.c[field.name] for field in fields(ConversationReference))


class ConversationStore:
    """The store of conversation references. Raises STORE_ERRORS."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def keep(self, found: ConversationReference) -> None:
        """Write a reference over the earlier one of this conversation. Not every activity has all
        fields: a name stays until another comes, and a conversation once shared stays shared.
        """
        row = asdict(found)
        with suppress(IntegrityError):  # another task has just written it
            async with self._engine.begin() as connection:
                old = update(conversation).where(_is(found)).values({**row, **_kept_values(found)})
                if not (await connection.execute(old)).rowcount:
                    await connection.execute(insert(conversation).values(row))

    async def welcome(self, found: ConversationReference) -> bool:
        """Claim the conversation's welcome: True for the first caller only, who then sends it."""
        await self.keep(found)
        welcomed = conversation.c.welcomed
        once = update(conversation).where(_is(found), ~welcomed).values(welcomed=True)
        async with self._engine.begin() as connection:
            return bool((await connection.execute(once)).rowcount)

    async def drop(self, platform: str, tenant: str, installation: str) -> None:
        """Delete every conversation of an installation."""
        c = conversation.c
        its = and_(c.platform == platform, c.tenant == tenant, c.installation == installation)
        async with self._engine.begin() as connection:
            await connection.execute(delete(conversation).where(its))

    async def of_person(
        self, platform: str, tenant: str, person: str
    ) -> ConversationReference | None:
        """Return the bot's own conversation with a person; None if there is none."""
        found = await self._read(_in(platform, tenant).where(conversation.c.person == person), 1)
        return found[0] if found else None

    async def at(self, platform: str, tenant: str, address: str) -> ConversationReference | None:
        """Return the conversation of this address; None if there is none."""
        found = await self._read(_in(platform, tenant).where(conversation.c.address == address), 1)
        return found[0] if found else None

    async def groups(self, platform: str, tenant: str, most: int) -> list[ConversationReference]:
        """Return conversations of several people, at most `most`."""
        return await self._read(_in(platform, tenant).where(conversation.c.person == ""), most)

    async def _read(self, wanted: Select[Any], most: int) -> list[ConversationReference]:
        if not most:
            return []
        ordered = wanted.order_by(conversation.c.address).limit(most)
        async with self._engine.execution_options(reading=True).connect() as connection:
            rows = (await connection.execute(ordered)).mappings()
            return [ConversationReference(**row) for row in rows]


def _kept_values(found: ConversationReference) -> dict[str, Any]:
    """Return the values that an activity with fewer fields does not overwrite."""
    c = conversation.c
    shared = True if found.shared else func.coalesce(c.shared, found.shared)
    return {"name": found.name or c.name, "shared": shared}


def _in(platform: str, tenant: str) -> Select[Any]:
    c = conversation.c
    return select(*_COLUMNS).where(c.platform == platform, c.tenant == tenant)


def _is(found: ConversationReference) -> ColumnElement[bool]:
    c = conversation.c
    same = (c.platform == found.platform, c.tenant == found.tenant, c.address == found.address)
    return and_(*same)
