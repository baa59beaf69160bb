"""Charts that an answer has shown, kept for a while under ids nobody can guess."""

import secrets
import time
from collections.abc import Callable

from analytics.charts.model import ChartModel

LIFE = 15 * 60.0
"""Seconds a chart stays."""

ROOM = 500
"""Charts kept at most; the oldest go first."""


class PictureCache:
    """Charts by 128-bit random id, in memory. `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._charts: dict[str, tuple[float, ChartModel]] = {}

    def put(self, chart: ChartModel) -> str:
        """Keeps the chart; gives its new id, 32 hexadecimal digits."""
        self._sweep()
        chart_id = secrets.token_hex(16)
        self._charts[chart_id] = (self._clock() + LIFE, chart)
        return chart_id

    def get(self, chart_id: str) -> ChartModel | None:
        """The chart, or None when there was none or its time is over."""
        until, chart = self._charts.get(chart_id, (0.0, None))
        return chart if self._clock() < until else None

    def __len__(self) -> int:
        return len(self._charts)

    def _sweep(self) -> None:
        """Makes room for one more; charts lie in the order they came."""
        now = self._clock()
        stale = {chart_id for chart_id, (until, _) in self._charts.items() if until <= now}
        fresh = [chart_id for chart_id in self._charts if chart_id not in stale]
        crowd = max(len(fresh) - ROOM + 1, 0)
        for chart_id in (*stale, *fresh[:crowd]):
            del self._charts[chart_id]
