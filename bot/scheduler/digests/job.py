"""The digest job: asks a saved question as its owner, so that its answer is posted once."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery import Delivered
from bot.digest_runs import Untold
from bot.runs import PART, Claim, Ending
from bot.scheduler.digests.group_run import group_verdict
from bot.scheduler.digests.message import (
    Sends,
    address,
    content,
    figures_of,
    letter,
    mark,
    sends,
)
from bot.scheduler.digests.notices import FailureNotices
from bot.scheduler.digests.ports import DigestDeps
from bot.scheduler.digests.refusals import refusal
from bot.scheduler.digests.reminders import NOTHING_DUE, with_reminded
from bot.scheduler.digests.saved_questions import QuestionCheck, saved_question
from bot.scheduler.message_job import MessageDeps, MessageJob, ReadyPost
from bot.scheduler.verdicts import Attempt, PlannedPost, Verdict, Waits
from handlers.chat.digests import Digest, Doubt, Misfire, RunState, State
from handlers.chat.reply import Paragraph
from handlers.input.cron import grace, next_due

DIGEST = "digest"
"""The kind of run that answers to one address; those to each of a group are PART."""
_DAILY = Waits()
AFTER_NEXT = timedelta(days=7)
"""Time after a digest's next run for which the details of this one can still be asked for."""

_BY_HAND = timedelta(hours=12)
"""The grace of a run that a person asked for by hand."""


class DigestJob:
    """The job of digests' runs (bot.scheduler.ports.Job)."""

    def __init__(self, lent: DigestDeps, waits: Waits = _DAILY) -> None:
        self._notices = FailureNotices(lent)
        self._check = QuestionCheck(lent)
        deps = MessageDeps(lent.runs, lent.people, lent.posters, lent.now, lent.metrics, lent.cards)
        self._lent = lent
        self._waits = waits
        self._messages = DigestMessages(lent, self._notices, waits)
        self._job = MessageJob(self._messages, deps, waits)
        self._parts = MessageJob(self._messages, deps, waits, told=_of_part)

    async def run(self, claim: Claim) -> None:
        """Ask, post and record one run. Raises the store's errors."""
        digest = _digest_of(claim)
        if claim.kind == PART:
            await self._parts.run(claim)
        elif digest.plan.is_for_each:
            plan = self._messages.plan(claim)
            verdict = await group_verdict(claim, digest, plan, self._lent, self._waits)
            await self._job.finish(claim, verdict)
        else:
            await self._job.run(claim)
            if digest.plan.is_reminder:
                await self._lent.beat()

    async def catch_up(self) -> None:
        """Read what no process of this version has read; send the notices that are still unsent;
        replace messages that ask for what was decided.
        """
        await self._check.read_all()
        await self._notices.catch_up()
        await self._job.replace_changed(DIGEST)
        await self._parts.replace_changed(PART)


class DigestMessages:
    """The digest's own decisions about its runs (bot.scheduler.message_job.MessageKind)."""

    def __init__(self, lent: DigestDeps, notices: FailureNotices, waits: Waits) -> None:
        self._lent = lent
        self._notices = notices
        self._waits = waits

    def plan(self, claim: Claim) -> PlannedPost:
        """The digest's message before its question is asked."""
        digest = _digest_of(claim)
        return PlannedPost(
            to=address(digest),
            mark=mark(claim),
            grace=_grace(claim, digest),
            is_active=digest.state is State.ACTIVE,
            may_repeat=digest.plan.doubt is not Doubt.LEAVE,
        )

    async def make(self, attempt: Attempt, at: datetime) -> ReadyPost | Verdict:
        """Ask the question; return its answer, or the part of it that is sent while its figures
        are as they were.
        """
        digest = _digest_of(attempt.claim)
        after = digest.next_due
        if attempt.claim.kind == PART:  # it has no hours of its own, but those of its digest
            after = next_due(digest.plan.cron, digest.plan.zone, self._lent.now())
        until = after and after + AFTER_NEXT
        ask = saved_question(digest)
        ask = await with_reminded(ask, attempt.claim, digest, at, self._lent)
        delivered = await self._lent.deliver(ask, until)
        if refused := refusal(attempt, digest, delivered, self._waits):
            return refused
        if delivered.reply.nothing_due and not attempt.claim.run.by_hand:
            return Ending(RunState.SKIPPED, NOTHING_DUE)
        return self._ready_post(attempt, digest, delivered, at)

    async def tell(self, claim: Claim, reason: str) -> None:
        """Tell of a failure or recovery."""
        await self._notices.tell(Untold(claim.schedule, _digest_of(claim), reason))

    def _ready_post(
        self, attempt: Attempt, digest: Digest, delivered: Delivered, now: datetime
    ) -> ReadyPost | Verdict:
        claim = attempt.claim
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
        post = letter(attempt, digest, delivered, say, now)
        said = content(post.delivered.reply.parts)
        return ReadyPost(post, Ending(RunState.SENT, content=said, figures=figures))


def _of_part(_claim: Claim, ending: Ending) -> Ending:
    """Return the end of a part: its digest's run tells of it, and stops the digest."""
    return replace(ending, schedule=None)


def _digest_of(claim: Claim) -> Digest:
    if claim.digest is None:
        raise ValueError("a digest's run without its digest")
    return claim.digest


def _grace(claim: Claim, digest: Digest) -> timedelta | None:
    """Return how late a run may be posted; None where its digest makes up for every missed one."""
    if claim.run.by_hand:
        return _BY_HAND
    plan = digest.plan
    return None if plan.misfire is Misfire.ALL else grace(plan.cron, plan.zone, claim.run.due)
