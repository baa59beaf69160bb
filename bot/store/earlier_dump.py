"""The lines of a backup as a store: also of a backup that an earlier version wrote."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, DateTime, MetaData, Table, make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.database import MIGRATIONS, known_revisions, migrate
from bot.store.sqlite import file_engine

_AT_ONCE = 500


class UnknownSchema(Exception):
    """A backup of a schema that this version does not know: a newer version's."""


@asynccontextmanager
async def dump_as_store(file: Path, folder: Path, schema: str) -> AsyncIterator[AsyncEngine]:
    """Lend a new store in `file` with the lines in `folder`, brought up to date from the schema
    that they were written with. Raises UnknownSchema; KeyError or ValueError for a line that does
    not fit.
    """
    if schema not in known_revisions():
        raise UnknownSchema(schema)
    engine = file_engine(make_url(f"sqlite+aiosqlite:///{file}"))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_fill, folder, schema)
        yield engine
    finally:
        await engine.dispose()


def _fill(connection: Connection, folder: Path, schema: str) -> None:
    """Lay the schema of then, read the lines into it, and migrate."""
    import_module("bot.store.upgrade").upgrade(connection, MIGRATIONS, schema)
    then = MetaData()
    then.reflect(connection)
    for table in then.sorted_tables:
        file = folder / f"{table.name}.jsonl"
        if file.exists():
            _read(connection, table, file)
    migrate(connection)


def _read(connection: Connection, table: Table, file: Path) -> None:
    waiting: list[dict[str, object]] = []
    with file.open(encoding="utf-8") as lines:
        for row in _rows(table, lines):
            waiting.append(row)
            if len(waiting) == _AT_ONCE:
                connection.execute(table.insert(), waiting)
                waiting = []
    if waiting:
        connection.execute(table.insert(), waiting)


def _rows(table: Table, lines: Iterator[str]) -> Iterator[dict[str, object]]:
    for line in lines:
        row: Mapping[str, object] = json.loads(line)
        yield {column.name: _cell(column.type, row[column.name]) for column in table.columns}


def _cell(kind: object, cell: object) -> object:
    """Return a cell as SQLite keeps it: a moment in UTC, without saying so."""
    if not (isinstance(kind, DateTime) and cell):
        return cell
    return datetime.fromisoformat(str(cell)).astimezone(UTC).replace(tzinfo=None)
