"""The job of runs that post one message each, whatever its kind: claimed once, decided once, and
the reason told where there is no message.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.log import log_error
from bot.metrics import Metrics
from bot.runs import Claim, Ending, Runs, ShownCard, ShownCards
from bot.scheduled_posts import MayStillSend, Post, Poster, PostOutcome
from bot.scheduler.retry import keep_trying
from bot.scheduler.verdicts import (
    Again,
    Attempt,
    PlannedPost,
    Verdict,
    Waits,
    earlier_tries,
    lateness,
    of_receipt,
    ownerless,
    to_tell,
)
from handlers.chat.services import People
from handlers.output.decisions import due_terms, terms_to_decide


@dataclass(frozen=True, slots=True)
class ReadyPost:
    """A message that is ready to be posted."""

    post: Post
    sent: Ending
    """The run's end where the message arrives, with the hash of its content."""


class MessageKind(Protocol):
    """The decisions of one kind of message about its runs: DigestMessages. A new kind needs such a
    class and rows in `schedule`.
    """

    def plan(self, claim: Claim) -> PlannedPost:
        """The message before it is made. Raises ValueError for another kind's run."""
        ...

    async def make(self, attempt: Attempt, at: datetime) -> ReadyPost | Verdict:
        """Make the message as posted at `at`, or say what becomes of the run without one."""
        ...

    async def tell(self, claim: Claim, reason: str) -> None:
        """Tell of a run's failure, or, where the reason is empty, of a recovery. Never raises:
        what could not be told stays to be told.
        """
        ...


@dataclass(frozen=True, slots=True)
class MessageDeps:
    """Dependencies of the runs of messages."""

    runs: Runs
    people: People
    posters: Mapping[str, Poster]
    """By platform, those that are running."""
    now: Callable[[], datetime]
    metrics: Metrics
    cards: ShownCards
    """Messages that ask for decisions."""


class MessageJob:
    """Runs of one kind of message: each looks for earlier tries, is posted once, and recorded."""

    def __init__(
        self,
        kind: MessageKind,
        lent: MessageDeps,
        waits: Waits,
        told: Callable[[Claim, Ending], Ending] = to_tell,
    ) -> None:
        """Tell of an end what `told` adds to it."""
        self._kind = kind
        self._lent = lent
        self._waits = waits
        self._told = told

    async def run(self, claim: Claim) -> None:
        """Make, post and record one run's message. Raises the store's errors."""
        await self.finish(claim, await self._verdict(claim, self._kind.plan(claim)))

    async def finish(self, claim: Claim, verdict: Verdict) -> None:
        """Record what becomes of a run, and tell it. Raises the store's errors."""
        if isinstance(verdict, Again):
            back = partial(self._lent.runs.again, claim, verdict.wait)
            given = partial(back, burnt=verdict.burnt, doubted=verdict.doubted)
            await keep_trying(given, "run not given back")
            return
        ending = self._told(claim, verdict)
        # What was sent and is not recorded would be sent again.
        if await keep_trying(partial(self._lent.runs.end, claim, ending), "run not recorded"):
            self._lent.metrics.count_run(claim.kind, ending.state.value)
            if ending.tell:
                await self._kind.tell(claim, ending.told)

    async def _verdict(self, claim: Claim, plan: PlannedPost) -> Verdict:
        """Make one try at a run; return what becomes of the run by it."""
        now = self._lent.now()
        poster = self._lent.posters.get(plan.to.person.platform)
        if poster is None:  # switched off: it may come back
            alone = Attempt(claim, repeated=claim.doubted is not None)
            late = await lateness(alone, plan, now, self._lent.people)
            return late or alone.again(self._waits.away)
        known = await self._earlier_tries(claim, plan, poster, now)
        if not isinstance(known, bool):
            return known
        attempt = Attempt(claim, repeated=known)
        if claim.attempts > len(self._waits.posting):
            return attempt.failure("gave-up")
        people = self._lent.people
        hindered = await lateness(attempt, plan, now, people)
        hindered = hindered or await ownerless(attempt, plan, people, self._waits)
        return hindered or await self._post(attempt, poster)

    async def _earlier_tries(
        self, claim: Claim, plan: PlannedPost, poster: Poster, now: datetime
    ) -> Verdict | bool:
        """Ask the platform whether an earlier try's message arrived, where that is in doubt."""
        if claim.doubted is None:
            return False
        found = await poster.look(plan.to, plan.mark, claim.doubted)
        return earlier_tries(claim, plan, found, now - claim.doubted, self._waits)

    async def _post(self, attempt: Attempt, poster: Poster) -> Verdict:
        ready = await self._kind.make(attempt, self._lent.now())
        if not isinstance(ready, ReadyPost):
            return ready
        receipt = await poster.post(ready.post, self._go(attempt.claim, ready.sent.content))
        if receipt.fate is PostOutcome.SENT:
            await self._note_terms(attempt.claim, ready.post)
        return of_receipt(attempt, receipt, ready.sent, self._waits)

    async def _note_terms(self, claim: Claim, post: Post) -> None:
        """Keep which decisions a message asks for, or counts. Without it the message is not
        replaced, and its buttons still say what was decided.
        """
        shown = post.delivered
        terms = (*terms_to_decide(shown.reply.parts), *due_terms(shown.result))
        if terms:
            try:
                await self._lent.cards.note(claim, tuple(dict.fromkeys(terms)))
            except Exception as error:  # noqa: BLE001 the message was sent, and that is to be recorded
                log_error("decisions of a message not kept", error)

    async def replace_changed(self, kind: str) -> None:
        """Replace the messages of a kind of run that ask for what was decided since, by what their
        question answers now. One that gets no answer any more stays. Raises the store's errors.
        """
        for card in await self._lent.cards.changed_cards(kind):
            await self._replace(card)
            await self._lent.cards.mark_replaced(card)

    async def _replace(self, card: ShownCard) -> None:
        plan = self._kind.plan(card.claim)
        poster = self._lent.posters.get(plan.to.person.platform)
        if poster is None:
            return
        again = Attempt(replace(card.claim, figures=""), repeated=False)  # whole, as it was
        ready = await self._kind.make(again, card.posted)
        if isinstance(ready, ReadyPost):
            await poster.replace(plan.to, card.message, ready.post.delivered)

    def _go(self, claim: Claim, said: str) -> MayStillSend:
        async def go() -> bool:
            try:
                return await self._lent.runs.begin_sending(claim, said)
            except Exception as error:  # noqa: BLE001 what cannot be recorded is not sent
                log_error("run not recorded as being sent", error)
                return False

        return go
