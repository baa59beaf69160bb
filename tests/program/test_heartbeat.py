"""The heartbeat: an address that is called, so that silence is noticed elsewhere."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.environment import Unsafe, read_settings
from bot.heartbeat import Heartbeat
from bot.metrics import Metrics
from tests.scheduler.conftest import behind, engine, file, stage
from tests.scheduler.staging import Stage

__all__ = ["behind", "engine", "file", "stage"]

SECRET = "a-check-s-own-word"


@asynccontextmanager
async def listening(status: int, to: str = "") -> AsyncIterator[tuple[str, list[str]]]:
    """An address that answers so, and the paths that were called there."""
    called: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        called.append(request.path)
        return web.Response(status=status, headers={"Location": to} if to else {})

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url(f"/{SECRET}")), called


def counted(metrics: Metrics, heard: str) -> float:
    found = metrics.registry.get_sample_value("seatwise_heartbeats_total", {"heard": heard})
    return found or 0.0


@pytest.mark.parametrize(
    ("status", "to", "heard"), [(200, "", 1), (500, "", 0), (404, "", 0), (302, "/elsewhere", 0)]
)
async def test_it_calls_once_a_minute_and_counts_whether_it_was_heard(
    status: int, to: str, heard: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without following where it is sent to, and without a word of the address in the log."""
    metrics = Metrics()
    async with listening(status, to) as (address, called):
        heart = Heartbeat(address, metrics)
        await heart.beat()
        await heart.beat()
    assert called == [f"/{SECRET}"]
    assert (counted(metrics, "yes"), counted(metrics, "no")) == (heard, 1 - heard)
    said = capsys.readouterr()
    assert SECRET not in said.out + said.err


async def test_nobody_there_is_counted_and_breaks_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    metrics = Metrics()
    await Heartbeat(f"http://127.0.0.1:9/{SECRET}", metrics).beat()
    assert counted(metrics, "no") == 1
    said = capsys.readouterr()
    assert SECRET not in said.out + said.err


async def test_without_an_address_nothing_is_called() -> None:
    metrics = Metrics()
    await asyncio.wait_for(Heartbeat("", metrics).beat(), 1)
    assert (counted(metrics, "yes"), counted(metrics, "no")) == (0, 0)


@pytest.mark.parametrize("address", ["ftp://a.example/x", "http://a.example/x", "https://me@a.b/x"])
def test_an_address_that_cannot_be_called_stops_the_start_without_being_shown(address: str) -> None:
    with pytest.raises(Unsafe) as found:
        read_settings({"SEATWISE_HEARTBEAT_URL": address})
    assert address not in str(found.value.args)


async def test_a_reminder_beats_and_another_digest_does_not(stage: Stage) -> None:
    await stage.run()
    assert stage.beats == 0
    await stage.set(1, text="/renewals due")
    await stage.next()
    assert stage.beats == 1
