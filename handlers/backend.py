"""The interface through which the running program serves an answer and records each question."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from analytics.values import TenantId
from analytics.warehouse.facts import Facts
from handlers.chat.access import Access
from handlers.chat.asking import Ask, UserRef
from handlers.chat.decisions import Decisions
from handlers.chat.digests import Digests
from handlers.chat.dropped_files import FileDrop
from handlers.chat.ignored_products import IgnoredProducts
from handlers.chat.outgoing_files import OutgoingFiles
from handlers.chat.reply import Audience, Reply
from handlers.chat.reports import Reports
from handlers.chat.services import Health, People, Rights, Say


class Outcome(Enum):
    """Outcome of a question."""

    ANSWERED = "answered"
    REFUSED = "refused"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that an answer was written to, for the audit."""

    form: str
    """`xlsx` or `csv`."""
    rows: int
    sha256: str
    """Of the file, in hexadecimal digits."""
    data_sha256: str
    """Of its rows: the same for both forms of the same answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply whose readers are decided, and the outcome of its question."""

    reply: Reply
    why: str = ""
    """The reason in the question's audit row: the catalogue id of a refusal, or of the reason that
    kept the answer from its room; else empty. `not-audited` where there is no row.
    """
    outsiders: tuple[UserRef, ...] = ()
    """Readers in the room without a right of their own, by a partner admin's decision."""
    outcome: Outcome = Outcome.ANSWERED
    result: object = None
    """The command's result, for programs; None where it has none but its words, or was refused."""
    generation: int | None = None
    """The generation of facts that it was made from; None where none was opened."""
    file: FileRecord | None = None
    """The file that it was written to; None for one to read."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One question for the audit: its text, its outcome, and the customers whose figures were
    looked at.
    """

    ask: Ask
    command: str
    """The command's name; empty where no command was understood."""
    outcome: Outcome
    why: str
    """The catalogue id of the refusal, or of the reason that kept an answer from a room; else
    empty. For a question that broke, the name of the error's class.
    """
    customers: tuple[TenantId, ...]
    at: datetime
    shown: Audience = Audience.ASKER
    """The readers of the answer."""
    outsiders: tuple[UserRef, ...] = ()
    """Readers in the room without a right of their own, by a partner admin's decision."""
    file: FileRecord | None = None
    """The file that the answer was written to, recorded before it is delivered."""


class Journal(Protocol):
    """The audit: bot.backend.CountingJournal, round bot.store.audit.Audit."""

    async def record(self, entry: JournalEntry) -> None:
        """Write the entry for good; raises if it cannot, and then the question is not answered."""
        ...


class Backend(Protocol):
    """Lent to an answer by the running program: bot.backend.RunningBackend."""

    @property
    def rights(self) -> Rights:
        """The rights that people hold."""
        ...

    @property
    def journal(self) -> Journal:
        """The audit of questions."""
        ...

    @property
    def people(self) -> People:
        """People's names and accounts, and the people who read along in a room."""
        ...

    @property
    def digests(self) -> Digests:
        """The saved questions that are asked again at their hours."""
        ...

    @property
    def reports(self) -> Reports:
        """The reports of answers that look wrong to their readers."""
        ...

    @property
    def ignored_products(self) -> IgnoredProducts:
        """The products that totals leave out, customer by customer."""
        ...

    @property
    def decisions(self) -> Decisions:
        """The decisions about subscriptions' terms."""
        ...

    @property
    def health(self) -> Health:
        """The health of the installation."""
        ...

    @property
    def outgoing_files(self) -> OutgoingFiles:
        """The files on their way to the people who asked for them."""
        ...

    @property
    def file_drop(self) -> FileDrop:
        """The way in for files that partner admins drop into their own conversation."""
        ...

    def facts(self, access: Access, generation: int | None = None) -> Facts | None:
        """The figures that a key opens, of this generation while it is kept, else of the newest;
        None before the first import. May block.
        """
        ...

    def speaker(self, locale: str, zone: str) -> Say:
        """The speaker of a reader's language, whose clocks are those of their zone."""
        ...

    def now(self) -> datetime:
        """The one instant of this answer."""
        ...

    def trouble(self, ask: Ask, error: Exception) -> None:
        """Log the error under the ask's id."""
        ...
