"""The scheduler's interfaces: a kind of job, and what digests are run with."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.delivery import Delivered
from bot.metrics import Metrics
from bot.runs import Claim, Runs
from bot.scheduled_posts import Poster
from handlers.chat.asking import Ask
from handlers.chat.digests import Digests
from handlers.chat.services import People, Rights, Say


class Chore(Protocol):
    """Work that is looked at once a minute, such as a notice that is still to be sent."""

    async def catch_up(self) -> None:
        """Do what is left to do, such as what a process left undone when it ended."""
        ...


class Job(Chore, Protocol):
    """Work done at its hour: DigestJob, SyncJob. A new kind needs this class and a row in
    `schedule`.
    """

    async def run(self, claim: Claim) -> None:
        """Do the work, then end the run or give it back. An error counts as a try that failed; the
        claim is renewed meanwhile.
        """
        ...


@dataclass(frozen=True, slots=True)
class DigestDeps:
    """Dependencies of the digest job."""

    runs: Runs
    digests: Digests
    people: People
    rights: Rights
    deliver: Callable[[Ask, datetime | None], Awaitable[Delivered]]
    """Delivery.answer_digest."""
    posters: Mapping[str, Poster]
    """By platform, those that are running."""
    speaker: Callable[[str], Say]
    now: Callable[[], datetime]
    metrics: Metrics
