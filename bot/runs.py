"""Runs of what is scheduled, as the scheduler takes them from the store and gives them back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from analytics.values import PartnerId
from handlers.chat.digests import Digest, Run, RunState, State

LEASE = 60.0
"""Seconds that a run is its claimer's. The one call that people see takes twenty at the most."""

ON_TIME = timedelta(minutes=5)
"""Within which a run is as good as punctual, whatever its misfire says."""

SWEPT = 500
"""Old runs that are deleted at once at the most: others want to write too."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that is ours for a while."""

    schedule: str
    """The schedule's id in the store."""
    kind: str
    """What kind of job it is: `digest`."""
    partner: PartnerId
    run: Run
    fence: int
    """Counted up with each claim: an older one changes nothing any more."""
    attempts: int
    """How often it was tried before without success."""
    doubted: datetime | None
    """When an earlier attempt was about to send, and nobody knows whether it did."""
    digest: Digest | None
    """None for a job of another kind."""
    figures: str = ""
    """Fingerprint of the figures last sent; empty before the first time."""
    last_sent: datetime | None = None
    left_out: int = 0
    """Runs since it was last sent that were left out because it was too late for them."""
    told: str = ""
    """The failure that the owner and the ops room were told of last; empty since it last went
    well.
    """


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ends, and what its schedule learns of it."""

    state: RunState
    """One of FINAL."""
    reason: str = ""
    message: str = ""
    """The platform's id of what was posted."""
    content: str = ""
    figures: str = ""
    repeated: bool = False
    told: str = ""
    """As in Claim; kept as it is set here, unless the run was skipped."""
    tell: bool = False
    """Whether `told` has still to be told: `unsent_notices()` finds it until `mark_told()`."""
    schedule: State | None = None
    """PAUSED or BROKEN, with `reason`, where the schedule is not to go on; None where it is."""


@dataclass(frozen=True, slots=True)
class Untold:
    """A failure, or where the reason is empty a recovery, that nobody was told of yet."""

    schedule: str
    digest: Digest
    reason: str


class Runs(Protocol):
    """The store's runs of every kind: bot.store.schedule.runs.RunStore, which the scheduler may not
    import. Methods raise what the store raises.
    """

    async def tick(self) -> int:
        """Makes runs of what has come due, as each schedule's misfire says, and sets when it is due
        next: all of it or nothing. How many runs it made or skipped.
        """
        ...

    async def claim(self, most: int, mine: Collection[tuple[str, datetime]]) -> list[Claim]:
        """Runs to work on, the longest due first: pending ones whose time has come, and those whose
        claimer's lease ran out; never one of `mine`, (schedule, due), which this process is at.
        """
        ...

    async def begin_sending(self, claim: Claim, content: str = "") -> bool:
        """Records that this content, by its hash, is about to be sent, with a new lease; False
        where it is no longer this claim's, or its schedule is not active any more.
        """
        ...

    async def renew(self, claim: Claim) -> bool:
        """A new lease; False where it is no longer this claim's."""
        ...

    async def end(self, claim: Claim, ending: Ending) -> bool:
        """Records it, once; False where it is no longer this claim's."""
        ...

    async def again(self, claim: Claim, wait: float, *, burnt: bool, doubted: bool) -> bool:
        """Gives it back for another try in `wait` seconds; `burnt` counts as an attempt. `doubted`
        keeps that it may have been sent.
        """
        ...

    async def mark_told(self, key: str, reason: str) -> None:
        """That what was to be told of a schedule, by its id in the store, has been."""
        ...

    async def unsent_notices(self) -> list[Untold]:
        """What was to be told, and whoever was to tell it seems to be gone: a few at a time."""
        ...

    async def overdue(self) -> int:
        """Runs that were due more than five minutes ago and have no final state."""
        ...

    async def sweep(self) -> int:
        """Deletes some runs that ended more than 400 days ago; how many. Fewer than SWEPT where no
        more are left.
        """
        ...
