"""Context that every part of `/digest` works with: the question as asked, and every command."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.values import PartnerId
from handlers.chat.access import Permission
from handlers.chat.asking import Ask, UserRef
from handlers.chat.command import AnyCommand
from handlers.chat.digest_refusals import UnknownDigest
from handlers.chat.digests import Digest
from handlers.chat.services import Say, Services

CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Context:
    """One question to `/digest`, with the services and commands to answer it."""

    ask: Ask
    partner: PartnerId
    services: Services
    commands: Mapping[str, AnyCommand]
    """Commands by name; those that a digest may ask are among them."""

    @property
    def asker(self) -> UserRef:
        """The person who asks, and who owns what is saved."""
        return self.ask.asker

    @property
    def say(self) -> Say:
        """The asker's language."""
        return self.services.say

    @property
    def now(self) -> datetime:
        """The one instant of this answer."""
        return self.services.now

    @property
    def today(self) -> date:
        """The asker's own day."""
        return self.now.astimezone(ZoneInfo(self.ask.zone)).date()

    @property
    def admin(self) -> bool:
        """Check whether the asker is a partner admin."""
        return self.services.data.access.may(Permission.SEE_RIGHTS)

    async def find_digest(self, number: int | None) -> Digest:
        """Return the digest, where it is the asker's or they are a partner admin. Raises
        UnknownDigest where there is none and for all other askers.
        """
        digest = await self.services.digests.find(number, self.partner) if number else None
        if digest is None or not (digest.owner == self.asker or self.admin):
            raise UnknownDigest(number=str(number or ""))
        return digest
