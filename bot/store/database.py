"""The database, SQLite or PostgreSQL: opened, and migrated by one process at a time."""

import asyncio
import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Unsafe
from bot.store.patience import PATIENCE
from bot.store.postgres import one_at_a_time, server_engine
from bot.store.sqlite import file_engine

STORE_ERRORS = (SQLAlchemyError, OSError)
"""What a store that cannot be read or written raises, with either database."""

_MIGRATIONS = Path(__file__).with_name("migrations")


async def open_database(url: str) -> AsyncEngine:
    """The engine, its schema brought up to date; several processes may start at once.

    Raises STORE_ERRORS when the file is no database or cannot be written, or the server cannot be
    reached; Unsafe when a newer Seatwise has been there, whose schema this one does not know.
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


async def _up_to_date(engine: AsyncEngine) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(migrate)
        except OperationalError as error:
            # Who turns a new file to WAL while another does is not made to wait but turned away.
            if "database is locked" not in str(error) or time.monotonic() > until:
                raise
            await asyncio.sleep(0.05)


def migrate(connection: Connection) -> None:
    """Runs inside the caller's transaction, all of it or nothing. With SQLite that transaction is
    the lock.
    """
    if connection.dialect.name == "postgresql":
        one_at_a_time(connection)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    _refuse_newer(connection, ScriptDirectory.from_config(config))
    command.upgrade(config, "head")


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    found = MigrationContext.configure(connection).get_current_heads()
    if unknown := sorted({*found} - known):
        newest = scripts.get_current_head()
        raise Unsafe(("store-newer", {"found": ", ".join(unknown), "known": newest}))
