"""The meaning of each way to say a period, in English and French, without case and accents."""

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

Why = Literal[
    "period-reversed", "period-too-long", "period-impossible", "period-empty", "period-future"
]
"""The fault of a period that was said: the catalogue id of the sentence that tells it."""

Meaning = Period | Why | None
"""A period or its fault; None where the text says no period."""

MOST_DAYS = 1_827
"""Maximum days of a period: five years, two of them leap years."""

_MONTHS = {
    **{"jan": 1, "january": 1, "janv": 1, "janvier": 1, "feb": 2, "february": 2, "fev": 2},
    **{"fevr": 2, "fevrier": 2, "mar": 3, "march": 3, "mars": 3, "apr": 4, "april": 4, "avr": 4},
    **{"avril": 4, "may": 5, "mai": 5, "jun": 6, "june": 6, "juin": 6, "jul": 7, "july": 7},
    **{"juil": 7, "juillet": 7, "aug": 8, "august": 8, "aout": 8, "sep": 9, "sept": 9},
    **{"september": 9, "septembre": 9, "oct": 10, "october": 10, "octobre": 10, "nov": 11},
    **{"november": 11, "novembre": 11, "dec": 12, "december": 12, "decembre": 12},
}
_UNITS = {
    **dict.fromkeys(("d", "day", "days", "j", "jour", "jours"), "day"),
    **dict.fromkeys(("w", "week", "weeks", "semaine", "semaines"), "week"),
    **dict.fromkeys(("m", "month", "months", "mois"), "month"),
    **dict.fromkeys(("q", "quarter", "quarters", "trimestre", "trimestres"), "quarter"),
    **dict.fromkeys(("y", "year", "years", "an", "ans", "annee", "annees"), "year"),
}
_SIZES = {"month": 1, "quarter": 3, "year": 12}

_LETTER = "|".join(unit for unit in _UNITS if len(unit) == 1)
_UNIT = "|".join(unit for unit in _UNITS if len(unit) > 1)
_ONE = "week|month|quarter|year|semaine|mois|trimestre|annee|an"
_NAME = "|".join(_MONTHS)
_YEAR = "20[0-9]{2}"
_POINT = (
    rf"{_YEAR}(?:-[0-9]{{1,2}}){{0,2}}"
    rf"|{_YEAR}[ -]?[qt][0-9]|[qt][0-9][ -]?{_YEAR}|(?:{_NAME}) {_YEAR}"
    rf"|[0-9](?:st|nd|rd|th|er|e|eme) (?:quarter|trimestre)(?: of| de)? {_YEAR}"
)
_UNTIL = r" ?\.\.+ ?| ?- ?| (?:to|until|till|and|et|a|au|jusqu'a) "
_LEAD = re.compile(
    "(?:(?:for|over|in|during|within|pour|sur|en|pendant|du|des|au) )?(?:(?:the|le|la|les) |l')?"
)


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
    count = int(match["glued"] or match["count"] or 1)
    if not 0 < count <= MOST_DAYS:
        return "period-too-long" if count else "period-empty"
    unit = _UNITS[match["letter"] or match["unit"] or match["one"]]
    if unit in _SIZES:
        return months_until(today, count * _SIZES[unit])
    return days_until(today, count * (WEEK if unit == "week" else 1))


def _calendar(match: re.Match[str], today: date) -> Meaning:
    """Return this unit of the calendar, or the last one."""
    unit, back = _UNITS[match["unit"]], int(bool(match["last"]))
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
    month = _MONTHS.get(match["start"])
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
    last, month = _point(match["end"]).last, _MONTHS.get(match["start"])
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
    if name in _MONTHS:
        return whole_months(date(int(year), _MONTHS[name], 1))
    quarter = re.search("[qt]([0-9])|^([0-9])[a-z]", text)
    if quarter:
        year = re.findall(_YEAR, text.replace(quarter[0], ""))[0]
        return whole_months(date(int(year), int(quarter[1] or quarter[2]) * 3 - 2, 1), 3)
    numbers = [int(number) for number in text.split("-")]
    if len(numbers) == 3:
        return Period(date(*numbers), date(*numbers))
    months = 1 if len(numbers) == 2 else 12
    return whole_months(date(*[*numbers, 1, 1][:3]), months)


_SAYINGS: tuple[tuple[str, Callable[[re.Match[str], date], Meaning]], ...] = (
    (
        r"(?:(?:last|past|previous|derniers|dernieres) )?"
        rf"(?:(?P<glued>[0-9]+)(?P<letter>{_LETTER})"
        rf"|(?P<count>[0-9]+)[ -]?(?:(?:derniers|dernieres) )?(?P<unit>{_UNIT}))"
        rf"|past (?P<one>{_ONE})",
        _rolling_period,
    ),
    (rf"(?:(?P<last>last|previous)|this|current) (?P<unit>{_ONE})", _calendar),
    (
        rf"(?P<unit>{_ONE}) (?:(?P<last>derniere?|precedente?|passee?)|en cours)",
        _calendar,
    ),
    (rf"(?:(?P<last>derniere?)|ce|cet|cette) (?P<unit>{_ONE})(?:[ -]ci)?", _calendar),
    ("yesterday|hier", _yesterday),
    ("ytd|year[ -]to[ -]date", _year_to_date),
    ("(?:since|depuis|a partir de) (?P<start>.+)", _since),
    (rf"(?P<start>{_POINT}) ?\.\.+", _since),
    (
        rf"(?:(?:from|between|de|entre) )?(?P<start>{_POINT}|{_NAME})(?:{_UNTIL})(?P<end>{_POINT})",
        _range,
    ),
    (_POINT, _single),
)
_GRAMMAR = tuple((re.compile(saying), read) for saying, read in _SAYINGS)
