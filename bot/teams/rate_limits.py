"""Teams' rate limits, kept before Teams has to refuse a call."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

_MANY = 10_000


class RateLimit:
    """A limit of `most` turns in a second for each key; a caller who comes too early waits."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._turns: dict[str, deque[float]] = {}

    async def turn(self, key: str) -> None:
        """Wait until it is this caller's turn."""
        await asyncio.sleep(self._wait(key))

    def _wait(self, key: str) -> float:
        """Take a turn; return the seconds until it begins."""
        now = self._clock()
        if len(self._turns) > _MANY:  # not a cache: keys of the last second stay
            self._turns = {k: turns for k, turns in self._turns.items() if turns[-1] > now - 1}
        turns = self._turns.setdefault(key, deque(maxlen=self._most))
        at = max(now, turns[0] + 1) if len(turns) == self._most else now
        turns.append(at)
        return at - now
