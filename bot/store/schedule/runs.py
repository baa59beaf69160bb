"""Runs in the store: made when they are due, claimed by one process at a time, ended once."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.runs import LEASE, ON_TIME, SWEPT, Claim, Ending
from bot.store.audit import Audit, lock_partner
from bot.store.batched_writes import WriteBatcher
from bot.store.schedule.claims import lease, ready, same, take
from bot.store.schedule.due_runs import come_due, make_runs, run_out
from bot.store.schedule.finished_runs import close, learn, note_stop, stop
from bot.store.schedule.schedule_rows import told_row
from bot.store.server_clock import moment
from bot.store.tables import occurrence, schedule
from handlers.chat.digests import FINAL, RunState, State

_S, _O = schedule.c, occurrence.c
_FINAL = [state.value for state in FINAL]
_OPEN = [state.value for state in RunState if state not in FINAL]
"""Open states by name, not by exclusion: so the index finds them among all that have ended."""

_KEPT = timedelta(days=400)
_FEW = 20


class RunStore:
    """The store behind `bot.runs.Runs`. It looks before it takes a write lock: if there is nothing
    to do, it takes none.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        audit: Audit,
        clock: Callable[[], datetime],
        seconds: float = LEASE,
    ) -> None:
        """Use `clock` with SQLite alone; a claim lasts `seconds`."""
        self._engine = engine
        self._audit = audit
        self._clock = clock
        self._seconds = seconds
        self._together = WriteBatcher(engine)

    async def tick(self) -> int:
        """Make runs of due schedules, some schedules in a transaction; return how many it made."""
        made = 0
        while await self._due():
            async with self._engine.begin() as connection:
                new = await make_runs(connection, await moment(connection, self._clock))
            if not new:
                break
            made += new
        await self._stop_what_ran_out()
        return made

    async def claim(self, most: int, mine: Collection[tuple[str, datetime]]) -> list[Claim]:
        """Return runs to work on, the longest due first."""
        if most <= 0 or not await self._has_ready_runs():
            return []
        async with self._engine.begin() as connection:
            now = await moment(connection, self._clock)
            return await take(connection, now, lease(now, self._seconds), most, mine)

    async def begin_sending(self, claim: Claim, content: str = "") -> bool:
        """Record that a run is about to be sent; False if it no longer may be."""
        active = exists().where(_S.id == _O.schedule, _S.state == State.ACTIVE.value)

        async def record_sending(connection: AsyncConnection) -> bool:
            now = await moment(connection, self._clock)
            until = lease(now, self._seconds)
            values = {"doubted": now, "lease_until": until, "content": content}
            about = update(occurrence).where(same(claim), active)
            done = about.values(state=RunState.SENDING.value, **values)
            return bool((await connection.execute(done)).rowcount)

        return await self._together.write(record_sending)

    async def renew(self, claim: Claim) -> bool:
        """Renew the lease of a run; False if it is no longer this claim's."""
        async with self._engine.begin() as connection:
            until = lease(await moment(connection, self._clock), self._seconds)
            longer = update(occurrence).where(same(claim)).values(lease_until=until)
            return bool((await connection.execute(longer)).rowcount)

    async def end(self, claim: Claim, ending: Ending) -> bool:
        """Record a run's end and what its schedule learns; if that stops the schedule, also in the
        audit.
        """
        if ending.schedule is None:
            return await self._together.write(lambda c: self._end_run(c, claim, ending))
        async with self._engine.begin() as connection:
            await lock_partner(connection, claim.partner)  # first, as each change of a digest does
            if not await self._end_run(connection, claim, ending):
                return False
            now = await moment(connection, self._clock)
            if await stop(connection, claim.schedule, ending.schedule, ending.reason, now):
                await note_stop(connection, self._audit, claim.schedule, now)
            return True

    async def again(self, claim: Claim, wait: float, *, burnt: bool, doubted: bool) -> bool:
        """Give a run back for another try; False if it is no longer this claim's."""
        async with self._engine.begin() as connection:
            values: dict[str, object] = {"not_before": lease(await self._now(connection), wait)}
            values |= {"state": RunState.PENDING.value, "lease_until": None}
            values |= {} if doubted else {"doubted": None}
            back = update(occurrence).where(same(claim))
            done = back.values(attempts=_O.attempts + int(burnt), **values)
            return bool((await connection.execute(done)).rowcount)

    async def mark_told(self, key: str, reason: str) -> None:
        """Record that a reason was told; do nothing if another one is to be told by now."""
        its = and_(_S.id == key, _S.told == told_row(reason, tell=True))
        async with self._engine.begin() as connection:
            done = update(schedule).where(its).values(told=told_row(reason, tell=False))
            await connection.execute(done)

    async def overdue(self) -> int:
        """Return the number of runs due more than five minutes ago that have no final state."""
        async with self._read_connection() as connection:
            before = await self._now(connection) - ON_TIME
            late = and_(_O.state.in_(_OPEN), _O.due < before)
            counted = select(func.count()).select_from(occurrence).where(late)
            return int((await connection.execute(counted)).scalar_one())

    async def sweep(self) -> int:
        """Delete some runs that ended more than 400 days ago; return how many."""
        async with self._engine.begin() as connection:
            before = await self._now(connection) - _KEPT
            old = and_(_O.state.in_(_FINAL), _O.not_before < before, _O.at < before)
            some = select(_O.schedule, _O.due).where(old).limit(SWEPT)
            gone = delete(occurrence).where(tuple_(_O.schedule, _O.due).in_(some))
            return (await connection.execute(gone)).rowcount

    async def _end_run(self, connection: AsyncConnection, claim: Claim, ending: Ending) -> bool:
        now = await moment(connection, self._clock)
        if not await close(connection, claim, ending, now):
            return False
        await learn(connection, claim, ending, now)
        return True

    async def _due(self) -> bool:
        async with self._read_connection() as connection:
            due = come_due(await self._now(connection))
            return bool((await connection.execute(select(exists().where(due)))).scalar())

    async def _has_ready_runs(self) -> bool:
        async with self._read_connection() as connection:
            waiting = ready(await self._now(connection))
            return bool((await connection.execute(select(exists().where(waiting)))).scalar())

    async def _stop_what_ran_out(self) -> None:
        """Pause schedules that are never due again, each in its own transaction with its partner
        locked first.
        """
        wanted = select(_S.id, _S.partner).where(run_out()).limit(_FEW)
        async with self._read_connection() as connection:
            rows = (await connection.execute(wanted)).all()
        for row in rows:
            async with self._engine.begin() as connection:
                await lock_partner(connection, row.partner)
                now = await self._now(connection)
                still = select(exists().where(_S.id == row.id, run_out()))
                if (await connection.execute(still)).scalar():
                    await stop(connection, row.id, State.PAUSED, "no-runs-left", now)
                    await note_stop(connection, self._audit, row.id, now)

    async def _now(self, connection: AsyncConnection) -> datetime:
        return await moment(connection, self._clock)

    def _read_connection(self) -> AsyncConnection:
        return self._engine.execution_options(reading=True).connect()
