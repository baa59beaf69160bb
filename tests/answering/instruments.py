"""A clock that a test moves, the log it reads, and the store's file: what many tests look with."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

Log = Callable[[], list[dict[str, object]]]
"""The log's lines since it was last read."""


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """The database as somebody sees it who goes past the program."""
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def tamper(file: Path, *statements: str) -> None:
    """Changes the database past the program, its triggers taken away first."""
    with opened(file) as connection:
        for trigger in ("audit_no_update", "audit_no_delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            connection.execute(statement)
