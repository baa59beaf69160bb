"""A store in a file of each test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.roles import Roles
from tests.store.entries import SECRET


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the store is kept."""
    return tmp_path / "seatwise.db"


@pytest_asyncio.fixture
async def engine(file: Path) -> AsyncIterator[AsyncEngine]:
    """The store, opened."""
    engine = await open_database(f"sqlite+aiosqlite:///{file}")
    yield engine
    await engine.dispose()


@pytest.fixture
def audit(engine: AsyncEngine) -> Audit:
    """Its audit."""
    return Audit(engine, SECRET)


@pytest.fixture
def roles(engine: AsyncEngine, audit: Audit) -> Roles:
    """Its rights; the settings name no admin."""
    return Roles(engine, audit, ())
