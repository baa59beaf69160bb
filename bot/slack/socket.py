"""Socket Mode: Slack sends payloads over a connection that we open; no public address is needed."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import ClientSession
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.log import log, log_error
from bot.slack.api import SlackApi, silent
from bot.slack.ports import Keys

PING_SECONDS = 5.0
"""Seconds between two checks of the connection."""

_PATIENCE = 3
"""Time that one opening may take, in pings."""

_ANSWERED_AT_ONCE = ("view_submission", "block_suggestion")
"""Payloads answered by the acknowledgement itself: a form with its faults, a menu with its options.
"""

Receiver = Callable[[AsyncBaseSocketModeClient, SocketModeRequest], Awaitable[None]]


@asynccontextmanager
async def connect_socket(
    bolt: AsyncApp, keys: Keys, ping: float = PING_SECONDS
) -> AsyncIterator[None]:
    """Open the socket, open it again whenever it breaks, and close it at the end.

    The program does not wait for it: while Slack cannot be reached, everything else works.
    """
    api = SlackApi(keys.app_token, keys.api_url)
    client = SocketModeClient(keys.app_token, silent(), api.client, ping_interval=ping)
    client.proxy = None
    client.socket_mode_request_listeners.append(_receiver(bolt))
    await client.aiohttp_client_session.close()
    client.aiohttp_client_session = ClientSession(trust_env=True)
    keeping = asyncio.create_task(_keep_open(client, ping))
    try:
        yield
    finally:
        keeping.cancel()
        await client.close()  # type: ignore[no-untyped-call]  # the library leaves it untyped


def _receiver(bolt: AsyncApp) -> Receiver:
    async def receive(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Acknowledge a payload before it is read, because Slack would send an unhandled one again;
        forms and menus are answered by the acknowledgement itself.
        """
        try:
            if request.payload.get("type") in _ANSWERED_AT_ONCE:
                said = await run_async_bolt_app(bolt, request)
                await client.send_socket_mode_response(_answer(request.envelope_id, said))
                return
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))
            await run_async_bolt_app(bolt, request)
        except Exception as error:  # noqa: BLE001 what nobody can read has no effect
            log_error("slack request unreadable", error, platform="slack")

    return receive


def _answer(envelope: str, said: BoltResponse) -> SocketModeResponse:
    told = json.loads(said.body) if said.status == 200 and said.body else None
    return SocketModeResponse(envelope, told)


async def _keep_open(client: SocketModeClient, rest: float) -> None:
    """Keep the socket open, beside the library's own watch, which tries a used-up address for ever:
    an address that did not open is forgotten, and another is asked for.
    """
    was_open = False
    while True:
        if not await client.is_connected():
            try:
                async with asyncio.timeout(_PATIENCE * rest):
                    await client.connect_to_new_endpoint()
            except Exception as error:  # noqa: BLE001 whatever it is, it is tried again
                log_error("slack socket trouble", error, platform="slack")
        is_open = await client.is_connected()
        if not is_open:
            client.wss_uri = None
        if is_open != was_open:
            log("slack socket open" if is_open else "slack socket not open", platform="slack")
        was_open = is_open
        await asyncio.sleep(rest)
