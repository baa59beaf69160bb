"""A workspace that talks to the bot as Slack does: signed requests in, answers at their address."""

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.backend import NameDirectory
from bot.delivery import Delivery
from bot.gate import Gate, SlackKey
from bot.replay_set import ReplaySet
from bot.slack.api import SlackApi
from bot.slack.app import Slack, add_slack
from bot.slack.people import SlackPeople
from bot.slack.ports import Kept, Keys
from bot.time_limits import USUAL, TimeLimits
from bot.wiring import Installation
from handlers.chat.asking import UserRef
from tests.conftest import NOW
from tests.program.delivering import delivering
from tests.slack.standin import APP, BOT, StandIn

SECRET = "a signing secret of this test's own"


@dataclass
class Remembered:
    """A replay set in memory."""

    marks: set[str] = field(default_factory=set)

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        new = mark not in self.marks
        self.marks.add(mark)
        return new


def action(button: dict[str, Any]) -> dict[str, Any]:
    """A button or selection as Slack reports that it was used."""
    return {name: button[name] for name in ("type", "action_id", "value") if name in button}


@dataclass
class Chat:
    """What people do in Slack, and what they are shown."""

    standin: StandIn
    client: TestClient[web.Request, web.Application]
    slack: Slack
    delivery: Delivery
    people: SlackPeople
    api: SlackApi
    now: datetime = NOW
    places: "itertools.count[int]" = field(default_factory=itertools.count)

    def command_payload(self, who: str, line: str, **more: str) -> tuple[str, dict[str, str]]:
        """A slash command as Slack sends it, and the id of where it is to be answered."""
        place = f"place-{next(self.places)}"
        name, _, text = line.partition(" ")
        payload = {
            "command": name,
            "text": text,
            "user_id": who,
            "team_id": "T1",
            "channel_id": "C1",
            "channel_name": "general",
            "response_url": self.standin.at(f"/answer/{place}"),
        }
        return place, {**payload, **more}

    async def command(self, who: str, line: str, **more: str) -> str:
        """Types a command; gives where it is answered."""
        place, payload = self.command_payload(who, line, **more)
        await self.sent(urlencode(payload))
        return place

    def press_body(
        self, who: str, button: dict[str, Any], team: str = "T1", **more: Any
    ) -> tuple[str, str]:
        """A pressed button as Slack sends it, or with `selected_user` in it, a person picked; and
        before it the id of where it is to be answered.
        """
        place = f"place-{next(self.places)}"
        payload = {
            "type": "block_actions",
            "user": {"id": who, "team_id": team},
            "team": {"id": team},
            "channel": {"id": more.pop("channel", "C1"), "name": "general"},
            "actions": [{"block_id": "b", **button}],
            "response_url": self.standin.at(f"/answer/{place}"),
            **more,
        }
        return place, urlencode({"payload": json.dumps(payload)})

    async def press(self, who: str, button: dict[str, Any], team: str = "T1", **more: Any) -> str:
        """Presses a button; gives where it is answered."""
        place, body = self.press_body(who, button, team, **more)
        await self.sent(body)
        return place

    async def sent(self, body: str, kind: str = "application/x-www-form-urlencoded") -> str:
        """Sends a signed request; Slack is content with 200 alone. Gives what it said."""
        headers = {**signed(body.encode(), self.now), "Content-Type": kind}
        async with self.client.post("/slack/events", data=body, headers=headers) as response:
            assert response.status == 200
            return await response.text()

    async def asked(
        self, who: str, line: str, messages: int = 1, **more: str
    ) -> list[dict[str, Any]]:
        """Types a command and reads that many messages."""
        return await self.standin.said(await self.command(who, line, **more), messages)

    async def drained(self) -> None:
        """Waits until every answer under way has ended."""
        await self.slack.drain()

    async def pressed(self, who: str, button: dict[str, Any]) -> list[dict[str, Any]]:
        """Presses a button and reads the answer."""
        return await self.standin.said(await self.press(who, button))


def signed(body: bytes, now: datetime = NOW) -> dict[str, str]:
    """Slack's signature of now."""
    stamp = str(int(now.timestamp()))
    seal = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={seal.hexdigest()}",
    }


@asynccontextmanager
async def served(standin: StandIn) -> AsyncIterator[StandIn]:
    """The stand-in on a free loopback port."""
    async with TestServer(standin.app(), host="127.0.0.1") as server:
        standin.server = server
        standin.open.set()
        standin.uploads.set()
        yield standin
        for socket in standin.sockets:
            await socket.close()


@asynccontextmanager
async def talking(  # noqa: PLR0913 each is what some test is about
    installation: Installation,
    standin: StandIn,
    *,
    socket: bool = False,
    prefix: str = "",
    seen: ReplaySet | None = None,
    clock: Callable[[], float] = time.monotonic,
    limits: TimeLimits = USUAL,
) -> AsyncIterator[Chat]:
    """The installation with Slack as its platform, over HTTP or over the socket. By `clock` it
    forgets how people read.
    """
    keys = Keys(BOT, standin.at("/api/"), APP if socket else "", prefix)
    api = SlackApi(keys.bot_token, keys.api_url)
    people = SlackPeople(api, clock)
    await people.learn(UserRef("slack", "T1", person) for person in standin.met)
    called = NameDirectory({}, {"slack": people})
    backend = replace(installation.backend, people=called)
    key, now = SlackKey(SECRET), installation.backend.now
    async with AsyncExitStack() as stack:
        delivery = await stack.enter_async_context(delivering(installation, backend, limits))
        delivery.messengers["slack"] = people
        app = web.Application()
        seen = seen or Remembered()
        gate = None if socket else Gate(key, seen, installation.metrics, now)
        slack = Slack(keys, api, people, delivery, Kept(seen, installation.roles, now))
        add_slack(app, slack, gate)
        server = TestServer(app, host="127.0.0.1")
        client = await stack.enter_async_context(TestClient(server))
        yield Chat(standin, client, slack, delivery, people, api, now())


def texts(message: dict[str, Any]) -> list[str]:
    """The headline and every text object of a message, in reading order."""
    found = []
    for block in message.get("blocks", ()):
        found += headline_of(block)
        inner = [block.get("text"), *block.get("fields", ())]
        if block["type"] == "context":
            inner += block["elements"]
        found += [part["text"] for part in inner if part]
    return found


def headline_of(block: dict[str, Any]) -> list[str]:
    """The bold line that a block is; none for another block."""
    sections = [e for e in block.get("elements", ()) if e["type"] == "rich_text_section"]
    return [run["text"] for section in sections for run in section["elements"]]


def buttons(message: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every button by its label, as it is reported when pressed."""
    elements = [e for block in message.get("blocks", ()) for e in buttons_of(block)]
    return {element["text"]["text"]: action(element) for element in elements}


def buttons_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Those in a row of their own, or the one beside a sentence."""
    beside = block.get("accessory", {})
    if beside.get("type") == "button":
        return [beside]
    return list(block["elements"]) if block["type"] == "actions" else []


def is_preformatted(message: dict[str, Any]) -> bool:
    """Whether a table of the message comes as lines of one width."""
    lines = [e for block in message.get("blocks", ()) for e in block.get("elements", ())]
    return any(element["type"] == "rich_text_preformatted" for element in lines)


def kinds(message: dict[str, Any]) -> list[str]:
    """The kinds of a message's blocks."""
    return [block["type"] for block in message.get("blocks", ())]
