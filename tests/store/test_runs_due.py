"""What comes due becomes runs, as each schedule's misfire says."""

from datetime import datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from analytics.values import OWN
from bot.store.digests import DigestStore
from bot.store.schedule.misfires import Timetable, runs_due
from handlers.chat.digests import Misfire, Run, RunState, State
from tests.store.behind import Behind, count, in_sqlite
from tests.store.entries import ADA
from tests.store.scheduling import DAILY, Desk, at, plan

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture
async def desk(engine: AsyncEngine) -> Desk:
    return Desk(engine)


def came(
    misfire: Misfire, now: datetime, *, most: int = 1000, cron: str = "0 9 * * *"
) -> list[Run]:
    """Of a schedule that was due on 20 November at nine for the first time."""
    return runs_due(Timetable(cron, "UTC", misfire), at("20 9:00"), 0, now, most).runs


def brief(runs: list[Run]) -> list[tuple[int, str, str, int]]:
    return [(run.number, f"{run.due:%d %H:%M}", run.reason, run.missed) for run in runs]


@pytest.mark.parametrize("misfire", Misfire)
def test_what_is_punctual_is_sent_whatever_the_misfire(misfire: Misfire) -> None:
    (run,) = came(misfire, at("20 9:04"))
    assert (run.state, run.due) == (RunState.PENDING, at("20 9:00"))


def test_latest_sends_the_newest_within_its_grace_and_counts_those_before() -> None:
    runs = came(Misfire.LATEST, at("25 20:59"))
    assert brief(runs) == [(1, "24 09:00", "late", 4), (2, "25 09:00", "", 0)]
    assert [run.state for run in runs] == [RunState.SKIPPED, RunState.PENDING]


def test_latest_sends_nothing_once_its_grace_is_over() -> None:
    assert brief(came(Misfire.LATEST, at("25 21:01"))) == [(1, "25 09:00", "late", 5)]


def test_skip_sends_nothing_that_is_later_than_five_minutes() -> None:
    assert brief(came(Misfire.SKIP, at("25 9:06"))) == [(1, "25 09:00", "skipped-by-choice", 5)]
    assert brief(came(Misfire.SKIP, at("25 9:04")))[1] == (2, "25 09:00", "", 0)


def test_five_minutes_to_the_instant_are_punctual() -> None:
    last = at("25 9:05")
    assert brief(came(Misfire.SKIP, last))[1] == (2, "25 09:00", "", 0)
    late = came(Misfire.SKIP, last + timedelta(microseconds=1))
    assert brief(late) == [(1, "25 09:00", "skipped-by-choice", 5)]


def test_all_sends_the_ten_latest_each_as_itself() -> None:
    runs = came(Misfire.ALL, at("20 21:00"), cron="0 * * * *")
    assert brief(runs)[0] == (1, "20 11:00", "late", 2)
    assert [run.due.hour for run in runs[1:]] == [*range(12, 22)]
    assert {run.state for run in runs[1:]} == {RunState.PENDING}


@pytest.mark.parametrize("misfire", Misfire)
def test_a_long_time_is_taken_in_pieces_and_the_ten_latest_are_never_cut(misfire: Misfire) -> None:
    when, due, number, found = Timetable("*/15 * * * *", "UTC", misfire), at("20 9:00"), 0, []
    while due <= at("25 9:00"):
        some = runs_due(when, due, number, at("25 9:00"), 100)
        found += some.runs
        assert some.next_due
        due, number = some.next_due, found[-1].number
    assert [run.number for run in found] == [*range(1, len(found) + 1)]
    assert sum(1 + run.missed for run in found) == 5 * 24 * 4 + 1
    pending = [run.due for run in found if run.state is RunState.PENDING]
    assert len(pending) == (10 if misfire is Misfire.ALL else 1)
    assert pending[-1] == at("25 9:00")


@pytest.mark.parametrize(("cron", "zone"), [("nonsense", "UTC"), ("0 9 * * *", "../../etc")])
def test_a_row_that_no_gate_let_in_is_never_due_again(cron: str, zone: str) -> None:
    assert (
        runs_due(Timetable(cron, zone, Misfire.ALL), at("20 9:00"), 0, at("25 9:00"), 9).runs == []
    )


async def test_a_tick_makes_what_is_due_once_and_sets_when_it_is_due_next(desk: Desk) -> None:
    await desk.digest(due=MINUTE)
    await desk.digest()
    assert [await desk.runs.tick(), await desk.runs.tick()] == [1, 0]
    (run,) = await desk.rows()
    row = await desk.row()
    assert (run.number, run.state, row.runs) == (1, "pending", 1)
    assert desk.now() < row.next_due <= desk.now() + timedelta(days=1)


async def test_more_schedules_than_a_transaction_takes_are_all_made(desk: Desk) -> None:
    many = DigestStore(desk.engine, desk.audit, most=500)
    await many.save([DAILY] * 450, ADA, OWN, desk.now() - timedelta(days=1))
    assert await desk.runs.tick() == 450


async def test_runs_made_by_hand_and_by_the_clock_are_counted_together(desk: Desk) -> None:
    digest = await desk.digest(due=MINUTE)
    await desk.digests.run_now(digest, digest.owner, desk.now())
    await desk.runs.tick()
    await desk.set_runs(state="sent")
    await desk.digests.run_now(digest, digest.owner, desk.now())
    assert [row.number for row in await desk.rows()] == [1, 2, 3]


async def test_paused_schedules_are_not_due(desk: Desk) -> None:
    await desk.digest(due=MINUTE)
    await desk.set(1, state=State.PAUSED.value)
    assert await desk.runs.tick() == 0


async def test_what_is_never_due_again_is_paused_when_its_last_run_has_ended(
    desk: Desk, behind: Behind
) -> None:
    await desk.digest(due=MINUTE)
    await desk.runs.tick()
    await desk.set(1, next_due=None)
    await desk.runs.tick()
    assert (await desk.row()).state == "active"
    await desk.set_runs(state="sent")
    await desk.runs.tick()
    row = await desk.row()
    assert (row.state, row.reason, row.version) == ("paused", "no-runs-left", 2)
    assert count(behind, "audit", """WHERE entry LIKE '%"digest-paused"%'""") == 1
    assert await desk.audit.broken_at(OWN) is None


@in_sqlite
async def test_a_clock_that_goes_back_makes_nothing_twice(desk: Desk) -> None:
    desk.ahead = at("25 9:01") - desk.now()
    await desk.digest(plan(Misfire.ALL, "*/15 * * * *"), due=MINUTE)
    await desk.runs.tick()
    after = (await desk.row()).next_due
    desk.ahead -= HOUR
    assert (await desk.runs.tick(), len(await desk.rows())) == (0, 1)
    assert (await desk.row()).next_due == after


@in_sqlite
async def test_a_clock_that_goes_ahead_makes_what_the_misfire_says_and_nothing_twice(
    desk: Desk,
) -> None:
    desk.ahead = at("25 9:01") - desk.now()
    await desk.digest(plan(Misfire.ALL, "*/15 * * * *"), due=MINUTE)
    made = []
    for jump in (timedelta(), HOUR, -HOUR):
        desk.ahead += jump
        made.append(await desk.runs.tick())
    assert made == [1, 4, 0]
    assert {row.state for row in await desk.rows()} == {"pending"}
