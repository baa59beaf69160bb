"""Columns side by side on one axis of counts: what stacked columns and buckets share."""

from dataclasses import dataclass
from typing import Protocol

from analytics.charts.drawing.axes import AxisMark, marks
from analytics.charts.drawing.axis_scale import Scale
from analytics.charts.drawing.canvas import Canvas, Pen
from analytics.charts.drawing.frame import FOOT, MARGIN, Captioned, draw_frame, head
from analytics.charts.drawing.glyphs import Style, Weight
from analytics.charts.drawing.legend import Legend, draw_legend, lay_legend
from analytics.charts.elements import LegendKey, Tick
from analytics.charts.themes import Palette

HEIGHT = 400.0
FIGURE = Style(14.5, Weight.SEMIBOLD)
"""Style of the figure above a column."""

_AIR = 10.0
_ABOVE, _BELOW = 24.0, 40.0
"""Room above the columns for figures, and below them for two lines of names."""

_SHARE, _WIDEST = 0.64, 56.0
"""Part of its room that a column takes, and its largest width."""


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Positions of the axes, in design units: x counts columns from 0, y counts from bottom to
    top.
    """

    x: Scale
    y: Scale
    counts: tuple[AxisMark, ...]
    legend: Legend

    @property
    def pitch(self) -> float:
        """Distance between the middles of two columns."""
        return (self.x.end - self.x.start) / max(1.0, self.x.high - self.x.low)

    @property
    def zero(self) -> float:
        """The height of 0."""
        return self.y.place(0.0)

    def sides(self, at: int) -> tuple[float, float]:
        """Return the left and right side of a column."""
        half = min(_WIDEST, _SHARE * self.pitch) / 2
        middle = self.x.place(float(at))
        return middle - half, middle + half


class ColumnChart(Captioned, Protocol):
    """A chart of columns, as far as its axes need it."""

    @property
    def y_ticks(self) -> tuple[Tick, ...]:
        """Ticks at the left."""
        ...

    @property
    def legend(self) -> tuple[LegendKey, ...]:
        """Keys below the subtitle; empty for none."""
        ...


def lay_columns(
    chart: ColumnChart, number: int, span: tuple[float, float], width: float, above: float = 0.0
) -> ColumnLayout:
    """Place the axes for that number of columns, and counts within the span (lowest, highest), with
    more room `above` them.
    """
    legend = lay_legend(chart.legend, head(chart, width), width)
    y = Scale(*span, HEIGHT - FOOT - _BELOW, legend.bottom + _ABOVE + above)
    counts = marks(chart.y_ticks, y)
    left = MARGIN + max((mark.label.width for mark in counts), default=0.0) + _AIR
    x = Scale(-0.5, max(1, number) - 0.5, left, width - MARGIN)
    return ColumnLayout(x, y, counts, legend)


def draw_grid(canvas: Canvas, chart: Captioned, layout: ColumnLayout, palette: Palette) -> None:
    """Draw the paper, the frame, the legend, and the grid with its counts."""
    canvas.clean(HEIGHT, palette.paper)
    draw_frame(canvas, chart, HEIGHT, palette)
    draw_legend(canvas, layout.legend, palette)
    left, right = layout.x.start, layout.x.end
    for count in layout.counts:
        canvas.stroke(((left, count.at), (right, count.at)), Pen(palette.grid))
        canvas.text(count.label, (left - _AIR, count.at + 4), palette.quiet, anchor=1)


def draw_zero(canvas: Canvas, layout: ColumnLayout, palette: Palette) -> None:
    """Draw the line that the columns stand on."""
    ends = (layout.x.start, layout.zero), (layout.x.end, layout.zero)
    canvas.stroke(ends, Pen(palette.axis, 1.5))
