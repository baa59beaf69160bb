"""The web server: health, readiness and metrics for operators; platforms add their addresses."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from bot.log import log
from bot.metrics import Metrics

_NO_OPTIONS: Mapping[str, Any] = {}

DRAIN_SECONDS = 8
"""Seconds that questions under way may take after SIGTERM; the process ends within ten."""


def operations(metrics: Metrics, lacking: Callable[[], Awaitable[str]]) -> web.Application:
    """Make an application with `/livez`, `/readyz` and `/metrics`.

    `lacking` returns the obstacle to answering, or empty when there is none.
    """
    app = web.Application(client_max_size=1024 * 1024)

    async def livez(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(_request: web.Request) -> web.Response:
        missing = await lacking()
        return web.Response(text=f"{missing or 'ready'}\n", status=503 if missing else 200)

    async def numbers(_request: web.Request) -> web.Response:
        return web.Response(body=metrics.text(), content_type="text/plain", charset="utf-8")

    app.router.add_routes(
        [web.get("/livez", livez), web.get("/readyz", readyz), web.get("/metrics", numbers)]
    )
    return app


async def run(
    app: web.Application,
    host: str,
    port: int,
    started: Callable[[int], None],
    options: Mapping[str, Any] = _NO_OPTIONS,
) -> None:
    """Serve until SIGTERM or SIGINT, then let questions under way end. Raises OSError when the port
    is taken. `options` are those of aiohttp's runner.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    # aiohttp waits this long twice: for a request to end, and again once it has cancelled it.
    usual = {"access_log": None, "shutdown_timeout": DRAIN_SECONDS / 2}
    runner = web.AppRunner(app, **{**usual, **options})
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        bound = runner.addresses[0][1]
        log("started", port=bound)
        started(bound)
        await stop.wait()
        log("stopping")
    finally:
        await runner.cleanup()
