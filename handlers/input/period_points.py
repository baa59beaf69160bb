"""A day, week, month, quarter or year by its numbers or name, with a year or without."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.values import Period
from handlers.chat.looks import Looks
from handlers.input.calendar_spans import WEEK, whole_months
from handlers.input.languages import MIXED
from handlers.input.phrases import compile_pattern, either, group, meanings

MONTHS = meanings(MIXED.calendar.months) | meanings(MIXED.calendar.short_months)
"""The month of each name and abbreviation."""

_NTH = meanings({sign: words for sign, words in MIXED.schedules.places.items() if sign != "L"})
_YEARS = 9
"""Years that are tried: a 29 February comes at least once in nine."""

_YEAR = "(?P<year>20[0-9]{2})"
_MONTH = f"(?P<name>{either(MONTHS)})"
_DAY = f"(?P<day>[0-3]?[0-9])(?:{either(MIXED.periods.date_ordinal)})?"
_OF = f"(?: {either(MIXED.periods.quarter_of)})?"
_OF_YEAR = f"(?:{_OF},? {_YEAR})?"
_Q = f"{either(MIXED.periods.quarter_letter)}(?P<quarter>[0-9])"
_QUARTER = either(MIXED.periods.quarter)
_NUMBER = f"(?:(?P<quarter>[0-9]){either(MIXED.periods.ordinal)}|(?P<nth>{either(_NTH)}))"
_TWO = "[0-9]{1,2}"


class AmbiguousDay(ValueError):
    """A day in numbers that may be a month's day or a day's month: 03/04/2026."""


@dataclass(frozen=True, slots=True)
class PointOfView:
    """The day, the direction and the order of numbers that a point is read by."""

    today: date
    """A point without a year is the nearest one to this day."""
    looks: Looks
    day_first: bool | None = None
    """Whether the day stands before the month in `03/04/2026`; None where that is not known."""

    @classmethod
    def of(cls, text: str, today: date, looks: Looks) -> "PointOfView":
        """Return the view for a text, in which one date may tell the order of all."""
        pairs = [(int(a) > 12, int(b) > 12) for a, b in _SLASHED.findall(text)]
        orders = {day for day, month in pairs if day is not month}
        return cls(today, looks, orders.pop() if len(orders) == 1 else None)


def point(text: str, view: PointOfView) -> Period | None:
    """Return the day, week, month, quarter or year of a whole text; None where it is none.

    Raises AmbiguousDay, and ValueError for one that the calendar lacks.
    """
    for pattern, read in _POINTS:
        found = pattern.fullmatch(text)
        if found:
            return read(found, view)
    return None


def has_year(text: str) -> bool:
    """Check whether the text names a year of this century."""
    return re.search(r"(?<![0-9])20[0-9]{2}(?![0-9])", text) is not None


def _by_numbers(found: re.Match[str], _view: PointOfView) -> Period:
    year, month, day = (int(group(found, name) or 0) for name in ("year", "month", "day"))
    if day:
        return _one_day(date(year, month, day))
    return whole_months(date(year, month, 1)) if month else whole_months(date(year, 1, 1), 12)


def _week(found: re.Match[str], _view: PointOfView) -> Period:
    monday = date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
    return Period(monday, monday + timedelta(days=WEEK - 1))


def _day_with_dots(found: re.Match[str], _view: PointOfView) -> Period:
    return _one_day(date(int(found["year"]), int(found["second"]), int(found["first"])))


def _day_with_slashes(found: re.Match[str], view: PointOfView) -> Period:
    day, month = int(found["first"]), int(found["second"])
    if view.day_first is None and day != month:
        raise AmbiguousDay(found[0])
    if view.day_first is False:
        day, month = month, day
    return _one_day(date(int(found["year"]), month, day))


def _quarter(found: re.Match[str], view: PointOfView) -> Period:
    said = group(found, "quarter") or _NTH[group(found, "nth")].removeprefix("#")
    return _nearest(found, view, lambda year: whole_months(date(year, int(said) * 3 - 2, 1), 3))


def _month(found: re.Match[str], view: PointOfView) -> Period:
    month, day = MONTHS[found["name"]], group(found, "day")
    if day:
        return _nearest(found, view, lambda year: _one_day(date(year, month, int(day))))
    return _nearest(found, view, lambda year: whole_months(date(year, month, 1)))


def _nearest(found: re.Match[str], view: PointOfView, of_year: Callable[[int], Period]) -> Period:
    """Return the point of the year that was said, else the nearest one in the direction looked."""
    said = group(found, "year")
    if said:
        return of_year(int(said))
    back = view.looks is Looks.BACK
    for years in range(_YEARS):
        try:
            near = of_year(view.today.year + (-years if back else years))
        except ValueError:  # 29 February of another year
            continue
        if (near.first <= view.today) if back else (near.last >= view.today):
            return near
    raise ValueError(found[0])


def _one_day(day: date) -> Period:
    return Period(day, day)


_FORMS: tuple[tuple[str, Callable[[re.Match[str], PointOfView], Period]], ...] = (
    (rf"{_YEAR}(?:[-/.](?P<month>{_TWO})(?:[-/.](?P<day>{_TWO}))?)?", _by_numbers),
    (rf"(?P<month>{_TWO})[/.]{_YEAR}", _by_numbers),
    (rf"{_YEAR}-?w(?P<week>{_TWO})", _week),
    (rf"(?P<first>{_TWO})\.(?P<second>{_TWO})\.{_YEAR}", _day_with_dots),
    (rf"(?P<first>{_TWO})/(?P<second>{_TWO})/{_YEAR}", _day_with_slashes),
    (rf"{_YEAR}[ -]?{_Q}|{_Q}(?:[ -]?{_YEAR})?", _quarter),
    (rf"{_NUMBER} {_QUARTER}{_OF_YEAR}", _quarter),
    (rf"(?:{_DAY}{_OF} )?{_MONTH}{_OF_YEAR}", _month),
    (rf"{_MONTH} {_DAY}(?:,? {_YEAR})?", _month),
)
_POINTS = tuple((compile_pattern(form), read) for form, read in _FORMS)
_SLASHED = re.compile(rf"(?<![0-9/])({_TWO})/({_TWO})/20[0-9]{{2}}")

POINT = re.sub(r"\(\?P<\w+>", "(?:", either(form for form, _ in _FORMS))
"""The pattern of any point, without groups."""
