"""A rectangle in each shade of a tone."""

from typing import assert_never

from analytics.charts.drawing.canvas import Canvas, Point
from analytics.charts.drawing.hatch import hatch
from analytics.charts.elements import Shade, Tone
from analytics.charts.themes import Palette

RIM = 1.0
"""Thickness of an outline, in design units."""

DOT = 4.0
"""Largest radius of a dot, in design units."""

Box = tuple[Point, Point]
"""Upper left and lower right corner of a rectangle, in design units."""


def draw_shade(canvas: Canvas, box: Box, tone: Tone, shade: Shade, palette: Palette) -> None:
    """Fill a rectangle; hatched and outlined ones have a rim and paper within. What is UNKNOWN is
    hatched in any shade.
    """
    colour = palette.tones[tone]
    match Shade.HATCHED if tone is Tone.UNKNOWN else shade:
        case Shade.SOLID:
            canvas.box(*box, colour)
        case Shade.PALE:
            canvas.box(*box, palette.pale)
        case Shade.OUTLINE:
            canvas.box(*box, palette.paper)
            draw_rim(canvas, box, palette.rim)
        case Shade.HATCHED:
            canvas.box(*box, palette.paper)
            hatch(canvas, *box, colour)
            draw_rim(canvas, box, colour)
        case Shade.DOT:
            (left, top), (right, bottom) = box
            radius = min(right - left, bottom - top, 2 * DOT) / 2
            canvas.dot(((left + right) / 2, (top + bottom) / 2), radius, palette.ink)
        case other:
            assert_never(other)


def draw_rim(canvas: Canvas, box: Box, colour: str) -> None:
    """Draw the four sides of a rectangle, inside it."""
    (left, top), (right, bottom) = box
    # A pixel at least, or small pictures would lose some sides.
    rim = max(RIM, 1 / canvas.scale)
    canvas.box((left, top), (right, top + rim), colour)
    canvas.box((left, bottom - rim), (right, bottom), colour)
    canvas.box((left, top), (left + rim, bottom), colour)
    canvas.box((right - rim, top), (right, bottom), colour)
