"""What the scheduler needs of others, and what a kind of job is to it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from analytics.values import PartnerId
from bot.delivery import Delivered
from bot.metrics import Metrics
from bot.runs import Claim, Runs
from bot.scheduled_posts import Poster
from handlers.chat.accounts import Account
from handlers.chat.asking import Ask, UserRef
from handlers.chat.digests import OpsRoom
from handlers.chat.services import Rights, Say


class Job(Protocol):
    """What is done at its hour. A new kind needs no more than this and a row in `schedule`."""

    async def run(self, claim: Claim) -> None:
        """Does it, and ends the run or gives it back. What it raises counts as a try that failed;
        its claim is renewed meanwhile.
        """
        ...

    async def catch_up(self) -> None:
        """Does what a process that is gone has left, once a minute."""
        ...


class OpsRooms(Protocol):
    """Where failures are told."""

    async def ops_room(self, partner: PartnerId) -> OpsRoom | None:
        """The room; None where nobody chose one."""
        ...


class Accounts(Protocol):
    """The platforms' accounts of people."""

    async def account(self, person: UserRef, *, sure: bool = False) -> Account:
        """As in handlers.chat.services.People."""
        ...


@dataclass(frozen=True, slots=True)
class DigestDeps:
    """What digests are run with."""

    runs: Runs
    ops: OpsRooms
    people: Accounts
    rights: Rights
    deliver: Callable[[Ask], Awaitable[Delivered]]
    """Delivery.answer_digest."""
    posters: Mapping[str, Poster]
    """By platform, those that are running."""
    speaker: Callable[[str], Say]
    now: Callable[[], datetime]
    metrics: Metrics
