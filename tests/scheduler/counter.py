"""A platform in the test's own process: counts every post, and fails as platforms do."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from aiohttp import web
from aiohttp.test_utils import TestServer

TAKES = 0.05
"""Seconds from a post's being there to its answer."""


@dataclass
class Counted:
    """What was posted, by platform and mark."""

    chance: Random
    posts: Counter[tuple[str, str]] = field(default_factory=Counter)
    bare: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Those of them that do not say they may be a repeat."""
    hidden: Counter[str] = field(default_factory=Counter)
    """Posts that are there although the answer was an error or none, by platform."""
    faults: int = 0

    async def post(self, request: web.Request) -> web.StreamResponse:
        """One in ten is answered 500, half of them are there all the same; one in twenty is turned
        away, and one in twenty is there without an answer.
        """
        said = await request.json()
        kind = self.chance.random()
        self.faults += kind < 0.2
        if 0.1 <= kind < 0.15:
            return web.json_response({}, status=429, headers={"Retry-After": "0.2"})
        if kind < 0.05:
            return web.json_response({}, status=500)
        key = (said["platform"], said["mark"])
        self.posts[key] += 1
        self.bare[key] += not said["repeat"]
        self.hidden[said["platform"]] += kind < 0.2
        await asyncio.sleep(TAKES)
        if kind < 0.1:
            return web.json_response({}, status=500)
        if kind < 0.2 and request.transport:
            request.transport.close()
        return web.json_response({"message": f"M{self.posts.total()}"})

    async def look(self, request: web.Request) -> web.Response:
        """Whether it is there."""
        return web.json_response(
            {"there": self.posts[request.query["platform"], request.query["mark"]]}
        )


@asynccontextmanager
async def counting(seed: int) -> AsyncIterator[tuple[Counted, str]]:
    """A running one, and its address."""
    counted = Counted(Random(seed))  # noqa: S311 the same faults again
    app = web.Application()
    app.add_routes([web.post("/post", counted.post), web.get("/look", counted.look)])
    async with TestServer(app, host="127.0.0.1") as server:
        yield counted, str(server.make_url("/")).rstrip("/")
