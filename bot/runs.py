"""Runs of scheduled jobs, as the scheduler takes them from the store and gives them back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from analytics.values import PartnerId
from handlers.chat.digests import Digest, Run, RunState, State

LEASE = 60.0
"""Seconds of a lease: the time for which a run belongs to its claimer. The one call that people see
takes twenty at the most.
"""

ON_TIME = timedelta(minutes=5)
"""Delay within which a run counts as punctual, whatever its misfire says."""

PART = "digest-part"
"""The kind of schedule that is the message to one customer of a digest for each of a group."""

SWEPT = 500
"""Maximum number of old runs that are deleted at once: other processes want to write too."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that this process has claimed for the time of a lease."""

    schedule: str
    """The schedule's id in the store."""
    kind: str
    """The kind of job, such as `digest`."""
    partner: PartnerId
    run: Run
    fence: int
    """Fencing token, counted up with each claim: an older claim changes nothing any more."""
    attempts: int
    """Number of earlier tries without success."""
    doubted: datetime | None
    """The time when an earlier attempt was about to send and it is unknown whether it did; else
    None.
    """
    digest: Digest | None
    """The digest to run; None for a job of another kind."""
    figures: str = ""
    """Fingerprint of the figures last sent; empty before the first time."""
    last_sent: datetime | None = None
    left_out: int = 0
    """Runs since the last sent one that were left out because it was too late for them."""
    told: str = ""
    """The failure that the owner and the ops room were told of last; empty once the schedule has
    gone well again.
    """


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a run, and the changes of its schedule."""

    state: RunState
    """The final state: one of FINAL."""
    reason: str = ""
    message: str = ""
    """The platform's id of what was posted."""
    content: str = ""
    figures: str = ""
    repeated: bool = False
    told: str = ""
    """The failure told of last, as in Claim; stored as set here, unless the run was skipped."""
    tell: bool = False
    """Whether `told` has still to be told, which stands in the store until `mark_told()`."""
    schedule: State | None = None
    """PAUSED or BROKEN, with `reason`, where the schedule stops; None where it goes on."""


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A posted message that asks for decisions, one of which was made or undone since."""

    claim: Claim
    """The claim of its run, which has ended."""
    message: str
    """The platform's id of the message."""
    posted: datetime
    changed: datetime
    """The time of the newest such decision."""


class ShownCards(Protocol):
    """Messages that ask for decisions: bot.store.shown_cards.CardStore, which the scheduler may not
    import. Methods raise what the store raises.
    """

    async def note(self, claim: Claim, terms: Sequence[str]) -> None:
        """Keep which terms a run's message asks for."""
        ...

    async def changed_cards(self, kind: str) -> list[ShownCard]:
        """Messages of a kind whose terms were decided since they were posted or replaced, of the
        last eight days: a few at a time.
        """
        ...

    async def naming_hours(self, claim: Claim) -> Mapping[str, datetime]:
        """The hour at which each term was last asked for by the schedule's runs before this one, of
        the last two months.
        """
        ...

    async def mark_replaced(self, card: ShownCard) -> None:
        """Record that a message shows what was decided, or cannot be replaced."""
        ...


class Runs(Protocol):
    """The store's runs of every kind: bot.store.schedule.runs.RunStore, which the scheduler may not
    import. Methods raise what the store raises.
    """

    async def tick(self) -> int:
        """Make runs of the schedules that have come due, as each one's misfire says, and set their
        next due times: all or nothing. Return how many runs were made or skipped.
        """
        ...

    async def claim(self, most: int, mine: Collection[tuple[str, datetime]]) -> list[Claim]:
        """Claim runs to work on, the longest due first: pending ones whose time has come, and those
        whose claimer's lease ran out; never one of `mine`, (schedule, due), which this process
        already works on.
        """
        ...

    async def begin_sending(self, claim: Claim, content: str = "") -> bool:
        """Record that this content, by its hash, is about to be sent, with a new lease; False where
        the run is no longer this claim's, or its schedule is not active any more.
        """
        ...

    async def renew(self, claim: Claim) -> bool:
        """Renew the lease; False where the run is no longer this claim's."""
        ...

    async def end(self, claim: Claim, ending: Ending) -> bool:
        """Record the run's end, once; False where the run is no longer this claim's."""
        ...

    async def again(self, claim: Claim, wait: float, *, burnt: bool, doubted: bool) -> bool:
        """Give the run back for another try in `wait` seconds; `burnt` counts it as an attempt.
        `doubted` records that it may have been sent.
        """
        ...

    async def mark_told(self, key: str, reason: str) -> None:
        """Record that a schedule's failure or recovery was told. `key` is the schedule's id in the
        store.
        """
        ...

    async def overdue(self) -> int:
        """Number of runs that were due more than five minutes ago and have no final state."""
        ...

    async def sweep(self) -> int:
        """Delete some runs that ended more than 400 days ago, and return how many. Fewer than SWEPT
        where no more are left.
        """
        ...
