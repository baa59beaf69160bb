"""What stands in the store behind the program's back, whichever database keeps it."""

import asyncio
import shutil
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest

from bot.store.database import open_database
from tests.answering.instruments import opened, tamper
from tests.postgres import plain
from tests.run_cache import built_once


class Behind(Protocol):
    """The store as somebody sees it who goes past the program."""

    @property
    def url(self) -> str:
        """Where the program finds it."""

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """The answer to some SQL."""

    def do(self, *statements: str) -> None:
        """Changes it."""

    def tamper(self, *statements: str) -> None:
        """Changes it, its triggers out of force from now on."""


class BehindFile:
    """SQLite's file."""

    def __init__(self, file: Path) -> None:
        self.url = f"sqlite+aiosqlite:///{file}"
        self._file = file

    def migrate(self) -> None:
        """Lays an empty store, as the program does that opens it first, only quicker."""
        shutil.copy(built_once("store", _empty_store) / "seatwise.db", self._file)

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        with opened(self._file) as connection:
            return connection.execute(question).fetchall()

    def do(self, *statements: str) -> None:
        with opened(self._file) as connection:
            for statement in statements:
                connection.execute(statement)

    def tamper(self, *statements: str) -> None:
        tamper(self._file, *statements)


def _empty_store(folder: Path) -> None:
    asyncio.run(_opened(f"sqlite+aiosqlite:///{folder}/seatwise.db"))


async def _opened(url: str) -> None:
    await (await open_database(url)).dispose()


class BehindServer:
    """A database of PostgreSQL's."""

    def __init__(self, url: str) -> None:
        self.url = url

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(plain(self.url)) as connection:
            return connection.execute(question.encode()).fetchall()

    def do(self, *statements: str) -> None:
        with psycopg.connect(plain(self.url)) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def tamper(self, *statements: str) -> None:
        self.do("ALTER TABLE audit DISABLE TRIGGER USER", *statements)


def count(behind: Behind, table: str, where: str = "") -> int:
    """How many rows a table of ours has."""
    ((found,),) = behind.rows(f"SELECT count(*) FROM {table} {where}")  # noqa: S608 a table of ours
    return int(found)


in_sqlite = pytest.mark.parametrize("behind", ["sqlite"], indirect=True)
in_postgres = pytest.mark.parametrize("behind", ["postgresql"], indirect=True)
