"""A store that is full, gone or restarted: the scheduler says so once, waits, and goes on by
itself.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from bot.scheduler.digests.job import DigestJob
from bot.scheduler.verdicts import Waits
from bot.store.database import open_database
from handlers.chat.digests import FINAL
from tests.answering.asking import Log
from tests.postgres import Server, running
from tests.scheduler.scheduling import ended, scheduling, until
from tests.scheduler.staging import MINUTE, Stage
from tests.store.behind import in_sqlite
from tests.warehouse.test_full_disk import room_for

RESTARTS = 3
SOON = Waits(asking=(1, 1, 1), posting=(1, 1, 1, 1), lost=0.5, away=1)
BACK = 10.0
"""Seconds in which it must be back."""


@pytest.fixture
def postgres_alone() -> Iterator[Server]:
    """One that no other test is in."""
    with running() as server:
        yield server


@in_sqlite
async def test_a_full_disk_is_said_once_and_what_was_due_is_sent_when_there_is_room(
    stage: Stage, file: Path, logged: Log
) -> None:
    log = file.with_name("seatwise.db-wal")
    async with scheduling(stage):
        await until(ended(stage, "sent"))
        await stage.digest(due=MINUTE)
        with room_for(log.stat().st_size - 1):
            await asyncio.sleep(1.5)
            assert len(stage.box.runs) == 1
        await until(ended(stage, "sent", "sent"))
    said = [line["event"] for line in logged()]
    assert (said.count("scheduler failed"), said.count("scheduler recovered")) == (1, 1)
    assert b"seatwise_scheduler_failures_total 0" not in stage.metrics.text()


@in_sqlite
async def test_what_was_sent_while_the_disk_was_full_is_recorded_when_there_is_room(
    stage: Stage, file: Path
) -> None:
    log = file.with_name("seatwise.db-wal")
    full = room_for(1)

    async def fills_up() -> None:
        nonlocal full
        full = room_for(log.stat().st_size - 1)
        full.__enter__()

    stage.box.after = fills_up
    async with scheduling(stage):
        await until(ended(stage, "sending"))
        await asyncio.sleep(0.5)
        full.__exit__(None, None, None)
        await until(ended(stage, "sent"))
    assert (len(stage.box.runs), stage.box.looked) == (1, [])


async def restarted(server: Server, url: str, times: int) -> tuple[list[float], Stage]:
    """Restarts the server under a scheduler with three digests every second: the seconds until the
    next is sent after each.
    """
    stage = Stage(await open_database(url))
    first = stage.now().replace(microsecond=0)
    for number in (1, 2, 3):
        await stage.digest()
        await stage.set(number, next_due=first, cron="* * * * * *", misfire="all")
    back = []
    async with scheduling(stage, {"digest": DigestJob(stage.lent, SOON)}):
        for _ in range(times):
            await until(sent_more(stage))
            await asyncio.to_thread(server.restart)
            begun = time.monotonic()
            await until(sent_more(stage), 30)
            back.append(time.monotonic() - begun)
        for number in (1, 2, 3):
            await stage.set(number, cron="0 0 29 2 *")
        await until(partial(_all_final, stage), 60)
    return back, stage


def sent_more(stage: Stage) -> Callable[[], Awaitable[bool]]:
    """Whether more was sent than by now."""
    count = len(stage.box.runs)

    async def holds() -> bool:
        return len(stage.box.runs) > count

    return holds


async def _all_final(stage: Stage) -> bool:
    final = {state.value for state in FINAL}
    due = [(await stage.row(number)).next_due for number in (1, 2, 3)]
    passed = all(each > stage.now() for each in due)
    return passed and {row.state for row in await stage.rows()} <= final


async def test_a_restarted_server_is_back_soon_and_nothing_is_lost_or_sent_twice(
    postgres_alone: Server,
) -> None:
    with postgres_alone.fresh() as url:
        back, stage = await restarted(postgres_alone, url, RESTARTS)
        rows = await stage.rows()
        await stage.engine.dispose()
    assert max(back) <= BACK
    assert {row.state for row in rows} == {"sent"}
    marks = [letter.mark for letter in stage.box.runs]
    assert len({*marks}) == len(marks) == len(rows)
    for schedule in {row.schedule for row in rows}:
        dues = sorted(row.due for row in rows if row.schedule == schedule)
        assert {after - due for due, after in pairwise(dues)} == {timedelta(seconds=1)}
