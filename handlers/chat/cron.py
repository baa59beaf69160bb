"""When a digest is due, by cron expression and zone. The only home of cronsim."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim

_LONGEST = timedelta(hours=12)


def due_after(cron: str, zone: str, after: datetime) -> Iterator[datetime]:
    """Every time it is due after a moment, in UTC; ends where there is no more within fifty years.

    What falls into the hour that a spring night leaves out is due once, when that hour would have
    ended; what an autumn night has twice is due the first time. Raises CronSimError for an
    expression that is none.
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
    """How late what was due may still be sent: half of the time to the next one, twelve hours at
    the most.

    >>> str(grace("0 9 * * *", "Europe/Paris", datetime(2026, 11, 25, 8, tzinfo=UTC)))
    '12:00:00'
    """
    after = next_due(cron, zone, due)
    return min((after - due) / 2, _LONGEST) if after else _LONGEST
