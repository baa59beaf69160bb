"""A host of files on loopback, as Slack and OneDrive are: what it holds, and how it misbehaves."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

SIGN_IN = b"<!DOCTYPE html><html><title>Sign in | Slack</title></html>"


@dataclass
class FileHost:
    """What a test sets is how it answers; what it reads, what came."""

    content: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    """Content by the last part of an address; `content` is any other file's."""
    kind: str = "application/octet-stream"
    statuses: list[int] = field(default_factory=list)
    """How the next requests are answered; 0 hangs up in the middle of the content."""
    headers: dict[str, str] = field(default_factory=dict)
    """Sent with any answer but 200."""
    hanging: bool = False
    """Whether it answers nothing at all."""
    endless: bool = False
    """Whether the content is sent again and again, of unknown length."""
    asked: list[str] = field(default_factory=list)
    """The authorization of each request; empty where there was none."""

    async def get(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.headers.get("Authorization", ""))
        if self.hanging:
            await asyncio.sleep(30)
        status = self.statuses.pop(0) if self.statuses else 200
        if status not in (0, 200):
            return web.Response(status=status, headers=self.headers)
        if status == 0 or self.endless:
            return await self._broken(request, status)
        named = request.match_info.get("file", "")
        return web.Response(body=self.files.get(named, self.content), content_type=self.kind)

    async def _broken(self, request: web.Request, status: int) -> web.StreamResponse:
        answer = web.StreamResponse()
        if status == 0:
            answer.content_length = len(self.content) + 1
        await answer.prepare(request)
        await answer.write(self.content)
        while self.endless:
            await answer.write(b" " * 1024 * 1024)
        assert request.transport is not None
        request.transport.close()
        return answer
