"""Activities as Bot Framework sends them to our address, and the bot that takes them."""

import asyncio
import io
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import ClientSession, web

from bot.gate import server_options
from bot.metrics import Metrics
from bot.replay_set import ReplaySet
from bot.teams.adapter import TeamsAdapter
from bot.teams.ports import BotRegistration, Json
from tests.answering.asking import Clock
from tests.slack.talking import Remembered
from tests.teams.signing import TENANT, claims, token
from tests.teams.standin import BOT, Cloud

PATH = "/teams/messages"
_IDS = itertools.count(1)


def activity(service_url: str, **changes: Any) -> dict[str, Any]:
    """A message in a personal chat; a change to None leaves a field out."""
    said = {
        "type": "message",
        "id": f"1700000000{next(_IDS):03}",
        "timestamp": "2026-11-22T09:30:00.123Z",
        "serviceUrl": service_url,
        "channelId": "msteams",
        "from": {"id": "29:ada", "name": "Ada", "aadObjectId": "ada's object id"},
        "conversation": {"id": "a:ada", "conversationType": "personal", "tenantId": TENANT},
        "recipient": {"id": BOT, "name": "Seatwise", "isTargeted": True},
        "channelData": {"tenant": {"id": TENANT}, "ours": [1, {"kept": None}]},
        "text": "usage contoso",
        "entities": [{"type": "clientInfo", "locale": "en-GB", "timezone": "Europe/Paris"}],
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


@dataclass
class Bot:
    """The bot at its address: what it was handed, and what it answers."""

    cloud: Cloud
    metrics: Metrics = field(default_factory=Metrics)
    taken: list[Json] = field(default_factory=list)
    unchecked: list[Json] = field(default_factory=list)
    answer: Json | None = None
    trouble: Exception | None = None
    clock: Clock = field(default_factory=lambda: Clock(datetime.now(UTC)))  # noqa: TID251 as tokens
    client: ClientSession = field(init=False)
    adapter: TeamsAdapter = field(init=False)
    port: int = 0

    async def take(self, found: Json) -> Json | None:
        self.taken.append(found)
        if self.trouble:
            raise self.trouble
        return self.answer

    async def decline(self, found: Json) -> Json | None:
        self.unchecked.append(found)
        return None

    def refused(self) -> dict[str, int]:
        """What was refused so far, by reason."""
        name = "seatwise_refused_requests_total"
        metrics = list(self.metrics.registry.collect())
        samples = [sample for metric in metrics for sample in metric.samples if sample.name == name]
        return {sample.labels["reason"]: int(sample.value) for sample in samples}

    async def sent(self, body: Any, bearer: str | None = None, **headers: str) -> tuple[int, bytes]:
        """Sends a body, signed for its service address unless something else is said."""
        if bearer is None:
            bearer = "Bearer " + token(claims(body["serviceUrl"]))
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = {"Content-Type": "application/json; charset=utf-8"}
        given = {**kind, **({"Authorization": bearer} if bearer else {}), **headers}
        async with asyncio.timeout(15):
            answer = await self.client.post(PATH, data=io.BytesIO(data), headers=given)
            return answer.status, await answer.read()


@asynccontextmanager
async def speaking(
    cloud: Cloud,
    seen: ReplaySet | None = None,
    registration: BotRegistration | None = None,
    *,
    unsigned: bool = False,
) -> AsyncIterator[Bot]:
    """The bot, at an address of its own, registered in the cloud."""
    bot = Bot(cloud)
    parts = (registration or cloud.registration(), seen or Remembered(), bot.metrics, bot.clock)
    bot.adapter = TeamsAdapter(*parts, unsigned=unsigned)
    app = web.Application()
    app.cleanup_ctx.append(bot.adapter.run_beside)
    app.router.add_route("*", PATH, bot.adapter.receiver(bot.take, bot.decline))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1, **server_options(bot.metrics))
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        bot.port = runner.addresses[0][1]
        async with ClientSession(f"http://127.0.0.1:{bot.port}") as bot.client:
            yield bot
    finally:
        await runner.cleanup()


NOBODY = BotRegistration("", "")
"""For the demonstration."""
