"""Notices that no question asked for: to each partner admin in private, and to the ops room."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from analytics.values import PartnerId
from bot.delivery import Delivered
from bot.log import log_error
from bot.scheduled_posts import Address, Post, Poster, PostOutcome
from bot.scheduler.recipients import members
from handlers.chat.asking import Room, RoomKind, UserRef
from handlers.chat.digests import Digests
from handlers.chat.reply import Audience, Paragraph, Reply
from handlers.chat.services import People, Rights, Say
from handlers.messages.speaker import LOCALES

Wording = Callable[[Say], str]
"""A notice as one language says it."""

REACHED = frozenset({PostOutcome.SENT, PostOutcome.LOST})
"""Outcomes of a notice that arrived, or may have arrived."""


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
    """Sends notices to the admins of a partner who are members now, and to its ops room.

    `words` says a notice in one language: it is sent in all, for without a question no reader's
    language is known. `mark` names the notice in the platforms' records.
    """

    def __init__(self, lent: NoticeDeps) -> None:
        self._lent = lent

    async def send(self, mark: str, words: Wording, *, to_ops: bool = True) -> bool:
        """Send one notice to each admin, and to the ops room if there is one; return True if one of
        them was reached, or may have been.
        """
        reached = await self.send_to_admins(mark, words)
        in_room = await self.send_to_ops_room(mark, words) if to_ops else None
        return reached or in_room in REACHED

    async def send_to_ops_room(self, mark: str, words: Wording) -> PostOutcome | None:
        """Send a notice to the ops room; None where there is none, or its platform does not run."""
        ops = await self._lent.digests.ops_room(self._lent.partner)
        if ops is None:
            return None
        notice = Delivered(Reply(self._paragraphs(words), Audience.ROOM))
        return await self._post(Post(Address(ops.by, ops.room), notice, f"{self._stamp(mark)}-ops"))

    async def send_to_admins(
        self, mark: str, words: Wording, *, quoted: Sequence[str] = (), but: UserRef | None = None
    ) -> bool:
        """Send a notice to each admin in private; return True if one was reached, or may have been.
        `quoted` are texts of other people, which stand below it once. The admin `but` is left out,
        unless there is no other one.
        """
        shown = (*self._paragraphs(words), *map(Paragraph, quoted))
        notice, stamp = Delivered(Reply(shown, Audience.ASKER)), self._stamp(mark)
        own = Room("", RoomKind.PRIVATE, self._lent.partner)
        admins = await self._admins()
        others = [who for who in admins if who != but] or admins
        posts = [Post(Address(who, own), notice, f"{stamp}-{n}") for n, who in enumerate(others)]
        return bool(REACHED.intersection([await self._post(post) for post in posts]))

    async def _admins(self) -> Sequence[UserRef]:
        """The partner admins who are certain to be members."""
        admins = await self._lent.rights.admins(self._lent.partner, self._lent.now())
        return await members(admins, self._lent.people) or ()

    def _stamp(self, mark: str) -> str:
        return f"{mark}-{self._lent.now():%Y%m%dT%H%M%S}"

    def _paragraphs(self, words: Wording) -> tuple[Paragraph, ...]:
        return tuple(Paragraph(words(self._lent.speaker(locale))) for locale in LOCALES)

    async def _post(self, letter: Post) -> PostOutcome | None:
        poster = self._lent.posters.get(letter.to.person.platform)
        try:
            return (await poster.post(letter, _yes)).fate if poster else None
        except Exception as error:  # noqa: BLE001 the next one is told all the same, and this one later
            log_error("admin not told", error, platform=letter.to.person.platform)
            return None


async def _yes() -> bool:
    return True
