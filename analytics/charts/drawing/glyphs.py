"""Texts as grey pixels: cleaned, measured, cut to their room, without a warning or an error."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from pathlib import Path

import matplotlib as mpl
from font_source_sans_pro import font_directory
from matplotlib.font_manager import get_font
from matplotlib.ft2font import LoadFlags

from analytics.charts.drawing.masks import Label, Masks

SCALE = 2
"""Pixels of a design unit: pictures are made for sharp screens. Text is measured at this scale."""

_POINTS_PER_INCH = 72
_CACHE_BYTES = 16 * 1024 * 1024
# No letter of a face is narrower than about a fifth of its size, so more letters never fit.
_NARROWEST = 0.2
# This many letters predict the width of the rest.
_SAMPLE = 24
_NEARLY = 0.8
# Texts up to this length are measured whole, so that one mask serves whatever room they get.
_SHORT = 100
_ANY = 10_000.0
_MOST_MARKS = 2
_UNKNOWN = "\N{WHITE SQUARE}"
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_JOINERS = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
# Reach of a line above and below its baseline, as parts of its size.
_UP, _DOWN = 1.2, 0.45


class Weight(Enum):
    """Weight of the letters: the face, and the one that replaces letters it lacks."""

    REGULAR = ("SourceSansPro-Regular.ttf", "DejaVuSans.ttf")
    SEMIBOLD = ("SourceSansPro-Semibold.ttf", "DejaVuSans-Bold.ttf")
    BOLD = ("SourceSansPro-Bold.ttf", "DejaVuSans-Bold.ttf")


@dataclass(frozen=True, slots=True)
class Style:
    """Size in design units, and weight."""

    size: float
    weight: Weight = Weight.REGULAR


_MASKS = Masks(_CACHE_BYTES)


def fit(text: str, style: Style, room: float) -> Label:
    """Return the text on one line in at most `room` design units, cut with an ellipsis if it is
    longer.

    Any `str` is accepted: control characters become blanks, the direction is that of the letters,
    and letters in no face become squares. If not even the ellipsis fits, the label is empty.
    """
    if len(text) <= _SHORT:
        whole = _MASKS.get((text, style, SCALE), lambda: _make_label(text, style, _ANY))
        if whole.width <= room:
            return whole
    most = max(0, int(room / (style.size * _NARROWEST)))
    short = text if len(text) <= most else text[:most] + _ELLIPSIS
    return _MASKS.get((short, style, SCALE, room), lambda: _make_label(short, style, room))


def _again(text: str, style: Style, scale: float) -> Label:
    """Return a line that was already cut to its room, at another scale."""
    return _MASKS.get((text, style, scale), lambda: _TextLine(style, scale).label(text))


def _make_label(text: str, style: Style, room: float) -> Label:
    line = _TextLine(style)
    return line.label(_fitting_start(line, readable(text, style.weight), style.size, room))


def readable(text: str, weight: Weight = Weight.REGULAR) -> str:
    """Return the text as one line of letters that our faces have, with blanks squeezed and at most
    two marks on a letter.

    >>> readable("a\\x00b\\n c\\ud800 \\u202eabc\\u5fae")
    'a b c� abc□'
    """
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(_letters(composed, _letter_codes(weight))).split())


def _letters(text: str, known: frozenset[int]) -> Iterator[str]:
    marks = _MOST_MARKS
    for letter in text:
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind[0] == "M" else 0
        if marks <= _MOST_MARKS:
            yield _drawable(letter, kind, known)


def _drawable(letter: str, kind: str, known: frozenset[int]) -> str:
    if kind == "Cc" or kind[0] == "Z":
        return " "
    if kind == "Cs":
        return _BROKEN
    # Direction overrides would let a name rewrite its neighbours; joiners only shape letters.
    if kind == "Cf" and letter not in _JOINERS:
        return ""
    if ord(letter) in known:
        return letter
    return "" if kind[0] == "M" or kind == "Cf" else _UNKNOWN


@cache
def _letter_codes(weight: Weight) -> frozenset[int]:
    return frozenset(code for path in _paths(weight) for code in get_font([path]).get_charmap())


@cache
def _paths(weight: Weight) -> tuple[Path, Path]:
    ours, spare = weight.value
    return Path(font_directory) / ours, Path(mpl.get_data_path()) / "fonts" / "ttf" / spare


class _TextLine:
    """The letters of a line in the calling thread's font; a text asked for twice is shaped once."""

    def __init__(self, style: Style, scale: float = SCALE) -> None:
        # get_font keeps one font for each thread and face, so its size is set anew each time.
        self._font = get_font(_paths(style.weight))
        self._font.set_size(style.size, _POINTS_PER_INCH * scale)
        self._style, self._scale = style, scale
        self._text: str | None = None

    def width(self, text: str) -> float:
        """Return the width of the text's ink in design units."""
        if text != self._text:
            self._font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
            self._text = text
        return self._font.get_width_height()[0] / 64 / self._scale

    def label(self, text: str) -> Label:
        """Return the text as grey pixels, cut off far above and below the line."""
        width = self.width(text)
        self._font.draw_glyphs_to_bitmap()
        mask = self._font.get_image()
        # FreeType counts in 64ths and leaves one empty row on top.
        rise = (self._font.get_width_height()[1] - self._font.get_descent()) // 64 + 1
        size = self._style.size * self._scale
        top = max(0, rise - round(_UP * size))
        mask = mask[top : rise + round(_DOWN * size)].copy()
        mask.flags.writeable = False
        return Label(width, rise - top, mask, partial(_again, text, self._style))


def _fitting_start(line: _TextLine, text: str, size: float, room: float) -> str:
    """Return a start of the text that fills its room but for a letter or two, with few shapings
    because they are costly.
    """
    best, over, guess = 0, len(text) + 1, _SAMPLE
    while over - best > 1:
        # If the guess is nearly all, the whole text is tried before anything is cut away.
        length = len(text) if guess > _NEARLY * len(text) else guess
        length = min(max(length, best + 1), over - 1)
        wide = line.width(_start(text, length))
        best, over = (length, over) if wide <= room else (best, length)
        if best == length and wide >= room - 2 * size and length < len(text):
            break
        guess = round(length * (room - size) / max(wide, 1.0))
    return _start(text, best) if best or not text else _least(line, room)


def _start(text: str, length: int) -> str:
    return text if length >= len(text) else text[:length].rstrip() + _ELLIPSIS


def _least(line: _TextLine, room: float) -> str:
    return _ELLIPSIS if line.width(_ELLIPSIS) <= room else ""
