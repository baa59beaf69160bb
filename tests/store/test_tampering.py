"""Somebody with the database and without the key: what they did shows, at its row."""

import pytest
import pytest_asyncio

from analytics.values import OWN, PartnerId
from bot.store.audit import Audit
from tests.store.behind import Behind, in_postgres, in_sqlite
from tests.store.entries import entry

RIVAL = PartnerId("rival")

CASES = {
    "a changed entry": (
        3,
        ["UPDATE audit SET entry = replace(entry, 'answered', 'refused') WHERE seq = 3"],
    ),
    "a changed time": (
        2,
        ["UPDATE audit SET at = '2026-11-22 09:30:01.000000' WHERE seq = 2"],
    ),
    "a seal that is none": (4, ["UPDATE audit SET mac = 'é' WHERE seq = 4"]),
    "the first row deleted": (1, ["DELETE FROM audit WHERE seq = 1"]),
    "a row deleted": (3, ["DELETE FROM audit WHERE seq = 3"]),
    "a row deleted, the others moved up": (
        3,
        ["DELETE FROM audit WHERE seq = 3", "UPDATE audit SET seq = seq - 1 WHERE seq > 3"],
    ),
    "the tail cut off": (4, ["DELETE FROM audit WHERE seq > 3"]),
    "everything deleted": (1, ["DELETE FROM audit"]),
    "two rows swapped": (
        2,
        [
            "UPDATE audit SET seq = 99 WHERE seq = 2",
            "UPDATE audit SET seq = 2 WHERE seq = 3",
            "UPDATE audit SET seq = 3 WHERE seq = 99",
        ],
    ),
    "a row added without the key": (
        6,
        [
            "INSERT INTO audit SELECT partner, 6, at, entry, 'forged' FROM audit WHERE seq = 5",
            "UPDATE partner SET head_seq = 6, head_mac = 'forged'",
        ],
    ),
    "a row said twice": (
        6,
        [
            "INSERT INTO audit SELECT partner, 6, at, entry, mac FROM audit WHERE seq = 5",
            "UPDATE partner SET head_seq = 6",
        ],
    ),
    "a head that is another": (6, ["UPDATE partner SET head_mac = 'forged'"]),
}


IN_SQLITE = {
    "a time that is none": (2, ["UPDATE audit SET at = 'yesterday' WHERE seq = 2"]),
    "a time before all time": (
        2,
        ["UPDATE audit SET at = '0001-01-01T00:00:00+14:00' WHERE seq = 2"],
    ),
    "a time that is bytes": (2, ["UPDATE audit SET at = x'3132' WHERE seq = 2"]),
    "a seal that is bytes": (4, ["UPDATE audit SET mac = x'00' WHERE seq = 4"]),
    "an entry that is bytes": (3, ["UPDATE audit SET entry = x'00' WHERE seq = 3"]),
    "a head that is gone": (
        6,
        ["PRAGMA foreign_keys = OFF", "DELETE FROM partner WHERE id = 'own'"],
    ),
}

IN_POSTGRES = {
    "a time without end": (2, ["UPDATE audit SET at = 'infinity' WHERE seq = 2"]),
    "a time before all time": (2, ["UPDATE audit SET at = '4000-01-01 BC' WHERE seq = 2"]),
    "a head that is gone": (
        6,
        [
            "ALTER TABLE audit DROP CONSTRAINT audit_partner_fkey",
            "DELETE FROM partner WHERE id = 'own'",
        ],
    ),
}


@pytest_asyncio.fixture
async def five_rows(audit: Audit) -> Audit:
    """An audit of five questions."""
    for _ in range(5):
        await audit.record(entry())
    return audit


@pytest.mark.parametrize("case", CASES)
async def test_what_was_done_to_the_store_shows_at_its_row(
    five_rows: Audit, behind: Behind, case: str
) -> None:
    row, statements = CASES[case]
    behind.tamper(*statements)
    assert await five_rows.broken_at(OWN) == row


@in_sqlite
@pytest.mark.parametrize("case", IN_SQLITE)
async def test_what_only_sqlite_lets_be_done_shows(
    five_rows: Audit, behind: Behind, case: str
) -> None:
    row, statements = IN_SQLITE[case]
    behind.tamper(*statements)
    assert await five_rows.broken_at(OWN) == row


@in_postgres
@pytest.mark.parametrize("case", IN_POSTGRES)
async def test_what_only_postgresql_lets_be_done_shows(
    five_rows: Audit, behind: Behind, case: str
) -> None:
    row, statements = IN_POSTGRES[case]
    behind.tamper(*statements)
    assert await five_rows.broken_at(OWN) == row


async def test_a_row_of_another_partners_chain_does_not_fit(
    five_rows: Audit, behind: Behind
) -> None:
    await five_rows.record(entry(partner=RIVAL))
    behind.tamper(
        "DELETE FROM audit WHERE partner = 'own' AND seq = 1",
        "UPDATE audit SET partner = 'own' WHERE partner = 'rival'",
    )
    assert [await five_rows.broken_at(partner) for partner in (OWN, RIVAL)] == [1, 1]


async def test_a_broken_chain_stays_broken_whatever_follows(
    five_rows: Audit, behind: Behind
) -> None:
    behind.tamper("DELETE FROM audit WHERE seq = 2")
    await five_rows.record(entry())
    assert await five_rows.broken_at(OWN) == 2


async def test_a_cut_tail_shows_even_after_new_questions(five_rows: Audit, behind: Behind) -> None:
    behind.tamper("DELETE FROM audit WHERE seq = 5")
    await five_rows.record(entry())
    assert await five_rows.broken_at(OWN) == 5


async def test_a_row_put_back_from_before_the_tail_was_cut_does_not_fit(
    five_rows: Audit, behind: Behind
) -> None:
    """Every row is genuine; only their order in time is not."""
    behind.tamper(
        "CREATE TABLE stolen AS SELECT * FROM audit WHERE seq = 5",
        "DELETE FROM audit WHERE seq = 5",
        "UPDATE partner SET head_seq = 4, head_mac = (SELECT mac FROM audit WHERE seq = 4)",
    )
    for why in ("not-allowed", ""):
        await five_rows.record(entry(why=why))
    assert await five_rows.broken_at(OWN) is None
    behind.tamper("DELETE FROM audit WHERE seq = 5", "INSERT INTO audit SELECT * FROM stolen")
    assert await five_rows.broken_at(OWN) == 6
