"""Whether an earlier try arrived, where nobody saw the end of it."""

from datetime import datetime, timedelta

from bot.runs import Claim, Ending
from bot.scheduled_posts import Poster, Presence
from bot.scheduler.message import address, mark
from bot.scheduler.steps import Again, Step, Waits
from handlers.chat.digests import Digest, Doubt, RunState, State

_LONGEST = timedelta(hours=12)
"""How long it is tried to look."""


async def check_earlier_tries(
    claim: Claim, digest: Digest, poster: Poster, waits: Waits, now: datetime
) -> Step | bool:
    """What is known of earlier tries: False where none arrived, True where one may have and this
    one is to say so; else what becomes of the run, without another message.
    """
    if claim.doubted is None:
        return False
    look = await poster.look(address(digest), mark(claim), claim.doubted)
    match look.seen:
        case Presence.THERE:
            return Ending(RunState.SENT, message=look.message, figures=claim.figures)
        case Presence.LATER:
            late = now - claim.doubted > _LONGEST
            return _unknown_ending() if late else Again(max(look.wait, 1), doubted=True)
        case Presence.ABSENT:
            return False if digest.state is State.ACTIVE else Ending(RunState.SKIPPED, "paused")
        case Presence.BLIND:
            final = digest.plan.doubt is Doubt.LEAVE or digest.state is not State.ACTIVE
            return _unknown_ending() if final or claim.attempts > len(waits.posting) else True


def _unknown_ending() -> Ending:
    return Ending(RunState.UNKNOWN, "unseen")
