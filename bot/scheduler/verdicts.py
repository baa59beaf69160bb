"""What becomes of a run that posts one message, decided: it ends, or it is tried again later.

In the order of a run: earlier tries that may have arrived, a grace that is over, an owner who is
no member any more, and the platform's word on the message; last, whether the end is told. What the
message itself decides, such as a question without an answer, is its kind's.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.runs import ON_TIME, Claim, Ending
from bot.scheduled_posts import Address, FoundPost, PostOutcome, Presence, Receipt
from handlers.chat.accounts import AccountKind
from handlers.chat.digests import RunState, State
from handlers.chat.services import People

_LONGEST_LOOK = timedelta(hours=12)
"""For how long a platform is asked whether an earlier message arrived."""

_LONGEST_WAIT = 3600.0
"""The longest wait, in seconds, that a platform may ask for."""

OWNER_REASONS = {
    AccountKind.GUEST: "owner-guest",
    AccountKind.BOT: "owner-bot",
    AccountKind.GONE: "owner-gone",
    AccountKind.STRANGER: "owner-stranger",
    AccountKind.UNKNOWN: "owner-unknown",
}
"""The reason for which a schedule stops, by what kind of account its owner has today."""

OWNER_LEFT = frozenset(OWNER_REASONS.values())
"""Reasons by which a schedule has no owner any more who could mend it."""


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
class PlannedPost:
    """A run's message before it is made."""

    to: Address
    """Where it goes; the person is the owner, whose right it is made with."""
    mark: str
    """The mark by which the message is found again: the same for each try."""
    grace: timedelta | None
    """Time after its hour for which it is still posted; None for ever."""
    is_active: bool
    """Whether its schedule goes on; a run that may have been sent is looked for all the same."""
    may_repeat: bool
    """Whether it is posted again, marked as a repeat, where its platform cannot tell if it came."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a run."""

    claim: Claim
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
    claim: Claim, plan: PlannedPost, found: FoundPost, doubted_for: timedelta, waits: Waits
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
            return False if plan.is_active else Ending(RunState.SKIPPED, "paused")
        case Presence.BLIND:
            final = not plan.may_repeat or not plan.is_active
            return _unseen() if final or claim.attempts > len(waits.posting) else True


def _unseen() -> Ending:
    return Ending(RunState.UNKNOWN, "unseen")


async def lateness(
    attempt: Attempt, plan: PlannedPost, now: datetime, people: People
) -> Verdict | None:
    """End a run whose grace is over, with the reason that still stands; None while it lasts."""
    if plan.grace is None or now - attempt.claim.run.due <= max(plan.grace, ON_TIME):
        return None
    if attempt.claim.fence <= 1:
        return Ending(RunState.SKIPPED, "late")
    owner = await people.account(plan.to.person, sure=True)
    return attempt.failure("gave-up" if owner.sure else "owner-unconfirmed")


async def ownerless(
    attempt: Attempt, plan: PlannedPost, people: People, waits: Waits
) -> Verdict | None:
    """End a run whose owner is no member any more; let it wait where that is not known."""
    owner = await people.account(plan.to.person, sure=True)
    if not owner.sure or owner.kind is None:
        return attempt.again(waits.away)
    return None if owner.is_member else attempt.failure(OWNER_REASONS[owner.kind], State.PAUSED)


def of_receipt(attempt: Attempt, receipt: Receipt, sent: Ending, waits: Waits) -> Verdict:
    """The verdict by a platform's receipt; `sent` is the ending of a message that arrived."""
    match receipt.fate:
        case PostOutcome.SENT:
            return replace(sent, message=receipt.message, repeated=attempt.repeated)
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


def to_tell(claim: Claim, ending: Ending) -> Ending:
    """The ending together with the notice it needs: none for a reason that was told before."""
    if ending.state is RunState.SENT:
        return replace(ending, told="", tell=bool(claim.told))
    if ending.state is RunState.SKIPPED:
        return ending
    return replace(ending, told=ending.reason, tell=claim.told != ending.reason)
