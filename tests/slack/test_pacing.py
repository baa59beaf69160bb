"""How fast methods are called after Slack asked for a rest."""

import asyncio
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.errors import SlackApiError

from bot.slack.api import SlackApi
from bot.slack.rate_limits import NotNow


@dataclass
class Busy:
    """A Slack that wants `rests` seconds of rest, one number a call, before it takes calls."""

    rests: list[int]
    at: list[float] = field(default_factory=list)
    together: int = 0
    most: int = 0

    async def call(self, _request: web.Request) -> web.Response:
        self.at.append(asyncio.get_running_loop().time())
        self.together += 1
        self.most = max(self.most, self.together)
        await asyncio.sleep(0.02)
        self.together -= 1
        if self.rests:
            headers = {"Retry-After": str(self.rests.pop(0))}
            said = {"ok": False, "error": "ratelimited"}
            return web.json_response(said, status=429, headers=headers)
        return web.json_response({"ok": True})

    def server(self) -> TestServer:
        app = web.Application()
        app.router.add_post("/api/{method}", self.call)
        return TestServer(app, host="127.0.0.1")


async def test_a_method_rests_as_long_as_slack_asks_and_no_other_does() -> None:
    busy = Busy([1])
    async with busy.server() as server:
        api = SlackApi("xoxb", str(server.make_url("/api/")))
        first = asyncio.create_task(api.post("chat.postMessage"))
        await asyncio.sleep(0.2)
        await asyncio.gather(api.post("chat.postMessage"), api.read("users.info"), first)
    began, other, *rested = busy.at
    assert other - began < 0.9
    assert len(rested) == 2
    assert min(rested) - began >= 1.0


async def test_those_who_waited_come_one_by_one() -> None:
    busy = Busy([1])
    async with busy.server() as server:
        api = SlackApi("xoxb", str(server.make_url("/api/")))
        first = asyncio.create_task(api.post("chat.postMessage"))
        await asyncio.sleep(0.2)
        await asyncio.gather(first, *(api.post("chat.postMessage") for _ in range(6)))
    assert busy.most == 1
    assert len(busy.at) == 8


async def test_a_long_rest_is_not_waited_for() -> None:
    busy = Busy([600])
    async with busy.server() as server:
        api = SlackApi("xoxb", str(server.make_url("/api/")))
        with pytest.raises(NotNow):
            await api.post("chat.postMessage")
        with pytest.raises(NotNow):
            await api.post("chat.postMessage")
    assert len(busy.at) == 1


async def test_whoever_is_always_too_busy_is_given_up() -> None:
    busy = Busy([0] * 9)
    async with busy.server() as server:
        api = SlackApi("xoxb", str(server.make_url("/api/")))
        with pytest.raises(SlackApiError):
            await api.post("chat.postMessage")
    assert len(busy.at) == 3
