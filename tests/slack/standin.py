"""A stand-in for Slack on loopback: its Web API, its response addresses, its socket."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.slack.blocks import fault
from tests.slack.channels import Channels
from tests.slack.faults import Chances, hang_up, out_of_order, too_many

BOT, APP = "xoxb-stand-in", "xapp-stand-in"
SCOPES = {
    "users.info": "users:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "conversations.open": "im:write",
    "conversations.info": "channels:read",
    "conversations.members": "channels:read",
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
}
HISTORY = ("channels:history", "groups:history", "im:history")


def somebody(user_id: str, name: str, **more: Any) -> dict[str, Any]:
    """An account as users.info gives it."""
    flags = dict.fromkeys(("deleted", "is_bot", "is_restricted", "is_ultra_restricted"), False)
    return {
        "id": user_id,
        "team_id": "T1",
        "real_name": name,
        "tz": "UTC",
        "locale": "en-GB",
        **flags,
        **more,
    }


@dataclass
class File:
    """An uploaded file: `looks` counts down to its being usable; below zero it never is."""

    looks: int
    body: bytes = b""
    name: str = ""
    done: bool = False

    @property
    def ready(self) -> bool:
        return self.done and self.looks == 0


@dataclass
class StandIn(Channels):
    """Slack, one workspace `T1`. What a test sets is how it behaves; what it reads, what came."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    met: tuple[str, ...] = ()
    """Whom the bot has looked up before the test begins."""
    granted: set[str] = field(default_factory=lambda: {*SCOPES.values(), *HISTORY, "commands"})
    looks: int = 2
    refused_kinds: frozenset[str] = frozenset()
    rested: Counter[str] = field(default_factory=Counter)
    """Methods, or `response_url`, that answer 429 so many times first."""
    patience: dict[str, int] = field(default_factory=dict)
    """Calls of a method after which the next one answers 429."""
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """Unset, no method answers."""
    hanging: set[str] = field(default_factory=set)
    """Methods that do not answer while they stand here, ten minutes at most."""
    uploads: asyncio.Event = field(default_factory=asyncio.Event)
    """Unset, an upload takes until it is set."""
    broken: dict[str, str] = field(default_factory=dict)
    """Methods that answer with this error."""
    dead: bool = False
    """Whether response addresses have run out."""
    calls: Counter[str] = field(default_factory=Counter)
    answers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    uses: Counter[str] = field(default_factory=Counter)
    homes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Each page as it was written, by person."""
    forms: list[dict[str, Any]] = field(default_factory=list)
    failing: dict[str, str] = field(default_factory=dict)
    """How a method, `upload` or `response_url` fails: `429`, `500`, `internal_error`, `503` or
    `lost`.
    """
    chances: Chances = field(default_factory=Chances)
    """How posts fail now and then."""
    retry_after: int = 0
    """Seconds that a 429 asks to wait."""
    files: dict[str, File] = field(default_factory=dict)
    dead_sockets: list[str] = field(default_factory=list)
    """Addresses that the next sockets are promised at, where nobody listens."""
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    heard: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    """What came over the sockets."""
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    server: TestServer | None = None

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self.call)
        app.router.add_post("/upload/{file}", self.upload)
        app.router.add_post("/answer/{id}", self.answer)
        app.router.add_get("/socket", self.socket)
        return app

    def at(self, path: str) -> str:
        assert self.server is not None
        return str(self.server.make_url(path))

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        async with self.changed:
            self.calls[method] += 1
            self.changed.notify_all()
        await self.open.wait()
        await self.hangs(method)
        failing = self.failing.get(method, "")
        if method == "chat.postMessage":
            failing = failing or self.chances.drawn()
        if failing == "429" or self.rests(method):
            return too_many(self.retry_after)
        if failing in ("500", "503"):
            return out_of_order(int(failing))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        error = self.broken.get(method) or self.unauthorized(method, token)
        error = error or (failing if failing == "internal_error" else "")
        if error:
            return web.json_response({"ok": False, "error": error})
        form = {str(key): str(value) for key, value in (await request.post()).items()}
        if request.content_type == "application/json":
            form = await request.json()
            assert method.startswith(("chat.", "views."))  # what reads takes forms alone
        said = await getattr(self, "do_" + re.sub(r"\W", "_", method))({**request.query, **form})
        if failing == "lost":
            hang_up(request)
        async with self.changed:
            self.changed.notify_all()
        return web.json_response({"ok": "error" not in said, **said})

    async def hangs(self, method: str) -> None:
        for _ in range(6_000):
            if method not in self.hanging:
                return
            await asyncio.sleep(0.1)

    def turns_away_after(self, method: str, calls: int) -> None:
        """From that many calls on, once."""
        self.patience[method] = calls

    def rests(self, what: str) -> bool:
        if self.calls[what] > self.patience.get(what, self.calls[what]):
            del self.patience[what]
            return True
        resting = self.rested[what] > 0
        self.rested[what] -= resting
        return resting

    def unauthorized(self, method: str, token: str) -> str:
        if token != (APP if method == "apps.connections.open" else BOT):
            return "invalid_auth"
        needed = SCOPES.get(method)
        return "missing_scope" if needed and needed not in self.granted else ""

    def may_read(self, channel: str) -> bool:
        private = self.channels.get(channel, {}).get("is_private")
        kind = "im" if channel[0] == "D" else "groups" if private else "channels"
        return f"{kind}:history" in self.granted

    async def do_users_info(self, form: dict[str, Any]) -> dict[str, Any]:
        found = self.people.get(form["user"])
        return {"user": found} if found else {"error": "user_not_found"}

    async def do_files_getUploadURLExternal(self, form: dict[str, Any]) -> dict[str, Any]:
        file = f"F{len(self.files):08}"
        self.files[file] = File(self.looks)
        self.files[file].name = form["filename"]
        return {"file_id": file, "upload_url": self.upload_host or self.at(f"/upload/{file}")}

    async def do_files_completeUploadExternal(self, form: dict[str, Any]) -> dict[str, Any]:
        if (channel := form.get("channel_id", "D"))[0] != "D":
            return {"error": "channel_not_found"}
        if channel != "D":
            shown = [self.files[one["id"]] for one in json.loads(form["files"])]
            self.sent += [(channel, file.name, file.body) for file in shown]
        for file in self.files.values():
            file.done = file.done or bool(file.body)
        return {"files": []}

    async def do_files_info(self, form: dict[str, Any]) -> dict[str, Any]:
        file = self.files[form["file"]]
        if file.looks > 0:
            file.looks -= 1
        return {"file": {"id": form["file"], "mimetype": "image/png" if file.ready else ""}}

    async def do_views_open(self, form: dict[str, Any]) -> dict[str, Any]:
        self.forms.append(form["view"])
        return {}

    async def do_views_publish(self, form: dict[str, Any]) -> dict[str, Any]:
        view = json.loads(form["view"])
        wrong = fault(view["blocks"], most=100)
        assert not wrong
        self.homes.setdefault(form["user_id"], []).append(view)
        return {}

    async def do_auth_test(self, form: dict[str, Any]) -> dict[str, Any]:
        return {"user_id": "UBOT", "team_id": "T1"}

    async def do_apps_connections_open(self, form: dict[str, Any]) -> dict[str, Any]:
        return {"url": self.dead_sockets.pop() if self.dead_sockets else self.at("/socket")}

    async def upload(self, request: web.Request) -> web.Response:
        await self.uploads.wait()
        failing = self.failing.get("upload", "")
        if failing in ("429", "503", "internal_error"):
            return too_many() if failing == "429" else out_of_order()
        self.files[request.match_info["file"]].body = await request.read()
        if failing == "lost":
            hang_up(request)
        return web.Response(text="OK")

    async def answer(self, request: web.Request) -> web.Response:
        place, message = request.match_info["id"], await request.json()
        self.uses[place] += 1
        failing = self.failing.get("response_url", "")
        if failing == "429" or self.rests("response_url"):
            return too_many()
        if failing == "503":
            return out_of_order()
        if failing == "internal_error":
            return web.json_response({"ok": False, "error": "internal_error"})
        if self.dead or self.uses[place] > 5:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        wrong = self.wrong(message)
        async with self.changed:
            (self.refusals if wrong else self.answers.setdefault(place, [])).append(
                wrong or message
            )
            self.changed.notify_all()
        if wrong:
            return web.json_response({"ok": False, "error": "invalid_blocks"}, status=404)
        if failing == "lost":
            hang_up(request)
        return web.Response(text="ok")

    def wrong(self, message: dict[str, Any]) -> str:
        known = {"response_type", "replace_original", "text", "blocks"}
        if not set(message) <= known or not 0 < len(message.get("text", "")) <= 4000:
            return "the message"
        blocks = message.get("blocks")
        if blocks is None:
            return ""
        shown = [b["slack_file"]["id"] for b in blocks if b.get("type") == "image"]
        if any(file not in self.files or not self.files[file].ready for file in shown):
            return "invalid slack file"
        return fault(blocks, self.refused_kinds)

    async def said(self, place: str, messages: int = 1) -> list[dict[str, Any]]:
        """What was answered at one address, once so many messages have come."""
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(lambda: len(self.answers.get(place, ())) >= messages)
        return self.answers[place]

    async def called(self, method: str) -> None:
        """Returns once the method has been called."""
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(lambda: self.calls[method] > 0)

    async def until(self, holds: Callable[[], object]) -> None:
        """Returns once it holds, as more is called."""
        async with asyncio.timeout(10), self.changed:
            await self.changed.wait_for(holds)

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello"})
        async with self.changed:
            self.sockets.append(socket)
            self.changed.notify_all()
        async for message in socket:
            await self.heard.put(message.json())
        return socket

    async def connections(self, count: int) -> web.WebSocketResponse:
        """The newest socket, once so many have been opened."""
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(lambda: len(self.sockets) >= count)
        return self.sockets[-1]
