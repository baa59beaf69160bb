"""Download of a report by its secure link into a file: without our token, redirects or excess."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from analytics.sources.partner_center.trouble import Absent, Denied, Nonsense, Trouble, TryLater

LARGEST_REPORT = 1 << 30
"""Most bytes of a report, unpacked: some ten million rows."""
_AT_ONCE = 1 << 20
TIMEOUT = aiohttp.ClientTimeout(total=1800, sock_connect=15, sock_read=60)
"""Seconds of one download: a report of a large partner is some hundred megabytes."""
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


def is_secure(link: str, *, local: bool) -> bool:
    """Check whether a link may be followed: https, or plain http to this machine if `local`.

    >>> is_secure("https://reports.example/a?sig=b", local=False)
    True
    >>> is_secure("http://127.0.0.1:8080/a", local=False), is_secure("file:///etc/a", local=True)
    (False, False)
    """
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        return False
    plain = local and parts.scheme == "http" and host in _LOCAL
    return bool(host) and "@" not in parts.netloc and (parts.scheme == "https" or plain)


async def fetch_report(
    session: aiohttp.ClientSession,
    link: str,
    into: Path,
    largest: int = LARGEST_REPORT,
    limits: aiohttp.ClientTimeout = TIMEOUT,
) -> int:
    """Download a report and return its size in bytes; after any trouble the file is deleted. Raises
    Trouble: TryLater if another try may help, Denied if the link has expired.
    """
    try:
        return await _fetch_into(session, link, into, largest, limits)
    except BaseException:
        await asyncio.to_thread(into.unlink, missing_ok=True)
        raise


async def _fetch_into(
    session: aiohttp.ClientSession,
    link: str,
    into: Path,
    largest: int,
    limits: aiohttp.ClientTimeout,
) -> int:
    try:
        async with session.get(
            URL(link, encoded=True), timeout=limits, allow_redirects=False
        ) as response:
            if response.status != 200:
                raise _trouble(response.status)
            return await _copy_body(response, into, largest)
    except TimeoutError as error:
        raise TryLater("sync-why-timeout") from error
    except aiohttp.ClientPayloadError as error:
        raise TryLater("sync-why-cut-off") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        if isinstance(error, OSError) and not isinstance(error, aiohttp.ClientError):
            raise  # an error of the disk
        raise TryLater("sync-why-no-connection") from error


async def _copy_body(response: aiohttp.ClientResponse, into: Path, largest: int) -> int:
    size = 0
    with await asyncio.to_thread(into.open, "wb") as file:
        async for piece in response.content.iter_chunked(_AT_ONCE):
            size += len(piece)
            if size > largest:
                raise Nonsense("sync-why-report-too-large")
            await asyncio.to_thread(file.write, piece)
    return size


def _trouble(status: int) -> Trouble:
    if status >= 500 or status in (408, 429):
        return TryLater("sync-why-fault", status=str(status))
    if status in (401, 403, 410):
        return Denied("sync-why-link-over")
    if 300 <= status < 400:
        return Nonsense("sync-why-redirect")
    return Absent("sync-why-absent")
