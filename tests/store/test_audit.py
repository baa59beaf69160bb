"""The audit: every row follows from the one before it, and none can be changed through the
program.
"""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN, PartnerId
from bot.delivery import Origin
from bot.store.audit import Audit
from bot.store.buttons import ButtonStore
from bot.store.roles import RoleStore
from handlers.chat.access import Role
from handlers.chat.reply import Choice
from tests.answering.instruments import opened
from tests.store.behind import Behind, count, in_postgres, in_sqlite
from tests.store.entries import BEN, LATER, NOW, SECRET, entry, grant, question

RIVAL = PartnerId("rival")
TABLES = ("partner", "assignment", "audit", "saved_ask")
ROWS = "SELECT partner, seq, CAST(at AS TEXT), entry, mac FROM audit ORDER BY partner, seq"


def _steps(behind: Behind) -> list[tuple[str, int]]:
    return [(partner, seq) for partner, seq, *_ in behind.rows(ROWS)]


async def test_an_audit_of_nothing_is_whole(audit: Audit) -> None:
    assert await audit.broken_at(OWN) is None


async def test_rows_follow_one_another(audit: Audit, behind: Behind) -> None:
    for why in ("", "not-allowed", ""):
        await audit.record(entry(why=why))
    assert _steps(behind) == [("own", 1), ("own", 2), ("own", 3)]
    assert await audit.broken_at(OWN) is None


async def test_a_row_says_who_asked_what_became_of_it_and_whose_figures_were_seen(
    audit: Audit, behind: Behind
) -> None:
    await audit.record(entry("/usage contoso", why="unknown-topic"))
    ((_, _, at, text, _),) = behind.rows(ROWS)
    kept = json.loads(text)
    assert len(kept.pop("text")) == 64
    assert datetime.fromisoformat(at).replace(tzinfo=UTC) == NOW
    assert kept == {
        "action": "question",
        "who": "slack:T1:ADA",
        "via": "typed",
        "request": "at 09:30",
        "room": "private",
        "address": "a room",
        "reach": "asker",
        "shown": "asker",
        "outsiders": [],
        "command": "usage",
        "outcome": "refused",
        "why": "unknown-topic",
        "customers": ["0112a436-b14e-4888-967b-ca4bb2cf1234"],
    }


async def test_the_same_words_leave_the_same_mark_at_one_partner_and_another_elsewhere(
    audit: Audit, behind: Behind
) -> None:
    for text, partner in (
        ("/usage a", OWN),
        ("/usage a", OWN),
        ("/usage b", OWN),
        ("/usage a", RIVAL),
    ):
        await audit.record(entry(text, partner=partner))
    first, again, other, elsewhere = (json.loads(row[3])["text"] for row in behind.rows(ROWS))
    assert first == again
    assert len({first, other, elsewhere}) == 3


async def test_what_was_typed_stands_nowhere_in_the_store(
    audit: Audit, engine: AsyncEngine, behind: Behind
) -> None:
    await audit.record(entry("/usage zebra-crossing"))
    await ButtonStore(engine).save(
        question("/usage zebra-crossing"), [Choice("b", "/usage button-text")], Origin(7), NOW
    )
    kept = str([behind.rows(f"SELECT * FROM {table}") for table in TABLES])  # noqa: S608 ours
    assert ("button-text" in kept, "zebra" in kept) == (True, False)


async def test_lone_surrogates_and_control_characters_can_be_recorded(audit: Audit) -> None:
    await audit.record(entry("/usage \ud800\x00\u202e"))
    assert await audit.broken_at(OWN) is None


async def test_what_a_platform_calls_a_room_can_be_recorded_whatever_it_is(
    audit: Audit, behind: Behind
) -> None:
    asked = entry()
    room = replace(asked.ask.room, address="caf\u00e9 \ud800")
    await audit.record(replace(asked, ask=replace(asked.ask, room=room)))
    assert await audit.broken_at(OWN) is None
    ((_, _, _, text, _),) = behind.rows(ROWS)
    assert text.isascii()
    assert json.loads(text)["address"] == "caf\u00e9 \ud800"


async def test_a_rows_words_stand_in_one_order(audit: Audit, behind: Behind) -> None:
    await audit.record(entry())
    ((_, _, _, text, _),) = behind.rows(ROWS)
    assert list(json.loads(text)) == sorted(json.loads(text))


async def test_a_chain_of_hundreds_is_whole(audit: Audit, engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        for _ in range(300):
            await audit.append(connection, OWN, NOW, {})
        assert await audit.verified_mac(connection, OWN, 300) is not None
    assert await audit.broken_at(OWN) is None


async def test_a_moment_written_in_another_zone_keeps_the_chain_whole(audit: Audit) -> None:
    await audit.record(entry(at=NOW.astimezone(timezone(timedelta(hours=9)))))
    assert await audit.broken_at(OWN) is None


@pytest.fixture
def in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose own clock is nine hours ahead."""
    with monkeypatch.context() as machine:
        machine.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_tokyo")
async def test_a_chain_is_whole_whatever_zone_its_machine_is_in(audit: Audit) -> None:
    await audit.record(entry())
    assert await audit.broken_at(OWN) is None


async def test_grants_and_questions_are_one_chain(
    audit: Audit, roles: RoleStore, behind: Behind
) -> None:
    await audit.record(entry())
    await roles.give(BEN, grant(Role.EXECUTIVE, until=LATER))
    await audit.record(entry())
    assert json.loads(behind.rows(ROWS)[1][3]) == {
        "action": "grant",
        "whom": "slack:T1:BEN",
        "role": "executive-report-viewer",
        "customers": None,
        "with_people": False,
        "until": "2026-11-22T10:30:00+00:00",
        "who": "slack:T1:ADA",
    }
    assert await audit.broken_at(OWN) is None


async def test_each_partner_has_a_chain_of_its_own(audit: Audit, behind: Behind) -> None:
    for partner in (OWN, RIVAL, OWN, RIVAL, OWN):
        await audit.record(entry(partner=partner))
    assert _steps(behind) == [("own", 1), ("own", 2), ("own", 3), ("rival", 1), ("rival", 2)]
    assert [await audit.broken_at(partner) for partner in (OWN, RIVAL)] == [None, None]


@pytest.mark.parametrize("partner", ["another", "own", "zebra"])
async def test_a_partner_without_rows_is_whole_beside_one_who_has_some(
    audit: Audit, partner: str
) -> None:
    await audit.record(entry(partner=RIVAL))
    assert await audit.broken_at(PartnerId(partner)) is None


async def test_another_secret_finds_the_chain_broken_at_its_first_row(
    audit: Audit, engine: AsyncEngine
) -> None:
    await audit.record(entry())
    assert await Audit(engine, SECRET + "x").broken_at(OWN) == 1


async def _refused(audit: Audit, engine: AsyncEngine, behind: Behind, statement: str) -> None:
    for _ in range(2):
        await audit.record(entry())
    before = behind.rows(ROWS)
    with pytest.raises(IntegrityError, match="the audit is append-only"):
        async with engine.begin() as connection:
            await connection.exec_driver_sql(statement)
    assert behind.rows(ROWS) == before


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET entry = '{}' WHERE seq = 1", "DELETE FROM audit"]
)
async def test_the_program_itself_cannot_change_a_row(
    audit: Audit, engine: AsyncEngine, behind: Behind, statement: str
) -> None:
    await _refused(audit, engine, behind, statement)


@in_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO audit SELECT partner, seq, at, '{}', mac FROM audit",
        "REPLACE INTO audit SELECT partner, seq, at, '{}', mac FROM audit WHERE seq = 2",
    ],
)
async def test_nor_by_the_words_of_sqlite(
    audit: Audit, engine: AsyncEngine, behind: Behind, statement: str
) -> None:
    await _refused(audit, engine, behind, statement)


@in_postgres
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE audit",
        "TRUNCATE partner CASCADE",
        "INSERT INTO audit SELECT * FROM audit ON CONFLICT (partner, seq) DO UPDATE SET mac = ''",
        "MERGE INTO audit USING partner ON seq = head_seq WHEN MATCHED THEN DELETE",
    ],
)
async def test_nor_by_the_words_of_postgresql(
    audit: Audit, engine: AsyncEngine, behind: Behind, statement: str
) -> None:
    await _refused(audit, engine, behind, statement)


async def test_questions_at_the_same_moment_make_one_chain(audit: Audit, behind: Behind) -> None:
    await asyncio.gather(*(audit.record(entry()) for _ in range(40)))
    assert count(behind, "audit") == 40
    assert await audit.broken_at(OWN) is None


async def test_a_chain_that_grows_while_it_is_looked_at_is_whole(
    audit: Audit, another: AsyncEngine
) -> None:
    """Its rows and its head are read at one moment."""
    growing = asyncio.gather(*(Audit(another, SECRET).record(entry()) for _ in range(60)))
    seen = set()
    while not growing.done():
        seen.add(await audit.broken_at(OWN))
    await growing
    assert seen == {None}


@in_sqlite
async def test_a_chain_is_looked_at_while_another_is_writing(
    audit: Audit, behind: Behind, file: Path
) -> None:
    await audit.record(entry())
    with opened(file) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await asyncio.wait_for(audit.broken_at(OWN), 10) is None


async def test_two_processes_may_write_a_new_partners_first_row_at_once(
    audit: Audit, another: AsyncEngine, behind: Behind
) -> None:
    new = [PartnerId(f"partner-{at}") for at in range(12)]
    both = (audit, Audit(another, SECRET))
    await asyncio.gather(*(one.record(entry(partner=partner)) for partner in new for one in both))
    assert sorted(_steps(behind)) == sorted((partner, seq) for partner in new for seq in (1, 2))
