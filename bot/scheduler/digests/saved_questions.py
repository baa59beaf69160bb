"""Saved questions read once by a new version, before their hours: one that cannot be read any more,
or leaves a choice, is paused, and its owner is told.
"""

from collections import Counter
from dataclasses import replace

from bot.delivery import request_id
from bot.log import log_error
from bot.scheduler.digests.ports import DigestDeps
from handlers.backend import Outcome
from handlers.chat.asking import Ask, Reach, Room, RoomKind, Via
from handlers.chat.digests import Digest
from handlers.chat.refusals import (
    CustomerOrTopic,
    ProductAlone,
    SeveralCustomers,
    SeveralPlans,
    SeveralTopics,
    SeveralTopicsOfAll,
    TopicOfNone,
    UnknownCustomer,
    UnknownTopic,
    UnreadablePeriod,
)
from handlers.input.command_line import read_command
from handlers.registry import COMMANDS

REFUSED = "question-refused"
"""The reason of a digest that is paused since its question gets no answer."""

_UNREADABLE = frozenset(
    refusal.sentence
    for refusal in (
        *(ProductAlone, TopicOfNone, SeveralCustomers, CustomerOrTopic),
        *(SeveralTopics, SeveralPlans, SeveralTopicsOfAll),
        *(UnknownCustomer, UnknownTopic, UnreadablePeriod),
    )
)
_TRIES = 10
"""Tries, one a minute, of a question that cannot be asked now because its platform is away or
there are no figures; then its hour decides.
"""


def saved_question(digest: Digest) -> Ask:
    """Return the digest's question as its owner asks it at its hour."""
    plan = digest.plan
    return Ask(
        id=request_id(),
        asker=digest.owner,
        room=plan.room,
        text=plan.text,
        locale=plan.locale,
        zone=plan.zone,
        via=Via.SCHEDULED,
        confirms=plan.confirms,
        reach=plan.reach,
    )


def private_question(digest: Digest) -> Ask:
    """Return the same question for the owner alone: its answer goes into no room."""
    own = Room("", RoomKind.PRIVATE, digest.partner)
    return replace(saved_question(digest), room=own, confirms="", reach=Reach.ASKER)


class QuestionCheck:
    """Reads each saved question once. Until then it is not due."""

    def __init__(self, lent: DigestDeps) -> None:
        self._lent = lent
        self._tries: Counter[str] = Counter()

    async def read_all(self) -> None:
        """Read the digests that no process of this version has read. Raises the store's errors."""
        for unread in await self._lent.runs.unread():
            self._tries[unread.schedule] += 1
            readable = await self._is_readable(unread.digest)
            if readable is False:
                await self._lent.runs.stop_unreadable(unread, REFUSED)
            elif readable or self._tries[unread.schedule] >= _TRIES:
                await self._lent.runs.mark_read(unread)

    async def _is_readable(self, digest: Digest) -> bool | None:
        """Ask the question; None where that gives no answer for a reason that may pass."""
        typed = read_command(digest.plan.text, {command.name for command in COMMANDS})
        if typed is None or not typed.command:
            return False
        try:
            found = await self._lent.deliver(private_question(digest), None)
        except Exception as error:  # noqa: BLE001 it is asked again in a minute, and at its hour
            log_error("saved question not read", error, platform=digest.owner.platform)
            return None
        if found.outcome is Outcome.REFUSED and found.why in _UNREADABLE:
            return False
        return True if found.outcome is Outcome.ANSWERED else None
