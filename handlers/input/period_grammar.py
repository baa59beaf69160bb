"""The meaning of each way to say a period, its words folded."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from analytics.values import Period
from handlers.chat.looks import Looks
from handlers.input.calendar_spans import (
    WEEK,
    current_months,
    current_week,
    days_from,
    days_until,
    months_from,
    months_until,
)
from handlers.input.languages import MIXED
from handlers.input.period_points import POINT, PointOfView, has_year, point
from handlers.input.phrases import any_phrase, compile_pattern, either, group, meanings

Why = Literal[
    "period-reversed",
    "period-too-long",
    "period-impossible",
    "period-empty",
    "period-future",
    "period-past",
    "period-ambiguous",
]
"""The fault of a period that was said: the catalogue id of the sentence that tells it."""

Meaning = Period | Why | None
"""A period or its fault; None where the text says no period."""

MOST_DAYS = 1_827
"""Maximum days of a period: five years, two of them leap years."""

UNITS = meanings(MIXED.calendar.units)
"""The unit of each word and letter: `day`, `week`, `month`, `quarter` or `year`."""

_SIZES = {"month": 1, "quarter": 3, "year": 12}

_DAY = f"[0-3]?[0-9](?:{either(MIXED.periods.date_ordinal)})?"
_UNTIL = rf"(?: ?\.\.+ ?| ?- ?| {either(MIXED.periods.until)} (?:{either(MIXED.periods.article)})?)"
_LEAD = re.compile(f"(?:{either(MIXED.periods.lead)} )?{either(MIXED.periods.article)}?")

_WHOLE = re.compile(f"(?P<unit>{either(MIXED.calendar.whole_units)})")
_MANY = f"(?:(?P<last>{either(MIXED.periods.many)}) )?"
_COUNT = "(?P<count>[0-9]+)[ -]?"
_UNIT = f"(?P<unit>{either(unit for unit in UNITS if len(unit) > 1)})"
_LETTER = f"(?P<unit>{either(unit for unit in UNITS if len(unit) == 1)})"
_PARTS = {
    "many": _MANY,
    "count": _COUNT,
    "unit": _UNIT,
    "named": f"(?P<named>{POINT})",
    "one_unit": f"(?P<unit>{either(MIXED.calendar.whole_units)})",
    "counted": f"{_MANY}(?:(?P<count>[0-9]+){_LETTER}|{_COUNT}{_UNIT})",
    "counts": f"(?:(?P<count>[0-9]+){_LETTER}|{_COUNT}{_UNIT})",
}


def meaning(text: str, today: date, looks: Looks = Looks.BACK) -> Meaning:
    """Return a whole text's meaning; ValueError or OverflowError when the calendar lacks it, and
    AmbiguousDay for `03/04/2026`. A point without a year is the nearest in the direction looked.
    """
    said = _LEAD.sub("", text, count=1)
    view = PointOfView.of(said, today, looks)
    for pattern, read in _GRAMMAR:
        match = pattern.fullmatch(said)
        found = read(match, view) if match else None
        if found is not None:
            return found
    return None


def _rolling_period(match: re.Match[str], view: PointOfView) -> Meaning:
    """Return a count of units that end today; that begin today, where the question looks ahead."""
    ahead = view.looks is Looks.AHEAD
    if ahead and group(match, "last"):
        return "period-past"
    return _counted(match, view.today, ahead=ahead)


def _coming(match: re.Match[str], view: PointOfView) -> Meaning:
    """Return a count of units that begin today."""
    if view.looks is Looks.BACK:
        return "period-future"
    return _counted(match, view.today, ahead=True)


def _counted(match: re.Match[str], today: date, *, ahead: bool) -> Meaning:
    count = int(group(match, "count") or 1)
    if not 0 < count <= MOST_DAYS:
        return "period-too-long" if count else "period-empty"
    unit = UNITS[group(match, "unit")]
    if unit in _SIZES:
        return (months_from if ahead else months_until)(today, count * _SIZES[unit])
    return (days_from if ahead else days_until)(today, count * (WEEK if unit == "week" else 1))


def _calendar(match: re.Match[str], view: PointOfView) -> Meaning:
    """Return this unit of the calendar, or the last one."""
    return _unit(match, view, back=int(bool(group(match, "last"))))


def _next_unit(match: re.Match[str], view: PointOfView) -> Meaning:
    """Return the unit of the calendar after this one."""
    return _unit(match, view, back=-1)


def _unit(match: re.Match[str], view: PointOfView, *, back: int) -> Period:
    unit = UNITS[group(match, "unit")]
    if unit == "week":
        return current_week(view.today, back)
    return current_months(view.today, _SIZES[unit], back)


def _tomorrow(_match: re.Match[str], view: PointOfView) -> Meaning:
    """Return the day after today; nothing where the question looks back, since it may be a name."""
    day = view.today + timedelta(days=1)
    return Period(day, day) if view.looks is Looks.AHEAD else None


def _yesterday(_match: re.Match[str], view: PointOfView) -> Meaning:
    day = view.today - timedelta(days=1)
    return Period(day, day)


def _year_to_date(_match: re.Match[str], view: PointOfView) -> Meaning:
    if view.looks is Looks.AHEAD:
        return "period-past"
    return Period(view.today.replace(month=1, day=1), view.today)


def _last_named(match: re.Match[str], view: PointOfView) -> Meaning:
    """Return the newest such month or quarter that is over."""
    said, back = group(match, "named"), replace(view, looks=Looks.BACK)
    found = _point(said, back)
    if has_year(said) or found.last < view.today:
        return found
    return _point(said, replace(back, today=found.first - timedelta(days=1)))


def _next_named(match: re.Match[str], view: PointOfView) -> Meaning:
    """Return the next such month or quarter that has not begun."""
    said, ahead = group(match, "named"), replace(view, looks=Looks.AHEAD)
    found = _point(said, ahead)
    if has_year(said) or found.first > view.today:
        return found
    return _point(said, replace(ahead, today=found.last + timedelta(days=1)))


def _by(match: re.Match[str], view: PointOfView) -> Meaning:
    """Return today until the last day of the named one, or of this unit of the calendar; nothing
    where the question looks back.
    """
    if view.looks is Looks.BACK:
        return None
    said = _LEAD.sub("", match["end"], count=1)
    unit = _WHOLE.fullmatch(said)
    end = _unit(unit, view, back=0) if unit else meaning(said, view.today, Looks.AHEAD)
    if not isinstance(end, Period):
        return end
    return Period(view.today, end.last) if end.last >= view.today else "period-past"


def _since(match: re.Match[str], view: PointOfView) -> Meaning:
    """Return the days from the first of the named one until today; nothing where the question looks
    ahead, since an open end has no last day.
    """
    start = meaning(match["start"], view.today)
    if view.looks is Looks.AHEAD:
        return "period-past" if isinstance(start, Period) else None
    if not isinstance(start, Period):
        return start
    return Period(start.first, view.today) if start.first <= view.today else "period-future"


def _range(match: re.Match[str], view: PointOfView) -> Meaning:
    """Return the days from one point to another. A start without a year is the newest one that is
    not after the end; an end without one, behind a start with one, the next one after it.
    """
    start, end = match["start"], match["end"]
    if has_year(start) and not has_year(end):
        first = _point(start, view)
        last = _point(end, replace(view, today=first.first, looks=Looks.AHEAD))
    else:
        last = _point(end, view)
        first = _point(start, replace(view, today=last.last, looks=Looks.BACK))
    if first.first > last.last:
        return "period-reversed"
    return Period(first.first, last.last)


def _days_of_month(match: re.Match[str], view: PointOfView) -> Meaning:
    """Return the days from one to another day of the same month."""
    said, day = match["point"], int(re.sub("[^0-9]", "", match["other"]))
    known = _point(said, view)
    if known.days > 1:
        return None
    other = known.first.replace(day=day)
    first, last = (
        (other, known.first)
        if match.start("other") < match.start("point")
        else (known.first, other)
    )
    return Period(first, last) if first <= last else "period-reversed"


def _single(match: re.Match[str], view: PointOfView) -> Meaning:
    return point(match[0], view)


def _point(text: str, view: PointOfView) -> Period:
    """Return a day, month, quarter or year; the pattern has checked that it is one."""
    found = point(text, view)
    if found is None:
        raise ValueError(text)
    return found


_FROM = f"(?:{either(MIXED.periods.begin)} )?(?:{either(MIXED.periods.article)})?"
_SAYINGS: tuple[tuple[str, Callable[[re.Match[str], PointOfView], Meaning]], ...] = (
    (any_phrase(MIXED.periods.rolling, _PARTS), _rolling_period),
    (any_phrase(MIXED.periods.calendar, _PARTS), _calendar),
    (either(MIXED.periods.yesterday), _yesterday),
    (either(MIXED.periods.year_to_date), _year_to_date),
    (f"{either(MIXED.periods.since)} (?P<start>.+)", _since),
    (rf"(?P<start>{POINT}) ?\.\.+", _since),
    (POINT, _single),
    (any_phrase(MIXED.periods.last_named, _PARTS), _last_named),
    (any_phrase(MIXED.periods.coming, _PARTS), _coming),
    (any_phrase(MIXED.periods.next_unit, _PARTS), _next_unit),
    (any_phrase(MIXED.periods.next_named, _PARTS), _next_named),
    (either(MIXED.periods.tomorrow), _tomorrow),
    (f"{any_phrase(MIXED.periods.by, {})} (?P<end>.+)", _by),
    (rf"{_FROM}(?P<start>{POINT}){_UNTIL}(?P<end>{POINT})", _range),
    (rf"{_FROM}(?P<other>{_DAY}){_UNTIL}(?P<point>{POINT})", _days_of_month),
    (rf"{_FROM}(?P<point>{POINT}){_UNTIL}(?P<other>{_DAY})", _days_of_month),
)
_GRAMMAR = tuple((compile_pattern(saying), read) for saying, read in _SAYINGS)
