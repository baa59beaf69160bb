"""Every zone, two years, five times of day: due once on each local day, whatever its clocks do."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import takewhile
from zoneinfo import ZoneInfo, available_timezones

import pytest

from handlers.input.cron import due_after, next_due

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
TIMES = ((0, 0), (1, 30), (2, 30), (9, 0), (23, 59))
DAY = timedelta(days=1)
ZONES = sorted(available_timezones() - {"localtime"})
"""Less the one that is the machine's own."""

MIDNIGHT_SKIPPED = {
    "America/Godthab",
    "America/Nuuk",
    "America/Scoresbysund",
}
"""Greenland's clocks leave out the hour before midnight, on the last Saturday of March: what is due
at 23:59 comes with the next day's first minute.
"""


def offset(zone: ZoneInfo, day: date) -> timedelta | None:
    return datetime.combine(day, time(), zone).utcoffset()


@cache
def changes(name: str) -> list[date]:
    """Days of the two years on which the zone's offset changes."""
    zone = ZoneInfo(name)
    days = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]
    return [day for day in days if offset(zone, day) != offset(zone, day + DAY)]


def due_days(cron: str, name: str, first: date, last: date) -> Counter[date]:
    """How often it is due on each local day from the first to the last."""
    zone = ZoneInfo(name)
    begin = datetime.combine(first, time(), zone).astimezone(UTC) - timedelta(seconds=1)
    end = datetime.combine(last + DAY, time(), zone).astimezone(UTC)
    runs = takewhile(lambda due: due < end, due_after(cron, name, begin))
    return Counter(due.astimezone(zone).date() for due in runs)


def not_once(cron: str, name: str, first: date, last: date) -> dict[date, int]:
    found = due_days(cron, name, first, last)
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return {day: found[day] for day in days if found[day] != 1}


def test_around_every_change_of_every_zone_it_is_due_once_a_day() -> None:
    wrong = []
    for name in ZONES:
        for day in changes(name):
            for hour, minute in TIMES:
                bad = not_once(f"{minute} {hour} * * *", name, day - 2 * DAY, day + 2 * DAY)
                wrong += [(name, f"{hour}:{minute}", str(when)) for when in bad]
    assert {(name, at) for name, at, _ in wrong} == {(name, "23:59") for name in MIDNIGHT_SKIPPED}
    assert len(wrong) == 12


@pytest.mark.parametrize("at", TIMES, ids=lambda at: f"{at[0]:02}:{at[1]:02}")
def test_in_every_zone_it_is_due_as_often_as_there_are_days(at: tuple[int, int]) -> None:
    """All zones that share their changes are one, counted once."""
    hour, minute = at
    kinds: dict[tuple[object, ...], str] = {}
    for name in ZONES:
        zone = ZoneInfo(name)
        kinds.setdefault((offset(zone, FIRST), *changes(name)), name)
    odd = {
        name: bad
        for name in kinds.values()
        if (bad := not_once(f"{minute} {hour} * * *", name, FIRST, LAST))
    }
    assert set(odd) == (set(kinds.values()) & MIDNIGHT_SKIPPED if at == (23, 59) else set())


def local(cron: str, zone: str, after: datetime, count: int) -> list[str]:
    runs = due_after(cron, zone, after)
    return [
        next(runs).astimezone(ZoneInfo(zone)).isoformat(timespec="minutes") for _ in range(count)
    ]


def test_what_a_spring_night_leaves_out_comes_when_it_would_have_ended() -> None:
    runs = local("30 2 * * *", "Europe/Paris", datetime(2026, 3, 28, tzinfo=UTC), 3)
    assert runs == [
        "2026-03-28T02:30+01:00",
        "2026-03-29T03:00+02:00",
        "2026-03-30T02:30+02:00",
    ]


def test_what_an_autumn_night_has_twice_comes_the_first_time() -> None:
    runs = local("30 1 * * *", "America/New_York", datetime(2026, 10, 31, tzinfo=UTC), 3)
    assert runs == [
        "2026-10-31T01:30-04:00",
        "2026-11-01T01:30-04:00",
        "2026-11-02T01:30-05:00",
    ]


def test_asked_within_the_hour_that_comes_twice_it_goes_on() -> None:
    first = next_due("30 1 * * *", "America/New_York", datetime(2026, 11, 1, 5, tzinfo=UTC))
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    again = next_due("30 1 * * *", "America/New_York", first + timedelta(seconds=1))
    assert again == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


def days(cron: str, after: datetime, count: int) -> list[str]:
    runs = due_after(cron, "Europe/Paris", after)
    return [str(next(runs).date()) for _ in range(count)]


@pytest.mark.parametrize(
    ("cron", "wanted"),
    [
        ("0 9 29 2 *", ["2028-02-29", "2032-02-29", "2036-02-29"]),
        ("0 9 31 * *", ["2026-12-31", "2027-01-31", "2027-03-31"]),
        ("0 9 L * *", ["2026-11-30", "2026-12-31", "2027-01-31"]),
        ("0 9 LW * *", ["2026-11-30", "2026-12-31", "2027-01-29"]),
        ("0 9 1 1,4,7,10 *", ["2027-01-01", "2027-04-01", "2027-07-01"]),
        ("0 9 * * 5L", ["2026-11-27", "2026-12-25", "2027-01-29"]),
    ],
)
def test_days_that_not_every_month_or_year_has(cron: str, wanted: list[str]) -> None:
    assert days(cron, datetime(2026, 11, 22, tzinfo=UTC), 3) == wanted
