"""Spacing of scheduled messages: they leave more slowly than Slack takes them."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.scheduled_posts import IN_ALL

CHANNEL = 1.0
"""Seconds between two messages in one channel."""

ALL = 0.21
"""Seconds between any two messages: Slack takes several hundred a minute from a workspace."""

UPLOADS = 1.2
"""Seconds between two uploads. Slack takes a hundred calls a minute of each method that an upload
needs, and the check whether a file is ready is made about twice: the rest is left for answers that
a person waits for.
"""

_MANY = 5_000


Clock = Callable[[], float]
Wait = Callable[[float], Awaitable[None]]


class Spacing:
    """Turns that are `apart` seconds apart."""

    def __init__(
        self, apart: float, clock: Clock = time.monotonic, wait: Wait = asyncio.sleep
    ) -> None:
        self._apart = apart
        self._clock = clock
        self._wait = wait
        self._free = 0.0

    async def turn(self) -> None:
        """Wait until it is the caller's turn."""
        at = max(self._clock(), self._free)
        self._free = at + self._apart
        await self.until(at)

    async def until(self, at: float) -> None:
        """Wait until that time."""
        left = at - self._clock()
        if left > 0:
            await self._wait(left)


@dataclass
class _Channel:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free: float = 0.0


class Queue:
    """The queue of one workspace. A caller with a turn has the channel to itself until done."""

    def __init__(self, clock: Clock = time.monotonic, wait: Wait = asyncio.sleep) -> None:
        self._clock = clock
        self._all = Spacing(ALL, clock, wait)
        self._channels: dict[str, _Channel] = {}

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait for a turn; within the context one message may be posted in the channel."""
        if len(self._channels) > _MANY:  # not a cache: a channel with a turn under way stays
            self._forget_idle()
        there = self._channels.setdefault(channel, _Channel())
        async with there.turn:
            await self._all.until(there.free)
            await self._all.turn()
            try:
                yield
            finally:
                there.free = self._clock() + CHANNEL

    def _forget_idle(self) -> None:
        now = self._clock()
        self._channels = {
            name: there
            for name, there in self._channels.items()
            if there.turn.locked() or there.free > now
        }


@dataclass(frozen=True)
class PostSpeed:
    """The speed at which letters leave."""

    queue: Queue = field(default_factory=Queue)
    uploads: Spacing = field(default_factory=lambda: Spacing(UPLOADS))
    in_all: float = IN_ALL
