"""The bytes of a file that somebody sent to the bot, from its platform into a file of ours."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from bot.log import log, log_error
from handlers.chat.dropped_files import DropRefused

PATIENCE = ClientTimeout(total=120.0, sock_connect=10.0, sock_read=20.0)
"""Seconds that a file may take, and that its platform may be silent."""

LONGEST_WAIT = 10
"""Seconds that are waited where a platform asks for it with a 429; for longer the sender is asked
to come back.
"""

_FORBIDDEN, _GONE, _TOO_MANY = (401, 403), (404, 410), 429
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file at an address that was found to be its platform's."""

    url: str
    name: str
    """Its name, for people."""
    closed: str
    """The sentence where the platform does not let us have it, or sends us elsewhere: no redirect
    is followed.
    """
    headers: Mapping[str, str] = field(default_factory=dict)


async def download(session: ClientSession, source: FileSource, into: Path, most: int) -> str:
    """Write a file of at most so many bytes; return its media type. It is asked for again, once,
    where the platform was busy. Raises DropRefused, and OSError where it cannot be written.
    """
    for is_last in (False, True):
        try:
            wait, kind = await _attempt(session, source, into, most)
        except (ClientError, TimeoutError) as error:
            log_error("dropped file not fetched", error)
            if is_last or isinstance(error, TimeoutError):
                raise DropRefused("drop-not-fetched", file=source.name) from error
            wait, kind = 0, ""
        if kind:
            return kind
        if is_last or wait > LONGEST_WAIT:
            raise DropRefused("drop-rate", file=source.name)
        await asyncio.sleep(wait)
    raise AssertionError("the last try returns or raises")


async def _attempt(
    session: ClientSession, source: FileSource, into: Path, most: int
) -> tuple[int, str]:
    """Ask once. Return the media type, and before it the seconds to wait where there is none."""
    headers = {"Accept-Encoding": "identity", **source.headers}
    async with session.get(
        source.url, headers=headers, timeout=PATIENCE, allow_redirects=False
    ) as answer:
        if answer.status == _TOO_MANY:
            asked = answer.headers.get("Retry-After", "1")
            return int(asked) if asked.isascii() and asked.isdecimal() else 1, ""
        _check_status(answer, source)
        await _write(answer, source, into, most)
        return 0, answer.content_type


def _check_status(answer: ClientResponse, source: FileSource) -> None:
    status = answer.status
    if status == 200:
        return
    log("dropped file refused", status=status)
    if status in _GONE:
        raise DropRefused("drop-file-gone", file=source.name)
    if status in _FORBIDDEN or 300 <= status < 400:
        raise DropRefused(source.closed, file=source.name)
    raise DropRefused("drop-not-fetched", file=source.name)


async def _write(answer: ClientResponse, source: FileSource, into: Path, most: int) -> None:
    """Write the body as it comes, in pieces; DropRefused once it is longer than it may be."""
    too_large = DropRefused("drop-file-too-large", file=source.name)
    if (answer.content_length or 0) > most:
        raise too_large
    with into.open("wb") as file:
        came, piece = 0, bytearray()
        async for some in answer.content.iter_any():
            came += len(some)
            if came > most:
                raise too_large
            piece += some
            if len(piece) >= _PIECE:
                await asyncio.to_thread(file.write, bytes(piece))
                piece.clear()
        await asyncio.to_thread(file.write, bytes(piece))
