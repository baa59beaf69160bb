"""Rules by which a cell of each kind is read from a file or an API answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from analytics.sources.files.bad_file import BadCell
from analytics.sources.files.notation import Notation
from analytics.sources.files.numerals import plain_number, readings
from analytics.sources.files.written_days import ORDERS, day_readings
from analytics.tables import Cell, CellType, Column
from analytics.values import tenant_id

_OLDEST = date(2015, 1, 1)
"""The earliest day accepted: the licence reports are younger, so an earlier day is a mistake."""
_MOST = 1_000_000_000
"""Most seats in one row; free products come with a million."""
_CODE = 100
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[T ]\s?([0-2]\d:\s?[0-5]\d(?::\s?[0-6]\d)?)(\.\d{1,9})?\s*(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
"""A written moment. It allows blanks behind the colons, as documented examples have them."""
_FLAGS: dict[str, bool] = dict.fromkeys(
    ("true", "yes", "y", "1", "wahr", "ja", "vrai", "oui"), True
)
_FLAGS |= dict.fromkeys(("false", "no", "n", "0", "falsch", "nein", "faux", "non"), False)
_MONTHS = ("%Y-%m", "%b-%Y", "%b %Y", "%B %Y", "%B-%Y", "%b-%y", "%Y%m")
_NEVER = 1
"""The source writes 0001-01-01 for no day."""
_YEARS = frozenset({*range(2000, 2100), 9999})
"""Years of days: others are mistakes, such as 1970 for none. What never ends, ends in 9999."""


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
    CellType.GUID: ("import-not-a-guid", (str,)),
    CellType.COUNT: ("import-not-a-count", (str, int, Decimal)),
    CellType.DAY: ("import-not-a-day", (str,)),
    CellType.DATE: ("import-not-a-day", (str,)),
    CellType.MOMENT: ("import-not-a-moment", (str,)),
    CellType.NUMBER: ("import-not-a-number", (str, int, Decimal)),
    CellType.FLAG: ("import-not-a-flag", (str, int, bool)),
    CellType.MONTH: ("import-not-a-month", (str,)),
}


def rule(column: Column, today: date, longest: int, written: Notation | None = None) -> Rule:
    """Return the rule of a column. `longest` is the most characters that a cell may have; `written`
    is how a file writes numbers and days, None for a program's answer, which has one way.
    """
    problem, types = _KINDS[column.kind]
    programs = _reader(column, today, None)
    peoples = _reader(column, today, written) if written else programs

    def read_short(cell: object) -> Cell:
        text = "" if cell is None else str(cell).strip()
        if len(text) > longest:
            raise BadCell("import-cell-too-long")
        if column.optional and not text:
            return None
        return peoples(text) if isinstance(cell, str) else programs(text)

    allowed = (*types, type(None)) if column.optional else types
    return Rule(frozenset(allowed), problem, read_short)


def _reader(column: Column, today: date, written: Notation | None) -> Callable[[str], Cell]:
    if column.kind in (CellType.COUNT, CellType.NUMBER):
        return _number_reader(column, written)
    texts: dict[CellType, Callable[[str], Cell]] = {
        CellType.TEXT: one_line,
        CellType.CODE: _code,
        CellType.TENANT: _tenant,
        CellType.GUID: _guid,
        CellType.FLAG: _flag,
    }
    if column.kind in texts:
        return texts[column.kind]
    read = _day_reader(column, today)
    if not written:
        return read
    order = written.orders.get(column.name, ORDERS[0])
    return lambda text: read(day_readings(text, column.kind).get(order, text))


def _day_reader(column: Column, today: date) -> Callable[[str], Cell]:
    readers: dict[CellType, Callable[[str, date], Cell]] = {
        CellType.DAY: _day,
        CellType.DATE: _date,
        CellType.MOMENT: _moment if column.ahead else _past_moment,
        CellType.MONTH: _month,
    }
    read = readers[column.kind]
    return lambda text: read(text, today)


def _number_reader(column: Column, written: Notation | None) -> Callable[[str], Cell]:
    """Return the reader of a count or number; only a file has any notation but a program's."""

    def read(text: str) -> Cell:
        number = readings(text, column).get(written.mark) if written else _programs(text, column)
        if column.kind is CellType.COUNT:
            return _count(number)
        return _decimal(number, column)

    return read


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


def _guid(text: str) -> str:
    try:
        return tenant_id(text)
    except ValueError as error:
        raise BadCell("import-not-a-guid") from error


def _programs(text: str, column: Column) -> Decimal | None:
    return plain_number(text.removesuffix("%") if column.per_cent else text)


def _count(number: Decimal | None) -> int:
    """Return a whole count; 90.0 is 90. There are no seats below none."""
    if number is None or number != number.to_integral() or number > _MOST:
        raise BadCell("import-not-a-count")
    if number < 0:
        raise BadCell("import-negative")
    return int(number)


def _decimal(number: Decimal | None, column: Column) -> Decimal:
    if number is None:
        raise BadCell("import-not-a-number")
    if number < 0 and not column.may_be_negative:
        raise BadCell("import-negative")
    return number.scaleb(-2) if column.per_cent else number


def _day(text: str, today: date) -> date:
    """Read a day, today at the latest, without moving it between time zones."""
    day = _written_day(text)
    if day > today:
        raise BadCell("import-future-day")
    if day < _OLDEST:
        raise BadCell("import-old-day")
    return day


def _date(text: str, _: date) -> date | None:
    """Read a day that may be to come; the source's year 1 means none."""
    day = _written_day(text)
    if day.year == _NEVER:
        return None
    if day.year not in _YEARS:
        raise BadCell("import-strange-year")
    return day


def _written_day(text: str) -> date:
    written = _MOMENT.fullmatch(text)
    try:
        return date.fromisoformat(written[1] if written else "")
    except ValueError as error:
        raise BadCell("import-not-a-day") from error


def _past_moment(text: str, today: date) -> datetime | None:
    """Read the moment of something that was done: no day after tomorrow, in whatever zone."""
    moment = _moment(text, today)
    if moment and moment.date() > today + timedelta(days=1):
        raise BadCell("import-future-day")
    if moment and moment.date() < _OLDEST:
        raise BadCell("import-old-day")
    return moment


def _moment(text: str, _: date) -> datetime | None:
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
    if utc.year == _NEVER:
        return None
    if utc.year not in _YEARS:
        raise BadCell("import-strange-year")
    return utc


def _flag(text: str) -> bool:
    try:
        return _FLAGS[text.lower()]
    except KeyError as error:
        raise BadCell("import-not-a-flag") from error


def _month(text: str, today: date) -> date:
    """Return the first day of the month. 03/01/2026 is March, as the source writes it in American
    order; a day in the middle of a month, such as 03/04/2026, is ambiguous and refused.
    """
    month = _written_month(text)
    if month > today:
        raise BadCell("import-future-day")
    if month.year not in _YEARS:
        raise BadCell("import-strange-year")
    return month


def _written_month(text: str) -> date:
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
