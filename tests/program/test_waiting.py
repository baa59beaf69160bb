"""Nobody waits without a word, nor for ever; what changes something is never cut off."""

import asyncio

import pytest

from bot.time_limits import TimeLimits, TooSlow, in_time


class Told:
    """Counts how often somebody was told that work is under way."""

    def __init__(self, *, broken: bool = False) -> None:
        self.times = 0
        self._broken = broken

    async def __call__(self) -> None:
        self.times += 1
        if self._broken:
            raise ConnectionError


async def work(seconds: float) -> str:
    await asyncio.sleep(seconds)
    return "done"


async def test_quick_work_is_given_without_a_word() -> None:
    told = Told()
    assert await in_time(work(0), told, endless=False, limits=TimeLimits(0.2)) == "done"
    assert told.times == 0


async def test_slow_work_is_told_once_and_given() -> None:
    told = Told()
    assert await in_time(work(0.15), told, endless=False, limits=TimeLimits(0.02, 5)) == "done"
    assert told.times == 1


async def test_a_word_that_does_not_arrive_stops_nothing() -> None:
    told = Told(broken=True)
    assert await in_time(work(0.1), told, endless=False, limits=TimeLimits(0.02, 5)) == "done"
    assert told.times == 1


async def test_work_beyond_the_limit_is_cut_off() -> None:
    ended: list[str] = []

    async def endless() -> None:
        try:
            await asyncio.sleep(30)
        finally:
            ended.append("cut")

    with pytest.raises(TooSlow):
        await in_time(endless(), None, endless=False, limits=TimeLimits(0.01, 0.05))
    await asyncio.sleep(0)
    assert ended == ["cut"]


async def test_work_that_changes_something_is_waited_for() -> None:
    assert await in_time(work(0.1), None, endless=True, limits=TimeLimits(0.01, 0.02)) == "done"


async def test_what_the_work_raises_is_raised() -> None:
    async def broken() -> None:
        raise KeyError("gone")

    with pytest.raises(KeyError):
        await in_time(broken(), None, endless=False)


async def test_whoever_stops_waiting_stops_the_work() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def long() -> None:
        begun.set()
        try:
            await asyncio.sleep(30)
        finally:
            ended.set()

    waiting = asyncio.create_task(in_time(long(), None, endless=True))
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    async with asyncio.timeout(1):
        await ended.wait()
