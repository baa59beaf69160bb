"""What every chart has around it: title, subtitle, badge and footnote."""

from analytics.charts.canvas import WIDTH, Canvas
from analytics.charts.lettering import Style, Weight, fit
from analytics.charts.model import ChartModel
from analytics.charts.themes import Palette

MARGIN = 32.0
HEAD = 88.0
"""Where the title and subtitle end."""

FOOT = 44.0
"""What the footnote takes at the bottom."""

_TITLE = Style(23, Weight.SEMIBOLD)
_SUBTITLE = Style(14.5)
_NOTE = Style(11.5)
_BADGE = Style(11.5, Weight.BOLD)
_BADGE_ROOM = 200.0
_BADGE_PAD = 11.0


def draw_frame(canvas: Canvas, chart: ChartModel, height: float, palette: Palette) -> None:
    """Title and subtitle at the left, the badge at the right, the footnote at the bottom."""
    room = WIDTH - 2 * MARGIN
    taken = _draw_badge(canvas, chart.badge, palette) if chart.badge else 0.0
    canvas.text(fit(chart.title, _TITLE, room - taken), (MARGIN, 46), palette.ink)
    canvas.text(fit(chart.subtitle, _SUBTITLE, room), (MARGIN, 69), palette.quiet)
    canvas.text(fit(chart.note, _NOTE, room), (MARGIN, height - 18), palette.quiet)


def _draw_badge(canvas: Canvas, badge: str, palette: Palette) -> float:
    """Draws the pill and returns what it takes of the title's room."""
    label = fit(badge, _BADGE, _BADGE_ROOM)
    right = WIDTH - MARGIN
    left = right - label.width - 2 * _BADGE_PAD
    canvas.pill((left, 26), (right, 50), 12, palette.badge)
    canvas.text(label, (left + _BADGE_PAD, 42), palette.badge_ink)
    return right - left + MARGIN / 2
