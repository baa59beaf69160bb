"""Notices that a partner's admins get once after an upgrade."""

from datetime import datetime, timedelta

from sqlalchemy import and_, or_, update
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import PartnerId
from bot.store.tables import announcement

_CLAIM = timedelta(minutes=5)
"""Time for which a process that claimed an announcement is taken to be telling it."""

_A = announcement.c


class AnnouncementStore:
    """A partner's announcements; migrations write them."""

    def __init__(self, engine: AsyncEngine, partner: PartnerId) -> None:
        self._engine = engine
        self._partner = partner

    async def claim(self, kind: str, now: datetime) -> bool:
        """Claim an announcement for five minutes; False if there is none, it was told, or another
        process is telling it.
        """
        free = or_(_A.claimed_until.is_(None), _A.claimed_until <= now)
        untold = and_(_A.partner == self._partner, _A.kind == kind, _A.told.is_(None), free)
        async with self._engine.begin() as connection:
            claimed = update(announcement).where(untold).values(claimed_until=now + _CLAIM)
            return (await connection.execute(claimed)).rowcount > 0

    async def mark_told(self, kind: str, now: datetime) -> None:
        """Record that it was told."""
        its = and_(_A.partner == self._partner, _A.kind == kind)
        async with self._engine.begin() as connection:
            await connection.execute(update(announcement).where(its).values(told=now))
