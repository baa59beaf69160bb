"""The schema: from nothing, twice, from several processes at once, and as tables.py says."""

import asyncio
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN
from bot import store
from bot.environment import Unsafe
from bot.store.audit import Audit
from bot.store.database import STORE_ERRORS, open_database
from bot.store.tables import metadata
from tests.answering.instruments import opened
from tests.store.behind import Behind, count, in_postgres, in_sqlite
from tests.store.entries import SECRET, entry
from tests.store.together import let_loose

SCRIPTS = ScriptDirectory(str(Path(store.__file__).with_name("migrations")))
NEWEST = [(SCRIPTS.get_current_head(),)]
VERSIONS = "SELECT version_num FROM alembic_version"
SQLITE_HAS = "SELECT type || ' ' || name FROM sqlite_master WHERE sql IS NOT NULL"
POSTGRES_HAS = """
    SELECT 'table ' || tablename FROM pg_tables WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'index ' || indexname FROM pg_indexes
        WHERE schemaname = 'public' AND NOT indexname ~ '_pkc?'"""


def test_the_files_of_migrations_are_named_by_their_revisions() -> None:
    order = [script.revision for script in SCRIPTS.walk_revisions()][::-1]
    files = sorted(Path(SCRIPTS.versions).glob("0*.py"))
    assert [file.name[:4] for file in files] == order


def _described() -> list[str]:
    """What tables.py and its like say, and Alembic's own."""
    tables = ["alembic_version", *metadata.tables]
    indexes = [index.name for table in metadata.tables.values() for index in table.indexes]
    return sorted([*(f"table {name}" for name in tables), *(f"index {name}" for name in indexes)])


def _versions(file: Path) -> list[tuple[str]]:
    with opened(file) as connection:
        return connection.execute(VERSIONS).fetchall()


@in_sqlite
@pytest.mark.usefixtures("engine")
async def test_an_empty_file_becomes_a_whole_store(behind: Behind) -> None:
    made = sorted(name for (name,) in behind.rows(SQLITE_HAS))
    assert made == [*_described(), "trigger audit_no_delete", "trigger audit_no_update"]


@in_postgres
@pytest.mark.usefixtures("engine")
async def test_an_empty_database_becomes_a_whole_store(behind: Behind) -> None:
    made = sorted(name for (name,) in behind.rows(POSTGRES_HAS))
    assert made == [*_described(), "trigger audit_no_change", "trigger audit_no_delete"]


async def test_opening_a_store_again_changes_nothing(audit: Audit, behind: Behind) -> None:
    await audit.record(entry())
    again = await open_database(behind.url)
    await again.dispose()
    assert (behind.rows(VERSIONS), count(behind, "audit")) == (NEWEST, 1)


@pytest.mark.parametrize("left_at", [each.revision for each in SCRIPTS.walk_revisions()][1:])
async def test_a_store_of_an_earlier_version_is_brought_up_to_date(
    behind: Behind, left_at: str
) -> None:
    engine = await open_database(behind.url)
    async with engine.begin() as connection:
        await connection.run_sync(_left_at, left_at)
    await engine.dispose()
    assert behind.rows(VERSIONS) == [(left_at,)]

    await (await open_database(behind.url)).dispose()

    assert behind.rows(VERSIONS) == NEWEST
    has = SQLITE_HAS if behind.url.startswith("sqlite") else POSTGRES_HAS
    assert {*_described()} <= {name for (name,) in behind.rows(has)}


@pytest.mark.parametrize(
    ("role", "ended", "told"),
    [
        ("executive-report-viewer", "NULL", [("own", "amounts", None)]),
        ("executive-report-viewer", "'2026-01-02 00:00:00'", []),
        ("report-viewer", "NULL", []),
    ],
)
async def test_admins_are_to_be_told_who_sees_amounts_where_somebody_does(
    behind: Behind, role: str, ended: str, told: list[tuple[str, str, None]]
) -> None:
    engine = await open_database(behind.url)
    async with engine.begin() as connection:
        await connection.run_sync(_left_at, "0008")
    await engine.dispose()
    behind.do(
        "INSERT INTO partner (id, head_seq, head_mac) VALUES ('own', 0, '')",
        "INSERT INTO assignment (partner, platform, tenant, user_id, role, reason, given_by, at, "  # noqa: S608 words of ours
        f"ended_at) VALUES ('own', 'slack', 'T', 'U', '{role}', '', 'operator', "
        f"'2026-01-01 00:00:00', {ended})",
    )
    await (await open_database(behind.url)).dispose()
    assert behind.rows("SELECT partner, kind, told FROM announcement") == told


def _left_at(connection: Connection, revision: str) -> None:
    """An emptied store, brought as far as an earlier version did."""
    there = MetaData()
    there.reflect(connection)
    there.drop_all(connection)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS audit_is_append_only()")
    config = Config()
    config.set_main_option("script_location", SCRIPTS.dir)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def test_two_processes_at_once_make_one_store_and_one_chain(behind: Behind) -> None:
    assert await let_loose(behind.url, processes=2, questions=20) == [(0, "")] * 2
    assert (behind.rows(VERSIONS), count(behind, "audit")) == (NEWEST, 40)
    engine = await open_database(behind.url)
    assert await Audit(engine, SECRET).broken_at(OWN) is None
    await engine.dispose()


async def test_many_that_open_a_new_store_at_once_all_can(behind: Behind) -> None:
    opening = (open_database(behind.url) for _ in range(6))
    engines = await asyncio.gather(*opening)
    await asyncio.gather(*(engine.dispose() for engine in engines))
    assert behind.rows(VERSIONS) == NEWEST


async def test_a_store_that_another_program_is_just_making_is_waited_for(file: Path) -> None:
    """SQLite turns away at once whoever wants a new file to be WAL while another writes to it."""
    with opened(file) as other:
        other.execute("BEGIN IMMEDIATE")
        opening = asyncio.create_task(open_database(f"sqlite+aiosqlite:///{file}"))
        await asyncio.sleep(0.3)
        assert not opening.done()
        other.execute("COMMIT")
        await (await opening).dispose()
    assert _versions(file) == NEWEST


async def test_a_store_of_a_newer_seatwise_is_refused_and_kept(
    audit: Audit, behind: Behind
) -> None:
    await audit.record(entry())
    behind.do("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unsafe) as refused:
        await open_database(behind.url)
    assert refused.value.faults == (("store-newer", {"found": "9999", "known": NEWEST[0][0]}),)
    assert (behind.rows(VERSIONS), count(behind, "audit")) == ([("9999",)], 1)


async def test_a_migration_that_fails_leaves_nothing_behind(behind: Behind) -> None:
    """A table that is already there stops it halfway."""
    behind.do("CREATE TABLE saved_ask (somebody_elses TEXT)")
    with pytest.raises(SQLAlchemyError, match="saved_ask"):
        await open_database(behind.url)
    in_sqlite = behind.url.startswith("sqlite")
    assert behind.rows(SQLITE_HAS if in_sqlite else POSTGRES_HAS) == [("table saved_ask",)]


async def test_the_migrations_make_what_tables_describe(engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    file = tmp_path / "some" / "where" / "seatwise.db"
    engine = await open_database(f"sqlite+aiosqlite:///{file}")
    await engine.dispose()
    assert _versions(file) == NEWEST


async def test_a_file_that_is_no_database_is_refused_and_kept(file: Path) -> None:
    file.write_bytes(b"somebody's holiday pictures" * 100)
    with pytest.raises(STORE_ERRORS):
        await open_database(f"sqlite+aiosqlite:///{file}")
    assert file.read_bytes().startswith(b"somebody's holiday pictures")


@in_sqlite
async def test_a_confirmed_change_is_on_the_disk(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        mode = (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar()
        flushes = (await connection.exec_driver_sql("PRAGMA synchronous")).scalar()
    assert (mode, flushes) == ("wal", 2)
