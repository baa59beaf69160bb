"""What the scheduler needs of others, and what a kind of job is to it."""

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


class Job(Protocol):
    """Does what is due: DigestJob, SyncJob. A new kind needs no more than this and a row in
    `schedule`.
    """

    async def run(self, claim: Claim) -> None:
        """Does it, and ends the run or gives it back. What it raises counts as a try that failed;
        its claim is renewed meanwhile.
        """
        ...

    async def catch_up(self) -> None:
        """Does what a process that is gone has left, once a minute."""
        ...


@dataclass(frozen=True, slots=True)
class DigestDeps:
    """What digests are run with."""

    runs: Runs
    digests: Digests
    people: People
    rights: Rights
    deliver: Callable[[Ask], Awaitable[Delivered]]
    """Delivery.answer_digest."""
    posters: Mapping[str, Poster]
    """By platform, those that are running."""
    speaker: Callable[[str], Say]
    now: Callable[[], datetime]
    metrics: Metrics
