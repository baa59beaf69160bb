"""The end of a run: in its own row, in its schedule's and in the audit."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.runs import Claim, Ending
from bot.store.audit import Audit
from bot.store.schedule.claims import same
from bot.store.schedule.schedule_rows import told_row
from bot.store.tables import occurrence, schedule
from handlers.chat.digests import RunState, State

_S = schedule.c


async def close(connection: AsyncConnection, claim: Claim, ending: Ending, now: datetime) -> bool:
    """Write the end into the run's row; False if the run is no longer this claim's."""
    ended = update(occurrence).where(same(claim))
    values = {
        "state": ending.state.value,
        "reason": ending.reason,
        "at": now,
        "lease_until": None,
        "message": ending.message,
        "repeated": ending.repeated,
    }
    # A run that was found at its destination keeps the content that was about to be sent.
    values |= (
        {} if ending.state is RunState.SENT and not ending.content else {"content": ending.content}
    )
    return bool((await connection.execute(ended.values(values))).rowcount)


async def learn(connection: AsyncConnection, claim: Claim, ending: Ending, now: datetime) -> None:
    """Update the schedule with the run's result. A skipped run tells nothing about the schedule."""
    if ending.state is RunState.SKIPPED:
        return
    values: dict[str, object] = {"told": told_row(ending.told, tell=ending.tell)}
    if ending.state is RunState.SENT:
        values |= {"last_sent": now, "figures": ending.figures}
    await connection.execute(update(schedule).where(_S.id == claim.schedule).values(values))


async def stop(
    connection: AsyncConnection, its: str, state: State, reason: str, now: datetime
) -> bool:
    """Pause or break an active schedule; False if it is not active any more."""
    stopped = update(schedule).where(_S.id == its, _S.state == State.ACTIVE.value)
    values = {
        "state": state.value,
        "reason": reason,
        "since": now,
        "next_due": None,
        "version": _S.version + 1,
    }
    return bool((await connection.execute(stopped.values(values))).rowcount)


async def note_stop(connection: AsyncConnection, audit: Audit, its: str, now: datetime) -> None:
    """Append the audit's row for a stop; it names the scheduler, because no person stopped it."""
    row = (await connection.execute(schedule.select().where(_S.id == its))).one()
    entry: dict[str, object] = {"action": f"{row.kind}-{row.state}", "number": row.number}
    entry |= {"who": "scheduler", "why": row.reason}
    await audit.append(connection, row.partner, now, entry)
