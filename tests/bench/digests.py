"""A thousand digests that are due at the same moment: within Slack's limits, and as fast as the
program can, beside a naive bot that does the same one after the other.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from slack_sdk.web.async_client import AsyncWebClient

from analytics.values import OWN
from bot.partners import facts_folder
from tests.bench.answers import NOW
from tests.bench.bursts import Burst, burst
from tests.bench.digesting import TWINS, names, settings_in
from tests.bench.grown import build_grown, grown_pages
from tests.bench.measuring import Row, part
from tests.bench.naive_bot import NaiveBot, export
from tests.bench.slack import Workspace
from tests.slack.standin import BOT
from tests.slack.talking import served

COUNT, QUICK = 1000, 100
NAIVE, NAIVE_QUICK = 40, 10
TIMES = 20.0
ACK_MS, MEGABYTES, A_MINUTE = 100.0, 500, 300
"""For an acknowledgement, of memory, and of the several hundred posts a minute Slack allows."""


def rows(*, quick: bool) -> list[Row]:
    """Within the limits, and without them beside the naive bot."""
    count, naive = (QUICK, NAIVE_QUICK) if quick else (COUNT, NAIVE)
    with TemporaryDirectory() as name:
        facts = Path(name)
        partner = facts_folder(settings_in(facts).data_dir, OWN)
        build_grown(partner, NOW.date(), TWINS)
        within = asyncio.run(burst(facts, count))
        free = asyncio.run(burst(facts, count, "--unhurried"))
    return [*_within(count, within), _beside(free, asyncio.run(_naive(naive)))]


def _within(count: int, found: Burst) -> list[Row]:
    late, wrong = part(found.acks, 0.99), count - found.sent + found.doubled
    memory, fullest = found.megabytes, found.fullest
    spent = f"{wrong} (all sent after {found.times[-1]:.0f} s)"
    return [
        Row(f"{count:,} digests due at once: lost or doubled", spent, "", None, "0", wrong == 0),
        _at_most("posts in the fullest minute", fullest, "", A_MINUTE),
        _at_most("memory meanwhile", memory, " MB", MEGABYTES),
        _at_most("signed command to acknowledgement, 99 of 100", late, " ms", ACK_MS),
    ]


def _at_most(what: str, found: float, unit: str, most: float) -> Row:
    return Row(what, f"{found:.0f}{unit}", "", None, f"≤ {most:.0f}{unit}", found <= most)


def _beside(found: Burst, rival: float) -> Row:
    what = "digests a minute without those limits, each with its chart"
    ratio, goal = found.a_minute / rival, f"≥ {TIMES:.0f}x"
    return Row(what, f"{found.a_minute:,.0f}", f"{rival:,.0f}", ratio, goal, ratio >= TIMES)


async def _naive(count: int) -> float:
    """Digests a minute of a loop over all of them, as one would write it; the first is not
    counted.
    """
    standin = Workspace(looks=0)
    with TemporaryDirectory() as folder:
        export(Path(folder), grown_pages(NOW.date(), TWINS))
        bot = NaiveBot(Path(folder), NOW.date())
        async with served(standin):
            client = AsyncWebClient(token=BOT, base_url=standin.at("/api/"))
            first, *others = names(count + 1)
            await _posted(bot, client, first)
            began = perf_counter()
            for name in others:
                await _posted(bot, client, name)
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
