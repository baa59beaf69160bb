"""Rows of a chart on one axis: name before the bar and words after it, or both above it in a narrow
place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from analytics.charts.drawing.axes import AxisMark, axis_length, draw_row, finite, marks
from analytics.charts.drawing.axis_scale import Scale
from analytics.charts.drawing.canvas import WIDTH, Canvas, Pen
from analytics.charts.drawing.frame import FOOT, MARGIN, Captioned, draw_frame, head
from analytics.charts.drawing.glyphs import Style, Weight, fit
from analytics.charts.drawing.legend import Legend, draw_legend, lay_legend
from analytics.charts.drawing.masks import Label
from analytics.charts.drawing.shades import Box
from analytics.charts.elements import LegendKey, Tick
from analytics.charts.themes import Palette

MOST_ROWS = 15

_NAME, _FIGURE, _BESIDE = Style(14.5), Style(14.5, Weight.SEMIBOLD), Style(14.5)
_NAME_ROOM, _FIGURE_ROOM, _BESIDE_ROOM = 245.0, 170.0, 100.0
_AIR, _BETWEEN = 10.0, 5.0
_AXIS = 30.0
_STUB = 28.0
"""Length of a bar of which no count is known."""
_LEAST = 1.0
"""Length of the smallest bar that is not 0."""


@dataclass(frozen=True, slots=True)
class Pitch:
    """Heights of a row: the whole, from its top to the baseline of its words, and to its bar."""

    row: float
    words: float
    bar: float
    thick: float


_WIDE, _NARROW = Pitch(34, 22, 8, 18), Pitch(40, 14, 20, 14)


class RowText(Protocol):
    """A row of a chart, as far as its words and its length need it."""

    @property
    def label(self) -> str:
        """The name."""
        ...

    @property
    def figure(self) -> str:
        """The words at its end."""
        ...

    @property
    def beside(self) -> str:
        """Quieter words after them."""
        ...

    @property
    def reach(self) -> float | None:
        """The largest of its amounts; None if none is known."""
        ...


class RowChart(Captioned, Protocol):
    """A chart of rows."""

    @property
    def rows(self) -> Sequence[RowText]:
        """The rows, the first on top."""
        ...

    @property
    def top(self) -> float:
        """The end of the axis."""
        ...

    @property
    def x_ticks(self) -> tuple[Tick, ...]:
        """Ticks below the rows; empty for no axis."""
        ...

    @property
    def legend(self) -> tuple[LegendKey, ...]:
        """Keys below the subtitle; empty for none."""
        ...


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row's measured texts."""

    name: Label
    figure: Label
    beside: Label

    @property
    def width(self) -> float:
        """Width of the words at the row's end, in design units."""
        between = _BETWEEN if self.figure.width and self.beside.width else 0.0
        return self.figure.width + between + self.beside.width


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row on the canvas: its words start at `start`, all baselines are `baseline`; its bar goes
    from `upper` to `lower`.
    """

    words: RowWords
    start: float
    baseline: float
    upper: float
    lower: float


@dataclass(frozen=True, slots=True)
class RowLayout:
    """Positions of all parts of a chart of rows, in design units."""

    x: Scale
    rows: tuple[PlacedRow, ...]
    ticks: tuple[AxisMark, ...]
    legend: Legend
    top: float
    bottom: float
    narrow: bool

    @property
    def height(self) -> float:
        """Height of the whole picture, which fits the number of rows."""
        return self.bottom + (_AXIS if self.ticks else 6.0) + FOOT

    def end(self, value: float | None) -> float:
        """Return the end of a bar: a stub for None, the axis's start for 0 or less."""
        if value is None:
            return min(self.x.start + _STUB, self.x.end)
        shown = self.x.place(finite(value))
        return max(shown, self.x.start + _LEAST) if finite(value) > 0 else shown

    def box(self, row: PlacedRow, value: float | None) -> Box:
        """Return the corners of the row's bar of that length."""
        return (self.x.start, row.upper), (self.end(value), row.lower)


def lay_rows(chart: RowChart, width: float = WIDTH) -> RowLayout:
    """Measure every label, then give the axis the room that the words leave."""
    rows, narrow = chart.rows[:MOST_ROWS], width < WIDTH
    legend = lay_legend(chart.legend, head(chart, width), width)
    words = [_words(row, width, narrow=narrow) for row in rows]
    x = _axis(chart, words, width)
    pitch, top = _NARROW if narrow else _WIDE, legend.bottom + (4 if chart.legend else 0)
    bottom = top + max(1, len(rows)) * pitch.row + 4
    # Without a grid, which the narrow rows leave no room for, an axis says nothing.
    ticks = () if narrow else marks(chart.x_ticks, x)
    laid = RowLayout(x, (), ticks, legend, top, bottom, narrow)
    placed = []
    for at, (row, said) in enumerate(zip(rows, words, strict=True)):
        start = width - MARGIN - said.width if narrow else laid.end(row.reach) + _AIR
        y = top + at * pitch.row
        upper = y + pitch.bar
        placed.append(PlacedRow(said, start, y + pitch.words, upper, upper + pitch.thick))
    return replace(laid, rows=tuple(placed))


def _words(row: RowText, width: float, *, narrow: bool) -> RowWords:
    figure, beside = fit(row.figure, _FIGURE, _FIGURE_ROOM), fit(row.beside, _BESIDE, _BESIDE_ROOM)
    taken = RowWords(figure, figure, beside).width
    room = width - 2 * MARGIN - taken - _AIR if narrow else _NAME_ROOM
    return RowWords(fit(row.label, _NAME, room), figure, beside)


def _axis(chart: RowChart, words: Sequence[RowWords], width: float) -> Scale:
    reaches = [finite(row.reach or 0.0) for row in chart.rows[:MOST_ROWS]]
    high = finite(chart.top) or max(reaches, default=0.0) or 1.0
    if width < WIDTH:
        return Scale(0.0, high, MARGIN, width - MARGIN)
    left = MARGIN + max((said.name.width for said in words), default=0.0) + _AIR
    room = width - MARGIN - left
    starts = [min(1.0, reach / high) for reach in reaches]
    return Scale(0.0, high, left, left + axis_length(room, starts, [said.width for said in words]))


def draw_rows(canvas: Canvas, chart: RowChart, layout: RowLayout, palette: Palette) -> None:
    """Draw the paper, the frame, the legend, the grid, and the rows' words; their bars are drawn
    afterwards.
    """
    canvas.clean(layout.height, palette.paper)
    draw_frame(canvas, chart, layout.height, palette)
    draw_legend(canvas, layout.legend, palette)
    for tick in layout.ticks:
        canvas.stroke(((tick.at, layout.top), (tick.at, layout.bottom)), Pen(palette.grid))
    draw_row(canvas, layout.ticks, layout.bottom + 18, palette.quiet)
    for row in layout.rows:
        _draw_words(canvas, row, layout, palette)


def _draw_words(canvas: Canvas, row: PlacedRow, layout: RowLayout, palette: Palette) -> None:
    words, y = row.words, row.baseline
    if layout.ticks:
        # The grid would run through the words.
        ends = (row.start - 3, y - 13), (row.start + words.width + 3, y + 5)
        canvas.box(*ends, palette.paper)
    if layout.narrow:
        canvas.text(words.name, (layout.x.start, y), palette.ink)
    else:
        canvas.text(words.name, (layout.x.start - _AIR, y), palette.ink, anchor=1)
    canvas.text(words.figure, (row.start, y), palette.ink)
    canvas.text(words.beside, (row.start + words.width - words.beside.width, y), palette.quiet)
