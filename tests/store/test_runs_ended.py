"""How runs end, once, and what their schedules keep of it."""

import json
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN
from bot.digest_runs import Untold
from bot.runs import SWEPT, Claim, Ending
from bot.store.database import STORE_ERRORS
from bot.store.tables import occurrence
from handlers.chat.digests import RunState, State
from tests.store.behind import Behind
from tests.store.scheduling import Desk

MINUTE = timedelta(minutes=1)
SENT = Ending(RunState.SENT, message="M1", content="c" * 64, figures="f" * 64)


@pytest_asyncio.fixture
async def desk(engine: AsyncEngine) -> Desk:
    """With one run due."""
    desk = Desk(engine)
    await desk.digest(due=MINUTE)
    await desk.runs.tick()
    return desk


async def claimed(desk: Desk) -> Claim:
    (claim,) = await desk.runs.claim(1, ())
    return claim


async def next_claim(desk: Desk) -> Claim:
    """Of the run after it."""
    await desk.set(1, next_due=desk.now() - MINUTE / 2)
    await desk.runs.tick()
    return await claimed(desk)


async def test_what_was_sent_is_kept_and_its_figures_are_known_next_time(desk: Desk) -> None:
    claim = await claimed(desk)
    assert await desk.runs.begin_sending(claim)
    assert await desk.runs.end(claim, SENT)
    (row,) = await desk.rows()
    assert (row.state, row.message, row.content) == ("sent", "M1", "c" * 64)
    assert abs(row.at - desk.now()) < MINUTE
    after = await next_claim(desk)
    assert (after.figures, after.run.number) == ("f" * 64, 2)
    assert after.last_sent


async def test_it_ends_once_and_by_whoever_holds_it(desk: Desk) -> None:
    old = await claimed(desk)
    await desk.set_runs(lease_until=desk.now() - MINUTE)
    new = await claimed(desk)
    failed = Ending(RunState.FAILED, "gave-up")
    assert [await desk.runs.end(c, e) for c, e in ((old, SENT), (new, failed), (new, SENT))] == [
        *(False, True, False)
    ]
    assert await desk.told() == [(1, "failed", "gave-up")]


@pytest.mark.parametrize("state", [State.PAUSED, State.BROKEN])
async def test_a_schedule_that_is_stopped_says_why_and_the_audit_too(
    desk: Desk, behind: Behind, state: State
) -> None:
    claim = await claimed(desk)
    assert await desk.runs.end(claim, Ending(RunState.FAILED, "room-gone", schedule=state))
    row = await desk.row()
    assert (row.state, row.reason, row.version, row.next_due) == (state.value, "room-gone", 2, None)
    ((entry,),) = behind.rows("SELECT entry FROM audit WHERE entry LIKE '%scheduler%'")
    wanted = {"action": f"digest-{state.value}", "number": 1, "why": "room-gone"}
    assert json.loads(entry) == {**wanted, "who": "scheduler"}
    assert await desk.audit.broken_at(OWN) is None


async def test_what_somebody_has_paused_meanwhile_stays_theirs(desk: Desk) -> None:
    claim = await claimed(desk)
    await desk.set(1, state="paused")
    assert await desk.runs.end(claim, Ending(RunState.FAILED, "gone", schedule=State.BROKEN))
    assert ((await desk.row()).state, (await desk.row()).reason) == ("paused", "")


async def test_what_is_to_be_told_is_found_until_it_was_said(desk: Desk) -> None:
    ending = Ending(RunState.FAILED, "gave-up", told="gave-up", tell=True)
    claim = await claimed(desk)
    assert await desk.runs.end(claim, ending)
    assert await desk.runs.unsent_notices() == []
    await desk.set_runs(at=desk.now() - 2 * MINUTE)
    digest = await desk.digests.find(1, OWN)
    assert digest
    assert await desk.runs.unsent_notices() == [Untold(claim.schedule, digest, "gave-up")]
    await desk.runs.mark_told(claim.schedule, "another")
    await desk.runs.mark_told(claim.schedule, "gave-up")
    assert await desk.runs.unsent_notices() == []
    assert (await next_claim(desk)).told == "gave-up"


async def test_what_was_not_told_yet_is_not_taken_for_told(desk: Desk) -> None:
    ending = Ending(RunState.FAILED, "gave-up", told="gave-up", tell=True)
    assert await desk.runs.end(await claimed(desk), ending)
    assert (await next_claim(desk)).told == ""


async def test_a_skipped_run_changes_nothing_of_what_was_told(desk: Desk) -> None:
    await desk.set(1, told="gave-up")
    assert await desk.runs.end(await claimed(desk), Ending(RunState.SKIPPED, "unchanged"))
    assert (await desk.row()).told == "gave-up"


async def test_overdue_is_what_has_no_final_state_after_five_minutes(desk: Desk) -> None:
    assert await desk.runs.overdue() == 0
    await desk.digest(due=timedelta(minutes=6))
    await desk.runs.tick()
    assert await desk.runs.overdue() == 1
    (claim, _) = await desk.runs.claim(2, ())
    assert await desk.runs.overdue() == 1
    assert await desk.runs.end(claim, SENT)
    assert await desk.runs.overdue() == 0


async def test_what_ended_more_than_400_days_ago_is_deleted_in_pieces(desk: Desk) -> None:
    assert await desk.runs.end(await claimed(desk), SENT)
    (fresh,) = await desk.rows()
    old = desk.now() - timedelta(days=401)
    moments = [old - MINUTE * n for n in range(SWEPT + 1)]
    shared = {**fresh._mapping, "not_before": old, "at": old}  # noqa: SLF001 as in bot/store/schedule/schedule_rows.py
    many = [{**shared, "due": due, "number": n} for n, due in enumerate(moments, 2)]
    many.append({**many[0], "due": old - MINUTE * 9999, "state": "pending"})
    async with desk.engine.begin() as connection:
        await connection.execute(occurrence.insert(), many)
    assert [await desk.runs.sweep(), await desk.runs.sweep(), await desk.runs.sweep()] == [
        *(SWEPT, 1, 0)
    ]
    assert sorted(row.state for row in await desk.rows()) == ["pending", "sent"]


async def test_what_was_about_to_be_sent_is_kept_where_it_is_found_there(desk: Desk) -> None:
    claim = await claimed(desk)
    assert await desk.runs.begin_sending(claim, "s" * 64)
    assert await desk.runs.end(claim, Ending(RunState.SENT, message="M1"))
    (row,) = await desk.rows()
    assert (row.state, row.content) == ("sent", "s" * 64)


async def test_what_was_not_sent_has_no_content(desk: Desk) -> None:
    claim = await claimed(desk)
    assert await desk.runs.begin_sending(claim, "s" * 64)
    assert await desk.runs.end(claim, Ending(RunState.FAILED, "gave-up"))
    (row,) = await desk.rows()
    assert (row.state, row.content) == ("failed", "")


async def test_a_claim_knows_how_many_were_left_out_since_one_was_sent(desk: Desk) -> None:
    late = {"state": "skipped", "reason": "late", "missed": 2}
    await desk.set_runs(**late)
    claim = await next_claim(desk)
    assert claim.left_out == 3
    assert await desk.runs.end(claim, SENT)
    assert (await next_claim(desk)).left_out == 0


async def test_a_schedule_whose_stop_cannot_be_audited_goes_on(desk: Desk, behind: Behind) -> None:
    claim = await claimed(desk)
    behind.tamper("DROP TABLE audit")
    with pytest.raises(STORE_ERRORS):
        await desk.runs.end(claim, Ending(RunState.FAILED, "room-gone", schedule=State.BROKEN))
    (run,) = await desk.rows()
    assert ((await desk.row()).state, run.state) == ("active", "claimed")
