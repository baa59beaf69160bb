"""Stretches of a line chart with unknown values: a pale band, with words if they fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from analytics.charts.drawing.axis_scale import Scale
from analytics.charts.drawing.canvas import Canvas, Point
from analytics.charts.drawing.glyphs import Style, fit
from analytics.charts.drawing.masks import Label
from analytics.charts.model import Blank
from analytics.charts.themes import Palette

MOST_BLANKS = 24
"""Most blanks drawn: enough for a year with a hole every two weeks."""

_WORDS = Style(12.5)
_LINE = 16.0
_PAD = 6.0
_MOST_WORDS = 12
_ROOM_ABOVE = 200.0
_ABOVE = 12.0
# Heights of a band at which its words may stand: the middle first, where nothing else is.
_ROWS = (0.5, 0.38, 0.62, 0.25, 0.75, 0.12, 0.88)
_CLEAR = 24.0
_SAMPLES = 9


@dataclass(frozen=True, slots=True)
class Band:
    """A blank on the canvas: its sides, and its words in lines, each centred on `middle`; the first
    line is centred on `y`.
    """

    left: float
    right: float
    lines: tuple[Label, ...]
    middle: float
    y: float

    @property
    def heights(self) -> tuple[float, ...]:
        """The middle of each line of its words."""
        return tuple(self.y + _LINE * at for at in range(len(self.lines)))

    @property
    def sides(self) -> tuple[float, float]:
        """Left and right ends of its words."""
        half = max((line.width for line in self.lines), default=0.0) / 2
        return self.middle - half, self.middle + half


def lay_bands(
    blanks: Sequence[Blank], x: Scale, y: Scale, runs: Iterable[Sequence[Point]]
) -> tuple[Band, ...]:
    """Return the blanks as bands as high as the y axis. Their words stand clear of runs and of
    other words as far as there is room, or above a band that is too narrow for them.
    """
    kept = [b for b in blanks[:MOST_BLANKS] if isfinite(b.first) and isfinite(b.last)]
    drawn, bands = list(runs), list[Band]()
    for blank in kept:
        left, right = sorted((x.place(blank.first), x.place(blank.last)))
        lines = _label_lines(blank.label, right - left - 2 * _PAD)
        if lines:
            taken = [*_run_heights(drawn, left, right), *_word_heights(bands, left, right)]
            bands.append(Band(left, right, lines, (left + right) / 2, _clear(taken, lines, y)))
        else:
            bands.append(_uncluttered_band(_above(blank.label, (left, right), x, y), bands))
    return tuple(bands)


def _above(text: str, sides: Point, x: Scale, y: Scale) -> Band:
    """Return a band between these sides, with its words above it."""
    label = fit(text, _WORDS, _ROOM_ABOVE)
    half = label.width / 2
    middle = max(x.start + half, min(sum(sides) / 2, x.end - half))
    return Band(*sides, (label,), middle, y.end - _ABOVE)


def _uncluttered_band(band: Band, bands: Iterable[Band]) -> Band:
    """Return the band, without its words if they would touch those of another band."""
    left, right = band.sides
    touched = any(
        other.y == band.y and left < other.sides[1] + _PAD and other.sides[0] < right + _PAD
        for other in bands
        if other.lines
    )
    return replace(band, lines=()) if touched else band


def _word_heights(bands: Iterable[Band], left: float, right: float) -> list[float]:
    """Return the heights of the words of bands that overlap the stretch."""
    beside = (band for band in bands if band.left < right and left < band.right)
    return [height for band in beside for height in band.heights]


def _run_heights(runs: Iterable[Sequence[Point]], left: float, right: float) -> list[float]:
    """Return the heights at which runs cross the stretch, sampled along it."""
    found: list[float] = []
    for run in runs:
        low, high = max(left, run[0][0]), min(right, run[-1][0])
        if low < high:
            across, down = zip(*run, strict=True)
            found += map(float, np.interp(np.linspace(low, high, _SAMPLES), across, down))
    return found


def _clear(taken: Sequence[float], lines: Sequence[Label], y: Scale) -> float:
    """Return the height of the first line: the first row that is clear of everything there, else
    the row farthest from it.
    """
    tall = _LINE * (len(lines) - 1)
    rows = [y.start + share * (y.end - y.start) - tall / 2 for share in _ROWS]

    def apart(row: float) -> float:
        nearest = (max(row - other, other - row - tall, 0.0) for other in taken)
        return min(nearest, default=_CLEAR)

    return next((row for row in rows if apart(row) >= _CLEAR), max(rows, key=apart))


def _label_lines(text: str, room: float) -> tuple[Label, ...]:
    """Return the words in one line, or in several if needed; empty if a word is too wide."""
    lines: list[str] = []
    for word in text.split(" ")[:_MOST_WORDS]:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _fits(longer, room):
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(fit(s, _WORDS, room) for s in lines) if all(_fits(s, room) for s in lines) else ()


def _fits(text: str, room: float) -> bool:
    return room > 0 and fit(text, _WORDS, room).width == fit(text, _WORDS, 2 * room).width


def draw_bands(canvas: Canvas, bands: Iterable[Band], y: Scale, palette: Palette) -> None:
    """Draw the bands over what lies under them; known values are drawn over them later."""
    shown = list(bands)
    for band in shown:
        canvas.box((band.left, y.end), (band.right, y.start), palette.track)
    for band in shown:
        for line, height in zip(band.lines, band.heights, strict=True):
            canvas.text(line, (band.middle, height + 4), palette.quiet, anchor=0.5)
