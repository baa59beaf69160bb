"""The meaning of each way to say a period, its words folded."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from analytics.values import Period
from handlers.input.calendar_spans import (
    WEEK,
    current_months,
    current_week,
    days_until,
    months_until,
    whole_months,
)
from handlers.input.languages import MIXED
from handlers.input.phrases import any_phrase, compile_pattern, either, group, meanings

Why = Literal[
    "period-reversed", "period-too-long", "period-impossible", "period-empty", "period-future"
]
"""The fault of a period that was said: the catalogue id of the sentence that tells it."""

Meaning = Period | Why | None
"""A period or its fault; None where the text says no period."""

MOST_DAYS = 1_827
"""Maximum days of a period: five years, two of them leap years."""

MONTHS = meanings(MIXED.calendar.months) | meanings(MIXED.calendar.short_months)
"""The month of each name and abbreviation."""

UNITS = meanings(MIXED.calendar.units)
"""The unit of each word and letter: `day`, `week`, `month`, `quarter` or `year`."""

_SIZES = {"month": 1, "quarter": 3, "year": 12}

_NAME = either(MONTHS)
_YEAR = "20[0-9]{2}"
_Q = either(MIXED.periods.quarter_letter)
_POINT = (
    rf"{_YEAR}(?:-[0-9]{{1,2}}){{0,2}}"
    rf"|{_YEAR}[ -]?{_Q}[0-9]|{_Q}[0-9][ -]?{_YEAR}|{_NAME} {_YEAR}"
    rf"|[0-9]{either(MIXED.periods.ordinal)} {either(MIXED.periods.quarter)}"
    rf"(?: {either(MIXED.periods.quarter_of)})? {_YEAR}"
)
_QUARTER = re.compile(f"{_Q}([0-9])|^([0-9])[a-z]")
_UNTIL = rf"(?: ?\.\.+ ?| ?- ?| {either(MIXED.periods.until)} )"
_LEAD = re.compile(f"(?:{either(MIXED.periods.lead)} )?{either(MIXED.periods.article)}?")

_MANY = f"(?:{either(MIXED.periods.many)} )?"
_COUNT = "(?P<count>[0-9]+)[ -]?"
_UNIT = f"(?P<unit>{either(unit for unit in UNITS if len(unit) > 1)})"
_LETTER = f"(?P<unit>{either(unit for unit in UNITS if len(unit) == 1)})"
_PARTS = {
    "many": _MANY,
    "count": _COUNT,
    "unit": _UNIT,
    "one_unit": f"(?P<unit>{either(MIXED.calendar.whole_units)})",
    "counted": f"{_MANY}(?:(?P<count>[0-9]+){_LETTER}|{_COUNT}{_UNIT})",
}


def meaning(text: str, today: date) -> Meaning:
    """Return a whole text's meaning; ValueError or OverflowError when the calendar lacks it."""
    said = _LEAD.sub("", text, count=1)
    for pattern, read in _GRAMMAR:
        match = pattern.fullmatch(said)
        if match:
            return read(match, today)
    return None


def _rolling_period(match: re.Match[str], today: date) -> Meaning:
    """Return a count of units that end today."""
    count = int(group(match, "count") or 1)
    if not 0 < count <= MOST_DAYS:
        return "period-too-long" if count else "period-empty"
    unit = UNITS[group(match, "unit")]
    if unit in _SIZES:
        return months_until(today, count * _SIZES[unit])
    return days_until(today, count * (WEEK if unit == "week" else 1))


def _calendar(match: re.Match[str], today: date) -> Meaning:
    """Return this unit of the calendar, or the last one."""
    unit, back = UNITS[group(match, "unit")], int(bool(group(match, "last")))
    if unit == "week":
        return current_week(today, back)
    return current_months(today, _SIZES[unit], back)


def _yesterday(_match: re.Match[str], today: date) -> Meaning:
    day = today - timedelta(days=1)
    return Period(day, day)


def _year_to_date(_match: re.Match[str], today: date) -> Meaning:
    return Period(today.replace(month=1, day=1), today)


def _since(match: re.Match[str], today: date) -> Meaning:
    """Return the days from the first of the named one until today; a month alone is the newest such
    month.
    """
    month = MONTHS.get(match["start"])
    if month:
        return Period(date(today.year - (month > today.month), month, 1), today)
    start = meaning(match["start"], today)
    if not isinstance(start, Period):
        return start
    return Period(start.first, today) if start.first <= today else "period-future"


def _range(match: re.Match[str], _today: date) -> Meaning:
    """Return the days from one point to another; a month alone is the newest one that is not after
    the end.
    """
    last, month = _point(match["end"]).last, MONTHS.get(match["start"])
    if month:
        first = date(last.year - (month > last.month), month, 1)
    else:
        first = _point(match["start"]).first
    return Period(first, last) if first <= last else "period-reversed"


def _single(match: re.Match[str], _today: date) -> Meaning:
    return _point(match[0])


def _point(text: str) -> Period:
    """Return a day, month, quarter or year by its numbers or name."""
    name, _, year = text.rpartition(" ")
    if name in MONTHS:
        return whole_months(date(int(year), MONTHS[name], 1))
    quarter = _QUARTER.search(text)
    if quarter:
        year = re.findall(_YEAR, text.replace(quarter[0], ""))[0]
        return whole_months(date(int(year), int(quarter[1] or quarter[2]) * 3 - 2, 1), 3)
    numbers = [int(number) for number in text.split("-")]
    if len(numbers) == 3:
        return Period(date(*numbers), date(*numbers))
    months = 1 if len(numbers) == 2 else 12
    return whole_months(date(*[*numbers, 1, 1][:3]), months)


_SAYINGS: tuple[tuple[str, Callable[[re.Match[str], date], Meaning]], ...] = (
    (any_phrase(MIXED.periods.rolling, _PARTS), _rolling_period),
    (any_phrase(MIXED.periods.calendar, _PARTS), _calendar),
    (either(MIXED.periods.yesterday), _yesterday),
    (either(MIXED.periods.year_to_date), _year_to_date),
    (f"{either(MIXED.periods.since)} (?P<start>.+)", _since),
    (rf"(?P<start>{_POINT}) ?\.\.+", _since),
    (
        rf"(?:{either(MIXED.periods.begin)} )?(?P<start>{_POINT}|{_NAME}){_UNTIL}(?P<end>{_POINT})",
        _range,
    ),
    (_POINT, _single),
)
_GRAMMAR = tuple((compile_pattern(saying), read) for saying, read in _SAYINGS)
