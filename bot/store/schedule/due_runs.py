"""Runs made of due schedules: a limited number of schedules in a transaction, all or nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.runs import PART
from bot.store.schedule.misfires import Came, Timetable, runs_due
from bot.store.schedule.schedule_rows import DIGEST, fresh_run
from bot.store.tables import occurrence, schedule
from handlers.chat.digests import FINAL, READING, Misfire, State

_S, _O = schedule.c, occurrence.c

_SCHEDULES = 100
"""Schedules examined in one transaction: no other caller is served for some 20 ms."""

_TIMES = 400
"""Due times examined in one transaction, for the same reason."""

_MOST = 200
"""Due times examined of one schedule: two days of one that is due every quarter of an hour."""


def come_due(now: datetime) -> ColumnElement[bool]:
    """Select the schedules that are due; a digest only once today's reading has read it."""
    is_read = or_(_S.kind != DIGEST, _S.reading == READING)
    return and_(_S.state == State.ACTIVE.value, _S.next_due <= now, is_read)


def run_out() -> ColumnElement[bool]:
    """Select the schedules that are never due again and whose last run has ended; parts of a digest
    are never due by themselves.
    """
    final = [state.value for state in FINAL]
    unfinished = exists().where(_O.schedule == _S.id, _O.state.not_in(final))
    its_own = _S.kind != PART
    return and_(_S.state == State.ACTIVE.value, its_own, _S.next_due.is_(None), ~unfinished)


async def make_runs(connection: AsyncConnection, now: datetime) -> int:
    """Make runs of some due schedules; return how many. Schedules that another replica works on are
    passed over.
    """
    wanted = select(schedule).where(come_due(now)).order_by(_S.next_due).limit(_SCHEDULES)
    rows = (await connection.execute(wanted.with_for_update(skip_locked=True))).all()
    came = _due_runs(rows, now)
    if not came:
        return 0
    runs = [fresh_run(key, run) for key, its in came for run in its.runs]
    if runs:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        await connection.execute(dialect.insert(occurrence).on_conflict_do_nothing(), runs)
    moved = [{"its": key, "after": its.next_due, "new": len(its.runs)} for key, its in came]
    await connection.execute(
        update(schedule)
        .where(_S.id == bindparam("its"))
        .values(next_due=bindparam("after"), runs=_S.runs + bindparam("new")),
        moved,
    )
    return len(runs)


def _due_runs(rows: Sequence[Row[Any]], now: datetime) -> list[tuple[str, Came]]:
    """Return the runs of each schedule that came due, up to the limit of one transaction."""
    came: list[tuple[str, Came]] = []
    counted = 0
    for row in rows:
        if counted > _TIMES:
            break
        when = Timetable(row.cron, row.zone, Misfire(row.misfire))
        its = runs_due(when, row.next_due, row.runs, now, _MOST)
        counted += its.counted
        came.append((row.id, its))
    return came
