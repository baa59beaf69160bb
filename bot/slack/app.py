"""Slack's listener: receives payloads, acknowledges them at once and hands them on. Past the gate,
no exception leaves it.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.background import BackgroundTasks
from bot.delivery import Delivery
from bot.gate import Gate, Proven
from bot.log import log, log_error
from bot.replay_set import ReplaySetUnavailable
from bot.slack.answering import tell
from bot.slack.api import SlackApi, silent
from bot.slack.customer_menu import PATIENCE
from bot.slack.deduplication import delivery
from bot.slack.dispatch import Body, Dispatcher, Received
from bot.slack.forms import faults
from bot.slack.inbound import UnreadablePayload
from bot.slack.people import SlackPeople
from bot.slack.ports import Kept, Keys
from bot.slack.rich_text import Block
from bot.slack.socket import connect_socket
from handlers.messages.speaker import speaker

_PROVEN = "proven"
"""The key of the signed request in bolt's context; payloads from the socket are not signed."""

_ANY = re.compile("")


def add_slack(app: web.Application, slack: "Slack", gate: Gate | None) -> None:
    """Add Slack to a program that is not running yet: at its address behind the gate, or by the
    socket where there is an app token. Raises ValueError without either.
    """
    if gate is not None:
        app.router.add_route("*", "/slack/events", slack.receiver(gate))
    elif not slack.keys.app_token:
        raise ValueError("neither a gate nor an app token")
    app.cleanup_ctx.append(slack.run_beside)


class Slack:
    """The receiver of everything that Slack sends to one installation."""

    def __init__(
        self, keys: Keys, api: SlackApi, people: SlackPeople, deliver: Delivery, kept: Kept
    ) -> None:
        self.keys = keys
        self._api = api
        self._people = people
        self._now = kept.now
        self._receiving = Dispatcher(keys, api, people, deliver, kept)
        self._bolt = _bolt(keys, self._listeners())
        self._under_way = BackgroundTasks("slack")

    async def run_beside(self, _app: web.Application) -> AsyncIterator[None]:
        """Keep the shared session, and with an app token the socket, while the program runs."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._api.open_session())
            stack.push_async_callback(self.drain)
            if self.keys.app_token:
                await stack.enter_async_context(connect_socket(self._bolt, self.keys))
            yield

    def receiver(self, gate: Gate) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The handler of requests at Slack's address: once the signature is proven it answers 200,
        whatever the request is. Whether the request came before is checked after that, and before
        it has any effect.
        """

        async def receive(request: web.Request) -> web.Response:
            return await self._dispatch(await gate.prove(request), request.headers)

        return receive

    async def drain(self) -> None:
        """Let the answers under way end."""
        await self._under_way.drain()

    async def _dispatch(self, proven: Proven, headers: Any) -> web.Response:
        """Hand a proven request to bolt, and answer 200 whatever bolt thinks of it: after any other
        status Slack would send the request again, and show its sender a warning.
        """
        try:
            body, context = proven.body.decode(errors="replace"), {_PROVEN: proven}
            request = AsyncBoltRequest(body=body, headers=dict(headers), context=context)
            said = await self._bolt.async_dispatch(request)
        except Exception as error:  # noqa: BLE001 a signed request that nobody can read has no effect
            log_error("slack request unreadable", error, platform="slack")
            return web.Response()
        told = said.body if said.status == 200 else ""  # a challenge, what is wrong, or options
        return web.Response(text=told, content_type="application/json" if told else None)

    def _listeners(self) -> "Listeners":
        """A listener for each kind of payload, which acknowledges it and has it read."""
        read = self._receiving
        return {
            "command": self._listener(read.command),
            "action": self._listener(read.press),
            "shortcut": self._listener(read.shortcut),
            "event": self._listener(read.event),
            "view": self._take_form,
            "options": self._offer_options,
        }

    def _listener(self, read: "Read") -> "Listener":
        async def begin_reading(ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
            await ack()
            self._under_way.begin(self._once(body, context.get(_PROVEN), read))

        return begin_reading

    async def _take_form(self, ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
        """Acknowledge a form. Faults go with the acknowledgement: Slack shows them in the form, and
        the form is not answered.
        """
        try:
            wrong = faults(body, self._now())
        except UnreadablePayload:
            await ack()
            return
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return
        await ack()
        self._under_way.begin(self._once(body, context.get(_PROVEN), self._receiving.submission))

    async def _offer_options(self, ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
        """Send a menu's options with the acknowledgement. After trouble, or where they take too
        long, send none: Slack would show an error.
        """
        looking = self._under_way.begin(self._options(body, context.get(_PROVEN)))
        await asyncio.wait({looking}, timeout=PATIENCE)
        if not looking.done():
            log("slack options too late", platform="slack")
        await ack(options=(looking.result() if looking.done() else None) or [])

    async def _options(self, body: Body, proven: Proven | None) -> list[Block]:
        """The options for a menu; none for a request that came before, because a sender who replays
        a request would read the answer.
        """
        return await self._receiving.suggestion(body) if await self._is_first(body, proven) else []

    async def _once(self, body: Body, proven: Proven | None, read: "Read") -> None:
        """Do the work of a payload unless it was done already. Where the replay set cannot tell, do
        nothing, and tell an asker who waits for an answer.
        """
        received = await read(body)
        if received is None:
            return
        self._people.expect(received.who)
        try:
            fresh = await self._is_first(body, proven)
        except ReplaySetUnavailable:
            if received.ways:
                reader = await self._people.reader(received.who)
                await tell(received.ways, speaker(reader.locale)("not-checked"))
            return
        if fresh:
            await received.work(await self._people.reader(received.who))

    async def _is_first(self, body: Body, proven: Proven | None) -> bool:
        """Check whether a payload is the first of its kind, by its signature and by its own id:
        Slack signs a payload anew when it sends it again.
        """
        if proven is not None and not await proven.first():
            return False
        named = delivery(body)
        return named is None or await self._receiving.once.first(*named)


Listener = Callable[[AsyncAck, Body, AsyncBoltContext], Awaitable[None]]
Listeners = dict[str, Listener]
Read = Callable[[Body], Awaitable[Received | None]]


def _bolt(keys: Keys, listeners: Listeners) -> AsyncApp:
    """A bolt app that reads payloads. The gate has checked signatures; `authorize` is our own, so
    that no environment variable decides whose token is used, and Slack is not asked each time.
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

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    for kind in ("command", "action", "shortcut", "event", "view", "options"):
        getattr(bolt, kind)(_ANY)(listeners.get(kind, acknowledge))
    return bolt
