"""What is done now and then beside the runs: by the monotonic clock, which nobody sets."""

import time
from collections.abc import Callable, Iterable

from bot.metrics import Metrics
from bot.runs import SWEPT, Runs
from bot.scheduler.ports import Job

_MINUTE = 60.0
_HOUR = 3600.0
_PIECES = 20
"""Of old runs, deleted in one go."""


class Housekeeping:
    """Counts what is overdue and catches up once a minute; deletes old runs once an hour."""

    def __init__(
        self,
        runs: Runs,
        jobs: Iterable[Job],
        metrics: Metrics,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._runs = runs
        self._jobs = jobs
        self._metrics = metrics
        self._clock = clock
        self._minute = self._hour = clock()

    def due(self) -> bool:
        """Whether there is something to do."""
        return self._clock() >= self._minute

    async def do(self) -> None:
        """Does what is due; raises what the store raises."""
        self._minute = self._clock() + _MINUTE
        self._metrics.note_overdue_runs(await self._runs.overdue())
        for job in self._jobs:
            await job.catch_up()
        if self._clock() >= self._hour:
            self._hour = self._clock() + _HOUR
            await self._sweep()

    async def _sweep(self) -> None:
        for _ in range(_PIECES):
            if await self._runs.sweep() < SWEPT:
                return
