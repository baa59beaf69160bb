"""The daily sync with Partner Center, in a process of its own so that no question waits for it; and
the notices to admins when its sign-in needs a person.
"""

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from analytics.sources.partner_center.page_model import SignIn
from bot.metrics import Metrics
from bot.runs import Claim, Ending, Runs
from bot.scheduler.admin_notices import AdminNotices
from handlers.chat.digests import RunState
from handlers.chat.services import Say

DONE, FAILED, BUSY, INCOMPLETE = 0, 1, 3, 4
"""Exit codes of `seatwise sync`. FAILED: nothing new could be had. BUSY: another process syncs.
INCOMPLETE: published, though a dataset failed.
"""

_BUSY_WAIT = 60.0
_STOPPING = 1.5


class SyncFailed(Exception):
    """The sync's process ended with this code; the run is tried again."""


class SignIns(Protocol):
    """Sign-ins that need a person, and whether admins know: bot.store.signins.SignInStore, which
    the scheduler may not import.
    """

    async def untold_troubles(self, now: datetime) -> list[tuple[SignIn, str]]:
        """The sign-ins that admins must renew and were not told of, each with the reason's
        catalogue id.
        """
        ...

    async def mark_told(self, which: SignIn, why: str) -> None:
        """Record that the admins were told of this reason."""
        ...


@dataclass(frozen=True, slots=True)
class SyncDeps:
    """Dependencies of the sync's job."""

    runs: Runs
    once: Callable[[], Awaitable[int]]
    """Sync once, in a process of its own; return its exit code."""
    sign_ins: SignIns
    notices: AdminNotices
    now: Callable[[], datetime]
    metrics: Metrics
    observe: Callable[[], Awaitable[None]]
    """Set the metrics of the figures' age."""
    beat: Callable[[], Awaitable[None]]
    """Heartbeat.beat, after each sync that was not a failure."""


class SyncJob:
    """The job of the daily sync (bot.scheduler.ports.Job)."""

    def __init__(self, lent: SyncDeps) -> None:
        self._lent = lent

    async def run(self, claim: Claim) -> None:
        """Sync once. Raises SyncFailed if it failed; while another process syncs, the run waits."""
        code = await self._lent.once()
        await self.catch_up()
        if code == BUSY:
            await self._lent.runs.again(claim, _BUSY_WAIT, burnt=False, doubted=False)
        elif code not in (DONE, INCOMPLETE):
            raise SyncFailed(code)
        elif await self._lent.runs.end(claim, Ending(RunState.SENT)):
            self._lent.metrics.count_run(claim.kind, RunState.SENT.value)
            await self._lent.beat()

    async def catch_up(self) -> None:
        """Tell the admins once which sign-in they must renew; again until one of them was reached.
        Set the metrics of the figures' age.
        """
        for which, why in await self._lent.sign_ins.untold_troubles(self._lent.now()):
            if await self._tell_admins(which, why):
                await self._lent.sign_ins.mark_told(which, why)
        await self._lent.observe()

    async def _tell_admins(self, which: SignIn, why: str) -> bool:
        """Tell the admins how to renew a sign-in; return True if one of them was reached."""
        command = "seatwise connect" + (" --insights" if which is SignIn.INSIGHTS else "")

        def words(say: Say) -> str:
            account = say(f"sign-in-{which.value}")
            return say(f"sync-tell-{why}", account=account, command=command)

        return await self._lent.notices.send(f"sign-in-{which.value}", words)


async def sync_in_child(*words: str) -> int:
    """Run `seatwise sync` in a child with this process's environment, at a lower priority; return
    its exit code. Ends the child if cancelled: the next sync goes on from what it has fetched.
    """
    nice = shutil.which("nice")
    polite = [nice, "-n", "10"] if nice else []
    program = [*polite, sys.executable, "-m", "bot", "sync", *words]
    child = await asyncio.create_subprocess_exec(*program)
    try:
        return await child.wait()
    finally:
        if child.returncode is None:
            child.terminate()
            with suppress(TimeoutError):
                async with asyncio.timeout(_STOPPING):
                    await child.wait()
