"""The store as JSON lines, one file for each table: written as of one moment, and read back."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId
from bot.store.audit import Audit
from bot.store.column_types import Instant
from bot.store.database import migrate
from bot.store.replay_set import seen
from bot.store.shown_cards import shown_card
from bot.store.tables import (
    assignment,
    audit,
    audit_key,
    audit_start,
    metadata,
    partner,
    saved_ask,
    schedule,
    sign_in,
)

_AT_ONCE = 500
"""Rows in one INSERT."""
_SEALED = (sign_in, audit_key, audit_start)
_PASSING = (seen, saved_ask, shown_card)
"""Tables of use for minutes or days, and for this program alone."""
TABLES = tuple(table.name for table in metadata.sorted_tables)
"""Names of all tables, referenced ones before those that refer to them."""
READABLE = tuple(
    table.name for table in metadata.sorted_tables if table not in (*_SEALED, *_PASSING)
)
"""Names of tables that tell a partner something; none of them holds sealed data."""


class NotEmpty(Exception):
    """The store already holds rights, an audit or schedules: nothing was changed."""


async def write_lines(engine: AsyncEngine, folder: Path, names: Collection[str]) -> str:
    """Write the tables to `folder`, all as of one moment, while others keep writing; return the
    schema's revision. Sealed data stays sealed.
    """
    async with engine.execution_options(reading=True).connect() as connection:
        for table in metadata.sorted_tables:
            if table.name in names:
                await _write_table(connection, table, folder / f"{table.name}.jsonl")
        return await connection.run_sync(_revision)


async def read_lines(engine: AsyncEngine, folder: Path, *, over: bool) -> None:
    """Read the files of `write_lines`, all or nothing, into an empty store, or with `over` in place
    of its content. Raises NotEmpty.
    """
    async with engine.begin() as connection:
        if over:
            await connection.run_sync(_recreate_tables)
        elif await _holds_something(connection):
            raise NotEmpty
        for table in metadata.sorted_tables:
            await _read_table(connection, table, folder / f"{table.name}.jsonl")
        if connection.dialect.name == "postgresql":
            await connection.execute(_NEXT_ID)


_NEXT_ID = text(
    "SELECT setval(pg_get_serial_sequence('assignment', 'id'), "
    "(SELECT coalesce(max(id), 0) + 1 FROM assignment), false)"
)


async def broken_chains(engine: AsyncEngine, secret: str) -> list[str]:
    """Return the partners whose audit does not verify with this secret."""
    async with engine.execution_options(reading=True).connect() as connection:
        partners = (await connection.execute(select(partner.c.id))).scalars().all()
    kept = Audit(engine, secret)
    return [of for of in partners if await kept.broken_at(PartnerId(of)) is not None]


def _revision(connection: Connection) -> str:
    return ",".join(MigrationContext.configure(connection).get_current_heads())


def _recreate_tables(connection: Connection) -> None:
    """Replace the tables by empty ones: an audit can be dropped, but not emptied."""
    found = MetaData()
    found.reflect(connection)
    found.drop_all(connection)
    if connection.dialect.name == "postgresql":  # its trigger functions belong to no table
        for function in ("audit_is_append_only", "audit_keeps_its_rows"):
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
    migrate(connection)


async def _holds_something(connection: AsyncConnection) -> bool:
    for table in (assignment, audit, schedule):
        if (await connection.execute(select(func.count()).select_from(table))).scalar():
            return True
    return False


async def _write_table(connection: AsyncConnection, table: Table, file: Path) -> None:
    rows = select(table).order_by(*table.primary_key.columns)
    with file.open("w", encoding="utf-8") as out:
        async with connection.stream(rows) as stream:
            async for row in stream.mappings():
                out.write(json.dumps(dict(row), default=_cell_text) + "\n")


def _cell_text(cell: object) -> str:
    assert isinstance(cell, datetime)  # noqa: S101 the only kind of cell JSON does not know
    return cell.isoformat()


async def _read_table(connection: AsyncConnection, table: Table, file: Path) -> None:
    waiting: list[dict[str, object]] = []
    with file.open(encoding="utf-8") as lines:
        for row in _rows(table, lines):
            waiting.append(row)
            if len(waiting) == _AT_ONCE:
                await connection.execute(table.insert(), waiting)
                waiting = []
    if waiting:
        await connection.execute(table.insert(), waiting)


def _rows(table: Table, lines: Iterator[str]) -> Iterator[dict[str, object]]:
    """Yield the table's rows. Raises KeyError or ValueError for a line of no row of this table."""
    for line in lines:
        row: Mapping[str, object] = json.loads(line)
        yield {column.name: _cell(column.type, row[column.name]) for column in table.columns}


def _cell(kind: object, cell: object) -> object:
    return datetime.fromisoformat(str(cell)) if isinstance(kind, Instant) and cell else cell
