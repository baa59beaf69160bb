"""What keeps a digest from being sent: its hour is over, its owner is no member any more, its
question was refused, or its room may not have the answer.
"""

from datetime import datetime, timedelta

from bot.delivery import Delivered
from bot.runs import ON_TIME, Ending
from bot.scheduler.steps import Attempt, Step, Waits
from handlers.backend import Outcome
from handlers.chat.accounts import AccountKind
from handlers.chat.asking import Reach
from handlers.chat.digests import Misfire, RunState, State
from handlers.chat.refusals import NotAMember, Unconfirmed
from handlers.chat.reply import Audience
from handlers.chat.room_readers import UNCONFIRMED
from handlers.chat.services import People
from handlers.input.cron import grace

_BY_HAND = timedelta(hours=12)
_OWNER = {
    AccountKind.GUEST: "owner-guest",
    AccountKind.BOT: "owner-bot",
    AccountKind.GONE: "owner-gone",
    AccountKind.STRANGER: "owner-stranger",
    AccountKind.UNKNOWN: "owner-unknown",
}
"""Why an owner's digest stops, by what they are today."""

OWNER_LEFT = frozenset(_OWNER.values())
"""Reasons by which a digest has no owner any more who could mend it."""

_STOPS = {
    "not-allowed": "right-lost",
    **{NotAMember(kind.value).sentence: reason for kind, reason in _OWNER.items()},
}
"""Why a digest stops whose owner is refused, by the refusal."""

_UNCONFIRMED = frozenset(Unconfirmed(what).sentence for what in ("asker", "digest"))
_BROKEN = frozenset({"too-slow", "not-audited"})
"""What broke, where people are told more of it than that."""


async def lateness(attempt: Attempt, now: datetime, people: People) -> Step | None:
    """End a run whose grace is over, with the reason that still stands; None while it lasts."""
    run, plan = attempt.claim.run, attempt.digest.plan
    if plan.misfire is Misfire.ALL and not run.by_hand:
        return None
    allowed = _BY_HAND if run.by_hand else grace(plan.cron, plan.zone, run.due)
    if now - run.due <= max(allowed, ON_TIME):
        return None
    if attempt.claim.fence <= 1:
        return Ending(RunState.SKIPPED, "late")
    owner = await people.account(attempt.digest.owner, sure=True)
    return attempt.failure("gave-up" if owner.sure else "owner-unconfirmed")


async def ownerless(attempt: Attempt, people: People, waits: Waits) -> Step | None:
    """End a run whose owner is no member any more; let it wait where that is not known."""
    owner = await people.account(attempt.digest.owner, sure=True)
    if not owner.sure or owner.kind is None:
        return attempt.again(waits.away)
    return None if owner.is_member else attempt.failure(_OWNER[owner.kind], State.PAUSED)


def refusal(attempt: Attempt, delivered: Delivered, waits: Waits) -> Step | None:
    """Where there is no answer, or none for its room."""
    match delivered.outcome:
        case Outcome.BROKEN:
            reason = delivered.why if delivered.why in _BROKEN else "broken"
            return attempt.next_try(waits.asking, reason)
        case Outcome.REFUSED:
            return _refusal_step(attempt, delivered.why, waits)
        case Outcome.ANSWERED:
            return _room_hindrance(attempt, delivered, waits)


def _refusal_step(attempt: Attempt, why: str, waits: Waits) -> Step:
    if why == "no-data":
        return attempt.failure(why)
    if why in _UNCONFIRMED:  # it was certain a moment ago
        return attempt.again(waits.away)
    return attempt.failure(_STOPS.get(why, "question-refused"), State.PAUSED)


def _room_hindrance(attempt: Attempt, delivered: Delivered, waits: Waits) -> Step | None:
    """A room whose people nobody can count just now is looked at again before it is given up."""
    for_room = attempt.digest.plan.reach is not Reach.ASKER
    if not for_room or delivered.reply.audience is Audience.ROOM:
        return None
    if delivered.why == UNCONFIRMED:
        return attempt.next_try(waits.asking, UNCONFIRMED)
    if delivered.why == "room-unknown" and attempt.claim.attempts < len(waits.asking):
        return attempt.next_try(waits.asking, "room-audience")
    return attempt.failure("room-audience", State.PAUSED)
