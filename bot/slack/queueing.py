"""When messages nobody asked for just now may be posted: slower than Slack wants, one by one."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

CHANNEL = 1.0
"""Seconds between two messages in one channel."""

ALL = 0.2
"""Seconds between any two: Slack takes several hundred a minute of a workspace."""

_MANY = 5_000


@dataclass
class _Channel:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free: float = 0.0


class Queue:
    """One workspace's. Whoever has a turn has the channel for themselves until they are done."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._wait = wait
        self._free = 0.0
        self._channels: dict[str, _Channel] = {}

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Within it one message may be posted there."""
        if len(self._channels) > _MANY:
            self._forget_idle()
        there = self._channels.setdefault(channel, _Channel())
        async with there.turn:
            await self._until(there.free)
            at = max(self._clock(), self._free)
            self._free = at + ALL
            await self._until(at)
            try:
                yield
            finally:
                there.free = self._clock() + CHANNEL

    async def _until(self, at: float) -> None:
        left = at - self._clock()
        if left > 0:
            await self._wait(left)

    def _forget_idle(self) -> None:
        now = self._clock()
        self._channels = {
            name: there
            for name, there in self._channels.items()
            if there.turn.locked() or there.free > now
        }
