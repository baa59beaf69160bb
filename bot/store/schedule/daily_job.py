"""Schedules that the program keeps for itself, one of each kind: without a person, due daily."""

import secrets
from datetime import datetime, time

from sqlalchemy import and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import PartnerId
from bot.store.audit import lock_partner
from bot.store.tables import schedule
from handlers.chat.asking import Reach
from handlers.chat.digests import Doubt, Misfire, Quiet, State
from handlers.input.cron import next_due

SYNC = "sync"
"""The kind of job that fetches from Partner Center."""

_S = schedule.c
_EMPTY = (
    *("platform", "tenant", "user_id", "text", "title", "room", "room_kind", "room_name"),
    *("confirms", "reason", "figures", "told"),
)


async def keep_daily(
    engine: AsyncEngine, kind: str, partner: PartnerId, at: time | None, now: datetime
) -> None:
    """Make sure that the job is due each day at this time in UTC, or never if it is None. Several
    processes may do so at once.
    """
    cron = f"{at.minute} {at.hour} * * *" if at else ""
    after = next_due(cron, "UTC", now) if cron else None
    its = and_(_S.partner == partner, _S.kind == kind)
    async with engine.begin() as connection:
        await lock_partner(connection, partner)
        row = (await connection.execute(select(_S.cron, _S.state).where(its))).first()
        state = State.ACTIVE if cron else State.PAUSED
        if row is None and cron:
            values = {"partner": partner, "kind": kind, "cron": cron, "next_due": after}
            await connection.execute(insert(schedule).values(_nobodys(now) | values))
        elif row is not None and (row.cron, row.state) != (cron, state.value):
            values = {"cron": cron, "state": state.value, "next_due": after, "since": now}
            await connection.execute(update(schedule).where(its).values(values))


def _nobodys(now: datetime) -> dict[str, object]:
    """Return a person's columns of a schedule, with values for one that has no person."""
    empty: dict[str, object] = dict.fromkeys(_EMPTY, "")
    return empty | {
        "id": secrets.token_hex(16),
        "number": 1,
        "zone": "UTC",
        "locale": "en",
        "reach": Reach.ASKER.value,
        "misfire": Misfire.LATEST.value,
        "quiet": Quiet.ALWAYS.value,
        "doubt": Doubt.REPEAT.value,
        "state": State.ACTIVE.value,
        "since": now,
        "version": 1,
        "runs": 0,
    }
