"""Numbers as people and programs write them: which values a text can stand for.

A point or a comma may be the decimal mark or part the thousands, so a text has a reading for each
mark that fits it: 12.500 has two, 12.50 and 1.234,5 have one.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from analytics.tables import CellType, Column
from analytics.values import Secrecy

POINT, COMMA = ".", ","
MARKS = (POINT, COMMA)
"""Decimal marks."""

_PLACES = Decimal(10) ** -18
_LARGEST = Decimal(10) ** 20
_LONGEST = 100
_BLANK = r"[ \t\u00a0\u2009\u202f]"
_CURRENCY = r"[A-Z]{3}|US\$|R\$|[$€£¥₹]|kr\.?|zł|Kč|Fr\."
_DRESSED = re.compile(
    rf"""(?P<open>\()?{_BLANK}*(?P<before>[-+])?{_BLANK}*(?P<first>{_CURRENCY})?{_BLANK}*
    (?P<inside>[-+])?{_BLANK}*(?P<core>[0-9.,](?:[0-9.,'’\ \t\u00a0\u2009\u202f]*[0-9.,])?
    (?:[eE][-+]?[0-9]{{1,2}})?){_BLANK}*
    (?P<percent>%)?{_BLANK}*(?P<last>{_CURRENCY})?{_BLANK}*(?P<behind>-)?(?P<close>\))?""",
    re.VERBOSE,
)
_PLAIN = re.compile(r"[+-]?\d{1,40}(?:\.\d{0,60})?(?:[eE][+-]?\d{1,2})?", re.ASCII)


def _core(mark: str) -> re.Pattern[str]:
    """Return the pattern of digits with this decimal mark; the other one, a blank or an apostrophe
    may part thousands, and commas lakhs.
    """
    other = COMMA if mark == POINT else POINT
    part = rf"(?P<part>[{other}'’ \u00a0\u2009\u202f])"
    parted = rf"[1-9][0-9]{{0,2}}{part}[0-9]{{3}}(?:(?P=part)[0-9]{{3}})*"
    lakhs = r"|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}" if mark == POINT else ""
    fraction = rf"(?:[{mark}][0-9]{{0,60}})?"
    whole = rf"(?:{parted}{lakhs}|[0-9]{{1,40}}){fraction}|[{mark}][0-9]{{1,60}}"
    return re.compile(rf"(?:{whole})(?:[eE][-+]?[0-9]{{1,2}})?")


_CORES = {mark: _core(mark) for mark in MARKS}


def readings(text: str, column: Column) -> Mapping[str, Decimal]:
    """Return the values that a text of this column can stand for, by decimal mark; empty for none.

    Counts have whole readings alone. A sign may stand behind, or be brackets; an amount may have
    its currency, a share its per cent sign.
    """
    dressed = _DRESSED.fullmatch(text.replace("\u2212", "-")) if len(text) <= _LONGEST else None
    if not dressed or not _fitting_dress(dressed, column):
        return {}
    core = dressed["core"]
    values = {mark: _value(core, mark) for mark in MARKS if _CORES[mark].fullmatch(core)}
    negative = "-" in _signs(dressed) or dressed["open"]
    shift = -2 if dressed["percent"] and not column.per_cent else 0
    return {
        mark: (-value if negative else value).scaleb(shift)
        for mark, value in values.items()
        if value is not None and (column.kind is not CellType.COUNT or value == value.to_integral())
    }


def currency_of(text: str) -> str:
    """Return the currency that is written with an amount; empty for none."""
    dressed = _DRESSED.fullmatch(text.replace("\u2212", "-")) if len(text) <= _LONGEST else None
    return (dressed["first"] or dressed["last"] or "") if dressed else ""


def plain_number(text: str) -> Decimal | None:
    """Return a number as programs write it, with a point and without thousands; None for others."""
    return _value(text, POINT) if _PLAIN.fullmatch(text) else None


def _signs(dressed: re.Match[str]) -> list[str]:
    return [each for each in dressed.group("before", "inside", "behind") if each]


def _fitting_dress(dressed: re.Match[str], column: Column) -> bool:
    """Check that there is one sign and one currency at most, and each only where it belongs."""
    brackets = bool(dressed["open"])
    if brackets != bool(dressed["close"]) or len(_signs(dressed)) + brackets > 1:
        return False
    if dressed["percent"] and not (column.per_cent or column.name == "active_share"):
        return False
    currencies = [each for each in dressed.group("first", "last") if each]
    return len(currencies) <= (column.secrecy is Secrecy.MONEY)


def _value(core: str, mark: str) -> Decimal | None:
    """Return the number exactly as written, up to 18 decimal places; None if it is too large."""
    other = COMMA if mark == POINT else POINT
    digits = re.sub(rf"[{other}'’ \t\u00a0\u2009\u202f]", "", core).replace(mark, POINT)
    try:
        number = Decimal(digits)
        if abs(number) >= _LARGEST:
            return None
        places = number.as_tuple().exponent
        return number if isinstance(places, int) and places >= -18 else number.quantize(_PLACES)
    except InvalidOperation:
        return None
