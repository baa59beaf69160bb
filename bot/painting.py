"""Pictures of charts, drawn in worker threads and kept for later asks of the same picture."""

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from typing import Protocol

from analytics.charts.model import ChartModel
from analytics.charts.themes import Theme
from bot.log import log_error

_WORKERS = 2
_KEPT_BYTES = 64 * 1024 * 1024
_Key = tuple[ChartModel, str, bool]


class Paint(Protocol):
    """A function that draws a chart: Painter.paint, as it is lent to code that only draws."""

    async def __call__(
        self, chart: ChartModel, theme: str, *, compact: bool = False
    ) -> bytes | None:
        """Draw the chart as PNG for the theme `light` or `dark`; None where drawing failed.
        `compact` keeps it small enough to travel inside a card.
        """
        ...


class Painter:
    """A painter that draws each distinct chart once. A chart's model holds everything in its
    picture, so it is the cache key.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_WORKERS, thread_name_prefix="painter")
        self._drawing: dict[_Key, asyncio.Future[bytes]] = {}
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._bytes = 0

    async def paint(self, chart: ChartModel, theme: str, *, compact: bool = False) -> bytes | None:
        """Return the PNG, kept or newly drawn; None where drawing failed."""
        key = (chart, theme, compact)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        try:
            # Shielded: a caller who is cancelled does not take the picture from the others.
            png = await asyncio.shield(self._drawing.get(key) or self._begin(key))
        except Exception as error:  # noqa: BLE001 a picture that fails leaves the words standing
            log_error("picture failed", error)
            return None
        self._keep(key, png)
        return png

    def _begin(self, key: _Key) -> asyncio.Future[bytes]:
        """Start to draw the picture, for all callers who ask for it meanwhile."""
        chart, theme, compact = key
        work = partial(_draw, chart, Theme(theme), compact=compact)
        drawing = asyncio.get_running_loop().run_in_executor(self._threads, work)
        self._drawing[key] = drawing
        drawing.add_done_callback(lambda _: self._drawing.pop(key, None))
        return drawing

    def _keep(self, key: _Key, png: bytes) -> None:
        if key not in self._kept:
            self._bytes += len(png)
        self._kept[key] = png
        while self._bytes > _KEPT_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1])

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _draw(chart: ChartModel, theme: Theme, *, compact: bool) -> bytes:
    """Draw the picture. The drawing code is imported with the first one: matplotlib takes a quarter
    of a second, and a question in the terminal shows no picture.
    """
    render = import_module("analytics.charts.drawing.render")
    png: bytes = render.draw(chart, theme, compact=compact)
    return png
