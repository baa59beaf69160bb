"""Due times of a digest, by cron expression and zone. The only module that uses cronsim."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

from handlers.chat.digest_refusals import UnknownZone, UnreadableCron

LONGEST = 100
"""Maximum characters of an expression."""

CLOSEST = timedelta(minutes=15)
"""Minimum time between two runs."""

_LONGEST_GRACE = timedelta(hours=12)
_FIELDS = 5
_NO_PLACES = {"localtime", "Factory"}
"""Names that tzdata has for the zone of a machine that was set up, and of one that was not."""

_NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(seconds=1)
_DAYS = 400
"""Number of due days that are searched for two consecutive days."""


def due_after(cron: str, zone: str, after: datetime) -> Iterator[datetime]:
    """Yield every time the digest is due after a moment, in UTC; ends where there is no more within
    fifty years.

    A time in the hour that a spring night leaves out is due once, when that hour would have ended;
    a time that an autumn night has twice is due the first time. Raises CronSimError for an invalid
    expression.
    """
    for due in CronSim(cron, after.astimezone(ZoneInfo(zone))):
        yield due.astimezone(UTC)


def next_due(cron: str, zone: str, after: datetime) -> datetime | None:
    """The first time it is due after a moment, in UTC; None where it never is.

    >>> next_due("0 9 * * 1", "Europe/Paris", datetime(2026, 11, 25, tzinfo=UTC)).isoformat()
    '2026-11-30T08:00:00+00:00'
    """
    return next(islice(due_after(cron, zone, after), 1), None)


def grace(cron: str, zone: str, due: datetime) -> timedelta:
    """The time by which a run may be sent late: half of the time to the next one, at most twelve
    hours.

    >>> grace("0 9 * * *", "UTC", datetime(2026, 11, 25, 9, tzinfo=UTC))
    datetime.timedelta(seconds=43200)
    """
    following = next_due(cron, zone, due)
    return min((following - due) / 2, _LONGEST_GRACE) if following else _LONGEST_GRACE


def read_cron(text: str) -> str:
    """Return an expression of five fields as it is kept: single blanks between them.

    Raises UnreadableCron for one that is not ASCII, longer than 100 characters, invalid, never due,
    or ever due twice within 15 minutes, as a clock without summer time counts.

    >>> read_cron(" 0 9  * * 1 ")
    '0 9 * * 1'
    """
    fields = text[: LONGEST + 1].split()
    if not text.isascii() or len(text) > LONGEST or len(fields) != _FIELDS:
        raise UnreadableCron("cron-fields", most=LONGEST)
    cron = " ".join(fields)
    try:
        first = next_due(cron, "UTC", _NEW_YEAR)
    except CronSimError:
        raise UnreadableCron("cron-unreadable", cron=cron) from None
    if first is None:
        raise UnreadableCron("cron-never", cron=cron)
    if _closest(cron) < CLOSEST:
        raise UnreadableCron("cron-often", cron=cron)
    return cron


def _closest(cron: str) -> timedelta:
    """The shortest time between two runs: within a day, or over a midnight between two days on
    which it is due.
    """
    parsed = CronSim(cron, _NEW_YEAR)
    times = sorted(timedelta(hours=h, minutes=m) for h in parsed.hours for m in parsed.minutes)
    within = min((later - earlier for earlier, later in pairwise(times)), default=timedelta.max)
    overnight = times[0] + timedelta(days=1) - times[-1]
    if within < CLOSEST or overnight >= CLOSEST:
        return within
    days = islice(due_after(" ".join(["0", "0", *cron.split()[2:]]), "UTC", _NEW_YEAR), _DAYS)
    following = any(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
    return overnight if following else within


@cache
def _zones() -> dict[str, str]:
    """Every zone's name, by the name itself in one case."""
    return {name.casefold(): name for name in sorted(available_timezones() - _NO_PLACES)}


def is_zone(said: str) -> bool:
    """Check whether `said` is a zone's name, in any case."""
    return said.casefold() in _zones()


def read_zone(said: str) -> str:
    """Return a zone's name as tzdata spells it. Only looked up among the names there are: typed
    text never becomes the name of a file. Raises UnknownZone.

    >>> read_zone("europe/paris")
    'Europe/Paris'
    """
    zone = _zones().get(said.casefold())
    if zone is None:
        raise UnknownZone(zone=said[:40])
    return zone
