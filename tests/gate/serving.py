"""A server with one address behind the gate, which counts its effects."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.gate import PATIENCE, Gate, SlackKey, server_options
from bot.metrics import Metrics
from bot.replay_set import ReplaySet, ReplaySetUnavailable
from tests.answering.instruments import Clock
from tests.gate.signing import NOW, SECRET


@dataclass
class Served:
    """The server, seen from outside and from inside."""

    seen: ReplaySet
    patience: float = PATIENCE
    clock: Clock = field(default_factory=lambda: Clock(NOW))
    metrics: Metrics = field(default_factory=Metrics)
    effects: list[bytes] = field(default_factory=list)
    unchecked: list[bytes] = field(default_factory=list)
    """Bodies of which the replay set could not tell whether they came before."""
    trouble: Exception | None = None
    port: int = 0

    def refused(self) -> dict[str, int]:
        """What was refused so far, by reason."""
        name = "seatwise_refused_requests_total"
        metrics = list(self.metrics.registry.collect())
        samples = [sample for metric in metrics for sample in metric.samples if sample.name == name]
        return {sample.labels["reason"]: int(sample.value) for sample in samples}


@asynccontextmanager
async def serving(served: Served) -> AsyncIterator[Served]:
    """Serves on a free port of loopback."""
    gate = Gate(SlackKey(SECRET), served.seen, served.metrics, served.clock)

    async def events(request: web.Request) -> web.Response:
        proven = await gate.prove(request, served.patience)
        try:
            if await proven.first():
                served.effects.append(proven.body)
        except ReplaySetUnavailable:
            served.unchecked.append(proven.body)
        if served.trouble:
            raise served.trouble
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/slack/events", events)
    options = server_options(served.metrics)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, **options)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        served.port = runner.addresses[0][1]
        yield served
    finally:
        await runner.cleanup()
