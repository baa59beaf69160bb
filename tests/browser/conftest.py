"""A real Chromium, and the page it is shown."""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright

from bot.cli.demo import surroundings
from bot.demo_installation import NAMES, seat_people
from bot.page.app import add_page
from bot.settings import Settings
from bot.store.reports import ReportStore
from bot.wiring import Installation, open_installation
from tests.conftest import NOW

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP rebound.example 127.0.0.1",
)


@pytest_asyncio.fixture(loop_scope="session")
async def whole(sample_home: Settings) -> AsyncIterator[Installation]:
    """The whole bot, around the made-up partner."""
    async with open_installation(sample_home, NAMES, lambda: NOW) as installation:
        await seat_people(installation)
        yield installation


@pytest.fixture
def page_app(whole: Installation) -> web.Application:
    """The program under test: the page on the whole bot."""
    app = web.Application()
    add_page(app, surroundings(whole, sample=True))
    return app


@pytest.fixture
def reports(whole: Installation) -> ReportStore:
    """What the page's readers reported."""
    kept = whole.backend.reports
    assert isinstance(kept, ReportStore)
    return kept


@pytest.fixture
def served() -> list[tuple[str, int]]:
    """Path and status of every answer the program gave, whatever the browser let its page see."""
    return []


@pytest_asyncio.fixture(loop_scope="session")
async def address(page_app: web.Application, served: list[tuple[str, int]]) -> AsyncIterator[str]:
    """Where the program is served: `http://127.0.0.1:4711`."""

    async def note(request: web.Request, response: web.StreamResponse) -> None:
        served.append((request.path, response.status))

    page_app.on_response_prepare.append(note)
    server = TestServer(page_app, host="127.0.0.1")
    await server.start_server()
    yield f"http://127.0.0.1:{server.port}"
    await server.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for all tests, as starting it takes a second; each test has its own profile."""
    found = shutil.which("chromium")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=[*root, *QUIET])
        yield browser
        await browser.close()


@dataclass
class Tab:
    """One open page, and everything that went wrong in it."""

    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)

    async def ask(self, text: str) -> None:
        """Types the question, sends it and waits for its answer."""
        answers = await self.page.locator(".answer.card").count()
        await self.page.locator("#question").fill(text)
        await self.page.keyboard.press("Enter")
        await self.page.locator(".answer.card").nth(answers).wait_for()

    def last(self, what: str) -> str:
        """A selector of something in the newest answer."""
        return f".turn:last-child .answer.card {what}"

    def hear(self, message: ConsoleMessage) -> None:
        """Remembers warnings and errors; a breach of the security policy is one of them."""
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    def watch(self, request: Request) -> None:
        """Remembers requests that leave this machine."""
        if urlsplit(request.url).hostname != "127.0.0.1":
            self.troubles.append(request.url)


async def open_tab(chromium: Browser, address: str, width: int, height: int) -> Tab:
    context = await chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme="light", locale="en-GB"
    )
    tab = Tab(await context.new_page(), address)
    tab.page.on("console", tab.hear)
    tab.page.on("pageerror", lambda error: tab.troubles.append(str(error)))
    tab.page.on("request", tab.watch)
    await tab.page.goto(address)
    return tab


@pytest_asyncio.fixture(loop_scope="session")
async def tab(chromium: Browser, address: str) -> AsyncIterator[Tab]:
    """The page on a desk; at the end nothing may have gone wrong in it."""
    opened = await open_tab(chromium, address, 1280, 900)
    yield opened
    await opened.page.context.close()
    assert opened.troubles == []


@pytest_asyncio.fixture(loop_scope="session")
async def narrow(chromium: Browser, address: str) -> AsyncIterator[Tab]:
    """The page on a small telephone."""
    opened = await open_tab(chromium, address, 360, 740)
    yield opened
    await opened.page.context.close()
    assert opened.troubles == []
