"""Whether a question could be recorded, tried before anything is answered."""

import pytest

from analytics.values import OWN, PartnerId
from bot.store.audit import Audit
from bot.store.database import STORE_ERRORS
from tests.store.behind import Behind, in_sqlite
from tests.store.entries import entry

RIVAL = PartnerId("rival")
ROWS = (PartnerId("another"), OWN, OWN, OWN, RIVAL)
"""A chain of each of three partners."""
EVERYTHING = ("SELECT id, head_seq, head_mac FROM partner ORDER BY id", "SELECT mac FROM audit")


async def test_the_trial_leaves_everything_as_it_was(audit: Audit, behind: Behind) -> None:
    for partner in ROWS:
        await audit.record(entry(partner=partner))
    before = [behind.rows(question) for question in EVERYTHING]
    await audit.writable(OWN)
    assert [behind.rows(question) for question in EVERYTHING] == before


async def test_a_partner_of_whom_nothing_is_known_can_be_tried_too(audit: Audit) -> None:
    await audit.writable(RIVAL)
    await audit.record(entry(partner=RIVAL))
    assert await audit.broken_at(RIVAL) is None


@in_sqlite
async def test_what_is_tried_is_the_step_to_the_next_row_and_back(
    audit: Audit, behind: Behind
) -> None:
    for partner in ROWS:
        await audit.record(entry(partner=partner))
    behind.do(
        "CREATE TABLE tried (id TEXT, seq INTEGER)",
        "CREATE TRIGGER noting AFTER UPDATE ON partner BEGIN "
        "INSERT INTO tried VALUES (NEW.id, NEW.head_seq); END",
    )
    await audit.writable(OWN)
    assert behind.rows("SELECT id, seq FROM tried ORDER BY rowid") == [("own", 4), ("own", 3)]


@in_sqlite
async def test_a_store_that_takes_no_writes_is_found_out(audit: Audit, behind: Behind) -> None:
    await audit.record(entry())
    behind.do(
        "CREATE TRIGGER stuck BEFORE UPDATE ON partner BEGIN SELECT RAISE(ABORT, 'stuck'); END"
    )
    with pytest.raises(STORE_ERRORS):
        await audit.writable(OWN)
