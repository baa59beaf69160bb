"""The database: opened with the right pragmas, migrated under a lock, written in immediate
transactions.
"""

import asyncio
import time
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

STORE_ERRORS = (SQLAlchemyError, OSError)
"""What a store that cannot be read or written raises."""

_PATIENCE = 15.0
"""Seconds that a store held by another process is waited for."""

_MIGRATIONS = Path(__file__).with_name("migrations")
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a grant that was confirmed outlives a power cut
    f"busy_timeout={_PATIENCE * 1000:.0f}",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # or INSERT OR REPLACE would slip past the append-only triggers
)


async def open_database(url: str) -> AsyncEngine:
    """The engine, its schema brought up to date; several processes may start at once.

    Raises STORE_ERRORS when the file is no database or cannot be written.
    """
    file = make_url(url).database
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, connect_args={"isolation_level": None})
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            async with engine.begin() as connection:
                await connection.run_sync(_migrate)
        except OperationalError as error:
            # Who turns a new file to WAL while another does is not made to wait but turned away.
            if "database is locked" not in str(error) or time.monotonic() > until:
                raise
            await asyncio.sleep(0.05)
        else:
            return engine


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Takes the write lock at once: a transaction that reads first and writes later could not wait
    for it.
    """
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    """Runs inside the caller's immediate transaction: that is the lock."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
