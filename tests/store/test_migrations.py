"""The schema: from an empty file, twice, from several processes at once, and as tables.py says."""

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN
from bot.store.audit import Audit
from bot.store.database import STORE_ERRORS, open_database
from bot.store.tables import metadata
from tests.answering.asking import opened
from tests.store.entries import SECRET
from tests.store.together import let_loose


def _schema(file: Path) -> list[str]:
    with opened(file) as connection:
        found = connection.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL")
        return sorted(f"{kind} {name}" for kind, name in found)


def _versions(file: Path) -> list[tuple[str]]:
    with opened(file) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchall()


async def test_an_empty_file_becomes_a_whole_store(engine: AsyncEngine, file: Path) -> None:
    assert _schema(file) == [
        "index assignment_person",
        "index ix_saved_ask_until",
        "table alembic_version",
        "table assignment",
        "table audit",
        "table partner",
        "table saved_ask",
        "trigger audit_no_delete",
        "trigger audit_no_update",
    ]


async def test_opening_a_store_again_changes_nothing(engine: AsyncEngine, file: Path) -> None:
    before = _schema(file)
    again = await open_database(f"sqlite+aiosqlite:///{file}")
    await again.dispose()
    assert (_schema(file), _versions(file)) == (before, [("0002",)])


async def test_two_processes_at_once_make_one_store_and_one_chain(file: Path) -> None:
    assert await let_loose(file, processes=2, questions=20) == [(0, ""), (0, "")]
    assert _versions(file) == [("0002",)]
    engine = await open_database(f"sqlite+aiosqlite:///{file}")
    assert await Audit(engine, SECRET).broken_at(OWN) is None
    await engine.dispose()
    with opened(file) as connection:
        assert connection.execute("SELECT count(*) FROM audit").fetchone() == (40,)


async def test_a_store_that_another_program_is_just_making_is_waited_for(file: Path) -> None:
    """SQLite turns away at once whoever wants a new file to be WAL while another writes to it."""
    with opened(file) as other:
        other.execute("BEGIN IMMEDIATE")
        opening = asyncio.create_task(open_database(f"sqlite+aiosqlite:///{file}"))
        await asyncio.sleep(0.3)
        assert not opening.done()
        other.execute("COMMIT")
        await (await opening).dispose()
    assert _versions(file) == [("0002",)]


async def test_the_migrations_make_what_tables_describe(engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    file = tmp_path / "some" / "where" / "seatwise.db"
    engine = await open_database(f"sqlite+aiosqlite:///{file}")
    await engine.dispose()
    assert _versions(file) == [("0002",)]


async def test_a_file_that_is_no_database_is_refused_and_kept(file: Path) -> None:
    file.write_bytes(b"somebody's holiday pictures" * 100)
    with pytest.raises(STORE_ERRORS):
        await open_database(f"sqlite+aiosqlite:///{file}")
    assert file.read_bytes().startswith(b"somebody's holiday pictures")


async def test_a_confirmed_change_is_on_the_disk(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        mode = (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar()
        flushes = (await connection.exec_driver_sql("PRAGMA synchronous")).scalar()
    assert (mode, flushes) == ("wal", 2)
