"""Claims of runs: one process at a time takes a run that no other process works on."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Label, Row, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from analytics.values import PartnerId
from bot.runs import Claim
from bot.store.schedule.schedule_rows import DIGEST_KINDS, digest_of, run_of, told_reason
from bot.store.tables import occurrence, schedule
from handlers.chat.digests import RunState, State

_S, _O = schedule.c, occurrence.c
AT_WORK = (RunState.CLAIMED.value, RunState.SENDING.value)
"""States of a run that a process works on."""


def ready(now: datetime) -> ColumnElement[bool]:
    """Select runs whose time has come, and those whose claimer's lease has ended."""
    waiting = and_(_O.state == RunState.PENDING.value, _O.not_before <= now)
    left = and_(_O.state.in_(AT_WORK), _O.lease_until <= now)
    return or_(waiting, left)


def same(claim: Claim) -> ColumnElement[bool]:
    """Select the claim's run, as long as it is this claim's."""
    its = and_(_O.schedule == claim.schedule, _O.due == claim.run.due)
    return and_(its, _O.fence == claim.fence, _O.state.in_(AT_WORK))


async def take(
    connection: AsyncConnection,
    now: datetime,
    until: datetime,
    most: int,
    mine: Collection[tuple[str, datetime]],
) -> list[Claim]:
    """Claim at most `most` runs until `until`. Runs of a schedule that is not active are skipped
    instead, unless they may have been sent. Runs in `mine` are left alone.
    """
    both = select(occurrence, schedule, _left_out_count()).join(schedule, _S.id == _O.schedule)
    wanted = both.where(ready(now))
    wanted = wanted.order_by(_O.due, _O.schedule).limit(most + len(mine))
    locked = wanted.with_for_update(of=occurrence, skip_locked=True)
    claims: list[Claim] = []
    for row in (await connection.execute(locked)).all():
        claim = _claim(row)
        if len(claims) == most or (claim.schedule, claim.run.due) in mine:
            continue
        if row._mapping[_S.state] == State.ACTIVE.value or claim.doubted:  # noqa: SLF001 as in schedule_rows.py
            values: dict[str, object] = {"state": RunState.CLAIMED.value, "lease_until": until}
            claims.append(claim)
        else:
            values = {"state": RunState.SKIPPED.value, "reason": "paused", "at": now}
        run = (_O.schedule == claim.schedule, _O.due == claim.run.due)
        await connection.execute(update(occurrence).where(*run).values(fence=claim.fence, **values))
    return claims


async def sent_run(
    connection: AsyncConnection, key: str, due: datetime
) -> tuple[Claim, str, datetime] | None:
    """Return the claim of a run that was sent, with its message and when; None for another, or
    where its schedule is gone. Nothing is claimed.
    """
    both = select(occurrence, schedule, _left_out_count()).join(schedule, _S.id == _O.schedule)
    its = and_(_O.schedule == key, _O.due == due, _O.state == RunState.SENT.value, _O.message != "")
    row = (await connection.execute(both.where(its))).first()
    if row is None:
        return None
    found = row._mapping  # noqa: SLF001 as in schedule_rows.py
    return _claim(row), found[_O.message], found[_O.at]


def _left_out_count() -> Label[int]:
    """Return how many runs of the schedule were too late since one was last sent."""
    past = occurrence.alias("past").c
    its = and_(past.schedule == _O.schedule, past.due < _O.due)
    late = and_(past.state == RunState.SKIPPED.value, past.reason == "late")
    since = or_(_S.last_sent.is_(None), past.due > _S.last_sent)
    counted = select(func.coalesce(func.sum(1 + past.missed), 0)).where(its, late, since)
    return counted.scalar_subquery().label("left_out")


def lease(now: datetime, seconds: float) -> datetime:
    """Return the end of a claim made now."""
    return now + timedelta(seconds=seconds)


def _claim(row: Row[Any]) -> Claim:
    m = row._mapping  # noqa: SLF001 as in schedule_rows.py
    return Claim(
        schedule=m[_S.id],
        kind=m[_S.kind],
        partner=PartnerId(m[_S.partner]),
        run=replace(run_of(row), state=RunState.CLAIMED),
        fence=m[_O.fence] + 1,
        attempts=m[_O.attempts],
        doubted=m[_O.doubted],
        digest=digest_of(row) if m[_S.kind] in DIGEST_KINDS else None,
        figures=m[_S.figures],
        last_sent=m[_S.last_sent],
        left_out=row.left_out,
        told=told_reason(row),
    )
