"""A store of each test's own: in a file of SQLite's, and again in a database of PostgreSQL's."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.audit import Audit
from bot.store.database import open_database
from bot.store.roles import RoleStore
from tests.postgres import Server
from tests.store.behind import Behind, BehindFile, BehindServer
from tests.store.entries import SECRET


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where SQLite keeps a store."""
    return tmp_path / "seatwise.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def behind(request: pytest.FixtureRequest, file: Path) -> Iterator[Behind]:
    """A store that nobody has opened yet, or, for those who ask for its engine, an empty one.
    `in_sqlite` and `in_postgres` name one of the two.
    """
    migrated = "engine" in request.fixturenames
    if request.param == "sqlite":
        its = BehindFile(file)
        if migrated:
            its.migrate()
        yield its
        return
    server: Server = request.getfixturevalue("postgres")
    with server.fresh(migrated=migrated) as url:
        yield BehindServer(url)


@pytest_asyncio.fixture
async def engine(behind: Behind) -> AsyncIterator[AsyncEngine]:
    """The store, opened."""
    engine = await open_database(behind.url)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def another(behind: Behind) -> AsyncIterator[AsyncEngine]:
    """The same store, opened once more as a second process would."""
    engine = await open_database(behind.url)
    yield engine
    await engine.dispose()


@pytest.fixture
def audit(engine: AsyncEngine) -> Audit:
    """Its audit."""
    return Audit(engine, SECRET)


@pytest.fixture
def roles(engine: AsyncEngine, audit: Audit) -> RoleStore:
    """Its rights; the settings name no admin."""
    return RoleStore(engine, audit, ())
