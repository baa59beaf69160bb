"""The scheduler as it runs, at a test's pace."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from bot.runs import Claim, Ending, Runs
from bot.scheduler.ports import Job
from bot.scheduler.run_loop import LoopPace, Scheduler
from handlers.chat.digests import RunState
from tests.scheduler.staging import Stage

QUICK = LoopPace(rest=0.05, renewal=0.1, first_wait=0)


@asynccontextmanager
async def scheduling(
    stage: Stage, jobs: Mapping[str, Job] | None = None, pace: LoopPace = QUICK
) -> AsyncIterator[Scheduler]:
    """Runs meanwhile: digests, unless there are other jobs."""
    scheduler = Scheduler(stage.runs, jobs or {"digest": stage.job}, stage.metrics, pace)
    async with asynccontextmanager(scheduler.run_beside)(None):
        yield scheduler


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    """Waits for it; TimeoutError where it never does."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 it stands in a database, which sets no event
            await asyncio.sleep(0.02)


def ended(stage: Stage, *states: str) -> Callable[[], Awaitable[bool]]:
    """Whether the runs are in these states."""

    async def holds() -> bool:
        return [row.state for row in await stage.rows()] == [*states]

    return holds


class Counting:
    """A job of another kind: counts, after a while, and may fail."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self.claims: list[Claim] = []
        self.at_once = self.most = self.caught_up = 0
        self.takes: float = 0.05
        self.fails = 0

    async def run(self, claim: Claim) -> None:
        self.claims.append(claim)
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(self.takes)
        self.at_once -= 1
        if len(self.claims) <= self.fails:
            raise ZeroDivisionError
        await self.runs.end(claim, Ending(RunState.SENT))

    async def catch_up(self) -> None:
        self.caught_up += 1
