"""A digest's question without an answer, or without one that its room may read: what becomes of
the run.
"""

from bot.delivery import Delivered
from bot.scheduler.verdicts import OWNER_REASONS, Attempt, Verdict, Waits
from handlers.backend import Outcome
from handlers.chat.asking import Reach
from handlers.chat.digest_refusals import TooManyOfGroup
from handlers.chat.digests import Digest, State
from handlers.chat.group_refusals import EmptyGroup
from handlers.chat.refusals import NotAMember, Unconfirmed
from handlers.chat.reply import Audience
from handlers.chat.room_readers import UNCONFIRMED

_STOPS = {
    "not-allowed": "right-lost",
    "group-gone": "group-gone",
    **{NotAMember(kind.value).sentence: reason for kind, reason in OWNER_REASONS.items()},
}
"""The reason for which a digest stops, by the refusal its owner got."""

_PASSING = {
    "no-data": "no-data",
    EmptyGroup.sentence: "group-empty",
    TooManyOfGroup.sentence: "group-many",
}
"""The reason of a run without a message, by a refusal that may pass by the next run."""

_UNCONFIRMED = frozenset(Unconfirmed(what).sentence for what in ("asker", "digest"))
_BROKEN = frozenset({"too-slow", "not-audited"})
"""Reasons of a broken answer that people are told by name; all others are "broken"."""


def refusal(attempt: Attempt, digest: Digest, delivered: Delivered, waits: Waits) -> Verdict | None:
    """The verdict on a question without an answer, or without one that its room may read; None
    where the answer may be posted.
    """
    if delivered.outcome is Outcome.ANSWERED:
        return _room_hindrance(attempt, digest, delivered, waits)
    return verdict_without_answer(attempt, delivered.outcome, delivered.why, waits)


def verdict_without_answer(attempt: Attempt, outcome: Outcome, why: str, waits: Waits) -> Verdict:
    """The verdict on a question that broke or was refused to its owner."""
    if outcome is Outcome.REFUSED:
        return _owner_refused(attempt, why, waits)
    return attempt.next_try(waits.asking, why if why in _BROKEN else "broken")


def _owner_refused(attempt: Attempt, why: str, waits: Waits) -> Verdict:
    if why in _PASSING:
        return attempt.failure(_PASSING[why])
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
