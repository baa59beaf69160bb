"""Retries of the scheduler while the store cannot be reached."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, stop_after_delay, wait_fixed

from bot.log import log, log_error
from bot.metrics import Metrics

T = TypeVar("T")

LONGEST = 30.0
"""Seconds for which a write is retried: half a lease."""

_PAUSE = 0.5
_FIRST, _LONGEST_WAIT = 0.25, 5.0


async def keep_trying(write: Callable[[], Awaitable[T]], event: str, longest: float = LONGEST) -> T:
    """Retry `write` every half second for `longest` seconds; return its result or raise its last
    error. The first error is logged as `event`.
    """

    def log_first(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if error and state.attempt_number == 1:
            log_error(event, error)

    retrying = AsyncRetrying(
        stop=stop_after_delay(longest),
        wait=wait_fixed(_PAUSE),
        before_sleep=log_first,
        reraise=True,
    )
    return await retrying(write)


class StoreTrouble:
    """The store's errors in a row: each kind is logged once, and the wait doubles."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._met: set[str] = set()
        self._times = 0

    def note_error(self, error: Exception) -> float:
        """Count an error, log the first of its kind; return the seconds to wait."""
        self._metrics.count_scheduler_failure()
        name = type(error).__name__
        if name not in self._met:
            log_error("scheduler failed", error)
        self._met.add(name)
        self._times += 1
        return float(min(_FIRST * 2**self._times, _LONGEST_WAIT))

    def over(self) -> None:
        """Log the recovery, where there was an error, and start anew."""
        if self._times:
            log("scheduler recovered")
        self._met.clear()
        self._times = 0
