"""README's pictures, taken from the running page: `python -m tests.browser.pictures`."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, async_playwright

from bot.cli.demo import surroundings
from bot.demo_installation import NAMES, make_sample, sample_settings, seat_people
from bot.environment import read_settings
from bot.page.app import add_page
from bot.wiring import open_installation
from tests.browser.conftest import QUIET
from tests.conftest import NOW
from tests.rules.source import ROOT

FOLDER = ROOT / "manifest" / "pictures"


async def take(home: str) -> None:
    """The page after a question, in light, and its chart by itself in both themes."""
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": home}))
    await asyncio.to_thread(make_sample, settings.data_dir, NOW)
    async with open_installation(settings, NAMES, lambda: NOW) as installation:
        await seat_people(installation)
        app = web.Application()
        add_page(app, surroundings(installation, sample=True))
        async with TestServer(app, host="127.0.0.1") as server, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", *QUIET]
            )
            size = {"width": 1180, "height": 1360}
            page = await browser.new_page(viewport=size, device_scale_factor=1.5, locale="en-GB")
            await page.goto(str(server.make_url("/")))
            await _shoot(page)
            await browser.close()


async def _shoot(page: Page) -> None:
    await page.locator("#question").fill("/usage contoso")
    await page.keyboard.press("Enter")
    image = page.locator(".answer.card img")
    await image.scroll_into_view_if_needed()
    await image.evaluate("image => image.decode()")
    await page.evaluate("window.scrollTo(0, 0)")
    await page.screenshot(path=FOLDER / "page.png")
    for theme in ("light", "dark"):
        address = await image.get_attribute(f"data-{theme}")
        answer = await page.request.get(f"{page.url.rstrip('/')}{address}")
        (FOLDER / f"answer-{theme}.png").write_bytes(await answer.body())


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(take(str(Path(folder))))
