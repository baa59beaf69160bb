"""The store in a file: SQLite with the right pragmas, written in immediate transactions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.timeouts import PATIENCE

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a grant that was confirmed outlives a power cut
    f"busy_timeout={PATIENCE * 1000:.0f}",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # or INSERT OR REPLACE would slip past the append-only triggers
)


class OneWriter(AsyncEngine):
    """Lets this process's transactions that write begin one after the other.

    SQLite has no queue for those who want to write: they sleep and try again, ever longer. Of fifty
    at once the last waited 0.2 to 1.2 seconds, in turn it is 0.1.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, in its turn."""
        async with self._turn, super().begin() as connection:
            yield connection


def file_engine(url: URL) -> AsyncEngine:
    """An engine on the file, its folder made where it is missing. Raises OSError when it cannot
    be.
    """
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, connect_args={"isolation_level": None})
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return OneWriter(engine.sync_engine)


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
