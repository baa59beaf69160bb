"""Slack: a signed command to its acknowledgement and its picture, beside a bot on stock bolt."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stderr
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, web

from analytics.demo.customers import ordinary_customers
from analytics.values import OWN
from bot.demo_installation import make_sample, sample_settings
from bot.environment import read_settings
from bot.gate import Gate, SlackKey, server_options
from bot.log import start_log
from bot.slack.api import SlackApi
from bot.slack.app import Slack, add_slack
from bot.slack.people import SlackPeople
from bot.slack.ports import Kept, Keys
from bot.wiring import Installation, open_installation, utc_now
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from tests.bench.answers import NOW
from tests.bench.measuring import MANY_TIMES, Row, compared, part
from tests.bench.naive_bot import NaiveBot, export
from tests.bench.naive_slack import naive_slack
from tests.slack.standin import BOT, StandIn, somebody
from tests.slack.talking import SECRET, served, signed
from tests.sources.demo_reading import licence_files

ASKERS = ("UADA", "UBEA", "UCAL", "UDAN", "UEVE")
BUSY = 100.0
"""Milliseconds that 99 of 100 acknowledgements may take while charts are drawn."""


class Workspace(StandIn):
    """The stand-in, which tells stock bolt whose token it has, and what it has uploaded."""

    async def do_files_completeUploadExternal(self, form: dict[str, str]) -> dict[str, Any]:
        await super().do_files_completeUploadExternal(form)
        return {"files": json.loads(form["files"])}

    async def do_auth_test(self, form: dict[str, str]) -> dict[str, str]:
        return {"team_id": "T1", "user_id": "UBOT", "bot_id": "B1", "url": "https://x.slack.com/"}


class Sender:
    """Sends signed commands to one bot and times what comes back."""

    def __init__(self, standin: StandIn, session: ClientSession, address: str, name: str) -> None:
        self._standin, self._session, self._address = standin, session, address
        self._name, self._sent = name, 0

    async def acknowledged(self, text: str, who: str = ASKERS[0]) -> tuple[float, str]:
        """Milliseconds to the empty 200, and where the answer will be."""
        self._sent += 1
        place = f"{self._name}-{self._sent}"
        body = self._body(text, place, who)
        headers = signed(body.encode(), datetime.now(UTC))
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = perf_counter()
        async with self._session.post(self._address, data=body, headers=headers) as response:
            assert (response.status, await response.text()) == (200, "")
        return (perf_counter() - began) * 1000, place

    async def pictured(self, text: str, who: str = ASKERS[0]) -> float:
        """Milliseconds from the command to the message with its picture."""
        began = perf_counter()
        _, place = await self.acknowledged(text, who)
        _, shown = await self._standin.said(place, 2)
        assert shown["blocks"][0]["slack_file"]
        return (perf_counter() - began) * 1000

    async def answered(self, place: str) -> None:
        """Returns once there is an answer."""
        await self._standin.said(place)

    def _body(self, text: str, place: str, who: str) -> str:
        payload = {"command": "/usage", "text": text, "user_id": who, "team_id": "T1"}
        where = {"channel_id": "C1", "response_url": self._standin.at(f"/answer/{place}")}
        return urlencode({**payload, **where, "trigger_id": place})


def rows(*, quick: bool) -> list[Row]:
    """Idle and busy acknowledgements, and the whole way to the picture."""
    with (
        TemporaryDirectory() as folder,
        Path(folder, "log").open("w") as log,
        redirect_stderr(log),
    ):
        start_log("INFO")
        return asyncio.run(_measured(Path(folder), 30 if quick else 180))


async def _measured(folder: Path, count: int) -> list[Row]:
    standin = Workspace({who: somebody(who, who) for who in ASKERS}, looks=0)
    names = [story.name for story in ordinary_customers()]
    async with (
        served(standin),
        ClientSession() as session,
        _ours(folder, standin) as ours_at,
        _rival(folder, standin) as rival_at,
    ):
        ours = Sender(standin, session, ours_at, "ours")
        rival = Sender(standin, session, rival_at, "rival")
        pictures = await _pictures(ours, rival, names[: count // 6])
        idle = await _idle(ours, rival, count)
        busy = await _busy(ours, names, count)
    late = part(busy, 0.99)
    limit = f"≤ {BUSY:.0f} ms"
    return [
        compared("Slack: signed command to acknowledgement, idle", *idle, MANY_TIMES),
        Row(
            "the same while charts are drawn, 99 of 100",
            f"{late:.1f} ms",
            "",
            None,
            limit,
            late <= BUSY,
        ),
        compared("Slack: signed command to picture", *pictures, MANY_TIMES),
    ]


Samples = tuple[list[float], list[float]]


async def _pictures(ours: Sender, rival: Sender, names: list[str]) -> Samples:
    """Each customer to both by turns; the first is not counted."""
    spent: Samples = ([], [])
    for name in names:
        for kept, side in zip(spent, (ours, rival), strict=True):
            kept.append(await side.pictured(f"{name} last 90 days"))
    return spent[0][1:], spent[1][1:]


async def _idle(ours: Sender, rival: Sender, count: int) -> Samples:
    """Nothing else is under way: each answer is waited for."""
    spent: Samples = ([], [])
    for _ in range(count):
        for kept, side in zip(spent, (ours, rival), strict=True):
            milliseconds, place = await side.acknowledged("no such customer")
            kept.append(milliseconds)
            await side.answered(place)
    return spent


async def _busy(ours: Sender, names: list[str], count: int) -> list[float]:
    """Commands that come while charts are drawn for four others all the time."""
    stop = asyncio.Event()

    async def keep_drawing(at: int) -> None:
        days = 30
        while not stop.is_set():
            days += 1
            await ours.pictured(f"{names[at]} last {days} days", ASKERS[at])

    drawing = [asyncio.create_task(keep_drawing(at)) for at in range(1, len(ASKERS))]
    spent = [(await ours.acknowledged("no such customer"))[0] for _ in range(count)]
    stop.set()
    await asyncio.gather(*drawing)
    return spent


@asynccontextmanager
async def _ours(folder: Path, standin: StandIn) -> AsyncIterator[str]:
    """The program as `serve` runs it: gate, replay set and audit on disk."""
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(folder)}))
    await asyncio.to_thread(make_sample, settings.data_dir, NOW)
    async with open_installation(settings, {}, utc_now) as installation:
        grant = Grant(Role.ADMIN, OWN, None, None, "", "operator", utc_now())
        for who in ASKERS:
            await installation.roles.give(UserRef("slack", "T1", who), grant)
        app = web.Application()
        _add_slack(app, installation, standin)
        options = server_options(installation.metrics)
        async with _serving(app, "/slack/events", **options) as address:
            yield address


def _add_slack(app: web.Application, installation: Installation, standin: StandIn) -> None:
    keys = Keys(BOT, standin.at("/api/"))
    api = SlackApi(keys.bot_token, keys.api_url)
    people = SlackPeople(api)
    installation.people.platforms["slack"] = people
    gate = Gate(SlackKey(SECRET), installation.seen, installation.metrics, utc_now)
    kept = Kept(installation.seen, installation.roles, utc_now)
    add_slack(app, Slack(keys, api, people, installation.delivery, kept), gate)


@asynccontextmanager
async def _rival(folder: Path, standin: StandIn) -> AsyncIterator[str]:
    """Stock bolt with its defaults, around the naive bot."""
    await asyncio.to_thread(export, folder, licence_files(NOW.date()))
    bolt = naive_slack(NaiveBot(folder, NOW.date()), BOT, SECRET, standin.at("/api/"))
    async with _serving(bolt.web_app("/slack/events"), "/slack/events") as address:
        yield address


@asynccontextmanager
async def _serving(app: web.Application, path: str, **options: Any) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, **options)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{path}"
    finally:
        await runner.cleanup()
