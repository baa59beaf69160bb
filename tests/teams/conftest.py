"""A cloud and a bot of each test's own."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.wiring import Installation
from tests.answering.logs import logged
from tests.teams.recorder import Recorder
from tests.teams.speaking import Bot, speaking
from tests.teams.standin import Cloud, in_cloud
from tests.teams.talking import Chat, seat, talking

__all__ = ["logged"]


@pytest_asyncio.fixture
async def cloud() -> AsyncIterator[Cloud]:
    """Microsoft, on loopback."""
    async with in_cloud(Cloud()) as there:
        yield there


@pytest_asyncio.fixture
async def bot(cloud: Cloud) -> AsyncIterator[Bot]:
    """The bot, running."""
    async with speaking(cloud) as there:
        yield there


@pytest_asyncio.fixture
async def chat(installation: Installation) -> AsyncIterator[Chat]:
    """The program with Teams around it; Ada is partner admin, Cleo reads two customers."""
    await seat(installation)
    async with talking(installation, Recorder()) as there:
        yield there
