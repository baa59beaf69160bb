"""The frame around every chart: title, subtitle, badge and footnote."""

from analytics.charts.drawing.canvas import Canvas
from analytics.charts.drawing.glyphs import Style, Weight, fit
from analytics.charts.model import ChartModel
from analytics.charts.themes import Palette

MARGIN = 32.0
HEAD = 88.0
"""Lower end of title and subtitle."""

FOOT = 44.0
"""Height that the footnote takes at the bottom."""

_TITLE = Style(23, Weight.SEMIBOLD)
_SUBTITLE = Style(14.5)
_NOTE = Style(11.5)
_BADGE = Style(11.5, Weight.BOLD)
_BADGE_ROOM = 200.0
_BETWEEN = " · "
"""Separator between the statements of a footnote."""

_LONGEST = 200
"""Most characters of a footnote that is split; longer texts are not ours."""
_BADGE_PAD = 11.0


def draw_frame(canvas: Canvas, chart: ChartModel, height: float, palette: Palette) -> None:
    """Draw title and subtitle at the left, the badge at the right, and the footnote at the bottom,
    in two lines if needed.
    """
    room = canvas.width - 2 * MARGIN
    taken = _draw_badge(canvas, chart.badge, palette) if chart.badge else 0.0
    canvas.text(fit(chart.title, _TITLE, room - taken), (MARGIN, 46), palette.ink)
    canvas.text(fit(chart.subtitle, _SUBTITLE, room), (MARGIN, 69), palette.quiet)
    lines = _lines(chart.note, room)
    for line, below in zip(lines, (18,) if len(lines) == 1 else (27, 12), strict=True):
        canvas.text(fit(line, _NOTE, room), (MARGIN, height - below), palette.quiet)


def _lines(note: str, room: float) -> list[str]:
    """Return the footnote in one line, or in two if it is too long and has a separator."""
    parts = note.split(_BETWEEN) if len(note) <= _LONGEST else []
    for held in range(len(parts), 0, -1):
        line, rest = _BETWEEN.join(parts[:held]), _BETWEEN.join(parts[held:])
        if fit(line, _NOTE, room).width == fit(line, _NOTE, 2 * room).width:
            return [line, rest] if rest else [line]
    return [note]


def _draw_badge(canvas: Canvas, badge: str, palette: Palette) -> float:
    """Draw the badge and return the width that it takes of the title's room."""
    label = fit(badge, _BADGE, _BADGE_ROOM)
    right = canvas.width - MARGIN
    left = right - label.width - 2 * _BADGE_PAD
    canvas.pill((left, 26), (right, 50), 12, palette.badge)
    canvas.text(label, (left + _BADGE_PAD, 42), palette.badge_ink)
    return right - left + MARGIN / 2
