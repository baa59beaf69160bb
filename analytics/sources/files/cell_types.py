"""Rules by which a cell of each kind is read from a file or an API answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from analytics.tables import Cell, CellType, Column
from analytics.values import tenant_id

_OLDEST = date(2015, 1, 1)
"""The earliest day accepted: the licence reports are younger, so an earlier day is a mistake."""
_MOST = 1_000_000_000
"""Most seats in one row; free products come with a million."""
_CODE = 100
_PLACES = Decimal(10) ** -18
_LARGEST = Decimal(10) ** 20
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[T ]\s?([0-2]\d:\s?[0-5]\d(?::\s?[0-6]\d)?)(\.\d{1,9})?\s*(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
"""A written moment. It allows blanks behind the colons, as documented examples have them."""
_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d{0,60})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_FLAGS = {"true": True, "yes": True, "y": True, "1": True}
_FLAGS |= {"false": False, "no": False, "n": False, "0": False}
_MONTHS = ("%Y-%m", "%b-%Y", "%b %Y", "%B %Y", "%B-%Y", "%b-%y", "%Y%m")
_NEVER = date.min
"""The source writes 0001-01-01 for no date."""


class BadCell(Exception):
    """A cell that does not fit its column's type; the argument is the problem's id."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The reading of a column's cells: accepted types, the problem of any other, the reader."""

    types: frozenset[type]
    problem: str
    read: Callable[[object], Cell]


_KINDS: dict[CellType, tuple[str, tuple[type, ...]]] = {
    CellType.TEXT: ("import-not-a-text", (str, int, Decimal, bool, type(None))),
    CellType.CODE: ("import-not-a-text", (str, int, type(None))),
    CellType.TENANT: ("import-not-a-tenant", (str,)),
    CellType.COUNT: ("import-not-a-count", (str, int)),
    CellType.DAY: ("import-not-a-day", (str,)),
    CellType.DATE: ("import-not-a-day", (str,)),
    CellType.MOMENT: ("import-not-a-moment", (str,)),
    CellType.NUMBER: ("import-not-a-number", (str, int, Decimal)),
    CellType.FLAG: ("import-not-a-flag", (str, int, bool)),
    CellType.MONTH: ("import-not-a-month", (str,)),
}


def rule(column: Column, today: date, longest: int) -> Rule:
    """Return the rule of a column. `longest` is the most characters that a cell may have."""
    problem, types = _KINDS[column.kind]
    read = _reader(column, today)

    def read_short(cell: object) -> Cell:
        text = "" if cell is None else str(cell).strip()
        if len(text) > longest:
            raise BadCell("import-cell-too-long")
        if column.optional and not text:
            return None
        return read(text)

    allowed = (*types, type(None)) if column.optional else types
    return Rule(frozenset(allowed), problem, read_short)


def _reader(column: Column, today: date) -> Callable[[str], Cell]:
    if column.kind is CellType.DAY:
        return lambda text: _day(text, today)
    if column.kind is CellType.MOMENT and not column.ahead:
        return lambda text: _past_moment(text, today)
    if column.kind is CellType.NUMBER and column.per_cent:
        return lambda text: _number(text.removesuffix("%")).scaleb(-2)
    readers: dict[CellType, Callable[[str], Cell]] = {
        CellType.TEXT: one_line,
        CellType.CODE: _code,
        CellType.TENANT: _tenant,
        CellType.COUNT: _count,
        CellType.DATE: _date,
        CellType.MOMENT: _moment,
        CellType.NUMBER: _number,
        CellType.FLAG: _flag,
        CellType.MONTH: _month,
    }
    return readers[column.kind]


def one_line(text: str) -> str:
    """Return the text on one line; half a surrogate pair and NUL, which neither files nor databases
    take, are replaced.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(whole.replace("\0", "\ufffd").split())


def _code(text: str) -> str:
    code = one_line(text).lower()
    if not code:
        raise BadCell("import-empty-cell")
    if len(code) > _CODE:
        raise BadCell("import-cell-too-long")
    return code


def _tenant(text: str) -> str:
    try:
        return tenant_id(text)
    except ValueError as error:
        raise BadCell("import-not-a-tenant") from error


def _count(text: str) -> int:
    if re.fullmatch(r"-[0-9]+", text):
        raise BadCell("import-negative")
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > _MOST:
        raise BadCell("import-not-a-count")
    return int(text)


def _day(text: str, today: date) -> date:
    """Read a day, today at the latest, without moving it between time zones."""
    day = _written_day(text)
    if day > today:
        raise BadCell("import-future-day")
    if day < _OLDEST:
        raise BadCell("import-old-day")
    return day


def _date(text: str) -> date | None:
    day = _written_day(text)
    return None if day == _NEVER else day


def _written_day(text: str) -> date:
    written = _MOMENT.fullmatch(text)
    try:
        return date.fromisoformat(written[1] if written else "")
    except ValueError as error:
        raise BadCell("import-not-a-day") from error


def _moment(text: str) -> datetime | None:
    """Read a moment as UTC without its zone, as DuckDB keeps it; without a zone it is UTC."""
    written = _MOMENT.fullmatch(text)
    if not written:
        raise BadCell("import-not-a-moment")
    day, clock, fraction, zone = written.groups()
    micros = f"{fraction or '.0':0<7}"[:7]
    offset = "+00:00" if (zone or "Z") in "Zz" else f"{zone[:3]}:{zone[-2:]}"
    try:
        clock = (clock or "00:00:00").replace(" ", "")
        whole = clock if clock.count(":") == 2 else f"{clock}:00"
        there = datetime.fromisoformat(f"{day}T{whole}{micros}{offset}")
        utc = there.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise BadCell("import-not-a-moment") from error
    return None if utc.year == 1 else utc


def _past_moment(text: str, today: date) -> datetime | None:
    """Read a moment of the past; tomorrow is accepted, because `today` may be another zone's."""
    moment = _moment(text)
    if moment and moment.date() > today + timedelta(days=1):
        raise BadCell("import-future-day")
    if moment and moment.date() < _OLDEST:
        raise BadCell("import-old-day")
    return moment


def _number(text: str) -> Decimal:
    """Read a finite number exactly as written, up to 18 decimal places."""
    if not _NUMBER.fullmatch(text):
        raise BadCell("import-not-a-number")
    try:
        number = Decimal(text)
        if abs(number) >= _LARGEST:
            raise BadCell("import-not-a-number")
        places = number.as_tuple().exponent
        return number if isinstance(places, int) and places >= -18 else number.quantize(_PLACES)
    except InvalidOperation as error:
        raise BadCell("import-not-a-number") from error


def _flag(text: str) -> bool:
    try:
        return _FLAGS[text.lower()]
    except KeyError as error:
        raise BadCell("import-not-a-flag") from error


def _month(text: str) -> date:
    """Return the first day of the month. 03/01/2026 is March, as the source writes it in American
    order; a day in the middle of a month, such as 03/04/2026, is ambiguous and refused.
    """
    if (written := _MOMENT.fullmatch(text)) and written[1].endswith("-01"):
        return _written_day(text)
    if us := re.fullmatch(r"(1[0-2]|0?[1-9])/0?1/(\d{4})(?: .*)?", text):
        return date(int(us[2]), int(us[1]), 1)  # the first day stands for its month
    for form in _MONTHS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise BadCell("import-not-a-month")
