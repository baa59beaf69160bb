"""The store on a PostgreSQL that is slow, gone or back again."""

import asyncio
import socket
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId
from bot.store.audit import Audit
from bot.store.database import STORE_ERRORS, open_database
from tests.postgres import plain
from tests.store.behind import Behind, count, in_postgres
from tests.store.entries import SECRET, entry

pytestmark = in_postgres

HELD = "SELECT id FROM partner WHERE id = 'own' FOR UPDATE"
THROW_OUT = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


async def _shown(engine: AsyncEngine, setting: str) -> str:
    async with engine.connect() as connection:
        return str((await connection.exec_driver_sql(f"SHOW {setting}")).scalar())


async def test_every_wait_has_an_end_and_moments_are_in_utc(engine: AsyncEngine) -> None:
    settings = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
    assert [await _shown(engine, setting) for setting in settings] == ["15s", "30s", "1min"]
    assert await _shown(engine, "timezone") == "UTC"


async def test_what_the_address_says_wins(behind: Behind) -> None:
    options = quote("-c lock_timeout=2s -c timezone=Asia/Kathmandu")
    engine = await open_database(f"{behind.url}?application_name=seats&options={options}")
    audit = Audit(engine, SECRET)
    await audit.record(entry())
    settings = ("application_name", "lock_timeout", "statement_timeout", "timezone")
    shown = [await _shown(engine, setting) for setting in settings]
    broken = await audit.broken_at(OWN)
    await engine.dispose()
    assert (shown, broken) == (["seats", "2s", "30s", "Asia/Kathmandu"], None)


async def test_a_partner_that_is_held_too_long_is_an_error_and_nothing_is_written(
    behind: Behind,
) -> None:
    engine = await open_database(f"{behind.url}?options={quote('-c lock_timeout=200ms')}")
    audit = Audit(engine, SECRET)
    await audit.record(entry())
    with psycopg.connect(plain(behind.url)) as other:
        other.execute(HELD)
        with pytest.raises(STORE_ERRORS, match="lock timeout"):
            await audit.record(entry())
    await audit.record(entry())
    assert (count(behind, "audit"), await audit.broken_at(OWN)) == (2, None)
    await engine.dispose()


async def test_another_partner_does_not_wait(audit: Audit, behind: Behind) -> None:
    await audit.record(entry())
    with psycopg.connect(plain(behind.url)) as other:
        other.execute(HELD)
        await asyncio.wait_for(audit.record(entry(partner=PartnerId("rival"))), 5)
    assert count(behind, "audit") == 2


async def test_a_new_partner_whom_another_is_just_writing_is_waited_for(
    audit: Audit, behind: Behind
) -> None:
    with psycopg.connect(plain(behind.url)) as other:
        other.execute("INSERT INTO partner (id, head_seq, head_mac) VALUES ('own', 0, '')")
        recording = asyncio.create_task(audit.record(entry()))
        await asyncio.sleep(0.2)
        assert not recording.done()
        other.commit()
    await recording
    assert (count(behind, "audit"), await audit.broken_at(OWN)) == (1, None)


async def test_lost_connections_are_made_anew_without_a_word(audit: Audit, behind: Behind) -> None:
    await asyncio.gather(*(audit.record(entry()) for _ in range(8)))
    behind.do(THROW_OUT)
    await asyncio.gather(*(audit.record(entry()) for _ in range(8)))
    assert (count(behind, "audit"), await audit.broken_at(OWN)) == (16, None)


async def test_a_connection_lost_in_the_middle_is_an_error_and_nothing_is_written(
    audit: Audit, behind: Behind
) -> None:
    await audit.record(entry())
    with psycopg.connect(plain(behind.url)) as other:
        other.execute(HELD)
        recording = asyncio.create_task(audit.record(entry()))
        await asyncio.sleep(0.2)
        other.execute(THROW_OUT)
    with pytest.raises(STORE_ERRORS):
        await recording
    assert (count(behind, "audit"), await audit.broken_at(OWN)) == (1, None)


@pytest.mark.usefixtures("behind")
async def test_a_server_that_is_not_there_is_an_error_without_the_password() -> None:
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        address = f"postgresql+psycopg://seats:hunter-two@127.0.0.1:{port}/seats"
        with pytest.raises(STORE_ERRORS) as failed:
            await open_database(address)
    assert ("Connection refused" in str(failed.value), "hunter" in str(failed.value)) == (
        True,
        False,
    )


async def test_a_database_that_is_missing_is_an_error(behind: Behind) -> None:
    with pytest.raises(STORE_ERRORS, match="does not exist"):
        await open_database(f"{behind.url}_nowhere")
