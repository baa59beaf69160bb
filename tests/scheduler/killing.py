"""kill -9 while digests are sent: who is killed when."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN
from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.digests import DigestStore
from bot.store.roles import RoleStore
from handlers.chat.access import Role
from handlers.chat.digests import Doubt, Misfire
from tests.scheduler.accounting import Damage, Stopped, accounted, all_final, due_no_more, due_now
from tests.scheduler.scheduling import until
from tests.scheduler.staging import private
from tests.scheduler.world import SLACK, TEAMS, World, world
from tests.store.entries import NOW, SECRET, grant

LONGEST_LIFE = 1.5
"""Seconds, from when it is up."""
DIES = 0.02
"""The chance to be killed right before, and right after, each post."""

SETTLED = 60.0
"""Seconds in which everything has to come to its end once nobody is killed any more, and two
seconds more for each kill: what was not sent meanwhile is sent at Slack's pace, on a machine that
may be busy.
"""


@dataclass
class Killing:
    """So many kills among so many replicas of one store. With several, the first never comes back
    after half of them.
    """

    url: str
    data: Path
    kills: int
    replicas: int
    seed: int
    every: int = 2
    """Seconds between two runs of a digest; a divisor of sixty."""
    killed: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def damage(self) -> Damage:
        """Does it, and gives the account."""
        engine = await open_database(self.url)
        try:
            return await self._damage(engine)
        finally:
            await engine.dispose()

    async def _damage(self, engine: AsyncEngine) -> Damage:
        async with world(self.seed) as there:
            await _prepare(engine, there, self.every)
            lives = [asyncio.create_task(self._replica(n, there)) for n in range(self.replicas)]
            try:
                stopped = await self._done(engine)
            finally:
                self.over.set()
                await asyncio.gather(*lives)
            found = await accounted(engine, there, self.every, stopped)
        found.kills = self.killed
        return found

    async def _done(self, engine: AsyncEngine) -> Stopped:
        async def enough() -> bool:
            return self.killed >= self.kills

        await until(enough, 30 + 3 * self.kills)
        stopped = await due_no_more(engine)
        await until(lambda: all_final(engine), SETTLED + 2 * self.kills)
        return stopped

    async def _replica(self, number: int, there: World) -> None:
        """Lives one after the other, until it is over or never again."""
        own = {"SEATWISE_DATA_DIR": str(self.data), "SEATWISE_DATABASE_URL": self.url}
        own |= {"SEATWISE_SECRET_KEY": SECRET, **there.settings}
        words = (sys.executable, "-m", "tests.scheduler.digesting")
        mother = await asyncio.create_subprocess_exec(
            *words, stdin=PIPE, stdout=PIPE, env={**os.environ, **own}
        )
        chance, life = Random(f"{self.seed} {number}"), 0  # noqa: S311 the same moments again
        try:
            while not self.over.is_set():
                if number == 0 and self.replicas > 1 and self.killed >= self.kills / 2:
                    return
                life += 1
                await self._life(mother, f"{self.seed}-{number}-{life}", chance)
        finally:
            await mother.communicate(b"")  # the end of its input is its own

    async def _life(self, mother: Process, name: str, chance: Random) -> None:
        """One process from its start to its end; the last one lives until it is over."""
        assert mother.stdin is not None
        last = self.killed >= self.kills
        mother.stdin.write(f"{name} {0 if last else DIES}\n".encode())
        process = (await _said(mother)).removeprefix("process ")
        assert process.isdigit(), f"{name} did not start"
        assert await _said(mother) == "up", f"{name} failed"
        ended = asyncio.ensure_future(_said(mother))
        over = asyncio.ensure_future(self.over.wait())
        seconds = None if last else chance.uniform(0, LONGEST_LIFE)
        await asyncio.wait({ended, over}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        over.cancel()
        with suppress(ProcessLookupError):  # it was quicker
            if not ended.done():
                os.kill(int(process), signal.SIGKILL)
        assert await ended == "ended"
        self.killed += not last


async def _said(mother: Process) -> str:
    assert mother.stdout is not None
    return (await mother.stdout.readline()).decode().strip()


async def _prepare(engine: AsyncEngine, there: World, every: int) -> None:
    """Each owner may ask, and their digest is due from now on; the last one of
    Teams is never to be repeated.
    """
    audit = Audit(engine, SECRET)
    digests, roles = DigestStore(engine, audit), RoleStore(engine, audit, ())
    await there.move_in(engine)
    for who in (*SLACK, *TEAMS):
        await roles.give(who, grant(Role.ADMIN))
        doubt = Doubt.LEAVE if who == TEAMS[-1] else Doubt.REPEAT
        await digests.save([private(misfire=Misfire.ALL, doubt=doubt)], who, OWN, NOW)
    await due_now(engine, every)
