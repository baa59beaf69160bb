"""A server of bot.web with a slow question and one that never ends, both told on standard
output."""

import asyncio
import sys

from aiohttp import web

from bot.web import run

DRAIN = 2.0
"""Seconds that questions under way are given."""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def _slow(_request: web.Request) -> web.Response:
    _say("asked")
    await asyncio.sleep(1.5)
    return web.Response(text="answered")


async def _stuck(_request: web.Request) -> web.Response:
    _say("asked")
    await asyncio.sleep(600)
    return web.Response(text="answered too late")


def main() -> None:
    """Serves until SIGTERM."""
    app = web.Application()
    app.router.add_get("/slow", _slow)
    app.router.add_get("/stuck", _stuck)
    started = lambda port: _say(f"http://127.0.0.1:{port}")  # noqa: E731 a line to say
    asyncio.run(run(app, "127.0.0.1", 0, started, {"shutdown_timeout": DRAIN / 2}))


if __name__ == "__main__":
    main()
