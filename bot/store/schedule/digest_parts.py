"""Messages of one digest to each customer of a group: schedules of their own, which the run of the
digest makes due.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from analytics.values import PartnerId
from bot.digest_runs import RunPart
from bot.runs import PART, Claim
from bot.store.schedule.claims import same
from bot.store.schedule.schedule_rows import fresh_run, run_of
from bot.store.tables import occurrence, schedule
from handlers.chat.digests import Run, RunState, State

_S, _O = schedule.c, occurrence.c
_OWN = ("id", "kind", "member", "text", "title", "figures", "last_sent", "told", "next_due", "runs")
"""Columns of a part's own; all others are those of its digest."""


def parts_of(partner: PartnerId, number: int) -> ColumnElement[bool]:
    """Select the parts of one digest, of customers who left its group too."""
    return and_(_S.partner == partner, _S.kind == PART, _S.number == number)


async def pause_parts(connection: AsyncConnection, partner: PartnerId, number: int) -> None:
    """Pause the parts of a digest that a person changes: what is not sent yet is of the digest as
    it was.
    """
    paused = update(schedule).where(parts_of(partner, number), _S.state == State.ACTIVE.value)
    await connection.execute(paused.values(state=State.PAUSED.value))


async def spread(connection: AsyncConnection, claim: Claim, parts: Sequence[RunPart]) -> bool:
    """Make a run of each part due, under the number of the claimed run; parts that are not named
    end. Return False, and change nothing, where the run is no longer the claim's or the digest is
    not as it was claimed. Made twice for one run, it makes nothing anew.
    """
    digest = await _claimed_digest(connection, claim)
    if digest is None:
        return False
    known = await _known_parts(connection, claim.partner, digest.number)
    shared = {name: value for name, value in digest._mapping.items() if name not in _OWN}  # noqa: SLF001 the row's documented way to be read by column
    runs = []
    for part in parts:
        key = known.pop(part.customer, "")
        values = shared | {"text": part.text, "title": part.title}
        if key:
            await connection.execute(update(schedule).where(_S.id == key).values(values))
        else:
            key = secrets.token_hex(16)
            await connection.execute(insert(schedule).values(values | _new(key, part)))
        run = Run(claim.run.number, claim.run.due, RunState.PENDING, by_hand=claim.run.by_hand)
        runs.append(fresh_run(key, run))
    if known:
        gone = update(schedule).where(_S.id.in_([*known.values()]))
        await connection.execute(gone.values(state=State.ENDED.value))
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    await connection.execute(dialect.insert(occurrence).on_conflict_do_nothing(), runs)
    return True


async def runs_of_parts(connection: AsyncConnection, claim: Claim) -> tuple[Run, ...]:
    """Return the runs of the parts of a digest's run, by customer; empty before it was spread."""
    if claim.digest is None:
        return ()
    its = and_(parts_of(claim.partner, claim.digest.number), _O.due == claim.run.due)
    wanted = select(occurrence).join(schedule, _S.id == _O.schedule).where(its)
    rows = await connection.execute(wanted.order_by(_S.member))
    return tuple(map(run_of, rows))


async def _claimed_digest(connection: AsyncConnection, claim: Claim) -> Row[Any] | None:
    """Return the row of the claimed digest, if it is active and as it was claimed."""
    if claim.digest is None:
        return None
    its = and_(_S.id == claim.schedule, _S.state == State.ACTIVE.value)
    mine = exists().where(same(claim))
    row = await connection.execute(select(schedule).where(its, mine).with_for_update(of=schedule))
    found = row.one_or_none()
    return found if found and found.version == claim.digest.version else None


async def _known_parts(
    connection: AsyncConnection, partner: PartnerId, number: int
) -> dict[str, str]:
    """Return the ids of a digest's parts, by customer."""
    wanted = select(_S.member, _S.id).where(parts_of(partner, number))
    return {row.member: row.id for row in await connection.execute(wanted)}


def _new(key: str, part: RunPart) -> dict[str, object]:
    kept: dict[str, object] = {
        "id": key,
        "kind": PART,
        "member": part.customer,
        "runs": 0,
        "next_due": None,
    }
    return kept | {"figures": "", "last_sent": None, "told": ""}
