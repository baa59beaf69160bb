"""Signed requests that were admitted, kept as long as they could be sent again."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Column, String, Table, delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.replay_set import ReplaySetUnavailable
from bot.store.column_types import Instant
from bot.store.database import STORE_ERRORS
from bot.store.tables import metadata

seen = Table(
    "seen",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("mark", String(128), primary_key=True),
    Column("until", Instant, nullable=False, index=True),
)
"""The replay set. It has no partner, because a request's partner is unknown before it is admitted.
"""

SWEPT_EVERY = timedelta(minutes=1)
"""Shortest time between two deletions of old rows."""

LEEWAY = timedelta(minutes=1)
"""Time that a row stays longer than needed, because another machine's clock may be behind."""


class ReplayStore:
    """The replay set in the store; the primary key decides which request came first."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._swept: datetime | None = None

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        """Check whether the mark came for the first time, and keep it. Raises ReplaySetUnavailable
        if the store fails.
        """
        row = {"platform": platform, "mark": mark, "until": until}
        try:
            await self._sweep(now)
            async with self._engine.begin() as connection:
                await connection.execute(insert(seen).values(row))
        except IntegrityError:
            return False
        except STORE_ERRORS as error:
            raise ReplaySetUnavailable from error
        return True

    async def _sweep(self, now: datetime) -> None:
        """Delete old rows, before the new row is written and apart from it: if this fails, the
        request is still answered, and no admitted request waits for it.
        """
        if self._swept is not None and now - self._swept < SWEPT_EVERY:
            return
        self._swept = now
        with suppress(*STORE_ERRORS):
            async with self._engine.begin() as connection:
                await connection.execute(delete(seen).where(seen.c.until < now - LEEWAY))
