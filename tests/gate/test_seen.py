"""The replay set in either database: one is first, however many ask, and old rows go."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.gate import KEPT
from bot.replay_set import ReplaySetUnavailable
from bot.store.database import open_database
from bot.store.replay_set import LEEWAY, SWEPT_EVERY, ReplayStore, seen
from tests.gate.signing import NOW

MOMENT = timedelta(microseconds=1)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[AsyncEngine]:
    """The store, for a while."""
    engine = await open_database(url)
    try:
        yield engine
    finally:
        await engine.dispose()


async def marks(engine: AsyncEngine) -> list[str]:
    """What is remembered."""
    async with engine.connect() as connection:
        return list(await connection.scalars(select(seen.c.mark).order_by(seen.c.mark)))


async def test_a_mark_belongs_to_its_platform(url: str) -> None:
    async with opened(url) as engine:
        requests = ReplayStore(engine)
        asked = ("slack", "teams", "slack")
        firsts = [await requests.first(name, "m", NOW, NOW + KEPT) for name in asked]
    assert firsts == [True, True, False]


async def test_of_fifty_over_two_connections_pools_one_is_first(url: str) -> None:
    async with opened(url) as one, opened(url) as other:
        sets = [ReplayStore(one), ReplayStore(other)] * 25
        firsts = await asyncio.gather(*(s.first("slack", "m", NOW, NOW + KEPT) for s in sets))
    assert sorted(firsts) == [False] * 49 + [True]


async def test_two_processes_at_once_are_first_with_each_mark_once(url: str) -> None:
    async with opened(url):  # made before, so that they do not wait for one another to make it
        words = ("-m", "tests.gate.another_process", url, "40")
        started = [
            await asyncio.create_subprocess_exec(sys.executable, *words, stdin=PIPE, stdout=PIPE)
            for _ in range(2)
        ]
        for process in started:
            assert process.stdout is not None
            assert await process.stdout.readline() == b"ready\n"
        ended = await asyncio.gather(*(process.communicate(b"go\n") for process in started))
    assert [process.returncode for process in started] == [0, 0]
    first = [int(mark) for written, _ in ended for mark in written.split()]
    assert sorted(first) == list(range(40))


async def test_a_row_stays_to_its_last_moment_and_a_leeway(url: str) -> None:
    async with opened(url) as engine:
        await ReplayStore(engine).first("slack", "old", NOW, NOW + KEPT)
        last = NOW + KEPT + LEEWAY
        await ReplayStore(engine).first("slack", "then", last, last + KEPT)
        kept = await marks(engine)
        await ReplayStore(engine).first("slack", "later", last + MOMENT, last + KEPT)
        assert (kept, await marks(engine)) == (["old", "then"], ["later", "then"])


async def test_old_rows_are_looked_for_once_a_minute(url: str) -> None:
    past = NOW - timedelta(days=1)
    async with opened(url) as engine:
        requests = ReplayStore(engine)
        for mark, now in (
            ("a", NOW),
            ("b", NOW + SWEPT_EVERY - MOMENT),
            ("c", NOW + SWEPT_EVERY),
        ):
            before = await marks(engine)
            await requests.first("slack", mark, now, past)
        assert (before, await marks(engine)) == (["a", "b"], ["c"])


async def test_a_store_that_lost_its_table_cannot_tell(url: str) -> None:
    async with opened(url) as engine:
        async with engine.begin() as connection:
            await connection.execute(text("DROP TABLE seen"))
        with pytest.raises(ReplaySetUnavailable):
            await ReplayStore(engine).first("slack", "m", NOW, NOW + KEPT)


async def test_who_cannot_tidy_up_still_gets_an_answer(engine: AsyncEngine) -> None:
    """SQLite only: there a trigger can stand in the way of deleting."""
    stuck = "CREATE TRIGGER stuck BEFORE DELETE ON seen BEGIN SELECT RAISE(ABORT, 'stuck'); END"
    past = NOW - timedelta(days=1)
    async with engine.begin() as connection:
        await connection.execute(text(stuck))
    firsts = [await ReplayStore(engine).first("slack", m, NOW, past) for m in ("a", "b", "a")]
    assert (firsts, await marks(engine)) == ([True, True, False], ["a", "b"])
