"""The whole program, sending digests until it is killed: `python -m tests.scheduler.digesting`,
which finds its store, its facts and its platforms in the environment.

It reads everything in once; a twin of it, made for each line of its standard input, is what is
killed: see tests/store/granting.py. A line is a seed and the chance to die around a post.
"""

import asyncio
import os
import signal
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from random import Random

from aiohttp import web

from bot.delivery import Delivered
from bot.environment import read_settings
from bot.heartbeat import Heartbeat
from bot.log import start_log
from bot.platforms import add_platforms
from bot.runs import PART
from bot.scheduled_posts import Address, FoundPost, MayStillSend, Post, Poster, PostOutcome, Receipt
from bot.scheduler.digests.job import DigestJob
from bot.scheduler.digests.ports import DigestDeps
from bot.scheduler.run_loop import LoopPace, Scheduler
from bot.scheduler.verdicts import Waits
from bot.settings import Settings, database_url
from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.digests import DigestStore
from bot.store.schedule.digest_runs import DigestRunStore
from bot.store.shown_cards import CardStore
from bot.wiring import Installation, open_installation, utc_now
from handlers.digest_parts import digest_parts
from handlers.messages.speaker import speaker
from tests.store.granting import say, warm_up

LEASE = 3.0
LONGEST = 120.0
"""Seconds after which it ends by itself, should whoever was to kill it be gone."""

SOON = Waits(asking=(0.2, 0.5, 1), posting=(0.1, 0.2, 0.5, 1), lost=0.1, away=0.5)
PACE = LoopPace(rest=0.1, renewal=LEASE / 3, first_wait=0.2)


class Deadly:
    """A poster that may be killed right before, and right after, the one call people see."""

    def __init__(self, poster: Poster, chance: Random, dies: float) -> None:
        self._poster = poster
        self._chance = chance
        self._dies = dies

    async def post(self, letter: Post, go: MayStillSend) -> Receipt:
        async def gone() -> bool:
            said = await go()
            self._perhaps_die()
            return said

        receipt = await self._poster.post(letter, gone)
        if receipt.fate is not PostOutcome.LEFT:
            self._perhaps_die()
        return receipt

    async def replace(self, to: Address, message: str, delivered: Delivered) -> bool:
        return await self._poster.replace(to, message, delivered)

    async def look(self, to: Address, mark: str, since: datetime) -> FoundPost:
        return await self._poster.look(to, mark, since)

    def _perhaps_die(self) -> None:
        if self._chance.random() < self._dies:
            os.kill(os.getpid(), signal.SIGKILL)


async def send_until_killed(settings: Settings, line: str) -> None:
    start_log("CRITICAL")  # on standard error: standard output is what the mother says
    seed, dies = line.split()
    chance = Random(seed)  # noqa: S311 the same moments again
    async with AsyncExitStack() as stack:
        wired = await stack.enter_async_context(open_installation(settings, {}))
        app = web.Application()
        add_platforms(app, wired)
        for name, poster in [*wired.posters.items()]:
            wired.posters[name] = Deadly(poster, chance, float(dies))
        runner = web.AppRunner(app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        scheduler = await _scheduler(wired, settings)
        await stack.enter_async_context(asynccontextmanager(scheduler.run_beside)(None))
        say("up")
        await asyncio.sleep(LONGEST)


async def _scheduler(wired: Installation, settings: Settings) -> Scheduler:
    """As it is wired for real, but for its lease and its patience, which are short."""
    engine = await open_database(database_url(settings))
    audit = Audit(engine, settings.secret_key)
    runs = DigestRunStore(engine, audit, utc_now, LEASE)
    lent = DigestDeps(
        *(runs, DigestStore(engine, audit), wired.people, wired.roles),
        *(wired.delivery.answer_digest, wired.posters, speaker, utc_now, wired.metrics),
        partial(digest_parts, backend=wired.backend),
        cards=CardStore(engine, utc_now),
        beat=Heartbeat("", wired.metrics).beat,
    )
    job = DigestJob(lent, SOON)
    return Scheduler(runs, {"digest": job, PART: job}, wired.metrics, PACE)


def main() -> None:
    settings = read_settings(os.environ)
    asyncio.run(warm_up(database_url(settings)))
    for line in sys.stdin:
        twin = os.fork()
        if twin == 0:
            asyncio.run(send_until_killed(settings, line))
            os._exit(0)
        say(f"process {twin}")
        os.waitpid(twin, 0)
        say("ended")


if __name__ == "__main__":
    main()
