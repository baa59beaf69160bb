"""Every platform a conversation can take place on."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.cli.demo import surroundings
from bot.page.app import add_page
from tests.slack.transcribing import slack_world
from tests.teams.transcribing import teams_world
from tests.transcripts.platforms import PageOverHttp, Platform, Terminal
from tests.transcripts.worlds import world

Opened = Callable[[str, Path, Path], AbstractAsyncContextManager[Platform]]
"""A platform in the world of that `Given` line, with these facts, in an empty folder."""


@asynccontextmanager
async def terminal(given: str, facts: Path, home: Path) -> AsyncIterator[Platform]:
    """`seatwise ask`."""
    async with world(given, facts, home) as installation:
        yield Terminal(installation.delivery)


@asynccontextmanager
async def page(given: str, facts: Path, home: Path) -> AsyncIterator[Platform]:
    """The demonstration's page, over HTTP."""
    async with world(given, facts, home) as installation:
        app = web.Application()
        add_page(app, surroundings(installation, sample=True))
        async with TestClient(TestServer(app, host="127.0.0.1")) as client:
            yield PageOverHttp(client)


PLATFORMS: dict[str, Opened] = {
    "page": page,
    "terminal": terminal,
    "slack": slack_world,
    "teams": teams_world,
}
