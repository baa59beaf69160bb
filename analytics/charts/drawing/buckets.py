"""Counts by class: a column a class with its count above, its name below, and a second count as an
outline.
"""

from analytics.charts.column_kinds import Bucket, Buckets
from analytics.charts.drawing.axes import TICK, finite
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
from analytics.charts.drawing.line_breaks import two_lines
from analytics.charts.drawing.shades import Box, draw_rim, draw_shade
from analytics.charts.elements import Shade, Tone
from analytics.charts.themes import Palette

MOST_BUCKETS = 7

_STUB, _LEAST = 24.0, 1.5
"""Height of a column whose count is not known, and of the smallest that is not 0."""
_WIDER, _ABOVE = 4.0, 8.0
_FIGURE = 26.0
"""Height that a figure needs above its column."""

_NAMES, _LINE = 20.0, 15.0


def lay_out(chart: Buckets, width: float = WIDTH) -> ColumnLayout:
    """Place the axes for at most 7 columns."""
    buckets = chart.buckets[:MOST_BUCKETS]
    most = max((finite(bucket.count or 0.0) for bucket in buckets), default=0.0)
    return lay_columns(chart, len(buckets), (0.0, finite(chart.top) or most or 1.0), width)


def column(axes: ColumnLayout, at: int, count: float | None) -> Box:
    """Return the corners of a class's column of that height; a stub for None."""
    left, right = axes.sides(at)
    if count is None:
        return (left, axes.zero - _STUB), (right, axes.zero)
    upper = axes.y.place(finite(count))
    return (left, min(upper, axes.zero - _LEAST) if finite(count) else upper), (right, axes.zero)


def draw_buckets(canvas: Canvas, chart: Buckets, palette: Palette) -> float:
    """Draw the chart and return its height in design units."""
    axes = lay_out(chart, canvas.width)
    draw_grid(canvas, chart, axes, palette)
    for at, bucket in enumerate(chart.buckets[:MOST_BUCKETS]):
        _draw_column(canvas, bucket, at, axes, palette)
    draw_zero(canvas, axes, palette)
    return HEIGHT


def _draw_column(
    canvas: Canvas, bucket: Bucket, at: int, axes: ColumnLayout, palette: Palette
) -> None:
    box = column(axes, at, bucket.count)
    tone = Tone.UNKNOWN if bucket.count is None else bucket.tone
    draw_shade(canvas, box, tone, Shade.SOLID, palette)
    top = box[0][1]
    if bucket.outline is not None:
        (left, upper), (right, lower) = column(axes, at, bucket.outline)
        draw_rim(canvas, ((left - _WIDER, upper), (right + _WIDER, lower)), palette.rim)
        # Inside a much higher outline the figure stands on its own column.
        top = min(top, upper) if top - upper < _FIGURE else top
    middle = axes.x.place(float(at))
    canvas.text(fit(bucket.figure, FIGURE, axes.pitch), (middle, top - _ABOVE), palette.ink, 0.5)
    for line, text in enumerate(two_lines(bucket.label, TICK, axes.pitch - 4)):
        below = axes.zero + _NAMES + line * _LINE
        canvas.text(fit(text, TICK, axes.pitch - 4), (middle, below), palette.quiet, 0.5)
