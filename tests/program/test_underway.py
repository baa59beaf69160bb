"""Work after an acknowledgement: none is lost, and none of its errors reaches anybody."""

import asyncio

import pytest

from bot.background import BackgroundTasks


async def test_what_is_begun_ends_before_the_program_does() -> None:
    done: list[str] = []

    async def work(name: str) -> None:
        await asyncio.sleep(0.02)
        done.append(name)

    under_way = BackgroundTasks("slack")
    for name in "abc":
        under_way.begin(work(name))
    await under_way.drain()
    assert sorted(done) == ["a", "b", "c"]


async def test_an_error_is_logged_by_kind_and_gives_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def broken() -> int:
        raise ValueError("a customer's name")

    task = BackgroundTasks("teams").begin(broken())
    assert await task is None
    said = capsys.readouterr()
    assert "request failed" in said.out + said.err
    assert "customer" not in said.out + said.err


async def test_draining_nothing_takes_no_time() -> None:
    async with asyncio.timeout(0.1):
        await BackgroundTasks("slack").drain()
