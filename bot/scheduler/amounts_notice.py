"""The notice, once after an upgrade, of who sees amounts since then."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from analytics.values import PartnerId
from bot.scheduler.admin_notices import AdminNotices
from handlers.chat.access import Role
from handlers.chat.services import People, Rights, Say

AMOUNTS = "amounts"
"""The announcement's kind: executive report viewers see amounts since an upgrade."""


class Announcements(Protocol):
    """Notices that admins are to get once: bot.store.announcements.AnnouncementStore, which the
    scheduler may not import.
    """

    async def claim(self, kind: str, now: datetime) -> bool:
        """Claim an announcement for some minutes; False if there is none, it was told, or another
        process is telling it.
        """
        ...

    async def mark_told(self, kind: str, now: datetime) -> None:
        """Record that it was told."""
        ...


class AmountsNotice:
    """Tells the partner admins in private, by name, which executive report viewers see amounts."""

    def __init__(  # noqa: PLR0913, PLR0917 what it is wired with
        self,
        announcements: Announcements,
        notices: AdminNotices,
        rights: Rights,
        people: People,
        partner: PartnerId,
        now: Callable[[], datetime],
    ) -> None:
        self._announcements = announcements
        self._notices = notices
        self._rights = rights
        self._people = people
        self._partner = partner
        self._now = now

    async def catch_up(self) -> None:
        """Send the notice if it is to be sent; again after some minutes if no admin was reached."""
        if not await self._announcements.claim(AMOUNTS, self._now()):
            return
        holders = await self._rights.holders(self._partner, self._now())
        names = [
            self._people.display_name(who) for who, grant in holders if grant.role is Role.EXECUTIVE
        ]
        if not names or await self._notices.send(AMOUNTS, _words(names), to_ops=False):
            await self._announcements.mark_told(AMOUNTS, self._now())


def _words(names: list[str]) -> Callable[[Say], str]:
    return lambda say: say("amounts-seen-by", n=len(names), names=say.enumeration(names))
