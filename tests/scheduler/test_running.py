"""The scheduler's loop: what is due is done, whatever kind it is, and stopping loses nothing."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.scheduler.run_loop import LoopPace
from tests.scheduler.scheduling import Counting, ended, scheduling, until
from tests.scheduler.staging import ADA, DAILY, MINUTE, Stage
from tests.store.behind import in_sqlite


async def metric(stage: Stage, name: str) -> float:
    lines = stage.metrics.text().decode().splitlines()
    return next(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


async def test_what_comes_due_is_sent_and_counted(stage: Stage) -> None:
    await stage.digest(due=MINUTE)
    async with scheduling(stage):
        await until(ended(stage, "sent", "sent"))
    assert len(stage.box.runs) == 2
    assert await metric(stage, 'seatwise_runs_total{kind="digest",state="sent"}') == 2
    assert await metric(stage, "seatwise_runs_overdue") == 0


async def test_a_run_by_hand_is_taken_at_once_when_it_is_said(stage: Stage) -> None:
    async with scheduling(stage, pace=LoopPace(rest=60)) as scheduler:
        await until(ended(stage, "sent"))
        digest = await stage.digests.find(1, DAILY.room.partner)
        assert digest
        await stage.digests.run_now(digest, ADA, stage.now())
        scheduler.wake()
        await until(ended(stage, "sent", "sent"))


async def test_another_kind_of_job_runs_on_the_same_two_tables(stage: Stage) -> None:
    counting = Counting(stage.runs)
    await stage.set(1, kind="count")
    async with scheduling(stage, {"count": counting, "digest": stage.job}):
        await until(ended(stage, "sent"))
    (claim,) = counting.claims
    assert (claim.kind, claim.digest, counting.caught_up) == ("count", None, 1)


async def test_a_kind_that_nobody_knows_waits_for_somebody_who_does(stage: Stage) -> None:
    await stage.set(1, kind="count")

    async def given_back() -> bool:
        (row,) = await stage.rows()
        return (row.state, row.fence, row.attempts) == ("pending", 1, 0)

    async with scheduling(stage, {"digest": stage.job}, LoopPace(rest=0.05)):
        await until(given_back)


async def test_no_more_at_once_than_there_are_places(stage: Stage) -> None:
    counting = Counting(stage.runs)
    for _ in range(9):
        await stage.digest(due=MINUTE)
    pace = LoopPace(at_once=3, rest=60)
    async with scheduling(stage, {"digest": counting}, pace):
        await until(ended(stage, *["sent"] * 10))
    assert (counting.most, len(counting.claims)) == (3, 10)


async def test_a_job_that_takes_longer_than_its_claim_keeps_it(engine: AsyncEngine) -> None:
    stage = Stage(engine, 0.3)
    await stage.due()
    counting = Counting(stage.runs)
    counting.takes = 1
    async with scheduling(stage, {"digest": counting}):
        await until(ended(stage, "claimed"))
        await asyncio.sleep(0.5)
        assert await stage.runs.claim(9, ()) == []
        await until(ended(stage, "sent"))
    assert len(counting.claims) == 1


async def test_a_job_that_raises_is_tried_again(stage: Stage) -> None:
    counting = Counting(stage.runs)
    counting.fails = 4
    async with scheduling(stage, {"digest": counting}):
        await until(ended(stage, "sent"))
    assert [claim.attempts for claim in counting.claims] == [0, 1, 2, 3, 4]


async def test_a_job_that_only_raises_fails_and_that_is_told(stage: Stage) -> None:
    counting = Counting(stage.runs)
    counting.fails = 99
    async with scheduling(stage, {"digest": counting}):
        await until(ended(stage, "failed"))
    await stage.set_runs(at=stage.now() - 2 * MINUTE)
    await stage.job.catch_up()
    assert "something went wrong on my side" in stage.box.said[0]


async def test_a_job_that_only_raises_is_tried_five_times(stage: Stage) -> None:
    counting = Counting(stage.runs)
    counting.fails = 99
    async with scheduling(stage, {"digest": counting}):
        await until(ended(stage, "failed"))
    assert [claim.attempts for claim in counting.claims] == [0, 1, 2, 3, 4]


async def test_what_is_under_way_ends_before_the_program_does(stage: Stage) -> None:
    stage.box.before = lambda: asyncio.sleep(0.5)
    async with scheduling(stage):
        await until(ended(stage, "claimed"))
    assert await stage.told() == [(1, "sent", "")]


@in_sqlite
@pytest.mark.parametrize(("hangs", "doubted"), [("before", False), ("after", True)])
async def test_what_takes_longer_is_given_back_and_what_was_sent_is_doubted(
    stage: Stage, hangs: str, *, doubted: bool
) -> None:
    setattr(stage.box, hangs, lambda: asyncio.sleep(60))
    async with scheduling(stage):
        await until(ended(stage, "sending" if doubted else "claimed"))
    (row,) = await stage.rows()
    assert (row.state, row.attempts, bool(row.doubted)) == ("pending", 0, doubted)
    assert len(stage.box.runs) == doubted
    setattr(stage.box, hangs, lambda: asyncio.sleep(0))
    async with scheduling(stage):
        await until(ended(stage, "sent"))
    assert len(stage.box.runs) == 1


@in_sqlite
@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_jumps_while_it_is_being_sent_sends_nothing_twice(
    stage: Stage, hours: int
) -> None:
    stage.box.after = lambda: asyncio.sleep(0.5)
    async with scheduling(stage):
        await until(ended(stage, "sending"))
        stage.ahead = timedelta(hours=hours)
        await until(ended(stage, "sent"))
        await asyncio.sleep(0.2)
        stage.ahead = timedelta()
        await asyncio.sleep(0.2)
    assert (len(stage.box.runs), stage.box.looked) == (1, [])


async def test_two_programs_share_the_work_and_send_each_once(stage: Stage) -> None:
    for _ in range(20):
        await stage.digest(due=MINUTE)
    async with scheduling(stage), scheduling(stage):
        await until(ended(stage, *["sent"] * 21))
    assert len({letter.mark for letter in stage.box.runs}) == len(stage.box.runs) == 21
