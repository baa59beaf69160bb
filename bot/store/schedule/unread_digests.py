"""Digests that were saved under an earlier reading of questions, in the store."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.runs import Unread
from bot.store.schedule.schedule_rows import DIGEST, digest_of, told_row
from bot.store.tables import schedule
from handlers.chat.digests import READING, State

_S = schedule.c
_ACTIVE = (_S.kind == DIGEST, _S.state == State.ACTIVE.value, _S.reading != READING)


async def unread_digests(connection: AsyncConnection) -> list[Unread]:
    """Return active digests that were not read by today's reading, the next due first."""
    rows = await connection.execute(select(schedule).where(*_ACTIVE).order_by(_S.next_due))
    return [Unread(row.id, digest_of(row)) for row in rows]


async def note_reading(connection: AsyncConnection, key: str) -> None:
    """Record that a digest was read by today's reading."""
    await connection.execute(update(schedule).where(_S.id == key).values(reading=READING))


async def note_untold(connection: AsyncConnection, key: str, reason: str) -> None:
    """Record a reason that its owner has still to be told."""
    told = update(schedule).where(_S.id == key)
    await connection.execute(told.values(told=told_row(reason, tell=True)))
