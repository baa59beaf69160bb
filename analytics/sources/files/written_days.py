"""Days and instants as people and programs write them: which days a text can stand for."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

from analytics.sources.files.bad_file import BadCell
from analytics.tables import CellType

MONTH_FIRST, DAY_FIRST = "mdy", "dmy"
ORDERS = (MONTH_FIRST, DAY_FIRST)
"""The order of a day that begins with two short numbers."""

_CLOCK = (
    r"(?:[ T,]+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<fraction>\.\d{1,9})?)?"
    r"\s*(?P<half>[AaPp])?(?(half)\.?[Mm]\.?)\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_SHORT_FIRST = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_CLOCK}", re.ASCII)
_YEAR_FIRST = re.compile(rf"(\d{{4}})([/.])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}", re.ASCII)
_NAMED = re.compile(rf"((?=.*[A-Za-z]{{3}})[\w., -]{{6,20}}?\d{{4}}){_CLOCK}", re.ASCII)
_NAMED_FORMS = ("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y")
_TWO_DIGITS = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d\d(?!\d).*", re.ASCII | re.DOTALL)
_RUN_TOGETHER = re.compile(r"(20\d\d)(\d\d)(\d\d)", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
_EPOCH = re.compile(r"\\?/Date\((-?\d{1,15})([+-]\d{4})?\)\\?/", re.ASCII)
_LONGEST = 60


def day_readings(text: str, kind: CellType) -> Mapping[str, str]:
    """Return the days that a text can stand for, by their order, in ISO form with the time.

    A text that says its order itself has one and the same for both. One that is no such form is
    returned as it is. Raises BadCell for a year of two digits, for a spreadsheet's serial number,
    and for an instant where a day is wanted that it does not tell.
    """
    if len(text) > _LONGEST:
        return dict.fromkeys(ORDERS, text)
    if _TWO_DIGITS.fullmatch(text):
        raise BadCell("import-year-short")
    if kind is not CellType.MONTH and _SERIAL.fullmatch(text):
        raise BadCell("import-serial-day")
    if written := _SHORT_FIRST.fullmatch(text):
        return _short_first(written, kind)
    return dict.fromkeys(ORDERS, _one_reading(text, kind))


def _short_first(written: re.Match[str], kind: CellType) -> Mapping[str, str]:
    """Return the readings of 03/04/2026. With points the day is first; a month is its first day."""
    one, other, year = int(written[1]), int(written[3]), int(written[4])
    pairs = {MONTH_FIRST: (one, other), DAY_FIRST: (other, one)}
    if written[2] == ".":
        del pairs[MONTH_FIRST]
    told: dict[str, str] = {}
    for order, (month, day) in pairs.items():
        with suppress(ValueError):
            if kind is not CellType.MONTH or day == 1:
                told[order] = f"{date(year, month, day)}{_clock(written)}"
    return told


def _one_reading(text: str, kind: CellType) -> str:
    """Return the ISO form of a text that has one reading; the text itself for other forms."""
    if written := _EPOCH.fullmatch(text):
        return _instant(int(written[1]), written[2] or "", kind)
    if written := _YEAR_FIRST.fullmatch(text):
        return f"{written[1]}-{int(written[3]):02}-{int(written[4]):02}{_clock(written)}"
    if kind is not CellType.MONTH and (written := _RUN_TOGETHER.fullmatch(text)):
        return "-".join(written.groups())
    if written := _NAMED.fullmatch(text):
        for form in _NAMED_FORMS:
            with suppress(ValueError):
                day = datetime.strptime(written[1], form).replace(tzinfo=UTC).date()
                return f"{day}{_clock(written)}"
    return text


def _clock(written: re.Match[str]) -> str:
    """Return the time of day as ISO has it, with its zone; empty where none is written."""
    if written["hour"] is None:
        return ""
    hour, half = int(written["hour"]), (written["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return f" {hour}?"  # no hour of a half day: no form, so that it is refused
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    zone = (written["zone"] or "").replace("UTC", "Z").replace("GMT", "Z")
    seconds = f"{written['second'] or '00'}{written['fraction'] or ''}"
    return f"T{hour:02}:{written['minute']}:{seconds}{zone}"


def _instant(millis: int, offset: str, kind: CellType) -> str:
    """Return an instant since 1970. As a day it counts at midnight of its zone alone: the hour of
    another zone would be the day before or after.
    """
    try:
        there = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis)
        if kind is CellType.MOMENT:
            return there.replace(tzinfo=None).isoformat()
        minutes = int(f"{offset[:1]}1") * (int(offset[1:3]) * 60 + int(offset[3:])) if offset else 0
        local = there + timedelta(minutes=minutes)
    except OverflowError as error:
        raise BadCell("import-not-a-day") from error
    if local.time() != time():
        raise BadCell("import-instant-day")
    return local.date().isoformat()
