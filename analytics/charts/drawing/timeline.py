"""Decisions by week: dots piled on the week's place, their area the size, their number above."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import sqrt

from analytics.charts.dot_kinds import DottedWeek, Timeline, WeekDot
from analytics.charts.drawing.axes import TICK as WORDS
from analytics.charts.drawing.axes import AxisMark, draw_row, finite
from analytics.charts.drawing.axis_scale import Scale
from analytics.charts.drawing.canvas import WIDTH, Canvas, Pen, Point
from analytics.charts.drawing.columns import FIGURE
from analytics.charts.drawing.frame import FOOT, MARGIN, draw_frame, head
from analytics.charts.drawing.glyphs import Style, Weight, fit
from analytics.charts.drawing.legend import Legend, draw_legend, lay_legend
from analytics.charts.elements import Tone
from analytics.charts.themes import Palette

MOST_WEEKS, MOST_DOTS = 13, 12

LEAST, LARGEST = 4.0, 30.0
"""Smallest and largest radius of a dot, in design units."""

ROOM = 200.0
"""Height that the highest pile may take; a picture of lower ones is lower."""

_SHARE = 0.94
"""Part of a week's room that its largest dot may take."""
_SMALLER = 0.9
_LOWEST = 72.0
_GAP, _ABOVE, _BELOW = 2.0, 34.0, 34.0
_AIR, _UNDER = 8.0, 20.0
_INSIDE = Style(13, Weight.SEMIBOLD)
_RING, RINGED = 1.8, 6.0
"""Width of an alarm's ring, and the smallest radius that has room for it."""


@dataclass(frozen=True, slots=True)
class PlacedDot:
    """A dot on the canvas."""

    dot: WeekDot
    centre: Point
    radius: float


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """The places of weeks and dots, in design units."""

    x: Scale
    base: float
    """The line that the dots stand on."""
    legend: Legend
    weeks: tuple[tuple[PlacedDot, ...], ...]

    @property
    def pitch(self) -> float:
        """Distance between the middles of two weeks."""
        return _pitch(self.x)

    @property
    def height(self) -> float:
        """The picture's height."""
        return self.base + _BELOW + FOOT


def lay_out(chart: Timeline, width: float = WIDTH) -> TimelineLayout:
    """Place the dots of at most 13 weeks; all are smaller where a week has too many or too large
    ones for its room.
    """
    legend = lay_legend(chart.legend, head(chart, width), width)
    weeks = chart.weeks[:MOST_WEEKS]
    x = Scale(-0.5, max(1, len(weeks)) - 0.5, MARGIN, width - MARGIN)
    scale = _scale(weeks, _pitch(x))
    highest = max((_height(week, _pitch(x), scale) for week in weeks), default=0.0)
    base = legend.bottom + _ABOVE + max(_LOWEST, highest)
    placed = tuple(
        _pile(week.dots[:MOST_DOTS], (x.place(float(at)), base), _pitch(x), scale)
        for at, week in enumerate(weeks)
    )
    return TimelineLayout(x, base, legend, placed)


def draw_timeline(canvas: Canvas, chart: Timeline, palette: Palette) -> float:
    """Draw the chart and return its height in design units."""
    layout = lay_out(chart, canvas.width)
    canvas.clean(layout.height, palette.paper)
    draw_frame(canvas, chart, layout.height, palette)
    draw_legend(canvas, layout.legend, palette)
    _draw_axis(canvas, chart, layout, palette)
    if not any(layout.weeks):
        middle = (layout.legend.bottom + layout.base) / 2
        words = fit(chart.nothing, WORDS, canvas.width - 2 * MARGIN)
        canvas.text(words, (canvas.width / 2, middle), palette.quiet, 0.5)
    for at, (week, dots) in enumerate(zip(chart.weeks, layout.weeks, strict=False)):
        _draw_week(canvas, week, dots, (layout.x.place(float(at)), layout.pitch), palette)
    return layout.height


def _draw_axis(canvas: Canvas, chart: Timeline, layout: TimelineLayout, palette: Palette) -> None:
    names = [
        AxisMark(layout.x.place(float(at)), fit(week.label, WORDS, 2 * layout.pitch))
        for at, week in enumerate(chart.weeks[:MOST_WEEKS])
    ]
    kept = draw_row(canvas, names, layout.base + _UNDER, palette.quiet)
    for at, name in enumerate(names):
        deep = 5.0 if at in kept else 3.0
        canvas.stroke(((name.at, layout.base), (name.at, layout.base + deep)), Pen(palette.axis))
    ends = (layout.x.start, layout.base), (layout.x.end, layout.base)
    canvas.stroke(ends, Pen(palette.axis, 1.5))


def _draw_week(
    canvas: Canvas,
    week: DottedWeek,
    dots: Sequence[PlacedDot],
    place: tuple[float, float],
    palette: Palette,
) -> None:
    for placed in dots:
        _draw_dot(canvas, placed, palette)
    if dots:
        middle, pitch = place
        top = min(placed.centre[1] - placed.radius for placed in dots)
        canvas.text(fit(week.figure, FIGURE, pitch), (middle, top - _AIR), palette.ink, 0.5)


def _draw_dot(canvas: Canvas, placed: PlacedDot, palette: Palette) -> None:
    colour, radius = palette.tones[placed.dot.tone], placed.radius
    canvas.dot(placed.centre, radius, colour)
    if placed.dot.size is None:
        canvas.dot(placed.centre, radius - 1.2, palette.paper)
        return
    if placed.dot.tone is Tone.ALARM:
        canvas.dot(placed.centre, radius - _RING, palette.paper)
        canvas.dot(placed.centre, radius - 2 * _RING, colour)
    label = fit(placed.dot.figure, _INSIDE, 2 * radius)
    if label.width <= 1.5 * (radius - 2 * _RING) and placed.dot.figure:
        x, y = placed.centre
        canvas.text(label, (x, y + _INSIDE.size / 3), palette.paper, 0.5)


def _radius(dot: WeekDot, scale: float) -> float:
    """Return a dot's radius; an alarm of any size has room for its ring, as colour alone is no
    sign.
    """
    least = RINGED if dot.tone is Tone.ALARM else LEAST
    return max(least, scale * sqrt(finite(dot.size or 0.0)))


def _pitch(x: Scale) -> float:
    return (x.end - x.start) / (x.high - x.low)


def _scale(weeks: Sequence[DottedWeek], pitch: float) -> float:
    """Return the radius of a dot of size 1 at which every week's dots have room."""
    sizes = [finite(dot.size or 0.0) for week in weeks for dot in week.dots[:MOST_DOTS]]
    largest = max(sizes, default=0.0)
    if not largest:
        return 0.0
    scale = min(LARGEST, _SHARE * pitch / 2) / sqrt(largest)
    while scale * sqrt(largest) > LEAST and not all(
        _height(week, pitch, scale) <= ROOM for week in weeks
    ):
        scale *= _SMALLER
    return scale


def _height(week: DottedWeek, pitch: float, scale: float) -> float:
    placed = _pile(week.dots[:MOST_DOTS], (0.0, 0.0), pitch, scale)
    return max((each.radius - each.centre[1] for each in placed), default=0.0)


def _pile(
    dots: Sequence[WeekDot], foot: Point, pitch: float, scale: float
) -> tuple[PlacedDot, ...]:
    """Place dots in rows from the foot upwards, each row as full as the week's room holds and
    centred.
    """
    placed, left, floor = list[PlacedDot](), list(dots), foot[1] - _GAP
    while left:
        row = _row(left, pitch, scale)
        del left[: len(row)]
        radii = [_radius(dot, scale) for dot in row]
        x = foot[0] - (2 * sum(radii) + _GAP * (len(row) - 1)) / 2
        for dot, radius in zip(row, radii, strict=True):
            placed.append(PlacedDot(dot, (x + radius, floor - max(radii)), radius))
            x += 2 * radius + _GAP
        floor -= 2 * max(radii) + _GAP
    return tuple(placed)


def _row(dots: Sequence[WeekDot], pitch: float, scale: float) -> Sequence[WeekDot]:
    """Return the first dots that stand side by side in a week's room; one at least."""
    widths = [2 * _radius(dot, scale) + _GAP for dot in dots]
    reach = [sum(widths[: at + 1]) for at in range(len(widths))]
    number = len(list(takewhile(lambda wide: wide <= pitch, reach)))
    return dots[: max(1, number)]
