"""The audit's old months are cut off; what stays verifies, and what was meddled with shows."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId
from bot.scheduler.old_audit import OldAudit
from bot.store.audit import Audit
from bot.store.audit_cut import AuditCut
from bot.store.key_rotation import rotate
from bot.store.tables import audit as rows
from tests.store.behind import Behind
from tests.store.entries import NOW, SECRET, entry

SEQS = "SELECT seq FROM audit WHERE partner = 'own' ORDER BY seq"
DAYS = ((2023, 9, 30), (2023, 10, 1), (2023, 10, 31), (2023, 11, 1), (2024, 2, 3), (2026, 11, 1))
"""Days of six rows; with NOW in November 2026, 36 months begin on 1 November 2023."""


async def written(audit: Audit, partner: PartnerId = OWN) -> None:
    """A row of each of those days."""
    for day in DAYS:
        await audit.record(entry(partner=partner, at=datetime(*day, tzinfo=UTC)))


def kept(behind: Behind) -> list[int]:
    return [seq for (seq,) in behind.rows(SEQS)]


@pytest.fixture
def cut(engine: AsyncEngine) -> AuditCut:
    return AuditCut(engine, SECRET, OWN)


@pytest.mark.parametrize(
    ("months", "left"),
    [
        (120, [1, 2, 3, 4, 5, 6]),
        (37, [2, 3, 4, 5, 6, 7]),
        (36, [4, 5, 6, 7, 8]),
        (1, [6, 7, 8, 9, 10]),
    ],
)
async def test_months_before_the_last_ones_go_and_the_rest_verifies(
    audit: Audit, cut: AuditCut, behind: Behind, months: int, left: list[int]
) -> None:
    await written(audit)
    assert await cut.cut(months, NOW) == left[0] - 1
    assert kept(behind) == left
    assert await audit.broken_at(OWN) is None
    await audit.record(entry())
    assert await cut.cut(months, NOW) == 0
    assert await audit.broken_at(OWN) is None


async def test_an_audit_of_old_rows_alone_keeps_what_says_so(
    audit: Audit, cut: AuditCut, behind: Behind
) -> None:
    await written(audit)
    assert await cut.cut(1, datetime(2031, 1, 1, tzinfo=UTC)) == 6
    assert len(kept(behind)) == 5  # one a month that was cut
    assert await audit.broken_at(OWN) is None


async def test_another_partners_audit_stays(audit: Audit, cut: AuditCut) -> None:
    rival = PartnerId("rival")
    await written(audit)
    await written(audit, rival)
    await cut.cut(36, NOW)
    assert [await audit.broken_at(each) for each in (OWN, rival)] == [None, None]


async def test_each_partners_audit_has_a_start_of_its_own(
    engine: AsyncEngine, audit: Audit, cut: AuditCut
) -> None:
    partners = [PartnerId("another"), OWN, PartnerId("rival")]
    for each, months in zip(partners, (30, 36, 37), strict=True):
        await written(audit, each)
        assert await AuditCut(engine, SECRET, each).cut(months, NOW) > 0
    assert [await audit.broken_at(each) for each in partners] == [None, None, None]


async def test_a_seal_is_that_of_a_row_that_is_there(
    engine: AsyncEngine, audit: Audit, cut: AuditCut, behind: Behind
) -> None:
    await written(audit)
    seals = dict(behind.rows("SELECT seq, mac FROM audit"))
    await cut.cut(36, NOW)
    async with engine.connect() as connection:
        found = [await audit.verified_mac(connection, OWN, seq) for seq in range(2, 9)]
        assert found[1:5] == [seals[seq] for seq in range(3, 7)]
        assert found[0] is None, "it was cut off"
        assert await audit.verified_mac(connection, OWN, 99) is None
    behind.tamper("UPDATE audit SET entry = '{}' WHERE seq = 5")
    async with engine.connect() as connection:
        assert await audit.verified_mac(connection, OWN, 4) == seals[4]
        assert [await audit.verified_mac(connection, OWN, seq) for seq in (5, 6)] == [None, None]


async def test_a_new_key_opens_the_start_too(engine: AsyncEngine, cut: AuditCut) -> None:
    await written(Audit(engine, SECRET))
    await cut.cut(36, NOW)
    new = SECRET + " the second"
    await rotate(engine, SECRET, new, lambda: NOW)
    assert await Audit(engine, new).broken_at(OWN) is None
    assert await Audit(engine, SECRET).broken_at(OWN) is not None
    assert await AuditCut(engine, new, OWN).cut(30, NOW) == 2
    assert await Audit(engine, new).broken_at(OWN) is None


async def test_only_what_was_cut_may_be_deleted(engine: AsyncEngine, cut: AuditCut) -> None:
    await written(Audit(engine, SECRET))
    await cut.cut(36, NOW)
    for seq in (4, 8):
        with pytest.raises(SQLAlchemyError, match="append-only"):
            async with engine.begin() as connection:
                await connection.execute(delete(rows).where(rows.c.seq == seq))


MEDDLED = {
    "a row more is cut": (["DELETE FROM audit WHERE seq = 4"], 4),
    "the start is moved": (
        ["UPDATE audit_start SET last_seq = 4", "DELETE FROM audit WHERE seq = 4"],
        1,
    ),
    "the start is gone": (["DELETE FROM audit_start"], 1),
    "the start is another's": (["UPDATE audit_start SET mac = 'forged'"], 1),
    "a row is changed": (["UPDATE audit SET entry = '{}' WHERE seq = 5"], 5),
    "the tail is cut": (["DELETE FROM audit WHERE seq > 6"], 7),
    "a row that was cut is back": (
        ["INSERT INTO audit SELECT partner, 3, at, entry, mac FROM audit WHERE seq = 4"],
        4,
    ),
}


@pytest.mark.parametrize("how", MEDDLED)
async def test_what_was_done_to_a_cut_audit_shows(
    audit: Audit, cut: AuditCut, behind: Behind, how: str
) -> None:
    await written(audit)
    await cut.cut(36, NOW)
    statements, row = MEDDLED[how]
    behind.tamper(*statements)
    assert await audit.broken_at(OWN) == row


async def test_a_part_that_does_not_verify_is_not_cut_away(
    audit: Audit, cut: AuditCut, behind: Behind
) -> None:
    await written(audit)
    behind.tamper("UPDATE audit SET entry = '{}' WHERE seq = 1")
    assert await cut.cut(36, NOW) == 0
    assert await audit.broken_at(OWN) == 1


async def test_it_is_cut_once_a_day_and_again_where_it_failed() -> None:
    cuts: list[datetime] = []
    clock = [NOW]

    async def cut(now: datetime) -> int:
        cuts.append(now)
        if len(cuts) == 1:
            raise OSError
        return 0

    chore = OldAudit(cut, lambda: clock[0])
    with pytest.raises(OSError):  # noqa: PT011 the one above
        await chore.catch_up()
    for _ in range(3):
        await chore.catch_up()
    assert len(cuts) == 2
    clock[0] = NOW.replace(day=23)
    await chore.catch_up()
    assert len(cuts) == 3
