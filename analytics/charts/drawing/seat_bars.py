"""Products by seats: sold as an outline, assigned pale, active solid, unmeasured hatched."""

from collections.abc import Iterator

from analytics.charts.drawing.axes import finite
from analytics.charts.drawing.canvas import Canvas
from analytics.charts.drawing.rows import PlacedRow, RowLayout, draw_rows, lay_rows
from analytics.charts.drawing.shades import Box, draw_rim, draw_shade
from analytics.charts.elements import Shade, Tone
from analytics.charts.row_kinds import SeatBar, SeatBars
from analytics.charts.themes import Palette

Stretch = tuple[float | None, float | None, Tone, Shade]
"""A part of a bar from one count to another; None is the end of a bar without any count."""


def draw_seat_bars(canvas: Canvas, chart: SeatBars, palette: Palette) -> float:
    """Draw the chart and return its height in design units."""
    layout = lay_rows(chart, canvas.width)
    draw_rows(canvas, chart, layout, palette)
    for bar, row in zip(chart.rows, layout.rows, strict=False):
        _draw_bar(canvas, bar, row, layout, palette)
    return layout.height


def _draw_bar(
    canvas: Canvas, bar: SeatBar, row: PlacedRow, layout: RowLayout, palette: Palette
) -> None:
    if bar.sold is not None or bar.reach is None:
        draw_shade(canvas, layout.box(row, bar.sold), Tone.BASE, Shade.OUTLINE, palette)
    for first, last, tone, shade in stretches(bar):
        draw_shade(canvas, _part(layout, row, first, last), tone, shade, palette)
    if bar.sold is not None:
        # Over the rest, so that seats assigned beyond those sold pass a line.
        draw_rim(canvas, layout.box(row, bar.sold), palette.rim)


def _part(layout: RowLayout, row: PlacedRow, first: float | None, last: float | None) -> Box:
    start = layout.x.start if not first else layout.end(first)
    return (start, row.upper), (layout.end(last), row.lower)


def stretches(bar: SeatBar) -> Iterator[Stretch]:
    """Yield the parts of a bar: active, assigned and not active, those active beyond the seats
    sold, and those not known.
    """
    if bar.active is None:
        yield 0.0, bar.reach, Tone.UNKNOWN, Shade.HATCHED
        return
    active = finite(bar.active)
    measured = active + finite(bar.unmeasured)
    assigned = bar.sold if bar.assigned is None else bar.assigned
    if assigned is not None and assigned > measured:
        unsure = bar.assigned is None
        tone, shade = (Tone.UNKNOWN, Shade.HATCHED) if unsure else (Tone.MAIN, Shade.PALE)
        yield measured, assigned, tone, shade
    if measured > active:
        yield active, measured, Tone.UNKNOWN, Shade.HATCHED
    within = active if bar.sold is None else min(active, finite(bar.sold))
    if active > within:
        yield within, active, Tone.UNKNOWN, Shade.HATCHED
    if within > 0:
        yield 0.0, within, Tone.MAIN, Shade.SOLID
