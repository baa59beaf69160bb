"""Pictures of charts, drawn in worker threads and kept for later asks of the same picture."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module

from cachetools import LRUCache

from analytics.charts.model import ChartModel
from analytics.charts.themes import Theme
from bot.log import log_error

_WORKERS = 2
_KEPT_BYTES = 64 * 1024 * 1024
_Key = tuple[ChartModel, str, bool]


class Painter:
    """A painter that draws each distinct chart once. A chart's model holds everything in its
    picture, so it is the cache key.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_WORKERS, thread_name_prefix="painter")
        self._drawing: dict[_Key, asyncio.Future[bytes]] = {}
        self._kept: LRUCache[_Key, bytes] = LRUCache(_KEPT_BYTES, len)

    async def paint(self, chart: ChartModel, theme: str, *, compact: bool = False) -> bytes | None:
        """Return the PNG, kept or newly drawn; None where drawing failed."""
        key = (chart, theme, compact)
        if (kept := self._kept.get(key)) is not None:
            return kept
        try:
            # Shielded: a caller who is cancelled does not take the picture from the others.
            png = await asyncio.shield(self._drawing.get(key) or self._begin(key))
        except Exception as error:  # noqa: BLE001 a picture that fails leaves the words standing
            log_error("picture failed", error)
            return None
        if len(png) <= _KEPT_BYTES:
            self._kept[key] = png
        return png

    def _begin(self, key: _Key) -> asyncio.Future[bytes]:
        """Start to draw the picture, for all callers who ask for it meanwhile."""
        chart, theme, compact = key
        work = partial(_draw, chart, Theme(theme), compact=compact)
        drawing = asyncio.get_running_loop().run_in_executor(self._threads, work)
        self._drawing[key] = drawing
        drawing.add_done_callback(lambda _: self._drawing.pop(key, None))
        return drawing

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
