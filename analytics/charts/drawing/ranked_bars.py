"""Amounts one below the other: bars with a round far end, a second amount pale behind."""

from analytics.charts.drawing.canvas import Canvas
from analytics.charts.drawing.rows import PlacedRow, RowLayout, draw_rows, lay_rows
from analytics.charts.drawing.shades import draw_shade
from analytics.charts.elements import Shade, Tone
from analytics.charts.row_kinds import RankedBar, Ranking
from analytics.charts.themes import Palette

_ROUND = 4.0


def draw_ranking(canvas: Canvas, chart: Ranking, palette: Palette) -> float:
    """Draw the chart and return its height in design units."""
    layout = lay_rows(chart, canvas.width)
    draw_rows(canvas, chart, layout, palette)
    for bar, row in zip(chart.rows, layout.rows, strict=False):
        _draw_bar(canvas, bar, row, layout, palette)
    return layout.height


def _draw_bar(
    canvas: Canvas, bar: RankedBar, row: PlacedRow, layout: RowLayout, palette: Palette
) -> None:
    if bar.behind is not None:
        canvas.bar(layout.box(row, bar.behind), _ROUND, palette.pale)
    if bar.value is None or bar.tone is Tone.UNKNOWN:
        draw_shade(canvas, layout.box(row, bar.value), Tone.UNKNOWN, Shade.HATCHED, palette)
    else:
        # Within the second amount its end is no far end.
        radius = 0.0 if (bar.behind or 0.0) > bar.value else _ROUND
        canvas.bar(layout.box(row, bar.value), radius, palette.tones[bar.tone])
