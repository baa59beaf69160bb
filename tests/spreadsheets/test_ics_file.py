"""Deadlines as a calendar: whatever a name holds comes back by a reader of another's."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from analytics.calendars.ics_file import Deadline, write_ics

MADE = datetime(2026, 11, 30, 12, 0, 7, 123456, tzinfo=UTC)
LAST_SECOND = datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC)
AT_TEN = datetime(2026, 12, 4, 10, 12, tzinfo=UTC)

HOSTILE = {
    "a line of its own": ("Contoso\r\nBEGIN:VEVENT\r\nUID:evil", "Contoso BEGIN:VEVENT UID:evil"),
    "signs of the format": ("a;b,c\\d\\ne:f\"g", "a;b,c\\d\\ne:f\"g"),
    "emoji": ("Bäcker 👩‍👩‍👧‍👦 & Söhne", "Bäcker 👩‍👩‍👧‍👦 & Söhne"),
    "turned writing": ("\u202eosotnoC\u202c שלום\u200f", "osotnoC שלום"),
    "200 letters": ("Ä" * 200, "Ä" * 200),
    "control characters": ("a\x00b\x1bc\x7f", "abc"),
    "a lone surrogate": ("a\ud800b", "ab"),
    "separators of lines": ("a\u2028b\u2029c\x0bd\x0c", "abcd"),
    "a formula": ('=HYPERLINK("http://x","Ltd")', '=HYPERLINK("http://x","Ltd")'),
}  # fmt: skip


def written(folder: Path, *deadlines: Deadline, title: str = "renewals") -> bytes:
    file = folder / "x.ics"
    assert write_ics(file, deadlines, title, MADE) == len(deadlines)
    return file.read_bytes()


def read(content: bytes) -> Calendar:
    return Calendar.from_ical(content)


@pytest.mark.parametrize(("typed", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_stays_one_text_of_one_event(tmp_path: Path, typed: str, shown: str) -> None:
    deadline = Deadline(f"rule/{typed}", LAST_SECOND, typed, f"{typed}\nsecond line")
    content = written(tmp_path, deadline, title=typed)
    (event,) = read(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == shown
    assert str(event["DESCRIPTION"]).endswith("second line")
    assert content.count(b"BEGIN:VEVENT") == content.count(b"\r\nBEGIN:VEVENT\r\n") == 1
    assert len(read(content).walk()) == 2


@pytest.mark.parametrize("typed", [each for each, _ in HOSTILE.values()], ids=HOSTILE)
def test_no_line_is_longer_than_75_bytes_or_ends_otherwise(tmp_path: Path, typed: str) -> None:
    content = written(tmp_path, Deadline("u", AT_TEN, typed, typed), title=typed)
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    content.decode("utf-8")


def test_the_last_minute_of_a_day_is_that_whole_day(tmp_path: Path) -> None:
    (event,) = read(written(tmp_path, Deadline("u", LAST_SECOND, "x", "y"))).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 2, 28), date(2027, 3, 1))


def test_another_moment_is_the_hour_before_it_in_utc(tmp_path: Path) -> None:
    content = written(tmp_path, Deadline("u", AT_TEN, "x", "y", "https://example.com/a"))
    (event,) = read(content).walk("VEVENT")
    assert event["DTEND"].dt == AT_TEN
    assert b"DTSTART:20261204T091200Z" in content
    assert b"DTSTAMP:20261130T120007Z" in content
    assert str(event["URL"]) == "https://example.com/a"
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_the_same_decision_has_the_same_uid_in_every_file(tmp_path: Path) -> None:
    first, second = (
        written(tmp_path, Deadline("rule/a/b/2027-02-28", LAST_SECOND, each, each))
        for each in ("Contoso", "Contoso Ltd")
    )
    uids = [str(read(each).walk("VEVENT")[0]["UID"]) for each in (first, second)]
    assert uids == ["rule/a/b/2027-02-28"] * 2


def test_without_deadlines_it_is_an_empty_calendar(tmp_path: Path) -> None:
    assert read(written(tmp_path)).walk("VEVENT") == []
