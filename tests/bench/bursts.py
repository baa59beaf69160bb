"""A burst of digests: the program in a process of its own, a stand-in for Slack that counts, and
people who ask meanwhile.
"""

import asyncio
import itertools
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from aiohttp import ClientSession

from tests.bench.digesting import OWNERS
from tests.bench.slack import Sender, Workspace
from tests.slack.standin import somebody
from tests.slack.talking import served

ASKED_EVERY = 0.1
"""Seconds between the commands that people send meanwhile."""


@dataclass
class Burst:
    """What it was like."""

    times: list[float] = field(default_factory=list)
    """Seconds from when they were due to each message."""
    sent: int = 0
    """Different digests."""
    doubled: int = 0
    acks: list[float] = field(default_factory=list)
    """Milliseconds from a signed command to its acknowledgement."""
    megabytes: float = 0.0
    """The most memory that the program had."""

    @property
    def a_minute(self) -> float:
        return len(self.times) / self.times[-1] * 60

    @property
    def fullest(self) -> int:
        """Messages in the fullest minute."""
        return max(sum(at <= other < at + 60 for other in self.times) for at in self.times)


async def burst(facts: Path, count: int, *options: str) -> Burst:
    """So many digests, due at once; waits until each has come, a second each and a minute at the
    most.
    """
    people = {owner: somebody(owner, owner) for owner in OWNERS}
    standin, found = Workspace(people=people, looks=0), Burst()
    with TemporaryDirectory() as folder:
        shutil.copytree(facts, folder, dirs_exist_ok=True)
        async with (
            served(standin),
            ClientSession() as session,
            _running(folder, standin.at("/api/"), str(count), *options) as (process, port),
        ):
            address = f"http://127.0.0.1:{port}/slack/events"
            asking = asyncio.create_task(_asking(standin, session, address, found.acks))
            await asyncio.sleep(1)
            assert process.stdin is not None
            process.stdin.write(b"now\n")
            await _watched(standin, count, found)
            asking.cancel()
            found.megabytes = _peak(process.pid)
    found.sent, found.doubled = len(standin.marks), standin.marks.total() - len(standin.marks)
    return found


async def _asking(
    standin: Workspace, session: ClientSession, address: str, acks: list[float]
) -> None:
    """People ask all the time; the first, which meets a cold program, is not counted."""
    sender = Sender(standin, session, address, "people")
    await sender.acknowledged("no such customer", OWNERS[0])
    for n in itertools.count():
        spent, _ = await sender.acknowledged("no such customer", OWNERS[n % len(OWNERS)])
        acks.append(spent)
        await asyncio.sleep(ASKED_EVERY)


async def _watched(standin: Workspace, count: int, found: Burst) -> None:
    """Notes when each message came."""
    began = perf_counter()
    async with asyncio.timeout(60 + count):
        while len(standin.marks) < count:
            await asyncio.sleep(0.02)
            new = standin.marks.total() - len(found.times)
            found.times += [perf_counter() - began] * new


@asynccontextmanager
async def _running(*words: str) -> AsyncIterator[tuple[Process, int]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.digesting", *words), stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        yield process, int(await process.stdout.readline())
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


def _peak(process: int) -> float:
    """The most memory it ever had, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
