"""What keeps a digest from being sent: its hour is over, its owner is gone, its question was
refused, or its room may not have the answer.
"""

from datetime import datetime, timedelta

from bot.delivery import Delivered
from bot.log import log_error
from bot.runs import ON_TIME, Ending
from bot.scheduler.ports import LookUp
from bot.scheduler.steps import Attempt, Step, Waits
from handlers.backend import Outcome
from handlers.chat.asking import Reach
from handlers.chat.cron import grace
from handlers.chat.digests import Misfire, RunState, State
from handlers.chat.reply import Audience
from handlers.chat.services import Kind

_BY_HAND = timedelta(hours=12)
_BROKEN = frozenset({"too-slow", "not-audited"})
"""What broke, where people are told more of it than that."""


def lateness(attempt: Attempt, now: datetime) -> Step | None:
    """Where its grace is over while nobody could send it."""
    run, plan = attempt.claim.run, attempt.digest.plan
    if plan.misfire is Misfire.ALL and not run.by_hand:
        return None
    allowed = _BY_HAND if run.by_hand else grace(plan.cron, plan.zone, run.due)
    if now - run.due <= max(allowed, ON_TIME):
        return None
    tried = attempt.claim.fence > 1
    return attempt.failed("gave-up") if tried else Ending(RunState.SKIPPED, "late")


async def ownerless(attempt: Attempt, people: LookUp, waits: Waits) -> Step | None:
    """Where its owner is nobody here any more. Not knowing is no reason to stop it."""
    owner = attempt.digest.owner
    try:
        someone = await people.look_up(owner)
    except Exception as error:  # noqa: BLE001 whatever a platform raises: it is asked again later
        log_error("owner not looked up", error, platform=owner.platform)
        return attempt.again(waits.away)
    if someone is not None and someone.kind is Kind.MEMBER:
        return None
    return attempt.failed("owner-gone", State.PAUSED)


def refusal(attempt: Attempt, delivered: Delivered, waits: Waits) -> Step | None:
    """Where there is no answer, or none for its room."""
    match delivered.outcome:
        case Outcome.BROKEN:
            reason = delivered.why if delivered.why in _BROKEN else "broken"
            return attempt.tried(waits.asking, reason)
        case Outcome.REFUSED:
            return _refused(attempt, delivered.why)
        case Outcome.ANSWERED:
            return _kept_from_room(attempt, delivered, waits)


def _refused(attempt: Attempt, why: str) -> Step:
    if why == "no-data":
        return attempt.failed(why)
    reason = "right-lost" if why == "not-allowed" else "question-refused"
    return attempt.failed(reason, State.PAUSED)


def _kept_from_room(attempt: Attempt, delivered: Delivered, waits: Waits) -> Step | None:
    """A room whose people nobody can count just now is looked at again before it is given up."""
    for_room = attempt.digest.plan.reach is not Reach.ASKER
    if not for_room or delivered.reply.audience is Audience.ROOM:
        return None
    if delivered.why == "room-unknown" and attempt.claim.attempts < len(waits.asking):
        return attempt.tried(waits.asking, "room-audience")
    return attempt.failed("room-audience", State.PAUSED)
