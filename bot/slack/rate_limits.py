"""Rate limits of Slack's methods: after a 429 all callers wait, and then call one by one."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import ClientError
from multidict import CIMultiDict

LONGEST = 30.0
"""Maximum seconds that a call waits for its turn; where it would take longer, it is not made."""


class NotNow(ClientError):
    """A call that was not made, because its turn would have come later than callers wait for."""


class MethodLimits:
    """The rests of one workspace, by method. A method that rests is called by one caller at a time,
    so that those who waited do not call all at once.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._queues: dict[str, asyncio.Lock] = {}

    @asynccontextmanager
    async def turn(self, method: str) -> AsyncIterator[None]:
        """Wait for a turn; within the context the method may be called. Raises NotNow where the
        turn comes too late.
        """
        if method not in self._until:
            yield
            return
        queue = self._queues.setdefault(method, asyncio.Lock())
        try:
            async with asyncio.timeout(LONGEST):
                await queue.acquire()
        except TimeoutError:
            raise NotNow from None
        try:
            await self._await_rest(method)
            yield
        finally:
            queue.release()

    def rest(self, method: str, seconds: float) -> None:
        """Note that Slack asks not to call this method for `seconds`."""
        until = self._clock() + seconds
        self._until[method] = max(until, self._until.get(method, 0.0))

    def rest_left(self, method: str) -> float:
        """Seconds that the method's rest still lasts; zero where there is none."""
        return max(self._until.get(method, 0.0) - self._clock(), 0.0)

    def end_rest(self, method: str) -> None:
        """Note that Slack took a call: the method's rest is over, if its time has passed."""
        if self._until.get(method, float("inf")) <= self._clock():
            del self._until[method]

    async def _await_rest(self, method: str) -> None:
        wait = self._until.get(method, 0.0) - self._clock()
        if wait > LONGEST:
            raise NotNow
        await asyncio.sleep(max(wait, 0.0))


def seconds_asked(status: int, headers: "CIMultiDict[str]") -> float | None:
    """Seconds that a 429 asks to wait; None for any other answer."""
    if status != 429:
        return None
    said = headers.get("Retry-After", "1")
    return float(said) if said.isascii() and said.isdecimal() else 1.0
