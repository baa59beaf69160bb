"""The digest job: a saved question asked as its owner, posted once, and what became of it
recorded.
"""

from dataclasses import replace
from functools import partial

from bot.delivery import Delivered, request_id
from bot.log import log_error
from bot.runs import Claim, Ending, Untold
from bot.scheduled_posts import MayStillSend, Poster
from bot.scheduler.change_detection import Sends, fingerprint, sends
from bot.scheduler.doubts import check_earlier_tries
from bot.scheduler.hindrances import lateness, ownerless, refusal
from bot.scheduler.message import content, letter
from bot.scheduler.notices import FailureNotices, to_tell
from bot.scheduler.ports import DigestDeps
from bot.scheduler.receipts import next_step
from bot.scheduler.retry import keep_trying
from bot.scheduler.steps import Again, Attempt, Step, Waits
from handlers.chat.asking import Ask, Via
from handlers.chat.digests import Digest, RunState
from handlers.chat.reply import Paragraph

_DAILY = Waits()


class DigestJob:
    """bot.scheduler.ports.Job for digests."""

    def __init__(self, lent: DigestDeps, waits: Waits = _DAILY) -> None:
        self._lent = lent
        self._waits = waits
        self._telling = FailureNotices(lent)

    async def run(self, claim: Claim) -> None:
        """Asks, posts and records; raises what the store raises."""
        if claim.digest is None:
            raise ValueError("a digest's run without its digest")
        step = await self._step(claim, claim.digest)
        if isinstance(step, Again):
            back = partial(self._lent.runs.again, claim, step.wait)
            given = partial(back, burnt=step.burnt, doubted=step.doubted)
            await keep_trying(given, "run not given back")
            return
        ending = to_tell(claim, step)
        # What was sent and is not recorded would be sent again.
        if await keep_trying(partial(self._lent.runs.end, claim, ending), "run not recorded"):
            self._lent.metrics.count_run(claim.kind, ending.state.value)
            if ending.tell:
                await self._telling.tell(Untold(claim.schedule, claim.digest, ending.told))

    async def catch_up(self) -> None:
        """Tells what a process that is gone has not told."""
        await self._telling.catch_up()

    async def _step(self, claim: Claim, digest: Digest) -> Step:
        """One try."""
        now = self._lent.now()
        poster = self._lent.posters.get(digest.owner.platform)
        if poster is None:  # switched off: it may come back
            alone = Attempt(claim, digest, repeated=claim.doubted is not None)
            return await lateness(alone, now, self._lent.people) or alone.again(self._waits.away)
        known = await check_earlier_tries(claim, digest, poster, self._waits, now)
        if not isinstance(known, bool):
            return known
        attempt = Attempt(claim, digest, repeated=known)
        if claim.attempts > len(self._waits.posting):
            return attempt.failure("gave-up")
        people = self._lent.people
        hindered = await lateness(attempt, now, people)
        hindered = hindered or await ownerless(attempt, people, self._waits)
        if hindered:
            return hindered
        delivered = await self._lent.deliver(_ask(digest))
        refused = refusal(attempt, delivered, self._waits)
        return refused or await self._post_answer(attempt, delivered, poster)

    async def _post_answer(self, attempt: Attempt, delivered: Delivered, poster: Poster) -> Step:
        claim, digest, now = attempt.claim, attempt.digest, self._lent.now()
        say = self._lent.speaker(digest.plan.locale)
        figures = fingerprint(delivered.reply.parts)
        what = sends(claim, digest, figures, now)
        if what is Sends.NOTHING:
            return Ending(RunState.SKIPPED, "unchanged")
        if what is Sends.LINE:
            line = Paragraph(say("digest-unchanged"))
            delivered = Delivered(replace(delivered.reply, parts=(line,)), {})
        ready = letter(attempt, delivered, say, now)
        said = content(ready.delivered.reply.parts)
        receipt = await poster.post(ready, self._go(claim, said))
        return next_step(
            attempt, receipt, Ending(RunState.SENT, content=said, figures=figures), self._waits
        )

    def _go(self, claim: Claim, said: str) -> MayStillSend:
        async def go() -> bool:
            try:
                return await self._lent.runs.begin_sending(claim, said)
            except Exception as error:  # noqa: BLE001 what cannot be recorded is not sent
                log_error("run not recorded as being sent", error)
                return False

        return go


def _ask(digest: Digest) -> Ask:
    plan = digest.plan
    return Ask(
        *(request_id(), digest.owner, plan.room, plan.text, plan.locale, plan.zone),
        via=Via.SCHEDULED,
        confirms=plan.confirms,
        reach=plan.reach,
    )
