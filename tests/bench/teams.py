"""Teams: a signed activity to its posted reply, beside stock CloudAdapter; an echo bot on both."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from aiohttp import ClientSession, web

from bot.gate import server_options
from bot.metrics import Metrics
from bot.replay_set import ReplaySet
from bot.store.database import open_database
from bot.store.replay_set import ReplayStore
from bot.teams.adapter import TeamsAdapter
from bot.teams.ports import BotRegistration, Conversation, Json
from bot.wiring import utc_now
from tests.bench.measuring import Row, compared
from tests.bench.microsoft import HOST, Microsoft, microsoft
from tests.bench.naive_teams import naive_teams
from tests.slack.talking import Remembered
from tests.teams.signing import APP, PASSWORD, TENANT, claims, token
from tests.teams.speaking import PATH, activity
from tests.teams.standin import BOT

TIMES = 4.0
"""How many times less a turn has to take than on the stock adapter, at the median."""

WARM = 3
PAUSE = 0.04
"""Seconds between turns: Teams lets a bot send thirty times a second in a tenant, and ours would
wait for that.
"""


def rows(*, quick: bool) -> list[Row]:
    """The turn; and the turn with what the rival does not have."""
    with TemporaryDirectory() as folder:
        adapter, remembering, rival = asyncio.run(_measured(Path(folder), 20 if quick else 150))
    return [
        compared("Teams: signed activity to posted reply, adapter alone", adapter, rival, TIMES),
        compared("the same, remembering each activity on disk", remembering, rival),
    ]


async def _measured(folder: Path, count: int) -> list[list[float]]:
    """Milliseconds of each side; the first turns are not counted."""
    async with microsoft(folder) as cloud, ClientSession() as session:
        openid = f"{cloud.plain}/openid"
        stock = naive_teams(openid, cloud.login, PATH)
        with _trusting(cloud.certificate):
            async with (
                _stored(folder) as seen,
                _ours(Remembered(), cloud) as alone_at,
                _ours(seen, cloud) as remembering_at,
                _serving(stock) as rival_at,
            ):
                sides = (alone_at, remembering_at, rival_at)
                spent: list[list[float]] = [[] for _ in sides]
                for turn in range(WARM + count):
                    for kept, address in zip(spent, sides, strict=True):
                        kept.append(await _turn(session, address, cloud.service_url, turn))
                    await asyncio.sleep(PAUSE)
    return [kept[WARM:] for kept in spent]


async def _turn(session: ClientSession, address: str, service_url: str, turn: int) -> float:
    """Milliseconds; both bots answer when their reply has been taken by the connector."""
    place = {"id": f"a:{turn}", "conversationType": "personal", "tenantId": TENANT}
    sent = activity(service_url, conversation=place)
    bearer = token(claims(service_url, time.time()))
    began = perf_counter()
    headers = {"Authorization": f"Bearer {bearer}"}
    async with session.post(address, json=sent, headers=headers) as answer:
        assert answer.status in (200, 201)
    return (perf_counter() - began) * 1000


@asynccontextmanager
async def _stored(folder: Path) -> AsyncIterator[ReplaySet]:
    """The replay set as the program runs it."""
    engine = await open_database(f"sqlite+aiosqlite:///{folder / 'seatwise.db'}")
    try:
        yield ReplayStore(engine)
    finally:
        await engine.dispose()


@asynccontextmanager
async def _ours(seen: ReplaySet, cloud: Microsoft) -> AsyncIterator[str]:
    openid, login = f"{cloud.plain}/openid", f"{cloud.plain}/"
    known = BotRegistration(APP, PASSWORD, TENANT, openid_url=openid, login_url=login)
    metrics = Metrics()
    adapter = TeamsAdapter(known, seen, metrics, utc_now)

    async def echo(said: Json) -> Json | None:
        where = Conversation(said["serviceUrl"], said["conversation"]["id"], TENANT, BOT)
        reply = {"type": "message", "text": f"Echo: {said['text']}", "replyToId": said["id"]}
        assert await adapter.connector.send(where, reply)
        return None

    app = web.Application()
    app.cleanup_ctx.append(adapter.run_beside)
    app.router.add_route("*", PATH, adapter.receiver(echo))
    async with _serving(app, **server_options(metrics)) as address:
        yield address


@asynccontextmanager
async def _serving(app: web.Application, **options: Any) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, **options)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    try:
        yield f"http://{HOST}:{runner.addresses[0][1]}{PATH}"
    finally:
        await runner.cleanup()


@contextmanager
def _trusting(certificate: Path) -> Iterator[None]:
    """MSAL's `requests` believes the stand-in's certificate."""
    name = "REQUESTS_CA_BUNDLE"
    before = os.environ.get(name)
    os.environ[name] = str(certificate)
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before
