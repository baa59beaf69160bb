"""A cloud and a bot of each test's own."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.answering.logs import logged
from tests.teams.speaking import Bot, speaking
from tests.teams.standin import Cloud, in_cloud

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
