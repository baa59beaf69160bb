"""Horizontal bars: names before, finished words after, and a tone of their own beyond the limit."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.drawing.axes import AxisMark, axis_length, draw_row, finite, marks
from analytics.charts.drawing.axis_scale import Scale
from analytics.charts.drawing.canvas import WIDTH, Canvas, Pen
from analytics.charts.drawing.frame import FOOT, MARGIN, draw_frame, head
from analytics.charts.drawing.glyphs import Style, Weight, fit
from analytics.charts.drawing.masks import Label
from analytics.charts.drawing.shades import draw_shade
from analytics.charts.elements import Shade
from analytics.charts.model import Bar, BarChart, Tone
from analytics.charts.themes import Palette

MOST_BARS = 15

_ROW = 34.0
_THICK = 18.0
_ROUND = 4.0
_NAME = Style(14.5)
_SHOWN = Style(14.5, Weight.SEMIBOLD)
_NAME_ROOM, _SHOWN_ROOM = 210.0, 270.0
_AIR = 10.0
_LEGEND = 22.0
_AXIS = 30.0


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: its name, its words, the middle of its height, its end, the start of its words."""

    name: Label
    shown: Label
    tone: Tone
    y: float
    end: float
    words: float


@dataclass(frozen=True, slots=True)
class BarLayout:
    """Positions of all parts of a bar chart, in design units. `limit` is a place on the x axis."""

    x: Scale
    top: float
    bottom: float
    rows: tuple[Row, ...]
    ticks: tuple[AxisMark, ...]
    limit: AxisMark | None
    beyond: Tone

    @property
    def height(self) -> float:
        """Height of the whole picture, which fits the number of bars."""
        return self.bottom + _AXIS + FOOT

    def is_over(self, row: Row) -> bool:
        """Check whether the bar passes the limit by half a design unit or more."""
        return self.limit is not None and row.end >= self.limit.at + 0.5


def lay_out(chart: BarChart, width: float = WIDTH) -> BarLayout:
    """Measure every label, then give the axis the room that the words leave."""
    bars = chart.bars[:MOST_BARS]
    words = [fit(bar.shown, _SHOWN, _SHOWN_ROOM) for bar in bars]
    x = _axis(chart, bars, words, width)
    limit = next(iter(marks((chart.limit,), x)), None) if chart.limit else None
    top = head(chart, width) + (_LEGEND if limit else 0.0)
    ends = [x.place(finite(bar.value)) for bar in bars]
    starts = _starts(ends, words, limit)
    rows = tuple(
        Row(_name(bar), words[at], bar.tone, top + (at + 0.5) * _ROW, ends[at], starts[at])
        for at, bar in enumerate(bars)
    )
    bottom = top + max(1, len(rows)) * _ROW + 4
    ticks = [tick for tick in chart.x_ticks if chart.limit is None or tick.at != chart.limit.at]
    return BarLayout(x, top, bottom, rows, marks(ticks, x), limit, chart.beyond)


def _name(bar: Bar) -> Label:
    return fit(bar.label, _NAME, _NAME_ROOM)


def _starts(ends: Sequence[float], words: Sequence[Label], limit: AxisMark | None) -> list[float]:
    """Return the starts of the words: after each bar, or all behind a limit that crosses one."""
    after = [end + _AIR for end in ends]
    if limit is None:
        return after
    line = limit.at
    struck = any(
        start - _AIR <= line < start + label.width + _AIR
        for start, label in zip(after, words, strict=True)
    )
    return [max(start, line + _AIR) for start in after] if struck else after


def _axis(chart: BarChart, bars: Sequence[Bar], words: Sequence[Label], width: float) -> Scale:
    names = (_name(bar).width for bar in bars)
    values = [finite(bar.value) for bar in bars]
    high = finite(chart.top) or max(values, default=0.0) or 1.0
    limit = min(high, finite(chart.limit.at)) if chart.limit else 0.0
    starts = [min(1.0, max(value, limit) / high) for value in values]
    left = MARGIN + max(names, default=0.0) + _AIR
    widths = [label.width for label in words]
    end = left + axis_length(width - MARGIN - left, starts, widths)
    return Scale(0.0, high, left, end)


def draw_bars(canvas: Canvas, chart: BarChart, palette: Palette) -> float:
    """Draw the chart and return its height in design units."""
    layout = lay_out(chart, canvas.width)
    canvas.clean(layout.height, palette.paper)
    draw_frame(canvas, chart, layout.height, palette)
    _draw_axis(canvas, layout, palette)
    for row in layout.rows:
        _draw_bar(canvas, row, layout, palette)
    if layout.limit:
        _draw_limit(canvas, layout.limit, layout, palette)
    for row in layout.rows:
        _draw_words(canvas, row, layout, palette)
    return layout.height


def _draw_axis(canvas: Canvas, layout: BarLayout, palette: Palette) -> None:
    for tick in layout.ticks:
        canvas.stroke(((tick.at, layout.top), (tick.at, layout.bottom)), Pen(palette.grid))
    draw_row(canvas, layout.ticks, layout.bottom + 18, palette.quiet)


def _draw_bar(canvas: Canvas, row: Row, layout: BarLayout, palette: Palette) -> None:
    start, upper, lower = layout.x.start, row.y - _THICK / 2, row.y + _THICK / 2
    limit, colour = layout.limit, palette.tones[row.tone]
    if limit:
        canvas.box((start, upper), (limit.at, lower), palette.track)
    if row.tone is Tone.UNKNOWN:
        draw_shade(canvas, ((start, upper), (row.end, lower)), row.tone, Shade.HATCHED, palette)
        return
    if limit is None or not layout.is_over(row):
        canvas.bar(((start, upper), (row.end, lower)), _ROUND, colour)
        return
    canvas.box((start, upper), (limit.at, lower), colour)
    draw_shade(canvas, ((limit.at, upper), (row.end, lower)), layout.beyond, Shade.SOLID, palette)


def _draw_limit(canvas: Canvas, limit: AxisMark, layout: BarLayout, palette: Palette) -> None:
    ends = (limit.at, layout.top - 4), (limit.at, layout.bottom)
    canvas.stroke(ends, Pen(palette.paper, 4))
    canvas.stroke(ends, Pen(palette.ink, 1.5))
    canvas.text(limit.label, (limit.left_edge(canvas.width), layout.top - 10), palette.ink)


def _draw_words(canvas: Canvas, row: Row, layout: BarLayout, palette: Palette) -> None:
    canvas.text(row.name, (layout.x.start - _AIR, row.y + 5), palette.ink, anchor=1)
    if layout.limit is None or row.words > layout.limit.at:
        # Beside the track the grid lines would run through the words.
        upper, lower = row.y - _THICK / 2, row.y + _THICK / 2
        canvas.box((row.words - 3, upper), (row.words + row.shown.width + 3, lower), palette.paper)
    alarming = layout.is_over(row) and layout.beyond is Tone.ALARM
    colour = palette.tones[Tone.ALARM] if alarming else palette.ink
    canvas.text(row.shown, (row.words, row.y + 5), colour)
