"""Digests: saved questions that are asked as their owner at their hours, and what became of each
run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from analytics.values import PartnerId
from handlers.chat.asking import Reach, Room, UserRef

MOST = 50
"""Digests that a partner may have."""


class State(Enum):
    """How a digest stands."""

    ACTIVE = "active"
    PAUSED = "paused"
    """By somebody, or because its owner or its room may not have it; it goes on when resumed."""
    BROKEN = "broken"
    """The platform refuses it for good until somebody mends that and resumes it."""
    ENDED = "ended"
    """Deleted; its runs stay readable for the audit alone."""


class Misfire(Enum):
    """What becomes of runs whose hour went by while nobody could send them."""

    LATEST = "latest"
    """The latest of them is sent if it is not too late; see `grace()` in cron.py."""
    SKIP = "skip"
    ALL = "all"
    """The ten latest are sent, each as itself."""


class Quiet(Enum):
    """What is sent where the figures are as they were."""

    ALWAYS = "always"
    CHANGES = "changes"
    """One line that nothing changed."""
    SILENT = "silent"
    """Nothing; that one line once a month, so that everybody knows it is alive."""


class Doubt(Enum):
    """What is done where nobody can see whether a message arrived."""

    REPEAT = "repeat"
    """It is sent again, marked as perhaps repeated."""
    LEAVE = "leave"
    """It is not sent again; the run ends as unknown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked, when, where it goes, and how."""

    text: str
    """The question as it is asked, its customer by id: `/usage 9b1c… 6 months`."""
    title: str
    """The question as people read it: `/usage Contoso 6 months`."""
    cron: str
    """Five fields, as `read_cron()` takes them."""
    zone: str
    """IANA name."""
    locale: str
    room: Room
    """PRIVATE with an empty address for the owner's own conversation with the bot."""
    room_name: str = ""
    """What people call the room when it was chosen: `#licences`."""
    reach: Reach = Reach.ASKER
    """ASKER to the owner alone; ROOM, SAFE or ANYWAY to the room."""
    confirms: str = ""
    """For ANYWAY the roll of the people a partner admin agreed to."""
    misfire: Misfire = Misfire.LATEST
    quiet: Quiet = Quiet.ALWAYS
    doubt: Doubt = Doubt.REPEAT


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as it is kept."""

    number: int
    """What people call it by; counted up for each partner, never used twice."""
    owner: UserRef
    partner: PartnerId
    plan: Plan
    state: State
    reason: str
    """The catalogue's `digest-why-<reason>` for a paused or broken one; empty where its owner or an
    admin paused it, and for an active one.
    """
    since: datetime
    """When it came into this state."""
    next_due: datetime | None
    """None unless it is active."""
    version: int
    """Changes with every change by a person and of the state."""


class RunState(Enum):
    """What became of a run."""

    PENDING = "pending"
    """Due; nobody is at it, or it waits for another try."""
    CLAIMED = "claimed"
    """Being asked and drawn: nothing was sent yet."""
    SENDING = "sending"
    """About to be sent, or sent and not yet recorded."""
    SENT = "sent"
    SKIPPED = "skipped"
    """Decided not to be sent; `reason` says why."""
    FAILED = "failed"
    """Not sent; `reason` says why."""
    UNKNOWN = "unknown"
    """Perhaps sent; nobody can see, and its plan says not to repeat it."""


FINAL = frozenset({RunState.SENT, RunState.SKIPPED, RunState.FAILED, RunState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Run:
    """One time a digest was due."""

    number: int
    """Counted up for each digest."""
    due: datetime
    state: RunState
    reason: str = ""
    """The catalogue's `run-why-<reason>`."""
    at: datetime | None = None
    """When it came to its final state."""
    by_hand: bool = False
    """Whether somebody asked for it instead of the clock."""
    repeated: bool = False
    """Whether it was sent again where nobody could see if it had arrived."""
    missed: int = 0
    """Earlier runs that went by with this one and have no row of their own."""
    content: str = ""
    """SHA-256 in hexadecimal of the text that was sent."""


@dataclass(frozen=True, slots=True)
class DigestChange:
    """A digest as it is to be; what is None stays."""

    digest: Digest
    """As whoever changes it was shown it: where it has changed since, nothing is saved."""
    by: UserRef
    at: datetime
    plan: Plan | None = None
    state: State | None = None
    owner: UserRef | None = None


@dataclass(frozen=True, slots=True)
class OpsRoom:
    """Where every failure is told once, and every recovery."""

    room: Room
    name: str
    by: UserRef
    """The partner admin who chose it; its platform and organisation are theirs."""


class Digests(Protocol):
    """Keeps digests: bot.store.digests.DigestStore. Changes are saved with their audit row: both or
    neither.
    """

    async def all(self, partner: PartnerId) -> tuple[Digest, ...]:
        """Those that have not ended, by number."""
        ...

    async def find(self, number: int, partner: PartnerId) -> Digest | None:
        """One that has not ended."""
        ...

    async def save(
        self, plans: Sequence[Plan], owner: UserRef, partner: PartnerId, at: datetime
    ) -> tuple[Digest, ...]:
        """New ones, all or none. Raises TooManyDigests."""
        ...

    async def change(self, change: DigestChange) -> Digest:
        """Saves it. Raises DigestChanged where somebody else was first."""
        ...

    async def run_now(self, digest: Digest, by: UserRef, at: datetime) -> None:
        """Makes a run due at once. Raises DigestChanged where it is not active any more."""
        ...

    async def history(self, digest: Digest, most: int) -> tuple[Run, ...]:
        """Its latest runs, the newest first."""
        ...

    async def ops_room(self, partner: PartnerId) -> OpsRoom | None:
        """Where failures are told; None where nobody chose a room."""
        ...

    async def set_ops_room(
        self, partner: PartnerId, ops: OpsRoom | None, by: UserRef, at: datetime
    ) -> None:
        """Chooses it, or none."""
        ...
