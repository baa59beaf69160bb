"""What becomes of a run by what became of its message."""

from bot.runs import Ending
from bot.scheduled_posts import PostOutcome, Receipt
from bot.scheduler.steps import Again, Attempt, Step, Waits
from handlers.chat.digests import RunState, State

_LONGEST = 3600.0
"""Seconds that a platform may make us wait."""


def next_step(attempt: Attempt, receipt: Receipt, sent: Ending, waits: Waits) -> Step:
    """`sent` is how it ends where it was sent."""
    match receipt.fate:
        case PostOutcome.SENT:
            return Ending(
                RunState.SENT,
                message=receipt.message,
                content=sent.content,
                figures=sent.figures,
                repeated=attempt.repeated,
            )
        case PostOutcome.REFUSED:
            return attempt.failure(receipt.reason, State.BROKEN)
        case PostOutcome.LATER:
            return attempt.again(min(max(receipt.wait, 1), _LONGEST))
        case PostOutcome.FAILED:
            return attempt.next_try(waits.posting, "gave-up")
        case PostOutcome.LOST:
            return Again(waits.lost, burnt=True, doubted=True)
        case PostOutcome.LEFT:
            return attempt.again(waits.lost)
