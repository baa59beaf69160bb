"""The database, SQLite or PostgreSQL: opened, and migrated by one process at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from tenacity import retry, retry_if_exception, stop_after_delay, wait_fixed

from bot.environment import Unsafe
from bot.store.postgres import one_at_a_time, server_engine
from bot.store.sqlite import file_engine
from bot.store.timeouts import PATIENCE

STORE_ERRORS = (SQLAlchemyError, OSError)
"""Errors that a store raises when it cannot be read or written, with either database."""

Engine = AsyncEngine
"""The type of an open database, for code outside the store."""

MIGRATIONS = Path(__file__).with_name("migrations")
"""Folder of the schema's migrations."""


async def open_database(url: str) -> AsyncEngine:
    """Return the engine, its schema brought up to date; several processes may start at once.

    Raises STORE_ERRORS if the file is no database or cannot be written, or the server cannot be
    reached; Unsafe if a newer Seatwise migrated the schema to one that this program does not know.
    """
    address = make_url(url)
    postgres = address.get_backend_name() == "postgresql"
    engine = server_engine(address) if postgres else file_engine(address)
    try:
        await _up_to_date(engine)
    except BaseException:
        await engine.dispose()
        raise
    return engine


@asynccontextmanager
async def opened_database(url: str) -> AsyncIterator[AsyncEngine]:
    """Lend the engine of `open_database`, and dispose of it at the end. Raises what that raises."""
    engine = await open_database(url)
    try:
        yield engine
    finally:
        await engine.dispose()


def _is_locked(error: BaseException) -> bool:
    """Check for SQLite's refusal while another process turns a new file to WAL: no queue there."""
    return isinstance(error, OperationalError) and "database is locked" in str(error)


@retry(
    retry=retry_if_exception(_is_locked),
    stop=stop_after_delay(PATIENCE),
    wait=wait_fixed(0.05),
    reraise=True,
)
async def _up_to_date(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(migrate)


def migrate(connection: Connection) -> None:
    """Migrate the schema inside the caller's transaction, all or nothing. With SQLite that
    transaction is the lock.
    """
    if connection.dialect.name == "postgresql":
        one_at_a_time(connection)
    found, known = _schema_revisions(connection), known_revisions()
    if unknown := sorted(found.difference(known)):
        raise Unsafe(("store-newer", {"found": ", ".join(unknown), "known": known[-1]}))
    if found != {known[-1]}:
        # Only here: Alembic takes a tenth of a second to import.
        import_module("bot.store.upgrade").upgrade(connection, MIGRATIONS)


def _schema_revisions(connection: Connection) -> frozenset[str]:
    """Return the revisions the schema is at, as Alembic notes them; none for a new store."""
    if not inspect(connection).has_table("alembic_version"):
        return frozenset()
    return frozenset(connection.scalars(text("SELECT version_num FROM alembic_version")))


@cache
def known_revisions() -> tuple[str, ...]:
    """Return all revisions that this program knows, in order: their files are named by them."""
    return tuple(sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")))
