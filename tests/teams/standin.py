"""A stand-in for Microsoft's cloud on loopback: key server, login, Bot Connector."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.teams.ports import BotRegistration, Conversation
from tests.slack.faults import Chances
from tests.teams.signing import APP, PASSWORD, TENANT, KeyServer

BOT = f"28:{APP}"
Handling = Callable[[web.Request], Awaitable[web.Response]]


def member(name: str, **more: Any) -> dict[str, Any]:
    """Somebody of a conversation, as the connector tells."""
    return {
        "id": f"29:{name}",
        "name": name,
        "aadObjectId": f"00000000-0000-4000-8000-{name.encode().hex():0>12}",
        "tenantId": TENANT,
        "userRole": "user",
        "userPrincipalName": f"{name}@example.org",
        **more,
    }


@dataclass(frozen=True)
class Posted:
    """A message that came."""

    conversation: str
    activity: dict[str, Any]
    targeted: bool
    id: str
    at: float


@dataclass
class Cloud:
    """Microsoft, as far as a bot sees it. What a test sets is how it behaves; what it reads, what
    came. Operations are called `send update open member members login`.
    """

    people: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Who is in a conversation, by its id without `;messageid=…`."""
    keys: KeyServer = field(default_factory=KeyServer)
    rested: Counter[str] = field(default_factory=Counter)
    """Operations that answer 429 so many times first."""
    retry_after: str | None = "0"
    """What they say then; None for nothing."""
    broken: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Operations that answer with this status and error code."""
    failing: Counter[str] = field(default_factory=Counter)
    """Of those, how often; not named means always."""
    lost: Counter[str] = field(default_factory=Counter)
    """Operations that are done so many times without an answer."""
    chances: Chances = field(default_factory=Chances)
    """How messages fail now and then."""
    redirects: str = ""
    """Where every operation but the login sends one instead."""
    stuck: set[str] = field(default_factory=set)
    """Operations that do not answer until `open` is set."""
    open: asyncio.Event = field(default_factory=asyncio.Event)
    page: int = 2
    """How many people are on a page at most."""
    endless: bool = False
    """Whether there is always another page."""
    lasts: int = 3600
    """Seconds that a token of the login lasts."""
    tokens: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    """What the login was asked."""
    calls: Counter[str] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=dict)
    posted: list[Posted] = field(default_factory=list)
    updated: list[Posted] = field(default_factory=list)
    opened: list[dict[str, Any]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    server: TestServer | None = None

    def app(self) -> web.Application:
        app = web.Application()
        self.keys.add_to(app)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._does("login", self._login))
        places = "/connector/v3/conversations"
        for method, path, name, handling in (
            ("POST", "", "open", self._open),
            ("POST", "/{place}/activities", "send", self._send),
            ("POST", "/{place}/activities/{id}", "send", self._send),
            ("PUT", "/{place}/activities/{id}", "update", self._update),
            ("GET", "/{place}/members/{person}", "member", self._member),
            ("GET", "/{place}/pagedmembers", "members", self._members),
        ):
            app.router.add_route(method, places + path, self._does(name, handling))
        return app

    def at(self, path: str) -> str:
        assert self.server is not None
        return str(self.server.make_url(path))

    @property
    def service_url(self) -> str:
        return self.at("/connector/")

    def registration(self, **changes: Any) -> BotRegistration:
        """The bot, as this cloud knows it."""
        known = {"tenant": TENANT, "openid_url": self.at("/openid"), "login_url": self.at("/")}
        return BotRegistration(APP, PASSWORD, **{**known, **changes})

    def conversation(self, name: str = "19:room@thread.v2") -> Conversation:
        """Where a message can be sent."""
        return Conversation(self.service_url, name, TENANT, BOT)

    async def said(self, place: str, messages: int = 1) -> list[Posted]:
        """What was posted to one conversation, once so many messages have come."""

        def found() -> list[Posted]:
            return [one for one in self.posted if one.conversation == place]

        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(lambda: len(found()) >= messages)
        return found()

    def _does(self, name: str, handling: Handling) -> Handling:
        """An operation, with whatever trouble a test wants before and after it."""

        async def operation(request: web.Request) -> web.Response:
            self.calls[name] += 1
            self.times.setdefault(name, []).append(time.monotonic())
            if name in self.stuck:
                await self.open.wait()
            drawn = self.chances.drawn() if name == "send" else ""
            trouble = self._trouble(name, request) or _now_and_then(drawn)
            if trouble is not None:
                return trouble
            answer = await handling(request)
            if self.lost[name] > 0 or drawn == "lost":
                self.lost[name] -= drawn != "lost"
                assert request.transport is not None
                request.transport.close()
            async with self.changed:
                self.changed.notify_all()
            return answer

        return operation

    def _trouble(self, name: str, request: web.Request) -> web.Response | None:
        if name != "login":
            if self.redirects:
                return web.Response(status=307, headers={"Location": self.redirects})
            said = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if said not in self.tokens:
                return refused(401, "Unauthorized")
        if self.rested[name] > 0:
            self.rested[name] -= 1
            after = {} if self.retry_after is None else {"Retry-After": self.retry_after}
            return refused(429, "TooManyRequests", after)
        if name in self.broken and self.failing.get(name, 1) > 0:
            self.failing.subtract({name: 1} if name in self.failing else {})
            return refused(*self.broken[name])
        return None

    async def _login(self, request: web.Request) -> web.Response:
        form = {str(key): str(value) for key, value in (await request.post()).items()}
        self.forms.append({"tenant": request.match_info["tenant"], **form})
        if (form.get("client_id"), form.get("client_secret")) != (APP, PASSWORD):
            return web.json_response({"error": "invalid_client"}, status=401)
        self.tokens.append(f"token-{len(self.tokens)}")
        said = {"token_type": "Bearer", "expires_in": self.lasts, "access_token": self.tokens[-1]}
        return web.json_response(said)

    async def _send(self, request: web.Request) -> web.Response:
        targeted = request.query.get("isTargetedActivity") == "true"
        message = f"message-{len(self.posted)}"
        await self._keep(self.posted, request, message, targeted=targeted)
        return web.json_response({"id": message}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        message = request.match_info["id"]
        await self._keep(self.updated, request, message, targeted=False)
        return web.json_response({"id": message})

    async def _keep(
        self, kept: list[Posted], request: web.Request, message: str, *, targeted: bool
    ) -> None:
        place, activity = request.match_info["place"], await request.json()
        kept.append(Posted(place, activity, targeted, message, time.monotonic()))

    async def _open(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        self.opened.append(wanted)
        return web.json_response({"id": f"a:{wanted['members'][0]['id']}"}, status=201)

    async def _member(self, request: web.Request) -> web.Response:
        people = self.people.get(request.match_info["place"])
        if people is None:
            return refused(404, "ConversationNotFound")
        wanted = request.match_info["person"]
        for one in people:
            if wanted in (one["id"], one.get("aadObjectId")):
                return web.json_response(one)
        return refused(404, "MemberNotFoundInConversation")

    async def _members(self, request: web.Request) -> web.Response:
        people = self.people.get(request.match_info["place"])
        if people is None:
            return refused(404, "ConversationNotFound")
        start = int(request.query.get("continuationToken", "0"))
        size = min(self.page, int(request.query["pageSize"]))
        page: dict[str, Any] = {"members": people[start : start + size]}
        if self.endless or start + size < len(people):
            page["continuationToken"] = str(start + size)
        return web.json_response(page)


def _now_and_then(drawn: str) -> web.Response | None:
    if drawn == "429":
        return refused(429, "TooManyRequests", {"Retry-After": "0"})
    return refused(500, "ServiceError") if drawn == "500" else None


def refused(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    """An error as the connector says it."""
    said = {"error": {"code": code, "message": "what nobody should log"}}
    return web.json_response(said, status=status, headers=headers)


@asynccontextmanager
async def in_cloud(cloud: Cloud) -> AsyncIterator[Cloud]:
    """The stand-in on a free loopback port."""
    async with TestServer(cloud.app(), host="127.0.0.1") as server:
        cloud.server = server
        yield cloud
        cloud.open.set()
        cloud.keys.open.set()
