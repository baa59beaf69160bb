"""When a digest is due, by cron expression and zone. The only home of cronsim."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim


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
