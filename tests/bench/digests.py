"""A thousand digests that are due at the same moment: within Slack's limits, and as fast as the
program can, beside a naive bot that does the same one after the other.
"""

import asyncio
import itertools
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from analytics.sources.demo_customers import ordinary_customers
from tests.bench.answers import NOW
from tests.bench.digesting import OWNERS
from tests.bench.measuring import Row, part
from tests.bench.naive_bot import NaiveBot, export
from tests.bench.slack import Sender, Workspace
from tests.slack.standin import BOT, somebody
from tests.slack.talking import served

COUNT, QUICK = 1000, 100
NAIVE, NAIVE_QUICK = 60, 12
TIMES = 20.0
ACK_MS, MEGABYTES, A_MINUTE = 100.0, 500, 300
"""Acknowledgements, memory, and posts a minute that Slack's "several hundred" leaves room for."""
ASKED_EVERY = 0.1
"""Seconds between the commands that people send meanwhile."""


@dataclass
class Burst:
    """What a burst was like."""

    seconds: float
    sent: int
    doubled: int
    megabytes: float
    acks: list[float]
    most: int
    """Posts in the fullest minute."""

    @property
    def a_minute(self) -> float:
        return self.sent / self.seconds * 60


def rows(*, quick: bool) -> list[Row]:
    """Within the limits, and without them beside the naive bot."""
    return asyncio.run(_measured(QUICK if quick else COUNT, NAIVE_QUICK if quick else NAIVE))


async def _measured(count: int, naive: int) -> list[Row]:
    within = await _burst(count)
    free = await _burst(count, "--unhurried")
    rival = await _naive(naive)
    late = part(within.acks, 0.99)
    wrong = count - within.sent + within.doubled
    return [
        Row(
            f"{count:,} digests due at once, within Slack's limits: lost or doubled",
            f"{wrong} (all sent after {within.seconds:.0f} s)", "", None, "0", wrong == 0,
        ),
        Row("posts in the fullest minute", str(within.most), "", None, f"≤ {A_MINUTE}", within.most <= A_MINUTE),
        Row("memory meanwhile", f"{within.megabytes:.0f} MB", "", None, f"≤ {MEGABYTES} MB", within.megabytes <= MEGABYTES),
        Row("signed command to acknowledgement meanwhile, 99 of 100", f"{late:.1f} ms", "", None, f"≤ {ACK_MS:.0f} ms", late <= ACK_MS),
        Row(
            "digests a minute without limits, each with its chart, beside a bot that reads its files",
            f"{free.a_minute:,.0f}", f"{rival:,.0f}", free.a_minute / rival, f"≥ {TIMES:.0f}x", free.a_minute / rival >= TIMES,
        ),
    ]  # fmt: skip


async def _burst(count: int, *options: str) -> Burst:
    standin = Workspace({}, looks=0)
    standin.people |= {owner: somebody(owner, owner) for owner in OWNERS}
    with TemporaryDirectory() as folder:
        async with (
            served(standin),
            ClientSession() as session,
            _running(folder, standin.at("/api/"), str(count), *options) as (process, port),
        ):
            sender = Sender(standin, session, f"http://127.0.0.1:{port}/slack/events", "people")
            await sender.acknowledged("no such customer", OWNERS[0])
            asking = asyncio.create_task(_asking(sender))
            assert process.stdin is not None
            process.stdin.write(b"now\n")
            began = perf_counter() + 1.0  # when they are due
            times = await _sent(standin, count)
            asking.cancel()
            return Burst(
                times[-1] - began,
                len(standin.marks),
                sum(n - 1 for n in standin.marks.values()),
                _peak(process.pid),
                asking_found(asking),
                max(sum(at <= other < at + 60 for other in times) for at in times),
            )


_ACKS: list[float] = []


def asking_found(_task: "asyncio.Task[None]") -> list[float]:
    return [*_ACKS]


async def _asking(sender: Sender) -> None:
    """People ask while it goes on."""
    _ACKS.clear()
    for n in itertools.count():
        spent, _ = await sender.acknowledged("no such customer", OWNERS[n % len(OWNERS)])
        _ACKS.append(spent)
        await asyncio.sleep(ASKED_EVERY)


async def _sent(standin: Workspace, count: int) -> list[float]:
    """When each came."""
    times: list[float] = []
    seen = 0
    async with asyncio.timeout(60 + count):
        while len(standin.marks) < count:
            await asyncio.sleep(0.02)
            new, seen = len(standin.posted) - seen, len(standin.posted)
            times += [perf_counter()] * new
    return times


@asynccontextmanager
async def _running(*words: str) -> AsyncIterator[tuple[Process, int]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.digesting", *words), stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        yield process, int(await process.stdout.readline())
    finally:
        process.terminate()
        await process.communicate()


def _peak(process: int) -> float:
    """The most memory it ever had, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


async def _naive(count: int) -> float:
    """Digests a minute of a loop over all of them, as one would write it."""
    standin = Workspace({}, looks=0)
    names = [story.name for story in ordinary_customers()]
    with TemporaryDirectory() as folder:
        export(Path(folder), NOW.date())
        bot = NaiveBot(Path(folder), NOW.date())
        async with served(standin):
            client = AsyncWebClient(token=BOT, base_url=standin.at("/api/"))
            await _posted(bot, client, names[0])
            began = perf_counter()
            for n in range(count):
                await _posted(bot, client, names[n % len(names)])
            spent = perf_counter() - began
    assert len(standin.posted) == count + 1
    return count / spent * 60


async def _posted(bot: NaiveBot, client: AsyncWebClient, name: str) -> None:
    words, daily = await asyncio.to_thread(bot.words, name, 90)
    png = await asyncio.to_thread(bot.picture, words, daily)
    uploaded = await client.files_upload_v2(file=png, filename="chart.png")
    image = {"type": "image", "slack_file": {"id": uploaded["files"][0]["id"]}, "alt_text": words}
    quiet = {"unfurl_links": False, "unfurl_media": False, "link_names": False}
    await client.chat_postMessage(channel="DU000", text=words, blocks=[image], **quiet)
