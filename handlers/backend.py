"""What the running program lends to an answer, and what it is told of each question."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from analytics.values import TenantId
from analytics.warehouse.facts import Facts
from handlers.chat.access import Access
from handlers.chat.asking import Ask, UserRef
from handlers.chat.digests import Digests
from handlers.chat.reply import Audience
from handlers.chat.services import Health, People, Rights, Say


class Outcome(Enum):
    """What became of a question."""

    ANSWERED = "answered"
    REFUSED = "refused"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One question for the audit: what was asked, what became of it, and whose figures were looked
    at.
    """

    ask: Ask
    command: str
    """The command's name; empty where none was understood."""
    outcome: Outcome
    why: str
    """The catalogue id of the refusal, or of what kept an answer from a room; empty for neither."""
    customers: tuple[TenantId, ...]
    at: datetime
    shown: Audience = Audience.ASKER
    """Who reads it."""
    outsiders: tuple[UserRef, ...] = ()
    """Those of the room who read it without a right of their own, by a partner admin's decision."""


class Journal(Protocol):
    """The audit: bot.backend.CountingJournal, round bot.store.audit.Audit."""

    async def record(self, entry: JournalEntry) -> None:
        """Writes it for good; raises when it cannot, and then nothing is answered."""
        ...


class Backend(Protocol):
    """Lent to an answer by the running program: bot.backend.RunningBackend."""

    @property
    def rights(self) -> Rights:
        """Who holds what."""
        ...

    @property
    def journal(self) -> Journal:
        """The audit."""
        ...

    @property
    def people(self) -> People:
        """What people are called, and who reads along where."""
        ...

    @property
    def digests(self) -> Digests:
        """What is asked again at its hour."""
        ...

    @property
    def health(self) -> Health:
        """How the installation is."""
        ...

    def facts(self, access: Access) -> Facts | None:
        """The figures a key opens; None before the first import. May block."""
        ...

    def speaker(self, locale: str) -> Say:
        """A reader's language."""
        ...

    def now(self) -> datetime:
        """The one instant of this answer."""
        ...

    def trouble(self, ask: Ask, error: Exception) -> None:
        """Logs what broke under the ask's id."""
        ...
