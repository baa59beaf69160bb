"""The frame around every chart: title, subtitle, badge and footnote."""

from typing import Protocol

from analytics.charts.drawing.canvas import Canvas
from analytics.charts.drawing.glyphs import Style, Weight, fit
from analytics.charts.drawing.line_breaks import short_lines, two_lines
from analytics.charts.themes import Palette

MARGIN = 32.0
HEAD = 88.0
"""Lower end of a title and a subtitle of one line each."""

FOOT = 48.0
"""Height that the footnote takes at the bottom."""

_TITLE = Style(23, Weight.SEMIBOLD)
_SUBTITLE = Style(14.5)
_SMALL = 12.5
"""Size of the smallest letters: 9 pixels where a narrow picture is 360 wide."""

_NOTE = Style(_SMALL)
_BADGE = Style(_SMALL, Weight.BOLD)
_BADGE_ROOM = 200.0
_BADGE_PAD = 11.0
_TITLE_LINE, _SUBTITLE_LINE = 27.0, 18.0
_TITLE_LINES = 3
"""Most lines of a title: the finding stands at its end, after the customer's name."""

_NOTE_BELOW = {1: (20,), 2: (29, 13)}
"""Baselines of the footnote's lines, from the lower edge, by their number."""


class Captioned(Protocol):
    """A chart, as far as its frame needs it."""

    @property
    def title(self) -> str:
        """The title."""
        ...

    @property
    def subtitle(self) -> str:
        """The subtitle."""
        ...

    @property
    def note(self) -> str:
        """The footnote."""
        ...

    @property
    def badge(self) -> str | None:
        """The warning at the upper right; None for none."""
        ...


def head(chart: Captioned, width: float) -> float:
    """Return the lower end of title and subtitle, which take more lines if one is too short."""
    more = len(_title(chart, width)) - 1, len(_subtitle(chart, width)) - 1
    return HEAD + more[0] * _TITLE_LINE + more[1] * _SUBTITLE_LINE


def draw_frame(canvas: Canvas, chart: Captioned, height: float, palette: Palette) -> None:
    """Draw title and subtitle at the left, the badge at the right, and the footnote at the bottom,
    each in several lines if needed.
    """
    room, at = canvas.width - 2 * MARGIN, 46.0
    if chart.badge:
        _draw_badge(canvas, chart.badge, palette)
    beside = room - _badge_width(chart)
    for line in _title(chart, canvas.width):
        canvas.text(fit(line, _TITLE, beside), (MARGIN, at), palette.ink)
        at, beside = at + _TITLE_LINE, room
    at += HEAD - 19 - 46 - _TITLE_LINE
    for line in _subtitle(chart, canvas.width):
        canvas.text(fit(line, _SUBTITLE, room), (MARGIN, at), palette.quiet)
        at += _SUBTITLE_LINE
    lines = two_lines(chart.note, _NOTE, room)
    for line, below in zip(lines, _NOTE_BELOW[len(lines)], strict=True):
        canvas.text(fit(line, _NOTE, room), (MARGIN, height - below), palette.quiet)


def _title(chart: Captioned, width: float) -> tuple[str, ...]:
    room = width - 2 * MARGIN
    return short_lines(chart.title, _TITLE, room - _badge_width(chart), room, _TITLE_LINES)


def _subtitle(chart: Captioned, width: float) -> tuple[str, ...]:
    return two_lines(chart.subtitle, _SUBTITLE, width - 2 * MARGIN)


def _badge_width(chart: Captioned) -> float:
    """Return the width that the badge takes of the title's room."""
    if not chart.badge:
        return 0.0
    return fit(chart.badge, _BADGE, _BADGE_ROOM).width + 2 * _BADGE_PAD + MARGIN / 2


def _draw_badge(canvas: Canvas, badge: str, palette: Palette) -> None:
    label = fit(badge, _BADGE, _BADGE_ROOM)
    right = canvas.width - MARGIN
    left = right - label.width - 2 * _BADGE_PAD
    canvas.pill((left, 26), (right, 50), 12, palette.badge)
    canvas.text(label, (left + _BADGE_PAD, 42), palette.badge_ink)
