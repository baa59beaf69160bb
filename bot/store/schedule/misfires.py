"""What becomes of the times a schedule came due, as its misfire says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.runs import ON_TIME
from handlers.chat.digests import Misfire, Run, RunState
from handlers.input.cron import due_after, grace

_KEPT = 10
"""Runs that ALL makes up for at the most."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a schedule is due, and what is done where that went by."""

    cron: str
    zone: str
    misfire: Misfire


@dataclass(frozen=True, slots=True)
class Came:
    """What came due, and when it is due next; None where it never is again."""

    runs: list[Run]
    next_due: datetime | None
    counted: int
    """How many times it was due."""


def runs_due(when: Timetable, due: datetime, number: int, now: datetime, most: int) -> Came:
    """The runs that are due from `due` to `now`, counted on from `number`. Of more than `most`
    times, 20 at the least, the earlier ones alone: the latest are left for the next look. A
    schedule that cannot be read is never due again.
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
    """The times until now, the first `most` of them, and the one behind them."""
    dues = [due]
    for after in due_after(when.cron, when.zone, due):
        if after > now or len(dues) == most:
            return dues, after
        dues.append(after)
    return dues, None


def _planned_runs(dues: Sequence[datetime], when: Timetable, now: datetime) -> list[Run]:
    """What is still sent, behind one run for all that is not."""
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
