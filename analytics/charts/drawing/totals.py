"""The line of totals above columns: on a scale of its own, with the figures of its ends."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import isfinite

from analytics.charts.column_kinds import Stack
from analytics.charts.drawing.axes import AxisMark
from analytics.charts.drawing.axis_scale import Scale
from analytics.charts.drawing.canvas import Canvas, Pen, Point
from analytics.charts.drawing.columns import FIGURE, ColumnLayout
from analytics.charts.drawing.glyphs import fit
from analytics.charts.drawing.shades import DOT
from analytics.charts.elements import Tone
from analytics.charts.themes import Palette

TOTALS_ROOM = 46.0
"""Room for it above the columns, in design units."""

_APART, _RISE, _ABOVE, _ROOM = 14.0, 24.0, 9.0, 90.0
_WIDTH = 2.75


def has_totals(columns: Sequence[Stack]) -> bool:
    """Check whether there is a line to draw: two totals or more."""
    return sum(_is_known(each) for each in columns) > 1


def lay_totals(columns: Sequence[Stack], axes: ColumnLayout) -> list[tuple[Point, ...]]:
    """Place the line, broken where a total is not known. It fills its strip from the lowest to the
    highest total; equal ones lie in the middle.
    """
    known = [_total(each) for each in columns if _is_known(each)]
    low = axes.y.end - _APART
    y = Scale(min(known, default=0.0), max(known, default=0.0), low, low - _RISE)
    runs = groupby(enumerate(columns), key=lambda pair: _is_known(pair[1]))
    return [
        tuple((axes.x.place(float(at)), y.place(_total(each))) for at, each in run)
        for is_known, run in runs
        if is_known
    ]


def draw_totals(
    canvas: Canvas, columns: Sequence[Stack], axes: ColumnLayout, palette: Palette
) -> None:
    """Draw the line, a dot at each of its ends, and the figures of both; nothing without a line."""
    if not has_totals(columns):
        return
    colour, runs = palette.tones[Tone.MAIN], lay_totals(columns, axes)
    for run in runs:
        canvas.stroke(run, Pen(colour, _WIDTH))
    canvas.dots([point for run in runs for point in run], _WIDTH, colour)
    known = [each for each in columns if _is_known(each)]
    for tip, figure in _ends(runs, known):
        canvas.dot(tip, DOT, colour)
        label = fit(figure, FIGURE, _ROOM)
        left = AxisMark(tip[0], label).left_edge(canvas.width)
        canvas.text(label, (left, tip[1] - _ABOVE), colour)


def _ends(runs: Sequence[tuple[Point, ...]], known: Sequence[Stack]) -> Iterator[tuple[Point, str]]:
    yield runs[0][0], known[0].total_figure
    yield runs[-1][-1], known[-1].total_figure


def _is_known(column: Stack) -> bool:
    return column.total is not None and isfinite(column.total)


def _total(column: Stack) -> float:
    return column.total or 0.0
