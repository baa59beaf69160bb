"""Deadlines as an iCalendar file (RFC 5545): the only home of icalendar, which escapes them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from icalendar import Calendar, Event

_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters but line feeds, surrogates, and marks that turn the direction of the text."""

_LAST = time(23, 59)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One event: the last moment in which something can be done."""

    uid: str
    """Its identity; a later file with the same one replaces it in most calendars."""
    moment: datetime
    """In UTC. The last minute of a day is that whole day: its hour means nothing to a reader."""
    summary: str
    description: str
    page: str = ""
    """An https address; empty for none."""


def write_ics(path: Path, deadlines: Iterable[Deadline], title: str, made: datetime) -> int:
    """Write the deadlines into an existing file; return how many there are. Raises OSError."""
    calendar = Calendar()
    calendar.add("prodid", "-//Seatwise//Seatwise//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(title))
    events = [_event(each, made) for each in deadlines]
    for event in events:
        calendar.add_component(event)
    path.write_bytes(calendar.to_ical())
    return len(events)


def _event(deadline: Deadline, made: datetime) -> Event:
    """Return an event that takes no time of its reader's: a whole day, or the last hour."""
    event = Event()
    event.add("uid", _line(deadline.uid))
    event.add("dtstamp", made.astimezone(UTC).replace(microsecond=0))
    first, last = _span(deadline.moment.astimezone(UTC))
    event.add("dtstart", first)
    event.add("dtend", last)
    event.add("summary", _line(deadline.summary))
    event.add("description", _text(deadline.description))
    event.add("transp", "TRANSPARENT")
    if deadline.page:
        event.add("url", deadline.page)
    return event


def _span(moment: datetime) -> tuple[date, date]:
    """Return the first and the last of an event: days, the last one excluded, or instants."""
    if moment.time() >= _LAST:
        return moment.date(), moment.date() + timedelta(days=1)
    exact = moment.replace(microsecond=0)
    return exact - _HOUR, exact


def _text(text: str) -> str:
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _line(text: str) -> str:
    return " ".join(_text(text).split())
