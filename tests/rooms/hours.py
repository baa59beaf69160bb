"""A clock that a scene sets, and the scheduler, which then does all that has come due."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from analytics.values import OWN
from bot.delivery import Delivery
from bot.heartbeat import Heartbeat
from bot.runs import PART
from bot.scheduled_posts import Poster
from bot.scheduler.digests.job import DigestJob
from bot.scheduler.digests.ports import DigestDeps
from bot.scheduler.run_loop import Scheduler
from bot.scheduler.verdicts import Waits
from bot.settings import database_url
from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.schedule.digest_runs import DigestRunStore
from bot.store.schedule.schedule_rows import DIGEST
from bot.store.shown_cards import CardStore
from bot.wiring import Installation
from handlers.chat.digests import FINAL
from handlers.chat.services import People
from handlers.digest_parts import digest_parts
from handlers.messages.speaker import speaker
from tests.answering.asking import Clock

_QUICK = Waits(lost=0, away=0)
"""The clock stands still: what is looked at again is looked at at once."""


@dataclass(frozen=True)
class Hours:
    """What it takes to run digests where a scene plays."""

    installation: Installation
    clock: Clock
    runs: DigestRunStore
    lent: DigestDeps

    async def are(self, now: datetime) -> None:
        """Sets the clock, and returns when all that is due then has come to its end."""
        self.clock.now = now
        metrics = self.installation.metrics
        job = DigestJob(self.lent, _QUICK)
        running = Scheduler(self.runs, {DIGEST: job, PART: job}, metrics).run_beside(None)
        await anext(running)
        async with asyncio.timeout(20):
            while not await self._done(now):  # noqa: ASYNC110 a row of the store has no event
                await asyncio.sleep(0.02)
        with suppress(StopAsyncIteration):  # what is told of a run comes after its end
            await anext(running)

    async def _done(self, now: datetime) -> bool:
        kept = self.installation.backend.digests
        for digest in await kept.all(OWN):
            latest = await kept.history(digest, 1)
            if digest.next_due and digest.next_due <= now:
                return False
            if any(run.state not in FINAL for run in latest):
                return False
        return True


@asynccontextmanager
async def hours(
    installation: Installation,
    clock: Clock,
    delivery: Delivery,
    people: People,
    posters: Mapping[str, Poster],
) -> AsyncIterator[Hours]:
    """With this delivery and these posters instead of the installation's own."""
    engine = await open_database(database_url(installation.settings))
    runs = DigestRunStore(engine, Audit(engine, installation.settings.secret_key), clock)
    backend = replace(installation.backend, people=people, clock=clock)
    lent = DigestDeps(
        *(runs, installation.backend.digests, people, installation.roles, delivery.answer_digest),
        *(posters, speaker, clock, installation.metrics, partial(digest_parts, backend=backend)),
        CardStore(engine, clock),
        Heartbeat("", installation.metrics).beat,
    )
    try:
        yield Hours(installation, clock, runs, lent)
    finally:
        await engine.dispose()
