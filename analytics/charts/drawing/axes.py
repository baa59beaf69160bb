"""Labels along an axis: measured, kept inside the picture, thinned out before they touch."""

from collections.abc import Sequence
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


def draw_row(canvas: Canvas, along: Sequence[AxisMark], baseline: float, colour: str) -> None:
    """Draw the labels of a horizontal axis on one baseline."""
    starts = [mark.left_edge(canvas.width) for mark in along]
    spans = [(start, start + mark.label.width) for start, mark in zip(starts, along, strict=True)]
    for at in thin(spans, _GAP):
        canvas.text(along[at].label, (starts[at], baseline), colour)


def finite(value: float, otherwise: float = 0.0) -> float:
    """Return the value if it is a number and not below 0, else `otherwise`."""
    return value if isfinite(value) and value >= 0 else otherwise
