"""Teams' limits, kept before Teams has to say so."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

_MANY = 10_000


class RateLimit:
    """At most so many turns in a second for each key; who comes too early waits."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._turns: dict[str, deque[float]] = {}

    async def turn(self, key: str) -> None:
        """Returns when it is this one's turn."""
        await asyncio.sleep(self._wait(key))

    def _wait(self, key: str) -> float:
        """Takes a turn, and gives the seconds until then."""
        now = self._clock()
        if len(self._turns) > _MANY:  # no cache: keys of the last second stay
            self._turns = {k: turns for k, turns in self._turns.items() if turns[-1] > now - 1}
        turns = self._turns.setdefault(key, deque(maxlen=self._most))
        at = max(now, turns[0] + 1) if len(turns) == self._most else now
        turns.append(at)
        return at - now
