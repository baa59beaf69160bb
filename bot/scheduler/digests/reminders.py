"""Reminders of decisions: the terms that earlier ones named, so that each comes in time."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.runs import Claim
from bot.scheduler.digests.ports import DigestDeps
from handlers.chat.asking import Ask, Reminded
from handlers.chat.digests import Digest, Run, RunState

NOTHING_DUE = "nothing-due"
"""The reason of a reminder's run without a message: there was nothing to remind of."""

_RUNS = 12
"""Runs that are looked back on: more than two weeks of working mornings."""


async def with_reminded(
    ask: Ask, claim: Claim, digest: Digest, at: datetime, lent: DigestDeps
) -> Ask:
    """Return a reminder's question with what those before it named; any other as it is. `at` is
    when its message is posted, or was. Raises the store's errors.
    """
    if not digest.plan.is_reminder:
        return ask
    zone = ZoneInfo(digest.plan.zone)
    told = await lent.cards.naming_hours(claim)
    runs = await lent.digests.history(digest, _RUNS)
    earlier = [run.due for run in runs if run.due < claim.run.due and _is_made(run)]
    looked = _day(max(earlier), zone) if earlier else None
    days = {term: _day(due, zone) for term, due in told.items()}
    return replace(ask, reminded=Reminded(at, days, looked))


def _is_made(run: Run) -> bool:
    """Check whether a run was sent, or found that nothing was due."""
    return run.state is RunState.SENT or run.reason == NOTHING_DUE


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
