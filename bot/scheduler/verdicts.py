"""What becomes of a digest's run, decided: it ends, or it is tried again later.

In the order of a run: earlier tries that may have arrived, a grace that is over, an owner who is
no member any more, a question that gave no answer, and the platform's word on the message.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery import Delivered
from bot.runs import ON_TIME, Claim, Ending
from bot.scheduled_posts import FoundPost, PostOutcome, Presence, Receipt
from handlers.backend import Outcome
from handlers.chat.accounts import AccountKind
from handlers.chat.asking import Reach
from handlers.chat.digests import Digest, Doubt, Misfire, RunState, State
from handlers.chat.refusals import NotAMember, Unconfirmed
from handlers.chat.reply import Audience
from handlers.chat.room_readers import UNCONFIRMED
from handlers.chat.services import People
from handlers.input.cron import grace

_BY_HAND = timedelta(hours=12)
"""The grace of a run that a person asked for by hand."""

_LONGEST_LOOK = timedelta(hours=12)
"""For how long a platform is asked whether an earlier message arrived."""

_LONGEST_WAIT = 3600.0
"""The longest wait, in seconds, that a platform may ask for."""

_OWNER = {
    AccountKind.GUEST: "owner-guest",
    AccountKind.BOT: "owner-bot",
    AccountKind.GONE: "owner-gone",
    AccountKind.STRANGER: "owner-stranger",
    AccountKind.UNKNOWN: "owner-unknown",
}
"""The reason for which a digest stops, by what kind of account its owner has today."""

OWNER_LEFT = frozenset(_OWNER.values())
"""Reasons by which a digest has no owner any more who could mend it."""

_STOPS = {
    "not-allowed": "right-lost",
    **{NotAMember(kind.value).sentence: reason for kind, reason in _OWNER.items()},
}
"""The reason for which a digest stops, by the refusal its owner got."""

_UNCONFIRMED = frozenset(Unconfirmed(what).sentence for what in ("asker", "digest"))
_BROKEN = frozenset({"too-slow", "not-audited"})
"""Reasons of a broken answer that people are told by name; all others are "broken"."""


@dataclass(frozen=True, slots=True)
class Again:
    """The run is given back for another try, with the arguments of `Runs.again`."""

    wait: float
    """Seconds."""
    burnt: bool = False
    doubted: bool = False


Verdict = Ending | Again


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds between tries."""

    asking: tuple[float, ...] = (30, 120, 480)
    """After a question that broke; after the last one the run has failed."""
    posting: tuple[float, ...] = (5, 30, 120, 480)
    """After a message that did not arrive; after the last one the run has failed."""
    lost: float = 5
    """Before the platform is asked whether a message arrived."""
    away: float = 60
    """While a platform is switched off, or does not say who the owner is."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a digest's run."""

    claim: Claim
    digest: Digest
    repeated: bool
    """True where an earlier message may have arrived and its platform cannot tell."""

    def failure(self, reason: str, schedule: State | None = None) -> Ending:
        """The run as failed; as unknown where an earlier try may have arrived."""
        state = RunState.UNKNOWN if self.repeated else RunState.FAILED
        return Ending(state, reason, repeated=self.repeated, schedule=schedule)

    def again(self, wait: float, *, burnt: bool = False) -> Again:
        """Another try in `wait` seconds, with the same doubts."""
        return Again(wait, burnt=burnt, doubted=self.repeated)

    def next_try(self, waits: tuple[float, ...], reason: str) -> Verdict:
        """Another try after the next of these waits; failed once there is none left."""
        if self.claim.attempts < len(waits):
            return self.again(waits[self.claim.attempts], burnt=True)
        return self.failure(reason)


def earlier_tries(
    claim: Claim, digest: Digest, found: FoundPost, doubted_for: timedelta, waits: Waits
) -> Verdict | bool:
    """False where no earlier message arrived, True where one may have and the next is to be marked
    as a repeat; else the run's verdict, without another message. `found` is the platform's word.
    """
    match found.seen:
        case Presence.THERE:
            return Ending(RunState.SENT, message=found.message, figures=claim.figures)
        case Presence.LATER:
            late = doubted_for > _LONGEST_LOOK
            return _unseen() if late else Again(max(found.wait, 1), doubted=True)
        case Presence.ABSENT:
            return False if digest.state is State.ACTIVE else Ending(RunState.SKIPPED, "paused")
        case Presence.BLIND:
            final = digest.plan.doubt is Doubt.LEAVE or digest.state is not State.ACTIVE
            return _unseen() if final or claim.attempts > len(waits.posting) else True


def _unseen() -> Ending:
    return Ending(RunState.UNKNOWN, "unseen")


async def lateness(attempt: Attempt, now: datetime, people: People) -> Verdict | None:
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


async def ownerless(attempt: Attempt, people: People, waits: Waits) -> Verdict | None:
    """End a run whose owner is no member any more; let it wait where that is not known."""
    owner = await people.account(attempt.digest.owner, sure=True)
    if not owner.sure or owner.kind is None:
        return attempt.again(waits.away)
    return None if owner.is_member else attempt.failure(_OWNER[owner.kind], State.PAUSED)


def refusal(attempt: Attempt, delivered: Delivered, waits: Waits) -> Verdict | None:
    """The verdict on a question without an answer, or without one that its room may read; None
    where the answer may be posted.
    """
    match delivered.outcome:
        case Outcome.BROKEN:
            reason = delivered.why if delivered.why in _BROKEN else "broken"
            return attempt.next_try(waits.asking, reason)
        case Outcome.REFUSED:
            return _owner_refused(attempt, delivered.why, waits)
        case Outcome.ANSWERED:
            return _room_hindrance(attempt, delivered, waits)


def _owner_refused(attempt: Attempt, why: str, waits: Waits) -> Verdict:
    if why == "no-data":
        return attempt.failure(why)
    if why in _UNCONFIRMED:  # it was certain a moment ago
        return attempt.again(waits.away)
    return attempt.failure(_STOPS.get(why, "question-refused"), State.PAUSED)


def _room_hindrance(attempt: Attempt, delivered: Delivered, waits: Waits) -> Verdict | None:
    """A room whose members the platform does not tell just now is asked again before the run
    fails.
    """
    for_room = attempt.digest.plan.reach is not Reach.ASKER
    if not for_room or delivered.reply.audience is Audience.ROOM:
        return None
    if delivered.why == UNCONFIRMED:
        return attempt.next_try(waits.asking, UNCONFIRMED)
    if delivered.why == "room-unknown" and attempt.claim.attempts < len(waits.asking):
        return attempt.next_try(waits.asking, "room-audience")
    return attempt.failure("room-audience", State.PAUSED)


def of_receipt(attempt: Attempt, receipt: Receipt, sent: Ending, waits: Waits) -> Verdict:
    """The verdict by a platform's receipt; `sent` is the ending of a message that arrived."""
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
            return attempt.again(min(max(receipt.wait, 1), _LONGEST_WAIT))
        case PostOutcome.FAILED:
            return attempt.next_try(waits.posting, "gave-up")
        case PostOutcome.LOST:
            return Again(waits.lost, burnt=True, doubted=True)
        case PostOutcome.LEFT:
            return attempt.again(waits.lost)
