"""What becomes of a run after a try: it ends, or it is tried again."""

from dataclasses import dataclass

from bot.runs import Claim, Ending
from handlers.chat.digests import Digest, RunState, State


@dataclass(frozen=True, slots=True)
class Again:
    """It is given back, as Runs.again() takes it."""

    wait: float
    burnt: bool = False
    doubted: bool = False


Step = Ending | Again


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds between tries."""

    asking: tuple[float, ...] = (30, 120, 480)
    """After a question that broke; then it has failed."""
    posting: tuple[float, ...] = (5, 30, 120, 480)
    """After a message that did not arrive; then it has failed."""
    lost: float = 5
    """Before it is looked whether a message arrived."""
    away: float = 60
    """While a platform is switched off, or does not say who the owner is."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a digest's run."""

    claim: Claim
    digest: Digest
    repeated: bool
    """Whether an earlier one may have arrived, and nobody can see."""

    def failure(self, reason: str, schedule: State | None = None) -> Ending:
        """Not sent; or, where an earlier try may have arrived, nobody knows."""
        state = RunState.UNKNOWN if self.repeated else RunState.FAILED
        return Ending(state, reason, repeated=self.repeated, schedule=schedule)

    def again(self, wait: float, *, burnt: bool = False) -> Again:
        """Another try, with the same doubts."""
        return Again(wait, burnt=burnt, doubted=self.repeated)

    def next_try(self, waits: tuple[float, ...], reason: str) -> Step:
        """Another try after the next of these waits; failed once there is none left."""
        if self.claim.attempts < len(waits):
            return self.again(waits[self.claim.attempts], burnt=True)
        return self.failure(reason)
