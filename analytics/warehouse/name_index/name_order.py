"""Names in the order in which people look for them in a list."""

import re

from analytics.folded_text import folded_text

_DIGITS = re.compile(r"(\d+)")

NameKey = tuple[tuple[tuple[int, int, str], ...], str, str]


def name_key(name: str) -> NameKey:
    """Return what a name is sorted by: its letters without case, accents and punctuation, numbers
    by their value and before letters; then accents, then the name itself.

    >>> sorted(["Zoo", "École", "Åland", "ÆØÅ", "Shop 10", "Shop 9", "abc"], key=name_key)
    ['abc', 'ÆØÅ', 'Åland', 'École', 'Shop 9', 'Shop 10', 'Zoo']
    """
    pieces = [each for each in _DIGITS.split(folded_text(name)) if each]
    key = tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces)
    return key, name.casefold(), name
