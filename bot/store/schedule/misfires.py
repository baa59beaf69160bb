"""Treatment of the times at which a schedule came due, as its misfire says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.runs import ON_TIME
from handlers.chat.digests import Misfire, Run, RunState
from handlers.input.cron import due_after, grace

_KEPT = 10
"""Most runs that Misfire.ALL makes up for."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """A schedule's due times, and the treatment of missed ones."""

    cron: str
    zone: str
    misfire: Misfire


@dataclass(frozen=True, slots=True)
class Came:
    """Runs that came due, and the next due time; None if there is none."""

    runs: list[Run]
    next_due: datetime | None
    counted: int
    """Number of times at which the schedule was due."""


def runs_due(when: Timetable, due: datetime, number: int, now: datetime, most: int) -> Came:
    """Return the runs that are due from `due` to `now`, numbered on from `number`. If there are
    more than `most` times (at least 20), only the earlier ones count: the latest are left for the
    next call. A schedule that cannot be read is never due again.
    """
    try:
        dues, after = _dues(when, due, now, most)
        if after and after <= now:
            dues, after = dues[:-_KEPT], dues[-_KEPT]
            return Came(
                _numbered_runs(_skipped_runs(dues, when.misfire, now), number), after, len(dues)
            )
        return Came(_numbered_runs(_planned_runs(dues, when, now), number), after, len(dues))
    except Exception:  # noqa: BLE001 a row that no gate let in must not hold up all others
        return Came([], None, 1)


def _dues(
    when: Timetable, due: datetime, now: datetime, most: int
) -> tuple[list[datetime], datetime | None]:
    """Return the due times until now, at most the first `most`, and the time after them."""
    dues = [due]
    for after in due_after(when.cron, when.zone, due):
        if after > now or len(dues) == most:
            return dues, after
        dues.append(after)
    return dues, None


def _planned_runs(dues: Sequence[datetime], when: Timetable, now: datetime) -> list[Run]:
    """Return the runs still to send, after one skipped run that stands for all others."""
    match when.misfire:
        case Misfire.LATEST:
            newest = dues[-1]
            allowed = max(ON_TIME, grace(when.cron, when.zone, newest))
            sent = [newest] if now - newest <= allowed else []
        case Misfire.SKIP:
            sent = [due for due in dues if now - due <= ON_TIME]
        case Misfire.ALL:
            sent = [*dues[-_KEPT:]]
    passed = _skipped_runs(dues[: len(dues) - len(sent)], when.misfire, now)
    return passed + [Run(0, due, RunState.PENDING) for due in sent]


def _skipped_runs(dues: Sequence[datetime], misfire: Misfire, now: datetime) -> list[Run]:
    if not dues:
        return []
    reason = "skipped-by-choice" if misfire is Misfire.SKIP else "late"
    return [Run(0, dues[-1], RunState.SKIPPED, reason, now, missed=len(dues) - 1)]


def _numbered_runs(runs: Sequence[Run], number: int) -> list[Run]:
    return [
        Run(n, run.due, run.state, run.reason, run.at, missed=run.missed)
        for n, run in enumerate(runs, start=number + 1)
    ]
