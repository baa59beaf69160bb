"""Every conversation, on the page over HTTP and on the command line."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.cli.demo import surroundings
from bot.page.app import add_page
from bot.wiring import Installation
from tests.transcripts.platforms import PageOverHttp, Platform, Terminal
from tests.transcripts.reading import Conversation, conversations
from tests.transcripts.worlds import world

FILES = sorted(Path(__file__).parent.glob("*.md"))
ALL = [(file, conversation) for file in FILES for conversation in conversations(file)]


def named(value: object) -> str:
    if isinstance(value, Conversation):
        return f"line-{value.turns[0].line}"
    return value.stem if isinstance(value, Path) else str(value)


@asynccontextmanager
async def platform(name: str, installation: Installation) -> AsyncIterator[Platform]:
    if name == "terminal":
        yield Terminal(installation.delivery)
        return
    app = web.Application()
    add_page(app, surroundings(installation, sample=True))
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        yield PageOverHttp(client)


@pytest.mark.parametrize("where", ["page", "terminal"])
@pytest.mark.parametrize(("file", "conversation"), ALL, ids=named)
async def test_it_goes_as_written(
    where: str, file: Path, conversation: Conversation, sample_facts: Path, tmp_path: Path
) -> None:
    async with (
        world(conversation.given, sample_facts, tmp_path) as installation,
        platform(where, installation) as there,
    ):
        for turn in conversation.turns:
            said = await there.answer(turn)
            assert said == there.expects(turn.expected), f"{file.name}, line {turn.line}"


def test_there_are_conversations_to_replay() -> None:
    assert {file.stem for file in FILES} >= {"usage", "names", "refusals", "help", "french"}
    assert all(turn.expected for _, conversation in ALL for turn in conversation.turns)
