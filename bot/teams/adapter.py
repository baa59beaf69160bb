"""botbuilder's adapter behind our own gate: the activities it gets are proven, and parsed once."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

from aiohttp import ClientSession, web
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ActivityTypes

from bot.gate import Gate, Key
from bot.https_hosts import is_loopback
from bot.log import log_error
from bot.metrics import Metrics
from bot.replay_set import ReplaySet, ReplaySetUnavailable
from bot.teams.activities import tenants
from bot.teams.auth.keys import KeyRing
from bot.teams.auth.login import Login
from bot.teams.auth.openid_documents import issuer
from bot.teams.auth.tokens import TeamsKey, UnsignedKey
from bot.teams.botbuilder_glue import OurAuthentication
from bot.teams.connector import BotConnector, UnhurriedConnector
from bot.teams.ports import BotRegistration, Json, OnActivity

Handler = Callable[[web.Request], Awaitable[web.Response]]


class TeamsAdapter(CloudAdapter):
    """The way in and out of one registration. ValueError without an app id or an allowed tenant,
    except with `unsigned`, for the demonstration: then unsigned activities are taken, from service
    addresses on this machine only.
    """

    def __init__(
        self,
        registration: BotRegistration,
        seen: ReplaySet,
        metrics: Metrics,
        clock: Callable[[], datetime],
        *,
        unsigned: bool = False,
    ) -> None:
        self.local = local = unsigned or is_loopback(registration.openid_url)
        """True if addresses on this machine are taken: there is a stand-in for Microsoft's."""
        self._tenants = registration.allowed_tenants or {registration.tenant} - {""}
        self._keys = None if unsigned else KeyRing(registration.openid_url, clock)
        self._login = None if unsigned else Login(registration)
        if self._keys is not None and not self._tenants:
            raise ValueError("no tenant is allowed")
        self._metrics = metrics
        self.connector = (UnhurriedConnector if unsigned else BotConnector)(
            self._login, local=local
        )
        """The client for calls to Teams; works while the program runs."""
        self._gate = Gate(_key(registration, self._keys, local=local), seen, metrics, clock)
        self._ours = OurAuthentication(registration.app_id, self.connector.client)
        super().__init__(self._ours)

    async def run_beside(self, _app: web.Application) -> AsyncIterator[None]:
        """Fetch keys and the bot's token ahead of need, and refresh them while the program runs;
        neither is waited for. For `app.cleanup_ctx`.
        """
        async with AsyncExitStack() as stack:
            known = await stack.enter_async_context(ClientSession(trust_env=True))
            for part in (self._keys, self._login):
                if part is not None:
                    await stack.enter_async_context(part.use_session(known))
            # No proxy and no passwords of the environment for addresses that come from activities.
            told = await stack.enter_async_context(ClientSession())
            await stack.enter_async_context(self.connector.use_session(told))
            yield

    def receiver(self, on_activity: OnActivity, on_unchecked: OnActivity | None = None) -> Handler:
        """The handler of requests at the address of Teams. `on_activity` gets each activity once,
        proven, of an allowed tenant; its errors are logged and answered 200. `on_unchecked` gets
        activities that the replay set cannot tell to be new: it should answer in words, and have no
        other effect.
        """

        async def receive(request: web.Request) -> web.Response:
            proven = await self._gate.prove(request)
            activity: dict[str, Any] = proven.content
            if self._keys is not None and not tenants(activity) <= self._tenants:
                self._metrics.count_refusal("tenant")
                return web.Response()
            try:
                handler = on_activity if await proven.first() else None
            except ReplaySetUnavailable:
                handler = on_unchecked
            return await self._run_turn(activity, handler) if handler else web.Response()

        return receive

    async def _run_turn(self, activity: Json, handler: OnActivity) -> web.Response:
        """Run one turn through botbuilder. Any error in it is logged and answered 200: a 5xx would
        only show the sender an error.
        """

        async def turn(context: TurnContext) -> None:
            said = await handler(activity)
            if activity["type"] == ActivityTypes.invoke:
                answer = InvokeResponse(status=200, body=said)
                await context.send_activity(
                    Activity(type=ActivityTypes.invoke_response, value=answer)
                )

        try:
            parsed: Activity = Activity().deserialize(activity)
            given = await self.process_activity(self._ours.result(), parsed, turn)
        except Exception as error:  # noqa: BLE001 the last net: only the log is told
            log_error("activity of teams failed", error, platform="teams")
            return web.Response()
        return _response(given)


def _key(registration: BotRegistration, keys: KeyRing | None, *, local: bool) -> Key:
    if keys is None:
        return UnsignedKey()
    return TeamsKey(registration.app_id, issuer(registration.openid_url), keys, local=local)


def _response(given: Any) -> web.Response:
    """The response with an invoke's body; empty where there is none."""
    if given is None or given.body is None:
        return web.Response()
    return web.json_response(given.body, status=int(given.status))
