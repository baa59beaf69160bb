"""Accounts as a platform describes them: each asked for at most once in five minutes, however many
questions wait, and remembered for an hour for when the platform cannot be asked.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

from cachetools import FIFOCache

from bot.log import log_error
from handlers.chat.accounts import Account, AccountKind, Recency
from handlers.chat.asking import UserRef

R = TypeVar("R")
"""A platform's record of a person."""

FRESH, RECENT = 5 * 60.0, 60 * 60.0
"""Seconds for which an answer counts as of now, and for which it counts at all."""

LOOK_UP, BRIEF = 8.0, 2.0
"""Seconds that a look-up may take, and that it is waited for where an older answer can serve."""

AGAIN = 60.0
"""Seconds after a failed look-up before the next one of the same person."""

_MOST = 5_000

Fetch = Callable[[UserRef], Awaitable[R | None]]
"""A look-up of one person; raises where the platform does not answer."""


class Resting(Exception):
    """The platform asks not to be called for `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class AccountEntry(Generic[R]):
    """The platform's last answer about one person."""

    record: R | None
    """The record; None where the platform knows no account of that id."""
    at: float
    """The time of the answer; `-inf` once a change was reported since."""


@dataclass(frozen=True, slots=True)
class AccountLookUp(Generic[R]):
    """One platform's function to look up a person, and functions to read its records."""

    name: str
    fetch: Fetch[R]
    name_of: Callable[[R], str]
    kind_of: Callable[[R, UserRef], AccountKind]


class Directory(Generic[R]):
    """The people of one platform. No method raises: results tell what could not be found out."""

    def __init__(
        self, platform: AccountLookUp[R], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._platform = platform
        self._clock = clock
        self._known: FIFOCache[UserRef, AccountEntry[R]] = FIFOCache(_MOST)
        # Until when. Nothing expires by itself: a question compares it with when it was asked.
        self._failed: FIFOCache[UserRef, float] = FIFOCache(_MOST)
        self._running: dict[UserRef, asyncio.Task[None]] = {}

    def record(self, person: UserRef) -> R | None:
        """The last record of the person, however old; None where there is none."""
        entry = self._known.get(person)
        return entry.record if entry else None

    def people(self, matching: Callable[[R], bool]) -> list[UserRef]:
        """People whose last record matches."""
        entries = self._known.items()
        return [
            who for who, entry in entries if entry.record is not None and matching(entry.record)
        ]

    def display_name(self, person: UserRef) -> str:
        """The name in the last record, however old; the id as text for people without a record."""
        record = self.record(person)
        return (self._platform.name_of(record) if record is not None else "") or str(person)

    def known_account(self, person: UserRef) -> Account:
        """The account by the last answer, without asking the platform."""
        return self._as_of(self._clock(), person)

    def _as_of(self, now: float, person: UserRef) -> Account:
        name, entry = self.display_name(person), self._known.get(person)
        age = now - entry.at if entry else inf
        if entry is None or age > RECENT:
            return Account(person, name, None, Recency.NEVER)
        said = Recency.NOW if age <= FRESH else Recency.LATELY
        if entry.record is None:
            return Account(person, name, AccountKind.UNKNOWN, said)
        return Account(person, name, self._platform.kind_of(entry.record, person), said)

    async def account(
        self, person: UserRef, *, sure: bool = False, fetch: Fetch[R] | None = None
    ) -> Account:
        """The account as of now, or at most an hour old where the platform does not answer in time;
        see handlers.chat.services.People. `fetch` stands in for the platform's look-up.
        """
        asked = self._clock()  # an answer after this instant is as of now, however long it takes
        before = self._as_of(asked, person)
        await self.look_up(person, LOOK_UP if sure or before.kind is None else BRIEF, fetch)
        return self._as_of(asked, person)

    def expect(self, person: UserRef, fetch: Fetch[R] | None = None) -> None:
        """Begin to look up the person, if that is due, while other work goes on before the answer
        is needed.
        """
        self._look_up_task(person, self._clock(), fetch)

    async def look_up(
        self, person: UserRef, patience: float, fetch: Fetch[R] | None = None
    ) -> R | None:
        """Return the record, asked for anew unless it is as of now; after `patience` seconds, the
        last one. A look-up that takes longer goes on, and serves the next question.
        """
        asked, time_of = self._clock(), asyncio.get_running_loop().time
        until = time_of() + patience
        while looking := self._look_up_task(person, asked, fetch):
            if (left := until - time_of()) <= 0:
                break
            await asyncio.wait({looking}, timeout=left)
        return self.record(person)

    def learn(self, person: UserRef, record: R | None) -> None:
        """Keep a record that the platform sent unasked; the result of a look-up still under way is
        then outdated and not used.
        """
        self._running.pop(person, None)
        self._failed.pop(person, None)
        self._known[person] = AccountEntry(record, self._clock())

    def doubt(self, person: UserRef) -> None:
        """Note that the person's account changed: except for the name, the known record does not
        count any more.
        """
        self._running.pop(person, None)
        self._failed.pop(person, None)
        entry = self._known.get(person)
        if entry:
            self._known[person] = AccountEntry(entry.record, -inf)

    def _look_up_task(
        self, person: UserRef, asked: float, fetch: Fetch[R] | None
    ) -> "asyncio.Task[None] | None":
        """The person's look-up, running or begun now; None where none was due at `asked`."""
        running = self._running.get(person)
        if running and not running.done():
            return running
        if self._as_of(asked, person).sure or asked < self._failed.get(person, -inf):
            return None
        looking = self._look(person, fetch or self._platform.fetch)
        self._running[person] = asyncio.create_task(looking)
        return self._running[person]

    async def _look(self, person: UserRef, fetch: Fetch[R]) -> None:
        mine = asyncio.current_task()
        record, error = None, None
        try:
            async with asyncio.timeout(LOOK_UP):
                record = await fetch(person)
        except Exception as trouble:  # noqa: BLE001 whatever a platform raises, it did not say
            error = trouble
            log_error("account not looked up", trouble, platform=self._platform.name)
        if self._running.get(person) is not mine:  # meanwhile the platform reported something newer
            return
        if error:
            del self._running[person]
            seconds = error.seconds if isinstance(error, Resting) else AGAIN
            self._failed[person] = self._clock() + seconds
        else:
            self.learn(person, record)
