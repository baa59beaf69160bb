"""Chores beside the runs, each minute and each hour by the monotonic clock, which is never set."""

import time
from collections.abc import Callable, Iterable

from bot.metrics import Metrics
from bot.runs import SWEPT, Runs
from bot.scheduler.ports import Chore

_MINUTE = 60.0
_HOUR = 3600.0
_PIECES = 20
"""Batches of old runs that one sweep may delete."""


class Housekeeping:
    """The chores: count overdue runs and catch up once a minute; delete old runs once an hour."""

    def __init__(
        self,
        runs: Runs,
        chores: Iterable[Chore],
        metrics: Metrics,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._runs = runs
        self._chores = tuple(chores)
        self._metrics = metrics
        self._clock = clock
        self._minute = self._hour = clock()

    def due(self) -> bool:
        """Check whether a minute has passed."""
        return self._clock() >= self._minute

    async def do(self) -> None:
        """Do the chores that are due. Raises the store's errors."""
        self._minute = self._clock() + _MINUTE
        self._metrics.note_overdue_runs(await self._runs.overdue())
        for chore in self._chores:
            await chore.catch_up()
        if self._clock() >= self._hour:
            self._hour = self._clock() + _HOUR
            await self._sweep()

    async def _sweep(self) -> None:
        for _ in range(_PIECES):
            if await self._runs.sweep() < SWEPT:
                return
