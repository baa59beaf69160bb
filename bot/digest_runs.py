"""Digests beside their runs, as the scheduler reads and writes them."""

from dataclasses import dataclass
from typing import Protocol

from bot.runs import Runs
from handlers.chat.digests import Digest


@dataclass(frozen=True, slots=True)
class Untold:
    """A failure, or where the reason is empty a recovery, that was not told yet."""

    schedule: str
    digest: Digest
    reason: str


@dataclass(frozen=True, slots=True)
class Unread:
    """An active digest whose question was saved under an earlier reading."""

    schedule: str
    digest: Digest


class DigestRuns(Runs, Protocol):
    """The store's runs, and its digests: bot.store.schedule.digest_runs.DigestRunStore, which the
    scheduler may not import. Methods raise what the store raises.
    """

    async def unsent_notices(self) -> list[Untold]:
        """Failures and recoveries still to be told, where the process that was to tell them seems
        to be gone: a few at a time.
        """
        ...

    async def unread(self) -> list[Unread]:
        """Active digests that today's reading of questions has not read, the next due first."""
        ...

    async def mark_read(self, unread: Unread) -> None:
        """Record that a digest was read by today's reading."""
        ...

    async def stop_unreadable(self, unread: Unread, reason: str) -> None:
        """Pause a digest that cannot be read, with its audit row; its owner is still to be told."""
        ...
