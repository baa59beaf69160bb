"""Digests: saved questions that are asked as their owner at their hours, and the outcome of each
run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from analytics.values import PartnerId
from handlers.chat.asking import Reach, Room, UserRef
from handlers.chat.groups import GROUP

READING = "3"
"""The reading of questions. It is counted up where a saved question may be understood otherwise
than before; each digest is then read once at the next start, before its hour.
"""

EACH = "each"
"""Word before the group, in the text of a digest for each of its customers."""

REMINDER = ("/renewals", "due")
"""The command of a reminder's question, and the word behind it."""

MOST = 50
"""Maximum number of digests of a partner; reminders do not count."""


class State(Enum):
    """State of a digest."""

    ACTIVE = "active"
    PAUSED = "paused"
    """Paused by a person, or because its owner or its room may not have it; it goes on when
    resumed.
    """
    BROKEN = "broken"
    """Refused by the platform for good, until a person mends that and resumes it."""
    ENDED = "ended"
    """Deleted; its runs stay readable for the audit alone."""


class Misfire(Enum):
    """Treatment of runs whose hour went by while no process could send them."""

    LATEST = "latest"
    """The latest of them is sent if it is not too late; see `grace()` in cron.py."""
    SKIP = "skip"
    ALL = "all"
    """The ten latest are sent, each as a message of its own."""


class Quiet(Enum):
    """Choice of the message for a run whose figures are as they were before."""

    ALWAYS = "always"
    CHANGES = "changes"
    """One line saying that nothing changed."""
    SILENT = "silent"
    """Nothing; that one line once a month, so that readers know that the digest is alive."""


class Doubt(Enum):
    """Treatment of a message whose arrival cannot be seen."""

    REPEAT = "repeat"
    """It is sent again, marked as perhaps repeated."""
    LEAVE = "leave"
    """It is not sent again; the run ends as unknown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A digest's question, its hours, the room it goes to, and its options."""

    text: str
    """The question as it is asked, its customer by id: `/usage 9b1c… 6 months`."""
    title: str
    """The question as people read it: `/usage Contoso 6 months`."""
    cron: str
    """Five fields, as `read_cron()` takes them."""
    zone: str
    """The time zone's IANA name."""
    locale: str
    room: Room
    """The target; PRIVATE with an empty address for the owner's own conversation with the bot."""
    room_name: str = ""
    """The room's name as people said it when it was chosen: `#licences`."""
    reach: Reach = Reach.ASKER
    """ASKER to the owner alone; ROOM, SAFE or ANYWAY to the room."""
    confirms: str = ""
    """For ANYWAY, the roll of the people that a partner admin agreed to."""
    misfire: Misfire = Misfire.LATEST
    quiet: Quiet = Quiet.ALWAYS
    doubt: Doubt = Doubt.REPEAT

    @property
    def is_for_each(self) -> bool:
        """True if it is a message for each customer whom a group holds at its hour."""
        said = self.text.split()[1:3]
        return said[:1] == [EACH] and said[-1].startswith(f"{GROUP}#")

    @property
    def is_reminder(self) -> bool:
        """True if it reminds of decisions on working mornings, and has no message without any."""
        said = self.text.split()
        command, word = REMINDER
        return said[:1] == [command] and word in said[1:]


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as it is kept in the store."""

    number: int
    """The number that people call it by; counted up for each partner, never used twice."""
    owner: UserRef
    partner: PartnerId
    plan: Plan
    state: State
    reason: str
    """The catalogue's `digest-why-<reason>` for a paused or broken one; empty where its owner or an
    admin paused it, and for an active one.
    """
    since: datetime
    """The instant when it came into this state."""
    next_due: datetime | None
    """The next instant when it is due; None unless it is active."""
    version: int
    """A number that changes with every change by a person and of the state."""


class RunState(Enum):
    """State of a run."""

    PENDING = "pending"
    """Due; no process works on it, or it waits for another try."""
    CLAIMED = "claimed"
    """Being asked and drawn; nothing was sent yet."""
    SENDING = "sending"
    """About to be sent, or sent and not yet recorded."""
    SENT = "sent"
    SKIPPED = "skipped"
    """Decided not to be sent; `reason` says why."""
    FAILED = "failed"
    """Not sent; `reason` says why."""
    UNKNOWN = "unknown"
    """Perhaps sent; its arrival cannot be seen, and its plan says not to repeat it."""


FINAL = frozenset({RunState.SENT, RunState.SKIPPED, RunState.FAILED, RunState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Run:
    """One time a digest was due."""

    number: int
    """The run's number, counted up for each digest."""
    due: datetime
    state: RunState
    reason: str = ""
    """The end of the catalogue id `run-why-<reason>`."""
    at: datetime | None = None
    """The instant when it came to its final state."""
    by_hand: bool = False
    """Whether a person asked for the run instead of the clock."""
    repeated: bool = False
    """Whether it was sent again after a message whose arrival could not be seen."""
    missed: int = 0
    """Earlier runs that went by with this one and have no row of their own."""
    content: str = ""
    """SHA-256 in hexadecimal of the text that was sent."""


@dataclass(frozen=True, slots=True)
class DigestChange:
    """A change of a digest to save; fields that are None stay as they are."""

    digest: Digest
    """The digest as the person who changes it was shown it; if it has changed since, nothing is
    saved.
    """
    by: UserRef
    at: datetime
    plan: Plan | None = None
    state: State | None = None
    owner: UserRef | None = None


@dataclass(frozen=True, slots=True)
class OpsRoom:
    """The room where every failure is told once, and every recovery."""

    room: Room
    name: str
    by: UserRef
    """The partner admin who chose it; the room's platform and organisation are theirs."""


class Digests(Protocol):
    """Keeps digests: bot.store.digests.DigestStore. Changes are saved with their audit row: both or
    neither.
    """

    async def all(self, partner: PartnerId) -> tuple[Digest, ...]:
        """The partner's digests that have not ended, by number."""
        ...

    async def find(self, number: int, partner: PartnerId) -> Digest | None:
        """The digest of this number, unless it has ended or there is none: then None."""
        ...

    async def save(
        self, plans: Sequence[Plan], owner: UserRef, partner: PartnerId, at: datetime
    ) -> tuple[Digest, ...]:
        """Save new digests, all or none. Raises TooManyDigests."""
        ...

    async def change(self, change: DigestChange) -> Digest:
        """Save the change. Raises DigestChanged where another change was saved first."""
        ...

    async def run_now(self, digest: Digest, by: UserRef, at: datetime) -> None:
        """Make a run due at once. Raises DigestChanged where the digest is not active any more."""
        ...

    async def history(self, digest: Digest, most: int) -> tuple[Run, ...]:
        """The digest's latest runs, at most `most`, the newest first."""
        ...

    async def ops_room(self, partner: PartnerId) -> OpsRoom | None:
        """The room where failures are told; None where none was chosen."""
        ...

    async def set_ops_room(
        self, partner: PartnerId, ops: OpsRoom | None, by: UserRef, at: datetime
    ) -> None:
        """Choose the room where failures are told, or none."""
        ...
