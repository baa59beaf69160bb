"""A chart model to a PNG: the one door to the drawing."""

from typing import assert_never

from analytics.charts.bars import draw_bars
from analytics.charts.canvas import Canvas, own_canvas
from analytics.charts.lines import draw_lines
from analytics.charts.model import BarChart, ChartModel, LineChart
from analytics.charts.png import encode, encode_indexed
from analytics.charts.shrinking import halved, indexed
from analytics.charts.themes import Palette, Theme

__all__ = ["Theme", "draw"]


def draw(chart: ChartModel, theme: Theme, *, compact: bool = False) -> bytes:
    """The chart as a PNG, 1600 pixels wide: a line chart 800 high, a bar chart as its bars need.
    `compact` is half of that each way in 256 colours: below 51,000 bytes, whatever it shows.

    Takes 5 to 20 ms of CPU, so call it off the event loop; any number of threads may. Every text is
    cut to its room and every number put in its bounds: hostile ones are drawn, not raised. At most
    8 lines, 15 bars and 24 ticks of an axis are shown.
    """
    canvas = own_canvas()
    pixels = canvas.pixels(_draw(canvas, chart, theme.palette))
    return encode_indexed(*indexed(halved(pixels))) if compact else encode(pixels)


def _draw(canvas: Canvas, chart: ChartModel, palette: Palette) -> float:
    match chart:
        case LineChart():
            return draw_lines(canvas, chart, palette)
        case BarChart():
            return draw_bars(canvas, chart, palette)
        case _:
            assert_never(chart)
