"""Digests beside their runs, in the store: failures to tell, and questions saved under an earlier
reading.
"""

from sqlalchemy import and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digest_runs import Unread, Untold
from bot.store.audit import lock_partner
from bot.store.schedule.claims import lease
from bot.store.schedule.finished_runs import note_stop, stop
from bot.store.schedule.runs import RunStore
from bot.store.schedule.schedule_rows import DIGEST, digest_of, told_row, untold_reason
from bot.store.tables import occurrence, schedule
from handlers.chat.digests import READING, State

_S, _O = schedule.c, occurrence.c
_UNREAD = (_S.kind == DIGEST, _S.state == State.ACTIVE.value, _S.reading != READING)
_FEW = 20


class DigestRunStore(RunStore):
    """The store behind `bot.digest_runs.DigestRuns`."""

    async def unsent_notices(self) -> list[Untold]:
        """Return what was to be told of runs that ended longer ago than a claim lasts."""
        async with self._read_connection() as connection:
            before = lease(await self._now(connection), -self._seconds)
            fresh = exists().where(_O.schedule == _S.id, _O.at > before)
            left = and_(_S.kind == DIGEST, _S.told.startswith(told_row("", tell=True)), ~fresh)
            rows = await connection.execute(select(schedule).where(left).limit(_FEW))
        return [Untold(row.id, digest_of(row), untold_reason(row)) for row in rows]

    async def unread(self) -> list[Unread]:
        """Return active digests that were saved under an earlier reading, the next due first."""
        wanted = select(schedule).where(*_UNREAD).order_by(_S.next_due)
        async with self._read_connection() as connection:
            rows = await connection.execute(wanted)
        return [Unread(row.id, digest_of(row)) for row in rows]

    async def mark_read(self, unread: Unread) -> None:
        """Record that a digest was read by today's reading."""
        async with self._engine.begin() as connection:
            await _note_reading(connection, unread.schedule)

    async def stop_unreadable(self, unread: Unread, reason: str) -> None:
        """Pause a digest, if it is active still; its owner is to be told."""
        async with self._engine.begin() as connection:
            await lock_partner(connection, unread.digest.partner)
            now = await self._now(connection)
            await _note_reading(connection, unread.schedule)
            if await stop(connection, unread.schedule, State.PAUSED, reason, now):
                told = update(schedule).where(_S.id == unread.schedule)
                await connection.execute(told.values(told=told_row(reason, tell=True)))
                await note_stop(connection, self._audit, unread.schedule, now)


async def _note_reading(connection: AsyncConnection, key: str) -> None:
    await connection.execute(update(schedule).where(_S.id == key).values(reading=READING))
