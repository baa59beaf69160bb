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
    "secure_delete=ON",  # what is deleted is overwritten: old rows of the audit, buttons, reports
    "recursive_triggers=ON",  # or INSERT OR REPLACE would slip past the append-only triggers
)


class OneWriter(AsyncEngine):
    """An engine whose writing transactions begin one after the other within this process.

    SQLite has no queue for writers: they sleep and try again, ever longer. Of fifty at once the
    last waited 0.2 to 1.2 seconds; in turn it waits 0.1.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction when its turn comes."""
        async with self._turn, super().begin() as connection:
            yield connection


def file_engine(url: URL) -> AsyncEngine:
    """Return an engine on the file, creating its folder if needed. Raises OSError if it fails."""
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
    """Take the write lock at once, unless the transaction only reads: one that reads first and
    writes later could not wait for the lock.
    """
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
