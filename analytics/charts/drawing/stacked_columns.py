"""Gains above and losses below zero by spans of time; a span not over is hatched, one of which
nothing is known is a band with words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite

from analytics.charts.column_kinds import Stack, StackedColumns
from analytics.charts.drawing.axes import TICK, AxisMark, draw_row
from analytics.charts.drawing.axis_scale import thin_from_end
from analytics.charts.drawing.blanks import Band, draw_bands, lay_bands
from analytics.charts.drawing.canvas import WIDTH, Canvas
from analytics.charts.drawing.columns import (
    FIGURE,
    HEIGHT,
    ColumnLayout,
    draw_grid,
    draw_zero,
    lay_columns,
)
from analytics.charts.drawing.glyphs import fit
from analytics.charts.drawing.masks import Label
from analytics.charts.drawing.shades import DOT, Box, draw_shade
from analytics.charts.drawing.totals import TOTALS_ROOM, draw_totals, has_totals
from analytics.charts.elements import Shade, Tone
from analytics.charts.model import Blank
from analytics.charts.themes import Palette

MOST_COLUMNS = 31

_ROOM = 120.0
_NAMES, _GROUPS, _ABOVE = 20.0, 36.0, 8.0
_NEAR = 4.0


@dataclass(frozen=True, slots=True)
class Block:
    """A portion on the canvas."""

    tone: Tone
    shade: Shade
    box: Box


@dataclass(frozen=True, slots=True)
class StackLayout:
    """Positions of all parts of the chart, in design units."""

    axes: ColumnLayout
    blocks: tuple[Block, ...]
    bands: tuple[Band, ...]
    columns: tuple[Stack, ...]
    """The columns drawn: the newest ones."""


def lay_out(chart: StackedColumns, width: float = WIDTH) -> StackLayout:
    """Measure the labels and place the newest 31 columns. Portions that are no numbers are 0."""
    columns = chart.columns[-MOST_COLUMNS:]
    above = TOTALS_ROOM if has_totals(columns) else 0.0
    axes = lay_columns(chart, len(columns), _span(chart), width, above)
    blocks = tuple(
        block for at, column in enumerate(columns) for block in _blocks(axes, at, column)
    )
    bands = lay_bands(_gaps(columns, chart.unknown), axes.x, axes.y, ())
    return StackLayout(axes, tuple(blocks), bands, columns)


def _span(chart: StackedColumns) -> tuple[float, float]:
    """Return lowest and highest count of the axis, which includes 0 and is never empty."""
    low, high = (min(0.0, _number(chart.bottom)), max(0.0, _number(chart.top)))
    return (low, high) if low < high else (0.0, 1.0)


def _number(value: float) -> float:
    return value if isfinite(value) else 0.0


def _blocks(axes: ColumnLayout, at: int, column: Stack) -> Iterator[Block]:
    left, right = axes.sides(at)
    ends = {True: 0.0, False: 0.0}
    for portion in column.portions or ():
        value = _number(portion.value)
        start = ends[value > 0]
        ends[value > 0] = start + value
        upper, lower = sorted((axes.y.place(start), axes.y.place(start + value)))
        if value:
            yield Block(portion.tone, _shade(column), ((left, upper), (right, lower)))


def _shade(column: Stack) -> Shade:
    return Shade.HATCHED if column.partial else Shade.SOLID


def _gaps(columns: Sequence[Stack], words: str) -> list[Blank]:
    """Return each run of unknown columns as one gap, its sides between the columns."""
    gaps, at = list[Blank](), 0
    for unknown, run in groupby(columns, key=lambda column: column.portions is None):
        after = at + len(list(run))
        if unknown:
            gaps.append(Blank(at - 0.5, after - 0.5, words))
        at = after
    return gaps


def draw_columns(canvas: Canvas, chart: StackedColumns, palette: Palette) -> float:
    """Draw the chart and return its height in design units."""
    layout = lay_out(chart, canvas.width)
    draw_grid(canvas, chart, layout.axes, palette)
    draw_bands(canvas, layout.bands, layout.axes.y, palette)
    for block in layout.blocks:
        draw_shade(canvas, block.box, block.tone, block.shade, palette)
    draw_zero(canvas, layout.axes, palette)
    _draw_nets(canvas, layout, palette)
    _draw_figures(canvas, layout, palette)
    _draw_names(canvas, layout, palette)
    draw_totals(canvas, layout.columns, layout.axes, palette)
    return HEIGHT


def _draw_nets(canvas: Canvas, layout: StackLayout, palette: Palette) -> None:
    for at, column in enumerate(layout.columns):
        if column.net is not None and isfinite(column.net):
            centre = layout.axes.x.place(float(at)), layout.axes.y.place(column.net)
            canvas.dot(centre, DOT + 1.5, palette.paper)
            canvas.dot(centre, DOT, palette.ink)


def _draw_figures(canvas: Canvas, layout: StackLayout, palette: Palette) -> None:
    """Draw the figures above the columns, the newest first, none over its neighbour's."""
    free, axes = float(canvas.width), layout.axes
    for at in reversed(range(len(layout.columns))):
        label = fit(layout.columns[at].figure, FIGURE, _ROOM)
        left = AxisMark(axes.x.place(float(at)), label).left_edge(canvas.width)
        baseline = _top(layout, at) - _ABOVE
        if (
            label.width
            and left + label.width <= free
            and not _covers(layout, left, label, baseline)
        ):
            canvas.text(label, (left, baseline), palette.ink)
            free = left - _ABOVE


def _covers(layout: StackLayout, left: float, label: Label, baseline: float) -> bool:
    """Check whether a figure would touch the words of a band."""
    right, middle = left + label.width, baseline - FIGURE.size / 3
    return any(
        band.sides[0] - _NEAR < right and left < band.sides[1] + _NEAR
        for band in layout.bands
        for height in band.heights
        if abs(height - middle) < FIGURE.size
    )


def _top(layout: StackLayout, at: int) -> float:
    """Return the upper end of a column and of its dot."""
    column, axes = layout.columns[at], layout.axes
    gains = [value for p in column.portions or () if (value := _number(p.value)) > 0]
    dot = axes.y.place(_number(column.net or 0.0)) - DOT
    return min(axes.y.place(sum(gains)), dot)


def _draw_names(canvas: Canvas, layout: StackLayout, palette: Palette) -> None:
    """Draw the columns' names, the newest among them, and each group below its first name."""
    axes = layout.axes
    names = [
        AxisMark(axes.x.place(float(at)), fit(column.label, TICK, _ROOM))
        for at, column in enumerate(layout.columns)
    ]
    kept = draw_row(canvas, names, axes.y.start + _NAMES, palette.quiet, keep=thin_from_end)
    groups: dict[str, AxisMark] = {}
    for at in kept:
        group = layout.columns[at].group
        groups.setdefault(group, AxisMark(names[at].at, fit(group, TICK, _ROOM)))
    draw_row(canvas, list(groups.values()), axes.y.start + _GROUPS, palette.quiet)
