"""Schedules of the tests' own, and their runs as they stand in the store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN
from bot.runs import LEASE
from bot.store.audit import Audit
from bot.store.digests import DigestStore
from bot.store.schedule.digest_runs import DigestRunStore
from bot.store.tables import occurrence, schedule
from bot.wiring import utc_now
from handlers.chat.asking import Room, RoomKind, UserRef
from handlers.chat.digests import Digest, Misfire, Plan
from tests.store.entries import ADA, SECRET

DAILY = Plan(
    *("/usage contoso", "/usage Contoso", f"0 {(utc_now().hour + 12) % 24} * * *", "UTC", "en"),
    Room("", RoomKind.PRIVATE, OWN),
)
"""Due in half a day: at whatever hour tests run, nothing comes due by a clock that they move."""


class Desk:
    """A store with a clock that a test moves, its digests, and what stands in it."""

    def __init__(self, engine: AsyncEngine, seconds: float = LEASE) -> None:
        self.engine = engine
        self.audit = Audit(engine, SECRET)
        self._made = 0
        self.ahead = timedelta()
        """How far the clock is ahead; with PostgreSQL it is the server's, and nobody moves it."""
        self.digests = DigestStore(engine, self.audit)
        self.runs = DigestRunStore(engine, self.audit, self.now, seconds)

    def now(self) -> datetime:
        return utc_now() + self.ahead

    async def digest(
        self, plan: Plan = DAILY, *, due: timedelta | None = None, owner: UserRef = ADA
    ) -> Digest:
        """A new one; `due` is how long ago it came due. No two are the same: what is saved twice
        in a moment is taken for one.
        """
        self._made += 1
        another = replace(plan, room_name=f"{self._made}")
        (saved,) = await self.digests.save([another], owner, OWN, self.now())
        if due is not None:
            await self.set(saved.number, next_due=self.now() - due)
        return saved

    async def set(self, number: int, **values: object) -> None:
        """Writes a schedule's columns past the program."""
        async with self.engine.begin() as connection:
            its = update(schedule).where(schedule.c.number == number)
            await connection.execute(its.values(values))

    async def set_runs(self, **values: object) -> None:
        """Writes the columns of all runs."""
        async with self.engine.begin() as connection:
            await connection.execute(update(occurrence).values(values))

    async def rows(self) -> list[Any]:
        """All runs, by schedule and number."""
        o = occurrence.c
        wanted = select(occurrence).order_by(o.schedule, o.number)
        async with self.engine.connect() as connection:
            return [*(await connection.execute(wanted)).all()]

    async def told(self) -> list[tuple[int, str, str]]:
        """Number, state and reason of all runs."""
        return [(row.number, row.state, row.reason) for row in await self.rows()]

    async def row(self, number: int = 1) -> Any:
        """A schedule."""
        async with self.engine.connect() as connection:
            its = select(schedule).where(schedule.c.number == number)
            return (await connection.execute(its)).one()


def plan(misfire: Misfire, cron: str = "0 9 * * *") -> Plan:
    return replace(DAILY, misfire=misfire, cron=cron)


def at(text: str) -> datetime:
    """`25 9:00` of November 2026, in UTC."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
