"""Several processes that start at the same moment on a store of an older Seatwise:
`python -m tests.store.starting ADDRESS…`, a store for each round.

A process of its own takes a second to begin with, in which the first one would be done. So one
reads everything in, and twins of it are let loose together.
"""

import asyncio
import os
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from bot import store
from bot.store.database import open_database

AT_ONCE = 3
OLDER = "0001"
"""The revision that the stores are at: all later ones are pending."""


async def aged(url: str) -> None:
    """Makes a store as the first Seatwise left it."""

    def migrate(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(store.__file__).with_name("migrations")))
        config.attributes["connection"] = connection
        command.upgrade(config, OLDER)

    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


async def opened(url: str) -> None:
    engine = await open_database(url)
    await engine.dispose()


def twins(url: str) -> list[int]:
    """The exit codes of processes that all open the store once the pipe is closed."""
    waiting, go = os.pipe()
    born = []
    for _ in range(AT_ONCE):
        twin = os.fork()
        if twin == 0:
            os.close(go)
            os.read(waiting, 1)
            asyncio.run(opened(url))
            os._exit(0)
        born.append(twin)
    os.close(waiting)
    os.close(go)
    return [os.waitstatus_to_exitcode(os.waitpid(twin, 0)[1]) for twin in born]


def main(urls: list[str]) -> int:
    """How many starts failed."""
    failed = 0
    for url in urls:
        asyncio.run(aged(url))
        failed += sum(code != 0 for code in twins(url))
    return failed


if __name__ == "__main__":
    sys.stdout.write(f"{main(sys.argv[1:])} failed\n")
