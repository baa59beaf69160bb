"""The audit: every row follows from the one before it, and none can be changed through the
program.
"""

import asyncio
import json
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId
from bot.store.asks import SavedAsks
from bot.store.audit import Audit
from bot.store.roles import Roles
from handlers.chat.access import Role
from handlers.chat.reply import Choice
from tests.answering.asking import opened
from tests.store.entries import BEN, LATER, NOW, SECRET, entry, grant, question

RIVAL = PartnerId("rival")
ROWS = "SELECT partner, seq, at, entry, mac FROM audit ORDER BY partner, seq"


def _rows(file: Path) -> list[tuple[str, int, str, str, str]]:
    with opened(file) as connection:
        return connection.execute(ROWS).fetchall()


def _steps(file: Path) -> list[tuple[str, int]]:
    return [(partner, seq) for partner, seq, *_ in _rows(file)]


async def test_an_audit_of_nothing_is_whole(audit: Audit) -> None:
    assert await audit.broken_at(OWN) is None


async def test_rows_follow_one_another(audit: Audit, file: Path) -> None:
    for why in ("", "not-allowed", ""):
        await audit.record(entry(why=why))
    assert _steps(file) == [("own", 1), ("own", 2), ("own", 3)]
    assert await audit.broken_at(OWN) is None


async def test_a_row_says_who_asked_what_became_of_it_and_whose_figures_were_seen(
    audit: Audit, file: Path
) -> None:
    await audit.record(entry("/usage contoso", why="unknown-topic"))
    ((_, _, at, text, _),) = _rows(file)
    kept = json.loads(text)
    assert len(kept.pop("text")) == 64
    assert at == "2026-11-22 09:30:00.000000"
    assert kept == {
        "action": "question",
        "who": "slack:T1:ADA",
        "via": "typed",
        "request": "at 09:30",
        "room": "private",
        "command": "usage",
        "outcome": "refused",
        "why": "unknown-topic",
        "customers": ["0112a436-b14e-4888-967b-ca4bb2cf1234"],
    }


async def test_the_same_words_leave_the_same_mark_at_one_partner_and_another_elsewhere(
    audit: Audit, file: Path
) -> None:
    for text, partner in (
        ("/usage a", OWN),
        ("/usage a", OWN),
        ("/usage b", OWN),
        ("/usage a", RIVAL),
    ):
        await audit.record(entry(text, partner=partner))
    first, again, other, elsewhere = (json.loads(row[3])["text"] for row in _rows(file))
    assert first == again
    assert len({first, other, elsewhere}) == 3


async def test_what_was_typed_stands_nowhere_in_the_files(
    audit: Audit, engine: AsyncEngine, file: Path
) -> None:
    await audit.record(entry("/usage zebra-crossing"))
    await SavedAsks(engine).save(
        question("/usage zebra-crossing"), [Choice("b", "/usage button-text")], NOW
    )
    files = [*file.parent.glob("seatwise.db*")]
    kept = b"".join(one.read_bytes() for one in files)
    assert {one.name for one in files} >= {"seatwise.db", "seatwise.db-wal"}
    assert (b"button-text" in kept, b"zebra" in kept) == (True, False)


async def test_lone_surrogates_and_control_characters_can_be_recorded(audit: Audit) -> None:
    await audit.record(entry("/usage \ud800\x00\u202e"))
    assert await audit.broken_at(OWN) is None


async def test_a_moment_written_in_another_zone_keeps_the_chain_whole(audit: Audit) -> None:
    await audit.record(entry(at=NOW.astimezone(timezone(timedelta(hours=9)))))
    assert await audit.broken_at(OWN) is None


async def test_grants_and_questions_are_one_chain(audit: Audit, roles: Roles, file: Path) -> None:
    await audit.record(entry())
    await roles.give(BEN, grant(Role.EXECUTIVE, until=LATER))
    await audit.record(entry())
    assert json.loads(_rows(file)[1][3]) == {
        "action": "grant",
        "whom": "slack:T1:BEN",
        "role": "executive-report-viewer",
        "customers": None,
        "until": "2026-11-22T10:30:00+00:00",
        "who": "slack:T1:ADA",
    }
    assert await audit.broken_at(OWN) is None


async def test_each_partner_has_a_chain_of_its_own(audit: Audit, file: Path) -> None:
    for partner in (OWN, RIVAL, OWN, RIVAL, OWN):
        await audit.record(entry(partner=partner))
    assert _steps(file) == [("own", 1), ("own", 2), ("own", 3), ("rival", 1), ("rival", 2)]
    assert [await audit.broken_at(partner) for partner in (OWN, RIVAL)] == [None, None]


async def test_another_secret_finds_the_chain_broken_at_its_first_row(
    audit: Audit, engine: AsyncEngine
) -> None:
    await audit.record(entry())
    assert await Audit(engine, SECRET + "x").broken_at(OWN) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET entry = '{}' WHERE seq = 1",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT partner, seq, at, '{}', mac FROM audit",
        "REPLACE INTO audit SELECT partner, seq, at, '{}', mac FROM audit WHERE seq = 2",
    ],
)
async def test_the_program_itself_cannot_change_a_row(
    audit: Audit, engine: AsyncEngine, file: Path, statement: str
) -> None:
    for _ in range(2):
        await audit.record(entry())
    before = _rows(file)
    with pytest.raises(IntegrityError, match="the audit is append-only"):
        async with engine.begin() as connection:
            await connection.exec_driver_sql(statement)
    assert _rows(file) == before


async def test_questions_at_the_same_moment_make_one_chain(audit: Audit, file: Path) -> None:
    await asyncio.gather(*(audit.record(entry()) for _ in range(40)))
    assert len(_rows(file)) == 40
    assert await audit.broken_at(OWN) is None
