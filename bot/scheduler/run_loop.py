"""The scheduler: turns due schedules into runs, claims as many as it has places for, and gives each
to the job of its kind. Any number of processes may run one at the same store.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.background import BackgroundTasks, cancel_tasks
from bot.log import log_error
from bot.metrics import Metrics
from bot.runs import LEASE, Claim, Ending, Runs
from bot.scheduler.housekeeping import Housekeeping
from bot.scheduler.ports import Chore, Job
from bot.scheduler.retry import StoreTrouble, keep_trying
from handlers.chat.digests import RunState

AT_ONCE = 32
"""Runs at a time in this process: most of the time a run waits for its platform."""

_TRIES = 5
"""Tries of a run whose job raises; after the last one it has failed."""

_STOPPING, _DRAIN = 0.5, 2.0
"""Seconds for the last look at the store, and for runs under way, when the program stops. Nothing
is lost by cutting them off, and people wait for the platforms' answers, which need the time.
"""

_GIVING_BACK = 1.0
"""Seconds to give back runs that were cut off: a store that is gone does not hold up the stop."""


@dataclass(frozen=True, slots=True)
class LoopPace:
    """Runs at a time, and the seconds between looks at the store, renewals and tries."""

    at_once: int = AT_ONCE
    rest: float = 2.0
    renewal: float = LEASE / 3
    first_wait: float = 30.0
    """Before the second try of a run whose job raised; four times as long before each later one."""


_DAILY = LoopPace()


class Scheduler:
    """The process's one scheduler. `jobs` are by kind, as the rows in `schedule` name them."""

    def __init__(
        self,
        runs: Runs,
        jobs: Mapping[str, Job],
        metrics: Metrics,
        pace: LoopPace = _DAILY,
        *,
        chores: Iterable[Chore] = (),
    ) -> None:
        self._runs = runs
        self._jobs = jobs
        self._metrics = metrics
        self._pace = pace
        each = (*dict.fromkeys(jobs.values()), *chores)  # a job may be of several kinds
        self._chores = Housekeeping(runs, each, metrics)
        self._trouble = StoreTrouble(metrics)
        self._under_way = BackgroundTasks("scheduler")
        self._mine: dict[tuple[str, datetime], Claim] = {}
        self._woken = asyncio.Event()
        self._stopping = False

    async def run_beside(self, _app: object) -> AsyncIterator[None]:
        """Run while the program does, as one of aiohttp's `cleanup_ctx`. At the end runs under way
        have two seconds; those not sent by then are given back.
        """
        loop = asyncio.create_task(self._loop())
        yield
        self._stopping = True
        self.wake()
        await asyncio.wait({loop}, timeout=_STOPPING)
        await cancel_tasks(loop)
        await self._under_way.drain(_DRAIN)
        with suppress(TimeoutError):  # what cannot be given back runs out by itself
            async with asyncio.timeout(_GIVING_BACK):
                backs = [self._give_back(claim, 0) for claim in [*self._mine.values()]]
                await asyncio.gather(*backs, return_exceptions=True)

    def wake(self) -> None:
        """Look at the store at once: a run has become due."""
        self._woken.set()

    async def _loop(self) -> None:
        while not self._stopping:
            try:
                await self._turn()
            except Exception as error:  # noqa: BLE001 whatever the store raises is waited for
                await self._rest(self._trouble.note_error(error))
            else:
                self._trouble.over()
                await self._rest(self._pace.rest)

    async def _turn(self) -> None:
        await self._runs.tick()
        free = self._pace.at_once - len(self._mine)
        for claim in await self._runs.claim(free, self._mine.keys()):
            self._mine[claim.schedule, claim.run.due] = claim
            self._under_way.begin(self._work(claim))
        if self._chores.due():
            self._under_way.begin(self._chores.do())

    async def _rest(self, seconds: float) -> None:
        """Wait until `wake` is called, at most for `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()

    async def _work(self, claim: Claim) -> None:
        """Have one run done. If cut off, the claim stays ours and is given back at the end."""
        renewing = asyncio.create_task(self._keep_renewing(claim))
        try:
            await self._do_job(claim)
        finally:
            await cancel_tasks(renewing)
        del self._mine[claim.schedule, claim.run.due]
        if len(self._mine) <= self._pace.at_once // 2:  # a look costs as much for one as for many
            self.wake()

    async def _do_job(self, claim: Claim) -> None:
        job = self._jobs.get(claim.kind)
        try:
            if job:
                await job.run(claim)
                return
        except Exception as error:  # noqa: BLE001 a job that fails is tried again, whatever it was
            log_error("run failed", error)
        wait = self._pace.first_wait * 4**claim.attempts
        back = partial(self._give_back, claim, wait, burnt=bool(job))
        try:
            await keep_trying(back, "run not given back")
        except Exception as error:  # noqa: BLE001 its claim runs out by itself
            log_error("run left", error)

    async def _give_back(self, claim: Claim, wait: float, *, burnt: bool = False) -> None:
        """Give a run back for another try, with its doubt; after the last try end it as failed."""
        if burnt and claim.attempts + 1 >= _TRIES:
            state = RunState.UNKNOWN if claim.doubted else RunState.FAILED
            news = claim.told != "broken"
            await self._runs.end(claim, Ending(state, "broken", told="broken", tell=news))
        else:
            await self._runs.again(claim, wait, burnt=burnt, doubted=True)

    async def _keep_renewing(self, claim: Claim) -> None:
        """Renew a claim until cancelled, so that a long job keeps it. After a renewal that failed
        the next one is in time.
        """
        while True:
            await asyncio.sleep(self._pace.renewal)
            try:
                await self._runs.renew(claim)
            except Exception as error:  # noqa: BLE001 as said above
                log_error("claim not renewed", error)
