"""Charts that an answer has shown, kept for a while under ids that cannot be guessed."""

import secrets
import time
from collections.abc import Callable

from cachetools import TTLCache

from analytics.charts.model import ChartModel

LIFE = 15 * 60.0
"""Seconds for which a chart is kept."""

ROOM = 500
"""Maximum charts kept; those shown longest ago are dropped first."""


class PictureCache:
    """Charts by 128-bit random id, in memory. `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._charts: TTLCache[str, ChartModel, float] = TTLCache(ROOM, LIFE, timer=clock)

    def put(self, chart: ChartModel) -> str:
        """Keep the chart and return its new id, 32 hexadecimal digits."""
        chart_id = secrets.token_hex(16)
        self._charts[chart_id] = chart
        return chart_id

    def get(self, chart_id: str) -> ChartModel | None:
        """The chart, or None when there was none or its time is over."""
        return self._charts.get(chart_id)

    def __len__(self) -> int:
        return len(self._charts)
