"""Slack's listener: receives, acknowledges with nothing, hands on. Nothing raised leaves it."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import Delivered, request_id
from bot.gate import SeenUnavailable
from bot.log import log_error
from bot.slack.answering import ResponseUrl, give
from bot.slack.api import SlackApi, silent
from bot.slack.inbound import answer_url, asker, pressed, typed
from bot.slack.naming import renamed
from bot.slack.people import SlackPeople
from bot.slack.ports import Deliver, Gate, Keys
from bot.slack.socket import connected
from handlers.messages.speaker import speaker

DRAIN_SECONDS = 6.0
"""How long answers under way may take when the program stops."""

_FIRST: ContextVar[Callable[[], Awaitable[bool]] | None] = ContextVar("first", default=None)
"""Of the signed request that is being dispatched; what comes by the socket is not signed."""

_ANY = re.compile("")
Body = dict[str, Any]


def add_slack(app: web.Application, slack: "Slack", gate: Gate | None) -> None:
    """Adds Slack to a program that is not running yet: by its address behind the gate, or by the
    socket where there is an app token. ValueError without either.
    """
    if gate is not None:
        app.router.add_route("*", "/slack/events", slack.receiver(gate))
    elif not slack.keys.app_token:
        raise ValueError("neither a gate nor an app token")
    app.cleanup_ctx.append(slack.running)


class Slack:
    """Commands and buttons of one installation."""

    def __init__(self, keys: Keys, api: SlackApi, people: SlackPeople, deliver: Deliver) -> None:
        self.keys = keys
        self._api = api
        self._people = people
        self._deliver = deliver
        self._bolt = _bolt(keys, self._command, self._press)
        self._under_way: set[asyncio.Task[None]] = set()

    async def running(self, _app: web.Application) -> AsyncIterator[None]:
        """While the program runs: the shared session, and the socket where there is a token."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._api.opened())
            stack.push_async_callback(self.drain)
            if self.keys.app_token:
                await stack.enter_async_context(connected(self._bolt, self.keys))
            yield

    def receiver(self, gate: Gate) -> Callable[[web.Request], Awaitable[web.Response]]:
        """What answers a request at Slack's address: 200, whatever it is, once its signature is
        proven. Whether it came before is asked after that, and before it has any effect.
        """

        async def receive(request: web.Request) -> web.Response:
            proven = await gate.prove(request)
            _FIRST.set(proven.first)
            return await self._dispatched(proven.body, request.headers)

        return receive

    async def drain(self) -> None:
        """Lets the answers under way end; cuts off those that take longer than six seconds."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _dispatched(self, body: bytes, headers: Any) -> web.Response:
        """Whatever bolt thinks of it, Slack has delivered it: anything but 200 it would repeat, and
        show its sender a warning.
        """
        try:
            request = AsyncBoltRequest(body=body.decode(errors="replace"), headers=dict(headers))
            said = await self._bolt.async_dispatch(request)
        except Exception as error:  # noqa: BLE001 a signed request that nobody can read has no effect
            log_error("slack request unreadable", error, platform="slack")
            return web.Response()
        challenge = said.body if said.status == 200 else ""
        return web.Response(text=challenge, content_type="application/json" if challenge else None)

    async def _command(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        self._begin(body, self._answer_command)

    async def _press(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        self._begin(body, self._answer_press)

    def _begin(self, body: Body, work: Callable[[Body], Awaitable[None]]) -> None:
        """Kept, for nobody else holds a task; and none of its errors reaches bolt."""
        task = asyncio.create_task(_quietly(self._once(body, work)))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _once(self, body: Body, work: Callable[[Body], Awaitable[None]]) -> None:
        """Does the work unless the very same request did it already."""
        first = _FIRST.get()
        try:
            fresh = first is None or await first()
        except SeenUnavailable:
            reader = await self._people.reader(asker(body))
            await self._url(body).say({"text": speaker(reader.locale)("not-checked")})
            return
        if fresh:
            await work(body)

    async def _answer_command(self, body: Body) -> None:
        url = self._url(body)
        reader = await self._people.reader(asker(body))
        ask = typed(body, reader, request_id(), self.keys.prefix)
        await self._give(await self._deliver.ask(ask), url)

    async def _answer_press(self, body: Body) -> None:
        url = self._url(body)
        reader = await self._people.reader(asker(body))
        what = pressed(body, reader, request_id())
        if what.button:
            await self._give(await self._deliver.press(what.button, what.ask), url)
        else:
            await self._give(await self._deliver.ask(what.ask), url)

    def _url(self, body: Body) -> ResponseUrl:
        return ResponseUrl(answer_url(body), self._api.session)

    async def _give(self, delivered: Delivered, url: ResponseUrl) -> None:
        reply = renamed(delivered.reply, self.keys.prefix)
        await give(replace(delivered, reply=reply), url, self._api, self._deliver)


async def _quietly(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 the last net: a task's error would reach nobody
        log_error("slack request failed", error, platform="slack")


Listener = Callable[[AsyncAck, Body], Awaitable[None]]


def _bolt(keys: Keys, command: Listener, press: Listener) -> AsyncApp:
    """bolt as a reader of payloads. The gate has checked signatures; `authorize` is ours, so that
    no variable of the environment decides whose token is used, and Slack is not asked each time.
    """
    token = keys.bot_token

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

    bolt = AsyncApp(
        name="seatwise",
        logger=silent(),
        signing_secret="",
        client=AsyncWebClient(base_url=keys.api_url, logger=silent()),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
    )

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    bolt.command(_ANY)(command)
    bolt.action(_ANY)(press)
    for rest in (bolt.event, bolt.shortcut, bolt.view, bolt.options):
        rest(_ANY)(nothing)
    return bolt
