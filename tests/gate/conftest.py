"""A gate of each test's own, with its replay set in a file."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import open_database
from bot.store.replay_set import ReplayStore
from tests.answering.logs import logged
from tests.gate.serving import Served, serving
from tests.store.behind import BehindFile

__all__ = ["logged"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the store is kept."""
    return tmp_path / "seatwise.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, file: Path) -> Iterator[str]:
    """A store that nobody has opened yet, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{file}"
        return
    with request.getfixturevalue("postgres").fresh() as address:
        yield address


@pytest_asyncio.fixture
async def engine(file: Path) -> AsyncIterator[AsyncEngine]:
    """The store, opened."""
    await asyncio.to_thread(BehindFile(file).migrate)
    engine = await open_database(f"sqlite+aiosqlite:///{file}")
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def served(engine: AsyncEngine) -> AsyncIterator[Served]:
    """The server, running."""
    async with serving(Served(ReplayStore(engine))) as running:
        yield running
