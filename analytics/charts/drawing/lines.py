"""Series over time: thin lines, labels at the lines' ends, a soft area below filled ones, and a
short tick along the axis for each snapshot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import isfinite
from statistics import median

from analytics.charts.drawing.axes import AxisMark, draw_row, finite, marks
from analytics.charts.drawing.axis_scale import Scale, spread, thin_between
from analytics.charts.drawing.blanks import Band, draw_bands, lay_bands
from analytics.charts.drawing.canvas import WIDTH, Canvas, Pen, Point
from analytics.charts.drawing.frame import FOOT, MARGIN, draw_frame, head
from analytics.charts.drawing.glyphs import Style, Weight, fit
from analytics.charts.drawing.masks import Label
from analytics.charts.model import Blank, Line, LineChart, Tone
from analytics.charts.themes import Palette

HEIGHT = 400.0
END_HEIGHT = 19.0
"""Height of an end label, including its space."""

_MOST_LINES = 8
_ABOVE, _BOTTOM = 14.0, HEIGHT - FOOT - 30
_VALUE = Style(15, Weight.BOLD)
_NAME = Style(14)
_VALUE_ROOM, _NAME_ROOM = 110.0, 130.0
_AIR = 6.0
_REACH = 18.0
_DOT = 4.0
_NEAR = 5.0
_POINT = 2.6
# Points nearer to one another than this would turn their line into a string of beads.
_APART = 9.0
_RUG = 6.0
# Ticks of the rug nearer than this would merge into a bar.
_RUG_APART = 2.5
_ORDER = (
    *(Tone.BASE, Tone.UNKNOWN, Tone.ALARM, Tone.LOSS, Tone.GAIN),
    *(Tone.OTHER, Tone.MAIN),
)


@dataclass(frozen=True, slots=True)
class End:
    """A line's label: value, then name, from `x` on and centred on `y`; `tip` is the line's end."""

    tone: Tone
    value: Label
    name: Label
    x: float
    y: float
    tip: Point

    @property
    def width(self) -> float:
        """Width from the value's first to the name's last pixel, in design units."""
        return _width(self.value, self.name)


@dataclass(frozen=True, slots=True)
class Trace:
    """A line on the canvas: its unbroken runs of points, each at least one point long."""

    tone: Tone
    runs: tuple[tuple[Point, ...], ...]
    filled: bool
    stepped: bool
    thin: bool


@dataclass(frozen=True, slots=True)
class LineLayout:
    """Positions of all parts of a line chart, in design units."""

    x: Scale
    y: Scale
    days: tuple[AxisMark, ...]
    counts: tuple[AxisMark, ...]
    traces: tuple[Trace, ...]
    """Traces in drawing order: the main one on top."""
    ends: tuple[End, ...]
    rug: tuple[float, ...]
    bands: tuple[Band, ...]

    @property
    def has_dots(self) -> bool:
        """True if measured points are far enough apart to be shown one by one."""
        runs = [run for trace in self.traces for run in trace.runs]
        gaps = [after[0] - before[0] for run in runs for before, after in pairwise(run)]
        return bool(gaps) and median(gaps) >= _APART


def lay_out(chart: LineChart, width: float = WIDTH) -> LineLayout:
    """Measure every label and place it. Points that are no numbers break their line."""
    lines = sorted(chart.lines[:_MOST_LINES], key=lambda line: _ORDER.index(line.tone))
    y = Scale(0.0, finite(chart.top) or 1.0, _BOTTOM, head(chart, width) + _ABOVE)
    counts = marks(chart.y_ticks, y)
    texts = [_texts(line) for line in lines]
    left = MARGIN + max((mark.label.width for mark in counts), default=0.0) + 10
    right = width - MARGIN - _REACH - max((_width(*pair) for pair in texts), default=0.0)
    x = Scale(*chart.days, left, right)
    traces = tuple(
        Trace(line.tone, tuple(_runs(line, x, y)), line.filled, line.stepped, line.thin)
        for line in lines
    )
    runs = (run for trace in traces for run in trace.runs)
    bands = lay_bands(tuple(_between_points(chart)), x, y, runs)
    days, ends = marks(chart.x_ticks, x), _ends(traces, texts, y)
    return LineLayout(x, y, days, counts, traces, ends, tuple(_rug(chart.snapshots, x)), bands)


def _between_points(chart: LineChart) -> Iterator[Blank]:
    """Yield the blanks, each from the point before its first day to the point after its last one,
    if these are the next days: so its band begins where a line ends, and ends where it goes on.
    """
    days = {day for line in chart.lines for run in line.runs for day, _ in run}
    for blank in chart.blanks:
        first, last = blank.first - 1, blank.last + 1
        yield replace(
            blank,
            first=first if first in days else blank.first,
            last=last if last in days else blank.last,
        )


def _texts(line: Line) -> tuple[Label, Label]:
    return fit(line.end, _VALUE, _VALUE_ROOM), fit(line.label, _NAME, _NAME_ROOM)


def _width(value: Label, name: Label) -> float:
    return value.width + _AIR + name.width


def _runs(line: Line, x: Scale, y: Scale) -> Iterator[tuple[Point, ...]]:
    for run in line.runs:
        for real, points in groupby(run, key=lambda point: all(map(isfinite, point))):
            if real:
                yield tuple((x.place(day), y.place(count)) for day, count in points)


def _rug(snapshots: Sequence[float], x: Scale) -> Iterator[float]:
    last = -_RUG_APART
    for day in snapshots:
        if isfinite(day) and (at := x.place(day)) - last >= _RUG_APART:
            last = at
            yield at


def _ends(
    traces: Sequence[Trace], texts: Sequence[tuple[Label, Label]], y: Scale
) -> tuple[End, ...]:
    pairs = zip(traces, texts, strict=True)
    found = [(trace.tone, text, trace.runs[-1][-1]) for trace, text in pairs if trace.runs]
    start = max((tip[0] for _, _, tip in found), default=0.0) + _REACH
    heights = spread([tip[1] for _, _, tip in found], END_HEIGHT, y.end, y.start)
    return tuple(
        End(tone, *text, start, height, tip)
        for (tone, text, tip), height in zip(found, heights, strict=True)
    )


def draw_lines(canvas: Canvas, chart: LineChart, palette: Palette) -> float:
    """Draw the chart and return its height in design units."""
    layout = lay_out(chart, canvas.width)
    canvas.clean(HEIGHT, palette.paper)
    draw_frame(canvas, chart, HEIGHT, palette)
    _draw_areas(canvas, layout, palette)
    _draw_grid(canvas, layout, palette)
    draw_bands(canvas, layout.bands, layout.y, palette)
    _draw_days(canvas, layout, palette)
    for trace in layout.traces:
        _draw_trace(canvas, trace, palette, dotted=layout.has_dots)
    _draw_ends(canvas, layout.ends, palette)
    return HEIGHT


def _draw_areas(canvas: Canvas, layout: LineLayout, palette: Palette) -> None:
    for trace in layout.traces:
        for run in trace.runs if trace.filled else ():
            corners = ((run[-1][0], _BOTTOM), (run[0][0], _BOTTOM))
            canvas.fill((*run, *corners), palette.wash)


def _draw_grid(canvas: Canvas, layout: LineLayout, palette: Palette) -> None:
    left, right = layout.x.start, layout.x.end
    for count in layout.counts:
        canvas.stroke(((left, count.at), (right, count.at)), Pen(palette.grid))
        canvas.text(count.label, (left - 10, count.at + 4), palette.quiet, anchor=1)


def _draw_days(canvas: Canvas, layout: LineLayout, palette: Palette) -> None:
    """Draw the axis with its ticks below and the rug on top."""
    canvas.stroke(((layout.x.start, _BOTTOM), (layout.x.end, _BOTTOM)), Pen(palette.axis))
    ticks = [((day.at, _BOTTOM), (day.at, _BOTTOM + 5)) for day in layout.days]
    rug = [((at, _BOTTOM - _RUG), (at, _BOTTOM)) for at in layout.rug]
    canvas.strokes((*ticks, *rug), Pen(palette.axis))
    draw_row(canvas, layout.days, _BOTTOM + 20, palette.quiet, keep=thin_between)


def _draw_trace(canvas: Canvas, trace: Trace, palette: Palette, *, dotted: bool) -> None:
    colour = palette.tones[trace.tone]
    dashed = trace.tone is Tone.BASE
    pen = Pen(colour, 1.75, (4, 3)) if dashed else Pen(colour, 1.25 if trace.thin else 2.75)
    for run in trace.runs:
        canvas.stroke(tuple(_steps(run)) if trace.stepped else run, pen)
    if dotted:
        canvas.dots([point for run in trace.runs for point in run], _POINT, colour)
    canvas.dots([run[0] for run in trace.runs if len(run) == 1], _DOT, colour)


def _steps(run: Sequence[Point]) -> Iterator[Point]:
    """Yield the corners of a line in steps: each value holds until the next point."""
    yield run[0]
    for (_, before), (x, y) in pairwise(run):
        yield x, before
        yield x, y


def _draw_ends(canvas: Canvas, ends: Sequence[End], palette: Palette) -> None:
    for end in ends:
        if abs(end.y - end.tip[1]) > _NEAR or end.x - end.tip[0] > 2 * _REACH:
            canvas.stroke((end.tip, (end.x - 4, end.y)), Pen(palette.tones[end.tone], 0.9))
    for end in ends:
        colour = palette.tones[end.tone]
        canvas.dot(end.tip, _DOT + 2, palette.paper)
        canvas.dot(end.tip, _DOT, colour)
        # Only labels of a single day stand on the grid, which would run through them.
        half = END_HEIGHT / 2
        canvas.box((end.x - 3, end.y - half), (end.x + end.width, end.y + half), palette.paper)
        canvas.text(end.value, (end.x, end.y + 5), colour)
        canvas.text(end.name, (end.x + end.value.width + _AIR, end.y + 5), colour)
