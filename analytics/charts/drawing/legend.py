"""The legend: swatches with their labels in a row below the subtitle, in several if needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts.drawing.canvas import Canvas, Point
from analytics.charts.drawing.frame import MARGIN
from analytics.charts.drawing.glyphs import Style, fit
from analytics.charts.drawing.masks import Label
from analytics.charts.drawing.shades import draw_shade
from analytics.charts.elements import LegendKey
from analytics.charts.themes import Palette

MOST_KEYS = 8
_WORDS = Style(13)
_LINE = 20.0
_SWATCH = 11.0
_GAP, _APART = 6.0, 16.0


@dataclass(frozen=True, slots=True)
class Swatch:
    """A key of the legend, its label, and the left end of its baseline."""

    key: LegendKey
    label: Label
    at: Point


@dataclass(frozen=True, slots=True)
class Legend:
    """The swatches, and the lower end of all of them."""

    swatches: tuple[Swatch, ...]
    bottom: float


def lay_legend(keys: Sequence[LegendKey], top: float, width: float) -> Legend:
    """Place the keys from `top` on, as many in a row as the width holds; no keys take no height."""
    room = width - 2 * MARGIN
    swatches, left, line = list[Swatch](), MARGIN, top
    for key in keys[:MOST_KEYS]:
        label = fit(key.label, _WORDS, room - _SWATCH - _GAP)
        taken = _SWATCH + _GAP + label.width
        if left > MARGIN and left + taken > width - MARGIN:
            left, line = MARGIN, line + _LINE
        swatches.append(Swatch(key, label, (left, line + 6)))
        left += taken + _APART
    return Legend(tuple(swatches), line + _LINE if swatches else top)


def draw_legend(canvas: Canvas, legend: Legend, palette: Palette) -> None:
    """Draw the swatches and their labels."""
    for swatch in legend.swatches:
        left, line = swatch.at
        corners = (left, line - _SWATCH + 1), (left + _SWATCH, line + 1)
        draw_shade(canvas, corners, swatch.key.tone, swatch.key.shade, palette)
        canvas.text(swatch.label, (left + _SWATCH + _GAP, line), palette.quiet)
