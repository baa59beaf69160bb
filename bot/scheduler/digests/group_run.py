"""The run of a digest for each customer of a group: the group is looked up at its hour, each of its
customers gets a run of their own, and the digest's run ends when all of these have.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.digest_runs import RunPart
from bot.runs import Claim, Ending
from bot.scheduler.digests.ports import DigestDeps
from bot.scheduler.digests.refusals import verdict_without_answer
from bot.scheduler.digests.saved_questions import saved_question
from bot.scheduler.verdicts import (
    OWNER_LEFT,
    Again,
    Attempt,
    PlannedPost,
    Verdict,
    Waits,
    lateness,
    ownerless,
)
from handlers.backend import Outcome
from handlers.chat.digests import FINAL, Digest, Run, RunState, State

SOME = "each-some"
"""The reason of a run after which some customers of the group got no message."""

_PAUSES = OWNER_LEFT | {"right-lost", "room-audience", "question-refused"}
_BREAKS = frozenset(
    ("room-gone", "room-archived", "not-in-room", "uninstalled", "blocked", "post-refused")
)
_LONGEST = 30.0
"""Seconds in which the group and its customers' names are read."""
_SOON = timedelta(minutes=10)
"""Time after which a run whose messages are not all sent looks more seldom."""


async def group_verdict(
    claim: Claim, digest: Digest, plan: PlannedPost, lent: DigestDeps, waits: Waits
) -> Verdict:
    """Make the messages due, once; then wait for their ends. A crash in between changes nothing:
    the messages stand in the store, each with its own mark.
    """
    attempt = Attempt(claim, repeated=False)
    runs = await lent.runs.part_runs(claim)
    if runs:
        left = [run for run in runs if run.state not in FINAL]
        is_soon = lent.now() - claim.run.due < _SOON
        wait = Again(waits.lost if is_soon else waits.away)
        return wait if left else _sum(runs)
    if claim.attempts > len(waits.posting):
        return attempt.failure("gave-up")
    hindered = await lateness(attempt, plan, lent.now(), lent.people)
    hindered = hindered or await ownerless(attempt, plan, lent.people, waits)
    return hindered or await _spread(attempt, digest, lent, waits)


async def _spread(attempt: Attempt, digest: Digest, lent: DigestDeps, waits: Waits) -> Verdict:
    try:
        async with asyncio.timeout(_LONGEST):
            found = await lent.parts(saved_question(digest))
    except TimeoutError:
        return verdict_without_answer(attempt, Outcome.BROKEN, "too-slow", waits)
    if found.outcome is not Outcome.ANSWERED:
        return verdict_without_answer(attempt, found.outcome, found.why, waits)
    parts = [RunPart(each.customer, each.text, each.title) for each in found.parts]
    await lent.runs.spread(attempt.claim, parts)
    return attempt.again(waits.lost)


def _sum(runs: Sequence[Run]) -> Ending:
    """Return the end of a run by the ends of its messages: sent if one was and none failed."""
    failed = [run for run in runs if run.state in (RunState.FAILED, RunState.UNKNOWN)]
    is_sent = any(run.state is RunState.SENT for run in runs)
    if not failed:
        return Ending(RunState.SENT) if is_sent else Ending(RunState.SKIPPED, runs[0].reason)
    reasons = {run.reason for run in failed}
    if len(failed) < len(runs) or len(reasons) > 1:
        return Ending(RunState.FAILED, SOME)
    return Ending(failed[0].state, failed[0].reason, schedule=_stop(failed[0].reason))


def _stop(reason: str) -> State | None:
    """Return the state in which a digest stops whose messages all failed for this reason."""
    if reason in _PAUSES:
        return State.PAUSED
    return State.BROKEN if reason in _BREAKS else None
