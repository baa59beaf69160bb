"""What is done now and then: by a clock that nobody sets."""

from datetime import timedelta

from bot.runs import SWEPT, Ending
from bot.scheduler.housekeeping import Housekeeping
from bot.store.tables import occurrence
from handlers.chat.digests import RunState
from tests.scheduler.scheduling import Counting
from tests.scheduler.staging import Stage


class Ticking:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def old_runs(stage: Stage, count: int) -> None:
    """Runs that ended 401 days ago, beside the one there is."""
    (row,) = await stage.rows()
    old = stage.now() - timedelta(days=401)
    shared = {**row._mapping, "not_before": old, "at": old}  # noqa: SLF001 as in bot/store/schedule/schedule_rows.py
    many = [{**shared, "due": old - timedelta(minutes=n), "number": n + 2} for n in range(count)]
    async with stage.engine.begin() as connection:
        await connection.execute(occurrence.insert(), many)


async def test_each_minute_it_counts_what_is_overdue_and_catches_up(stage: Stage) -> None:
    clock, job = Ticking(), Counting(stage.runs)
    chores = Housekeeping(stage.runs, [job], stage.metrics, clock)
    await stage.set_runs(due=stage.now() - timedelta(minutes=6))
    assert chores.due()
    await chores.do()
    assert b"seatwise_runs_overdue 1.0" in stage.metrics.text()
    clock.now += 59
    assert (chores.due(), job.caught_up) == (False, 1)
    clock.now += 1
    await chores.do()
    assert job.caught_up == 2


async def test_old_runs_are_deleted_at_the_start_and_once_an_hour(stage: Stage) -> None:
    clock = Ticking()
    chores = Housekeeping(stage.runs, [], stage.metrics, clock)
    assert await stage.runs.end(await stage.claim(), Ending(RunState.SENT))
    await old_runs(stage, SWEPT + 10)
    await chores.do()
    assert len(await stage.rows()) == 1
    await old_runs(stage, 1)
    for seconds, left in ((60, 2), (3539, 2), (1, 1)):
        clock.now += seconds
        await chores.do()
        assert len(await stage.rows()) == left
