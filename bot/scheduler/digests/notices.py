"""Notices of digests that failed, sent once: to the owner in private, to the admins where the
owner is no member any more, and to the ops room, which is told of recoveries too.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.delivery import Delivered, request_id
from bot.digest_runs import Untold
from bot.log import log_error
from bot.scheduled_posts import Address, Post, PostOutcome
from bot.scheduler.digests.ports import DigestDeps
from bot.scheduler.digests.saved_questions import REFUSED, private_question
from bot.scheduler.recipients import members
from bot.scheduler.verdicts import OWNER_LEFT
from handlers.backend import Outcome
from handlers.chat.asking import Ask, Room, RoomKind, UserRef, Via
from handlers.chat.reply import Audience, Choice, Choices, Paragraph, Reply

_DONE = frozenset({PostOutcome.SENT, PostOutcome.REFUSED, PostOutcome.LOST})
"""Outcomes after which a notice is not sent again."""


class FailureNotices:
    """Sends the notices of a partner's digests; a notice that fails never fails a run."""

    def __init__(self, lent: DigestDeps) -> None:
        self._lent = lent

    async def tell(self, untold: Untold) -> None:
        """Send a notice to the owner or the admins, and to the ops room. It stays to be sent where
        it reaches none of them now, or it is not certain who is still a member.
        """
        try:
            letters = await self._letters(untold)
            if letters is None:
                return
            fates = [await self._post(letter) for letter in letters]
            if not fates or _DONE.intersection(fates):
                await self._lent.runs.mark_told(untold.schedule, untold.reason)
        except Exception as error:  # noqa: BLE001 the run has ended; it stays to be told
            log_error("failure not told", error, platform=untold.digest.owner.platform)

    async def catch_up(self) -> None:
        """Send the notices that a process left unsent when it ended."""
        for untold in await self._lent.runs.unsent_notices():
            await self.tell(untold)

    async def _letters(self, untold: Untold) -> list[Post] | None:
        """One notice for each recipient, and one for the ops room; None while it is not certain
        who the recipients are.
        """
        letters = []
        if untold.reason:
            concerned = await self._recipients(untold)
            if concerned is None:
                return None
            letters = [await self._card(who, untold) for who in concerned]
        ops = await self._lent.digests.ops_room(untold.digest.partner)
        if ops:
            letters.append(self._word(untold, Address(ops.by, ops.room)))
        stamp = f"{untold.schedule[:32]}-told-{self._lent.now():%Y%m%dT%H%M%S}"
        return [replace(one, mark=f"{stamp}-{n}"[:64]) for n, one in enumerate(letters)]

    async def _recipients(self, untold: Untold) -> Sequence[UserRef] | None:
        """The owner; the admins where the owner is no member any more."""
        if untold.reason not in OWNER_LEFT:
            return (untold.digest.owner,)
        admins = await self._lent.rights.admins(untold.digest.partner, self._lent.now())
        return await members(admins, self._lent.people)

    async def _card(self, who: UserRef, untold: Untold) -> Post:
        """A recipient's answer to `/digest show`, under the sentence that says what happened."""
        digest, plan = untold.digest, untold.digest.plan
        own = Room("", RoomKind.PRIVATE, digest.partner)
        text = f"/digest show {digest.number}"
        ask = Ask(request_id(), who, own, text, plan.locale, plan.zone, Via.SCHEDULED)
        card = await self._lent.deliver(ask, None)
        values = {"number": str(digest.number), "title": plan.title}
        said = Paragraph(self._sentence("run-failed", untold, **values))
        # Where the card broke, what happened is said all the same.
        shown = card.reply.parts if card.outcome is Outcome.ANSWERED else ()
        parts = (said, *await self._choices(who, untold), *shown)
        reply = replace(card.reply, parts=parts, audience=Audience.ASKER)
        return Post(Address(who, own), replace(card, reply=reply), "")

    async def _choices(self, who: UserRef, untold: Untold) -> Sequence[Choices]:
        """Return what the digest's question leaves to choose from, as changes of the digest; only
        its owner may see that, and make one.
        """
        digest = untold.digest
        if untold.reason != REFUSED or who != digest.owner:
            return ()
        asked = await self._lent.deliver(private_question(digest), None)
        if asked.outcome is not Outcome.REFUSED:
            return ()
        begin = f"/digest change {digest.number}"
        return [
            replace(part, items=tuple(_as_change(choice, begin) for choice in part.items))
            for part in asked.reply.parts
            if isinstance(part, Choices)
        ]

    def _word(self, untold: Untold, to: Address) -> Post:
        """The ops room's notice: without the digest's title, which may name customers."""
        sentence = "ops-failed" if untold.reason else "ops-recovered"
        said = self._sentence(sentence, untold, number=str(untold.digest.number))
        return Post(to, Delivered(Reply((Paragraph(said),), Audience.ROOM)), "")

    def _sentence(self, sentence: str, untold: Untold, **values: str) -> str:
        say = self._lent.speaker(untold.digest.plan.locale)
        if untold.reason:
            values["reason"] = say(f"run-why-{untold.reason}")
        return say(sentence, **values)

    async def _post(self, letter: Post) -> PostOutcome | None:
        poster = self._lent.posters.get(letter.to.person.platform)
        return (await poster.post(letter, _yes)).fate if poster else None


def _as_change(choice: Choice, begin: str) -> Choice:
    """Return a choice that puts its question into the digest."""
    return replace(choice, text=f"{begin} {choice.text.removeprefix('/')}")


async def _yes() -> bool:
    return True
