"""Text in the form in which it is compared: without case, accents, apostrophes and punctuation."""

import unicodedata

LONGEST = 200
"""Most characters read of a text, so that no text is costly to compare."""

_APOSTROPHES = frozenset("'`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07")
_PLAIN = {
    **{"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"},
    **{"ð": "d", "þ": "th", "ħ": "h", "\N{LATIN SMALL LETTER DOTLESS I}": "i"},
}
_HELD = ("L", "N", "M")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")


class _Characters(dict[int, str]):
    """The folded form of each character, made on first use: as large as the alphabets in use."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def folded_text(text: str) -> str:
    """Return `text` in lower case, its words separated by single blanks; empty without letters and
    digits.

    Apostrophes, controls and direction marks vanish; other punctuation separates words. Only the
    first 200 characters are read, and at most 200 are returned. Folding twice changes nothing.

    >>> folded_text("  Société  Générale—Straße ")
    'societe generale strasse'
    >>> folded_text("O'REILLY") == folded_text("OReilly")
    True
    """
    plain = " ".join(text[:LONGEST].translate(_CHARACTERS).split())
    return plain[:LONGEST].rstrip()


def _plain(character: str) -> str:
    """Return one character, folded: none to several letters, or a blank."""
    if character in _APOSTROPHES:
        return ""
    if character.isspace():
        return " "
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(map(_piece, bare))


def _piece(piece: str) -> str:
    """Return one character of a decomposed one: letters, a blank, or nothing."""
    category = unicodedata.category(piece)
    if piece in _APOSTROPHES or unicodedata.combining(piece) or category in _HIDDEN:
        return ""
    return _PLAIN.get(piece, piece) if category[0] in _HELD else " "


_CHARACTERS = _Characters()
