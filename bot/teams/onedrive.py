"""The bytes of a file, on their way into a member's OneDrive."""

import asyncio
from enum import Enum
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.log import log, log_error

PIECE = 32 * 320 * 1024
"""Bytes of one request: OneDrive takes multiples of 320 KiB, 60 MiB at most."""

PATIENCE = 120.0
"""Seconds that one request may take."""

WAITS = (0.0, 1.0, 3.0)
"""Seconds before each try of a piece."""

_PASSING = frozenset({0, 408, 429, 500, 502, 503, 504})
"""Statuses after which a piece is sent again; 0 where no answer came."""


_UNREAD = frozenset({429, 503})
"""Statuses of those after which nothing was taken."""

_THERE = 416
"""The status of a piece that came already: the answer to its first try was lost."""


class Upload(Enum):
    """The outcome of an upload."""

    DONE = "done"
    FAILED = "failed"
    UNSURE = "unsure"
    """The last piece may have arrived."""


async def put_file(url: str, path: Path, size: int) -> Upload:
    """Send a file piece by piece to an upload address that was found to be OneDrive's. No redirect
    is followed and no token is sent: the address is the right. Raises OSError for an unreadable
    file.
    """
    async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session:
        for start in range(0, max(size, 1), PIECE):
            piece = await asyncio.to_thread(_piece, path, start)
            span = f"bytes {start}-{start + len(piece) - 1}/{size}"
            done = await _put_piece(session, url, piece, span, last=start + PIECE >= size)
            if done is not Upload.DONE:
                return done
    return Upload.DONE


async def _put_piece(
    session: ClientSession, url: str, piece: bytes, span: str, *, last: bool
) -> Upload:
    """Send one piece, again where that may help: a piece that came already is not doubled."""
    lost, status = False, 0
    for wait in WAITS:
        await asyncio.sleep(wait)
        status = await _status(session, url, piece, span)
        if status in ((200, 201) if last else (202,)):
            return Upload.DONE
        if status not in _PASSING:
            lost = lost or status == _THERE
            break
        lost = lost or status not in _UNREAD
    log("onedrive took no file", platform="teams", status=status)
    return Upload.UNSURE if last and lost else Upload.FAILED


async def _status(session: ClientSession, url: str, piece: bytes, span: str) -> int:
    try:
        async with session.put(
            url, data=piece, headers={"Content-Range": span}, allow_redirects=False
        ) as answer:
            return answer.status
    except (ClientError, TimeoutError, OSError) as error:
        log_error("onedrive did not answer", error, platform="teams")
        return 0


def _piece(path: Path, start: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(PIECE)
