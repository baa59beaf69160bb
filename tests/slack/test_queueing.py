"""How fast letters leave: by a clock that only waiting moves on."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.slack.post_spacing import Queue, Spacing


@dataclass
class Time:
    now: float = 100.0
    waited: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


async def left_at(channels: list[str], takes: float = 0.0) -> list[float]:
    """When each letter leaves, one after the other; each post takes so long."""
    time, at = Time(), []
    queue = Queue(time, time.wait)
    for channel in channels:
        async with queue.turn(channel):
            at.append(round(time.now - 100, 3))
            time.now += takes
    return at


async def test_one_a_second_in_a_channel() -> None:
    assert await left_at(["C1"] * 4) == [0, 1, 2, 3]


async def test_a_slow_post_counts_from_its_end() -> None:
    assert await left_at(["C1"] * 3, takes=3) == [0, 4, 8]


async def test_five_a_second_in_all() -> None:
    assert await left_at([f"C{n}" for n in range(12)]) == [round(n * 0.21, 2) for n in range(12)]


async def test_uploads_are_apart() -> None:
    time, at = Time(), []
    turns = Spacing(1.2, time, time.wait)
    for _ in range(3):
        await turns.turn()
        at.append(round(time.now - 100, 3))
    assert at == [0, 1.2, 2.4]


async def test_whoever_waits_for_a_channel_lets_others_by() -> None:
    queue = Queue()
    order: list[str] = []
    let = asyncio.Event()

    async def leave(channel: str, name: str) -> None:
        async with queue.turn(channel):
            order.append(name)
            if name == "first":
                await let.wait()

    letters = [("C1", "first"), ("C1", "second"), ("C2", "other")]
    leaving = [asyncio.create_task(leave(*one)) for one in letters]
    await asyncio.wait({leaving[2]}, timeout=5)
    assert order == ["first", "other"]
    let.set()
    await asyncio.gather(*leaving)
    assert order == ["first", "other", "second"]


async def test_a_turn_whose_letter_failed_is_given_on() -> None:
    time = Time()
    queue = Queue(time, time.wait)
    for _ in range(2):
        with pytest.raises(OSError, match="lost"):
            async with queue.turn("C1"):
                raise OSError("lost")
    async with queue.turn("C1"):
        assert time.now == 102
