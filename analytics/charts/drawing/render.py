"""Drawing of a chart model as a PNG: the only entry to the drawing."""

from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from analytics.charts.drawing.bars import draw_bars
from analytics.charts.drawing.buckets import draw_buckets
from analytics.charts.drawing.canvas import NARROW, Canvas, own_canvas
from analytics.charts.drawing.corners import round_corners
from analytics.charts.drawing.lines import draw_lines
from analytics.charts.drawing.palette_png import encode_indexed
from analytics.charts.drawing.png import encode
from analytics.charts.drawing.ranked_bars import draw_ranking
from analytics.charts.drawing.seat_bars import draw_seat_bars
from analytics.charts.drawing.stacked_columns import draw_columns
from analytics.charts.drawing.timeline import draw_timeline
from analytics.charts.model import (
    BarChart,
    Buckets,
    ChartModel,
    LineChart,
    Ranking,
    SeatBars,
    StackedColumns,
    Timeline,
)
from analytics.charts.themes import Palette, Theme

__all__ = ["Theme", "draw"]


COMPACT_BYTES = 52_000
"""Most bytes of a compact picture: as a base64 data URI less than 70,000 characters."""

TALLEST_COMPACT = 1000
"""Most pixels of a compact picture's height: as many as a card shows."""

# Widths of a compact picture in pixels, the widest that fits first; the last always fits.
_WIDTHS = (1000, 800, 640)
_LEAST = 400


def draw(chart: ChartModel, theme: Theme, *, compact: bool = False) -> bytes:
    """Return the chart as a PNG, 1600 pixels wide: a line chart 800 high, a bar chart as high as
    its bars need. With `compact` it is 1000 wide, laid out for a narrow place, at most 1000 high,
    in 256 colours and COMPACT_BYTES; if many bars, or long names on every mark, exceed that, it is
    800, 640 or 400 wide.

    It takes 5 to 20 ms of CPU, so call it off the event loop; any number of threads may call it.
    Every text is cut to its room and every number to its bounds: hostile ones are drawn and raise
    nothing. At most 8 lines, 15 bars and 24 ticks of an axis are shown.
    """
    if not compact:
        return encode(_pixels(chart, theme, own_canvas()))
    fitting = next((png for width in _WIDTHS if (png := _compact(chart, theme, width))), None)
    return fitting or encode_indexed(_narrow(chart, theme, _LEAST), theme)


def _compact(chart: ChartModel, theme: Theme, width: int) -> bytes | None:
    """Return the picture at that width; None if it does not fit."""
    pixels = _narrow(chart, theme, width)
    if len(pixels) > TALLEST_COMPACT:
        return None
    png = encode_indexed(pixels, theme)
    return png if len(png) <= COMPACT_BYTES else None


def _narrow(chart: ChartModel, theme: Theme, width: int) -> NDArray[np.uint8]:
    return _pixels(chart, theme, own_canvas(width / NARROW, NARROW))


def _pixels(chart: ChartModel, theme: Theme, canvas: Canvas) -> NDArray[np.uint8]:
    pixels = canvas.pixels(_draw(canvas, chart, theme.palette))
    round_corners(pixels, theme.palette.corner * canvas.scale)
    return pixels


def _draw(canvas: Canvas, chart: ChartModel, palette: Palette) -> float:
    match chart:
        case LineChart():
            return draw_lines(canvas, chart, palette)
        case BarChart():
            return draw_bars(canvas, chart, palette)
        case SeatBars():
            return draw_seat_bars(canvas, chart, palette)
        case Ranking():
            return draw_ranking(canvas, chart, palette)
        case _:
            return _draw_columns_or_dots(canvas, chart, palette)


def _draw_columns_or_dots(
    canvas: Canvas, chart: StackedColumns | Buckets | Timeline, palette: Palette
) -> float:
    match chart:
        case StackedColumns():
            return draw_columns(canvas, chart, palette)
        case Buckets():
            return draw_buckets(canvas, chart, palette)
        case Timeline():
            return draw_timeline(canvas, chart, palette)
        case _:
            assert_never(chart)
