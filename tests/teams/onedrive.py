"""A stand-in for OneDrive on loopback: upload addresses, and what came to them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass
class OneDrive:
    """What a test sets is how it behaves; what it reads, what came."""

    statuses: list[int] = field(default_factory=list)
    """How the next requests are answered; 0 takes the bytes and hangs up."""
    headers: dict[str, str] = field(default_factory=dict)
    pieces: list[tuple[str, bytes]] = field(default_factory=list)
    """The span of each request, and its bytes."""
    secrets: list[str] = field(default_factory=list)
    """Authorizations that came; there should be none."""
    server: TestServer | None = None

    def place(self, **changes: Any) -> dict[str, Any]:
        """`uploadInfo` as Teams sends it."""
        assert self.server is not None
        return {
            "contentUrl": "https://contoso-my.sharepoint.com/personal/ada/Documents/seats.csv",
            "name": "seats.csv",
            "uploadUrl": str(self.server.make_url("/up/1?tempauth=a%20secret")),
            "uniqueId": "1150D938-8870-4044-9F2C-5BBDEBA70C8C",
            "fileType": "csv",
            **changes,
        }

    async def put(self, request: web.Request) -> web.Response:
        span, body = request.headers["Content-Range"], await request.read()
        self.pieces.append((span, body))
        self.secrets += request.headers.getall("Authorization", [])
        status = self.statuses.pop(0) if self.statuses else 0 if span == "" else _usual(span)
        if not status:
            assert request.transport is not None
            request.transport.close()
        return web.Response(status=status or 500, headers=self.headers)


def _usual(span: str) -> int:
    """202 until the last byte came, then 201."""
    last, _, size = span.removeprefix("bytes ").partition("-")[2].partition("/")
    return 201 if int(last) + 1 == int(size) else 202


@asynccontextmanager
async def onedrive() -> AsyncIterator[OneDrive]:
    """The stand-in on a free loopback port."""
    there, app = OneDrive(), web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_put("/up/{item}", there.put)
    async with TestServer(app, host="127.0.0.1") as server:
        there.server = server
        yield there
