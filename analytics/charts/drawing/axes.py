"""Labels along an axis: measured, kept inside the picture, thinned out before they touch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from analytics.charts.drawing.axis_scale import Scale, thin
from analytics.charts.drawing.canvas import Canvas
from analytics.charts.drawing.frame import MARGIN
from analytics.charts.drawing.glyphs import Style, fit
from analytics.charts.drawing.masks import Label
from analytics.charts.model import Tick

TICK = Style(12.5)
"""Style of tick labels."""

_MOST = 24
_ROOM = 120.0
_GAP = 14.0
_AIR = 10.0
# Words after the bars may shrink the axis to this part of its room, not further.
_LEAST_AXIS = 0.4


@dataclass(frozen=True, slots=True)
class AxisMark:
    """A tick on the canvas: its place along the axis, and its measured label."""

    at: float
    label: Label

    def left_edge(self, width: float) -> float:
        """Return the left edge of a label centred under its place, moved inside the margins of a
        chart of that width.
        """
        start = self.at - self.label.width / 2
        return max(MARGIN, min(start, width - MARGIN - self.label.width))


def marks(ticks: Sequence[Tick], scale: Scale) -> tuple[AxisMark, ...]:
    """Return the ticks that lie on the scale, at most 24."""
    return tuple(
        AxisMark(scale.place(tick.at), fit(tick.label, TICK, _ROOM))
        for tick in ticks[:_MOST]
        if isfinite(tick.at) and scale.low <= tick.at <= scale.high
    )


def draw_row(
    canvas: Canvas,
    along: Sequence[AxisMark],
    baseline: float,
    colour: str,
    *,
    keep: Callable[[Sequence[tuple[float, float]], float], tuple[int, ...]] = thin,
) -> tuple[int, ...]:
    """Draw the labels of a horizontal axis on one baseline, and return the positions of those that
    had room; `keep` chooses them from the labels' spans and the gap between two.
    """
    starts = [mark.left_edge(canvas.width) for mark in along]
    spans = [(start, start + mark.label.width) for start, mark in zip(starts, along, strict=True)]
    kept = keep(spans, _GAP)
    for at in kept:
        canvas.text(along[at].label, (starts[at], baseline), colour)
    return kept


def finite(value: float, otherwise: float = 0.0) -> float:
    """Return the value if it is a number and not below 0, else `otherwise`."""
    return value if isfinite(value) and value >= 0 else otherwise


def axis_length(room: float, starts: Sequence[float], widths: Sequence[float]) -> float:
    """Return the axis length at which words that start at these shares of it, with these widths,
    still fit the room; 0.4 of the room at least.
    """
    fitting = [
        (room - _AIR - width) / start
        for start, width in zip(starts, widths, strict=True)
        if start > 0
    ]
    return max(_LEAST_AXIS * room, min([room, *fitting]))
