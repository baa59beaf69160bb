"""A text in one line or in two, parted where a reader would part it."""

from itertools import accumulate

from analytics.charts.drawing.glyphs import Style, fit

_SEPARATORS = (" · ", " ")
"""Places to part a text, the best first: between statements, then between words."""

_LONGEST = 200
"""Most characters of a text that is parted; longer ones are not ours."""
_BLANK = 0.2
# Sums of widths are this much off at most: letters lean towards one another across a blank.
_SLACK = 2.0
_ANY = 10_000.0


def two_lines(text: str, style: Style, room: float) -> tuple[str, ...]:
    """Return the text in one line if it fits the room, else in two lines of about the same width.

    A text that fits neither is parted after all that the first line holds, and the second one is to
    be cut; so is one of more than 200 characters, or without a place to part it, in one line.
    """
    if len(text) > _LONGEST or _width(text, style) <= room:
        return (text,)
    for separator in _SEPARATORS:
        if parted := _even_lines(text.split(separator), separator, style, room):
            return parted
    return _greedy_lines(text.split(" "), style, room)


def short_lines(text: str, style: Style, room: float, below: float, most: int) -> tuple[str, ...]:
    """Return the text in as few lines as hold it, the first of them in `room`, the others in
    `below`; the last of `most` lines is to be cut if it is too long.
    """
    lines = two_lines(text, style, room)
    while 1 < len(lines) < most and _width(lines[-1], style) > below:
        parted = _greedy_lines(lines[-1].split(" "), style, below)
        if len(parted) < 2:
            break
        lines = (*lines[:-1], *parted)
    return lines


def _width(text: str, style: Style) -> float:
    return fit(text, style, _ANY).width


def _even_lines(
    pieces: list[str], separator: str, style: Style, room: float
) -> tuple[str, ...] | None:
    """Return both lines so that the longer one is as short as can be; None if one does not fit."""
    ends = _ends(pieces, style, len(separator))
    if len(ends) < 2:
        return None
    longer = [max(end, ends[-1] - end) for end in ends[:-1]]
    if min(longer) > room - _SLACK:
        return None
    at = longer.index(min(longer)) + 1
    return separator.join(pieces[:at]), separator.join(pieces[at:])


def _greedy_lines(words: list[str], style: Style, room: float) -> tuple[str, ...]:
    """Return a first line of as many words as it holds, and the rest."""
    at = sum(end <= room - _SLACK for end in _ends(words, style, 1))
    parts = (words[:at], words[at:]) if 0 < at < len(words) else (words,)
    return tuple(" ".join(part) for part in parts)


def _ends(pieces: list[str], style: Style, blanks: int) -> list[float]:
    """Return the end of each piece in a line of all of them."""
    between = blanks * _BLANK * style.size
    widths = (_width(piece, style) for piece in pieces)
    return list(accumulate(widths, lambda end, width: end + between + width))
