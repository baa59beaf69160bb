"""The digest job: asks a saved question as its owner, posts the answer once and records the
run's ending.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.delivery import Delivered
from bot.log import log_error
from bot.runs import Claim, Ending, Untold
from bot.scheduled_posts import MayStillSend, Poster
from bot.scheduler.message import Sends, address, content, figures_of, letter, mark, sends
from bot.scheduler.notices import FailureNotices, to_tell
from bot.scheduler.ports import DigestDeps
from bot.scheduler.retry import keep_trying
from bot.scheduler.saved_questions import QuestionCheck, saved_question
from bot.scheduler.verdicts import (
    Again,
    Attempt,
    Verdict,
    Waits,
    earlier_tries,
    lateness,
    of_receipt,
    ownerless,
    refusal,
)
from handlers.chat.digests import Digest, RunState
from handlers.chat.reply import Paragraph

_DAILY = Waits()
AFTER_NEXT = timedelta(days=7)
"""Time after a digest's next run for which the details of this one can still be asked for."""


class DigestJob:
    """The job of digests' runs (bot.scheduler.ports.Job)."""

    def __init__(self, lent: DigestDeps, waits: Waits = _DAILY) -> None:
        self._lent = lent
        self._waits = waits
        self._notices = FailureNotices(lent)
        self._check = QuestionCheck(lent)

    async def run(self, claim: Claim) -> None:
        """Ask, post and record one run. Raises the store's errors."""
        if claim.digest is None:
            raise ValueError("a digest's run without its digest")
        verdict = await self._verdict(claim, claim.digest)
        if isinstance(verdict, Again):
            back = partial(self._lent.runs.again, claim, verdict.wait)
            given = partial(back, burnt=verdict.burnt, doubted=verdict.doubted)
            await keep_trying(given, "run not given back")
            return
        ending = to_tell(claim, verdict)
        # What was sent and is not recorded would be sent again.
        if await keep_trying(partial(self._lent.runs.end, claim, ending), "run not recorded"):
            self._lent.metrics.count_run(claim.kind, ending.state.value)
            if ending.tell:
                await self._notices.tell(Untold(claim.schedule, claim.digest, ending.told))

    async def catch_up(self) -> None:
        """Read what no process of this version has read; send the notices that are still unsent."""
        await self._check.read_all()
        await self._notices.catch_up()

    async def _verdict(self, claim: Claim, digest: Digest) -> Verdict:
        """Make one try at a run; return what becomes of the run by it."""
        now = self._lent.now()
        poster = self._lent.posters.get(digest.owner.platform)
        if poster is None:  # switched off: it may come back
            alone = Attempt(claim, digest, repeated=claim.doubted is not None)
            return await lateness(alone, now, self._lent.people) or alone.again(self._waits.away)
        known = await self._earlier_tries(claim, digest, poster, now)
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
        until = digest.next_due and digest.next_due + AFTER_NEXT
        delivered = await self._lent.deliver(saved_question(digest), until)
        refused = refusal(attempt, delivered, self._waits)
        return refused or await self._post_answer(attempt, delivered, poster)

    async def _earlier_tries(
        self, claim: Claim, digest: Digest, poster: Poster, now: datetime
    ) -> Verdict | bool:
        """Ask the platform whether an earlier try's message arrived, where that is in doubt."""
        if claim.doubted is None:
            return False
        found = await poster.look(address(digest), mark(claim), claim.doubted)
        return earlier_tries(claim, digest, found, now - claim.doubted, self._waits)

    async def _post_answer(self, attempt: Attempt, delivered: Delivered, poster: Poster) -> Verdict:
        """Post the answer, or the part of it that is sent while its figures are as they were."""
        claim, digest, now = attempt.claim, attempt.digest, self._lent.now()
        say = self._lent.speaker(digest.plan.locale)
        figures = figures_of(delivered, digest)
        what = sends(claim, digest, figures, now)
        if what is Sends.NOTHING:
            return Ending(RunState.SKIPPED, "unchanged")
        if what is Sends.LINE:
            line = Paragraph(say("digest-unchanged"))
            delivered = Delivered(replace(delivered.reply, parts=(line,)))
        if what is Sends.UNCOMPARED:
            parts = (Paragraph(say("digest-uncompared")), *delivered.reply.parts)
            delivered = replace(delivered, reply=replace(delivered.reply, parts=parts))
        ready = letter(attempt, delivered, say, now)
        said = content(ready.delivered.reply.parts)
        receipt = await poster.post(ready, self._go(claim, said))
        sent = Ending(RunState.SENT, content=said, figures=figures)
        return of_receipt(attempt, receipt, sent, self._waits)

    def _go(self, claim: Claim, said: str) -> MayStillSend:
        async def go() -> bool:
            try:
                return await self._lent.runs.begin_sending(claim, said)
            except Exception as error:  # noqa: BLE001 what cannot be recorded is not sent
                log_error("run not recorded as being sent", error)
                return False

        return go
