"""A store that cannot be reached: said once for each kind of trouble, and waited for."""

from bot.log import log, log_error
from bot.metrics import Metrics

_FIRST = 0.25
_LONGEST = 5.0


class StoreTrouble:
    """How often in a row it failed."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._met: set[str] = set()
        self._times = 0

    def note_error(self, error: Exception) -> float:
        """Counts it, logs it the first time, and says how many seconds to wait."""
        self._metrics.count_scheduler_failure()
        name = type(error).__name__
        if name not in self._met:
            log_error("scheduler failed", error)
        self._met.add(name)
        self._times += 1
        return float(min(_FIRST * 2**self._times, _LONGEST))

    def over(self) -> None:
        """Says so, where there was some."""
        if self._times:
            log("scheduler recovered")
        self._met.clear()
        self._times = 0
