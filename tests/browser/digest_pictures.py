"""A digest's cards as pictures, to be looked at: `python -m tests.browser.digest_pictures FOLDER`.

The page and the scheduler are real; a platform that fails as it is told to stands in for the
page's mailbox, which never does.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, async_playwright

from analytics.values import OWN
from bot.cli.demo import surroundings
from bot.demo_installation import NAMES, make_sample, sample_settings, seat_people
from bot.environment import read_settings
from bot.page.app import add_page
from bot.page.people import person
from bot.scheduled_posts import PostOutcome, Receipt
from bot.wiring import Installation, open_installation
from handlers.chat.asking import Room, RoomKind
from handlers.chat.digests import Plan
from tests.answering.asking import Clock
from tests.browser.conftest import QUIET
from tests.conftest import NOW
from tests.rooms.hours import Hours, hours
from tests.scheduler.letterbox import ARRIVED_ALL_THE_SAME, Letterbox

DAY = timedelta(days=1)


async def _past(those: Hours, letters: Letterbox, first: datetime) -> None:
    """A week with everything in it: sent, late, left out, lost and repeated, refused."""
    await those.are(first)
    await those.are(first + DAY + timedelta(hours=3))
    await those.are(first + 4 * DAY)
    letters.sees = False
    letters.fates = [ARRIVED_ALL_THE_SAME]
    later = asyncio.create_task(_later(those))
    await those.are(first + 5 * DAY)
    await later
    letters.fates = [Receipt(PostOutcome.REFUSED, "room-archived")]
    await those.are(first + 6 * DAY)


async def _later(those: Hours) -> None:
    """What was lost is tried again some seconds later."""
    await asyncio.sleep(1)
    those.clock.now += timedelta(seconds=10)


async def take(home: str, folder: Path) -> None:
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": home}))
    await asyncio.to_thread(make_sample, settings.data_dir, NOW)
    clock = Clock(NOW)
    async with open_installation(settings, NAMES, clock) as installation:
        await seat_people(installation)
        await _with_history(installation, clock)
        app = web.Application()
        add_page(app, surroundings(installation, sample=True))
        async with TestServer(app, host="127.0.0.1") as server, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", *QUIET]
            )
            page = await browser.new_page(viewport={"width": 1000, "height": 900}, locale="en-GB")
            await page.goto(str(server.make_url("/")))
            asked = ("/digest show 1", "/digest history 1", "/digest usage contoso weekdays 8:30")
            await _shoot(page, asked, folder)
            await browser.close()


async def _with_history(installation: Installation, clock: Clock) -> None:
    letters, ada = Letterbox(), person("ada").ref
    own = Room("", RoomKind.PRIVATE, OWN)
    plan = Plan("/usage contoso", "/usage Contoso", "0 9 * * *", "Europe/Paris", "en", own)
    await installation.backend.digests.save([plan], ada, OWN, NOW)
    lent = (installation.delivery, installation.people, {"page": letters})
    async with hours(installation, clock, *lent) as those:
        await _past(those, letters, datetime(2026, 11, 23, 8, tzinfo=NOW.tzinfo))


async def _shoot(page: Page, questions: Sequence[str], folder: Path) -> None:
    for number, question in enumerate(questions):
        await page.locator("#question").fill(question)
        await page.keyboard.press("Enter")
        answer = page.locator(".answer").nth(number)
        await answer.wait_for()
        await answer.screenshot(path=folder / f"digest-{number}.png")


if __name__ == "__main__":
    where = Path(sys.argv[1])
    where.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made_up:
        asyncio.run(take(made_up, where))
