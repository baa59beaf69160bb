"""Strokes, fills and labels on pixels: matplotlib's rasteriser without its figures."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import floor
from typing import Protocol

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from analytics.charts.drawing.glyphs import SCALE
from analytics.charts.drawing.ink import lay_ink, rgb
from analytics.charts.drawing.masks import Label

WIDTH = 800
"""Width of a chart in design units; y runs down from the top edge."""

NARROW = 500
"""Width of a chart in a narrow place; letters keep their size, so that they stay readable."""

TALLEST = 880
"""Largest height of a chart: each thread keeps one sheet of this size and uses its upper part."""

Point = tuple[float, float]
Ink = tuple[float, float, float, float]

# At 72 dots an inch a point is a pixel, and the rasteriser takes line widths in points.
_DOTS_PER_INCH = 72
# Distance of a quarter circle's control points, as a part of its radius.
_BEND = 0.5523
# A line this short looks like a dot but is still a line for the rasteriser.
_SPECK = 0.05


@dataclass(frozen=True, slots=True)
class Pen:
    """A stroke's `#RRGGBB`, its width and its dashes (on, off), in design units."""

    colour: str
    width: float = 1.0
    dashes: tuple[float, float] | None = None


class Rasteriser(Protocol):
    """The part of matplotlib's RendererAgg that is used here; that class ships without types."""

    def new_gc(self) -> GraphicsContextBase:
        """Return a fresh set of stroke settings."""
        ...

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Affine2D,
        rgbFace: Ink | None,
    ) -> None:
        """Fill and stroke a path."""
        ...

    def buffer_rgba(self) -> memoryview:
        """Return the pixels themselves, not a copy."""
        ...


_RASTERISER: Callable[[int, int, int], Rasteriser] = RendererAgg


class Canvas:
    """One thread's sheet, with `scale` pixels to a design unit. Coordinates are design units from
    the upper left corner.
    """

    def __init__(self, scale: float = SCALE, width: int = WIDTH) -> None:
        self.width = width
        self.scale = scale
        self._renderer = _RASTERISER(round(width * scale), round(TALLEST * scale), _DOTS_PER_INCH)
        self._pixels: NDArray[np.uint8] = np.asarray(self._renderer.buffer_rgba())
        self._place = Affine2D().scale(scale, -scale).translate(0, TALLEST * scale)

    def clean(self, height: float, paper: str) -> None:
        """Paint the upper `height` design units in one colour."""
        opaque = np.array([*rgb(paper), 255], np.uint8)
        self.pixels(height).view(np.uint32)[...] = opaque.view(np.uint32)

    def pixels(self, height: float) -> NDArray[np.uint8]:
        """Return the upper `height` design units, shaped (rows, columns, 4); the next chart
        overwrites them.
        """
        return self._pixels[: round(height * self.scale)]

    def stroke(self, points: Sequence[Point], pen: Pen) -> None:
        """Draw a line through the points; fewer than two draw nothing."""
        if len(points) > 1:
            self._draw(Path(points), pen, None)

    def strokes(self, lines: Sequence[tuple[Point, Point]], pen: Pen) -> None:
        """Draw any number of straight lines in one call."""
        if lines:
            ends = [point for line in lines for point in line]
            path = Path(ends, [Path.MOVETO, Path.LINETO] * len(lines))
            # With simplification a long path loses its shortest lines.
            path.should_simplify = False
            self._draw(path, pen, None)

    def box(self, upper: Point, lower: Point, colour: str) -> None:
        """Fill a rectangle from its upper left to its lower right corner, in whole pixels."""
        opaque = np.array([*rgb(colour), 255], np.uint8)
        self.area(upper, lower).view(np.uint32)[...] = opaque.view(np.uint32)

    def area(self, upper: Point, lower: Point) -> NDArray[np.uint8]:
        """Return the pixels of a rectangle, shaped (rows, columns, 4), its sides moved to whole
        pixels; empty if the lower corner is not below and right of the upper one.
        """
        (left, right), (top, bottom) = (
            [max(0, floor(at * self.scale + 0.5)) for at in ends]
            for ends in zip(upper, lower, strict=True)
        )
        return self._pixels[top:bottom, left:right]

    def fill(self, points: Sequence[Point], colour: str) -> None:
        """Fill a closed shape without an outline."""
        self._draw(Path(points), None, colour)

    def dot(self, centre: Point, radius: float, colour: str) -> None:
        """Fill a circle."""
        x, y = centre
        self.pill((x - radius, y - radius), (x + radius, y + radius), radius, colour)

    def dots(self, centres: Sequence[Point], radius: float, colour: str) -> None:
        """Fill any number of circles in one call: they are the round ends of lines almost without
        length, slanted so that the rasteriser does not move them to whole pixels.
        """
        specks = [((x, y), (x + _SPECK, y + _SPECK)) for x, y in centres]
        self.strokes(specks, Pen(colour, 2 * radius))

    def pill(self, upper: Point, lower: Point, radius: float, colour: str) -> None:
        """Fill a rectangle with rounded corners, from its upper left to its lower right corner."""
        self._draw(_pill_path(upper, lower, radius), None, colour)

    def bar(self, corners: tuple[Point, Point], radius: float, colour: str) -> None:
        """Fill a rectangle with a round right end, between two corners."""
        (left, top), (right, bottom) = corners
        middle = max(left, right - 2 * radius)
        self.pill((middle, top), (right, bottom), radius, colour)
        self.box((left, top), (right - radius, bottom), colour)

    def text(self, label: Label, at: Point, colour: str, anchor: float = 0.0) -> None:
        """Draw a label on its baseline; `anchor` 0 starts at x, 0.5 centres on it, 1 ends there."""
        left = round((at[0] - anchor * label.width) * self.scale)
        label = label if self.scale == SCALE else label.at(self.scale)
        rows, columns = label.mask.shape
        top = round(at[1] * self.scale) - label.rise
        down, across = (
            slice(max(0, at), max(0, at + size)) for at, size in ((top, rows), (left, columns))
        )
        ground = self._pixels[down, across]
        cover = label.mask[max(0, -top) :, max(0, -left) :][: ground.shape[0], : ground.shape[1]]
        lay_ink(ground, cover, colour)

    def _draw(self, path: Path, pen: Pen | None, face: str | None) -> None:
        context = self._renderer.new_gc()
        context.set_linewidth(0)
        if pen is not None:
            self._apply(pen, context)
        fill = None if face is None else _fractions(face)
        self._renderer.draw_path(context, path, self._place, fill)
        context.restore()

    def _apply(self, pen: Pen, context: GraphicsContextBase) -> None:
        context.set_linewidth(pen.width * self.scale)
        context.set_foreground(_fractions(pen.colour), isRGBA=True)
        context.set_joinstyle("round")
        context.set_capstyle("butt" if pen.dashes else "round")
        if pen.dashes:
            context.set_dashes(0, [length * self.scale for length in pen.dashes])


def _pill_path(upper: Point, lower: Point, radius: float) -> Path:
    (left, top), (right, bottom) = upper, lower
    radius = max(0.0, min(radius, (right - left) / 2, (bottom - top) / 2))
    gap = radius * (1 - _BEND)
    points = [
        *((left + radius, top), (right - radius, top)),
        *((right - gap, top), (right, top + gap), (right, top + radius)),
        (right, bottom - radius),
        *((right, bottom - gap), (right - gap, bottom), (right - radius, bottom)),
        (left + radius, bottom),
        *((left + gap, bottom), (left, bottom - gap), (left, bottom - radius)),
        (left, top + radius),
        *((left, top + gap), (left + gap, top), (left + radius, top)),
    ]
    curve = [Path.CURVE4] * 3
    side = [Path.LINETO, *curve]
    return Path(points, [Path.MOVETO, *side, *side, *side, *side])


@cache
def _fractions(colour: str) -> Ink:
    red, green, blue = rgb(colour)
    return red / 255, green / 255, blue / 255, 1.0


class _Own(threading.local):
    """A thread's canvases by their scale and width."""

    def __init__(self) -> None:
        self.canvases: dict[tuple[float, int], Canvas] = {}


_OWN = _Own()


def own_canvas(scale: float = SCALE, width: int = WIDTH) -> Canvas:
    """Return the calling thread's canvas of this size, created on first use: 11 MB for each thread
    that draws, and 7 MB more if it draws compact pictures too.
    """
    canvas = _OWN.canvases.get((scale, width))
    if canvas is None:
        canvas = _OWN.canvases[scale, width] = Canvas(scale, width)
    return canvas
