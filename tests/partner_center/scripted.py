"""A server that answers as a test writes it, one answer after another, and what it was asked."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientTimeout, web
from aiohttp.test_utils import TestServer

from analytics.sources.partner_center.client import Client, Timeouts
from tests.partner_center.connecting import Kept, Waits, access, throttled

Said = web.Response | dict[str, Any]


def customers(*names: int, total: int | None = None, after: str = "") -> dict[str, Any]:
    """A page of `/v1/customers`, with a link to the next one where there is one after it."""
    said: dict[str, Any] = {"items": [{"id": str(name)} for name in names]}
    if total is not None:
        said["totalCount"] = total
    if after:
        headers = [{"key": "MS-ContinuationToken", "value": after}]
        uri = "/customers?size=2&seekOperation=Next"
        said["links"] = {"next": {"uri": uri, "method": "GET", "headers": headers}}
    return said


def licences(*names: int, total: int | None = None, link: str | None = None) -> dict[str, Any]:
    """A page of analytics."""
    said: dict[str, Any] = {"Value": [{"id": str(name)} for name in names], "@nextLink": link}
    return said if total is None else {**said, "TotalCount": total}


def refused(status: int, code: object = None, **headers: str) -> web.Response:
    """An error as the API says it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response({"code": code, "description": "no"}, status=status, headers=named)


@dataclass
class Script:
    """What is answered; the last answer again and again. A callable is asked each time."""

    answers: list[Said | Callable[[], Said]]
    asked: list[web.Request] = field(default_factory=list)
    tokens: int = 0
    waits: Waits = field(default_factory=Waits)
    keeper: Kept = field(default_factory=Kept)

    async def api(self, request: web.Request) -> web.StreamResponse:
        """One answer."""
        await request.read()
        self.asked.append(request)
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        said = said() if callable(said) else said
        return _again(said) if isinstance(said, web.Response) else _json(said)

    async def token(self, _request: web.Request) -> web.Response:
        """A new pair."""
        self.tokens += 1
        pair = {"access_token": f"access-{self.tokens}", "refresh_token": f"refresh-{self.tokens}"}
        return web.json_response({"expires_in": "3600", **pair})

    @asynccontextmanager
    async def client(self, patience: float = 5.0) -> AsyncIterator[Client]:
        """A client of it that waits in no time."""
        app = web.Application()
        app.router.add_post("/{tenant}/oauth2/token", self.token)
        app.router.add_route("*", "/{path:.*}", self.api)
        async with TestServer(app, host="127.0.0.1") as server:
            address = f"http://127.0.0.1:{server.port}"
            quick = ClientTimeout(total=patience)
            throttle = throttled(self.waits)
            async with Client(
                access(address), self.keeper, throttle=throttle, timeouts=Timeouts(quick, quick)
            ) as client:
                yield client


def _again(said: web.Response) -> web.Response:
    """The same one more time: aiohttp sends each once."""
    return web.Response(status=said.status, body=said.body, headers=said.headers.copy())


def _json(said: dict[str, Any]) -> web.Response:
    return web.Response(text=json.dumps(said), content_type="application/json")
