"""Notices that no question asked for: to each partner admin in private, and to the ops room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from analytics.values import PartnerId
from bot.delivery import Delivered
from bot.log import log_error
from bot.scheduled_posts import Address, Post, Poster, PostOutcome
from bot.scheduler.notices import members
from handlers.chat.asking import Room, RoomKind
from handlers.chat.digests import Digests
from handlers.chat.reply import Audience, Paragraph, Reply
from handlers.chat.services import People, Rights, Say
from handlers.messages.speaker import LOCALES


@dataclass(frozen=True, slots=True)
class NoticeDeps:
    """Dependencies of the notices to a partner's admins."""

    digests: Digests
    rights: Rights
    people: People
    posters: Mapping[str, Poster]
    """By platform, those that are running."""
    speaker: Callable[[str], Say]
    now: Callable[[], datetime]
    partner: PartnerId


class AdminNotices:
    """Sends notices to the admins of a partner who are members now, and to its ops room."""

    def __init__(self, lent: NoticeDeps) -> None:
        self._lent = lent

    async def send(self, mark: str, words: Callable[[Say], str], *, to_ops: bool = True) -> bool:
        """Send one notice to each; return True if one of them was reached, or may have been.
        `words` says it in one language: it is sent in all, for without a question no reader's
        language is known. `mark` names the notice in the platforms' records.
        """
        stamp = f"{mark}-{self._lent.now():%Y%m%dT%H%M%S}"
        fates = [
            await self._post(Post(to, self._notice(words, to), f"{stamp}-{n}"))
            for n, to in enumerate(await self._addresses(to_ops=to_ops))
        ]
        return PostOutcome.SENT in fates or PostOutcome.LOST in fates

    async def _addresses(self, *, to_ops: bool) -> list[Address]:
        """Each partner admin's own conversation, and the ops room if there is one."""
        partner, now = self._lent.partner, self._lent.now()
        own = Room("", RoomKind.PRIVATE, partner)
        admins = await members(await self._lent.rights.admins(partner, now), self._lent.people)
        ops = await self._lent.digests.ops_room(partner) if to_ops else None
        rooms = [Address(ops.by, ops.room)] if ops else []
        return [*(Address(who, own) for who in admins or ()), *rooms]

    def _notice(self, words: Callable[[Say], str], to: Address) -> Delivered:
        said = tuple(Paragraph(words(self._lent.speaker(locale))) for locale in LOCALES)
        shown = Audience.ASKER if to.room.kind is RoomKind.PRIVATE else Audience.ROOM
        return Delivered(Reply(said, shown))

    async def _post(self, letter: Post) -> PostOutcome | None:
        poster = self._lent.posters.get(letter.to.person.platform)
        try:
            return (await poster.post(letter, _yes)).fate if poster else None
        except Exception as error:  # noqa: BLE001 the next one is told all the same, and this one later
            log_error("admin not told", error, platform=letter.to.person.platform)
            return None


async def _yes() -> bool:
    return True
