"""A digest's question without an answer, or without one that its room may read: what becomes of
the run.
"""

from bot.delivery import Delivered
from bot.scheduler.verdicts import OWNER_REASONS, Attempt, Verdict, Waits
from handlers.backend import Outcome
from handlers.chat.asking import Reach
from handlers.chat.digests import Digest, State
from handlers.chat.refusals import NotAMember, Unconfirmed
from handlers.chat.reply import Audience
from handlers.chat.room_readers import UNCONFIRMED

_STOPS = {
    "not-allowed": "right-lost",
    **{NotAMember(kind.value).sentence: reason for kind, reason in OWNER_REASONS.items()},
}
"""The reason for which a digest stops, by the refusal its owner got."""

_UNCONFIRMED = frozenset(Unconfirmed(what).sentence for what in ("asker", "digest"))
_BROKEN = frozenset({"too-slow", "not-audited"})
"""Reasons of a broken answer that people are told by name; all others are "broken"."""


def refusal(attempt: Attempt, digest: Digest, delivered: Delivered, waits: Waits) -> Verdict | None:
    """The verdict on a question without an answer, or without one that its room may read; None
    where the answer may be posted.
    """
    match delivered.outcome:
        case Outcome.BROKEN:
            reason = delivered.why if delivered.why in _BROKEN else "broken"
            return attempt.next_try(waits.asking, reason)
        case Outcome.REFUSED:
            return _owner_refused(attempt, delivered.why, waits)
        case Outcome.ANSWERED:
            return _room_hindrance(attempt, digest, delivered, waits)


def _owner_refused(attempt: Attempt, why: str, waits: Waits) -> Verdict:
    if why == "no-data":
        return attempt.failure(why)
    if why in _UNCONFIRMED:  # it was certain a moment ago
        return attempt.again(waits.away)
    return attempt.failure(_STOPS.get(why, "question-refused"), State.PAUSED)


def _room_hindrance(
    attempt: Attempt, digest: Digest, delivered: Delivered, waits: Waits
) -> Verdict | None:
    """A room whose members the platform does not tell just now is asked again before the run
    fails.
    """
    for_room = digest.plan.reach is not Reach.ASKER
    if not for_room or delivered.reply.audience is Audience.ROOM:
        return None
    if delivered.why == UNCONFIRMED:
        return attempt.next_try(waits.asking, UNCONFIRMED)
    if delivered.why == "room-unknown" and attempt.claim.attempts < len(waits.asking):
        return attempt.next_try(waits.asking, "room-audience")
    return attempt.failure("room-audience", State.PAUSED)
