"""Rate limit: a number of calls a minute, and one wait for all callers that the source delays."""

import asyncio
import random
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

A_MINUTE = 450
"""Calls a minute under a key; the source allows 500 for customers, subscriptions (domain 6a)."""
_LONGEST = 300.0
"""Longest wait in seconds for a Retry-After; if it asks for more, the call is retried then."""
_FIRST, _MOST = 1.0, 60.0


class Throttle:
    """A limiter that waits before calls. The first key is a partner's kind of call; calls about one
    customer have a second key, the first with the customer. Only the first is counted by the
    minute: no customer has more calls than its partner.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        a_minute: int = A_MINUTE,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._a_minute = a_minute
        self._until: dict[str, float] = {}
        self._made: defaultdict[str, deque[float]] = defaultdict(deque)

    async def turn(self, *keys: str) -> None:
        """Wait until a call under all these keys may be made, and count it under the first."""
        while (wait := max(self._full(keys[0]), *(self._seconds_left(key) for key in keys))) > 0:
            await self._sleep(wait)
        self._made[keys[0]].append(self._clock())

    def hold(self, *keys: str, seconds: float) -> None:
        """Block further calls under the last key for `seconds`: for a customer's call that is this
        customer alone, until a second customer is refused too; then all calls of the kind are
        blocked.
        """
        now = self._clock()
        self._until = {key: until for key, until in self._until.items() if until > now}
        everybodys = any(key.startswith(f"{keys[0]}/") and key != keys[-1] for key in self._until)
        for key in keys if everybodys else keys[-1:]:
            self._until[key] = max(self._until.get(key, 0.0), now + seconds)

    async def rest(self, attempt: int) -> None:
        """Wait before another try: ever longer, at random lengths to keep callers out of step."""
        await self._sleep(min(_FIRST * 2**attempt, _MOST) * random.uniform(0.5, 1.0))  # noqa: S311 no secret

    def _seconds_left(self, key: str) -> float:
        return self._until.get(key, 0.0) - self._clock()

    def _full(self, key: str) -> float:
        now, made = self._clock(), self._made[key]
        while made and made[0] <= now - 60:
            made.popleft()
        return made[0] + 60 - now if len(made) >= self._a_minute else 0.0


def retry_after(said: str | None, attempt: int, now: datetime) -> float:
    """Return the seconds that a Retry-After means, given as seconds or as a date; our own back-off
    if it is neither.
    """
    own = float(min(_FIRST * 2**attempt, _MOST))
    text = (said or "").strip()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return min(max(float(text), 0.0), _LONGEST) if len(text) < 12 else _LONGEST
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return own
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return float(min(max((moment - now).total_seconds(), 0.0), _LONGEST))
