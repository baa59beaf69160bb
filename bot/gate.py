"""Checks of a request before any SDK sees it: size, type, signature or token, replay. Of a refused
request only a count by reason is logged or kept.
"""

import asyncio
import hmac
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from multidict import CIMultiDictProxy

from bot.log import log_error
from bot.metrics import Metrics
from bot.replay_set import ReplaySet, ReplaySetUnavailable, ReplaySetWithTimeout

LARGEST = 1024 * 1024
"""Maximum bytes of a body; one more is too many."""

PATIENCE = 10.0
"""Seconds that a body may take to arrive."""

AGE = timedelta(minutes=5)
"""Maximum age of a signature, and maximum lead of another machine's clock."""

KEPT = 2 * AGE
"""Time for which a request is remembered: from the first moment it could be valid to the last."""

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_STATUS: Mapping[str, type[web.HTTPException]] = {
    "type": web.HTTPUnsupportedMediaType,
    "encoding": web.HTTPUnsupportedMediaType,
    "keys": web.HTTPServiceUnavailable,
}
"""HTTP answers by reason; 413 for `size`, and 401 for every reason that is not listed."""

Headers = CIMultiDictProxy[str]


@dataclass(frozen=True, slots=True)
class Proven:
    """A request that its platform signed; it may be a replay."""

    body: bytes
    content: Any
    """The body's content, where the key had to read it; else None."""
    first: Callable[[], Awaitable[bool]]
    """Check whether the request is the first of its mark; to be called once, before the request has
    any effect. Raises ReplaySetUnavailable when that cannot be told; then the request must have
    none.
    """


class RefusedRequest(Exception):
    """The reason, in one word, why a request is not let in."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RequestMark:
    """A text that no other request has, and the time until which the request could come again."""

    text: str
    until: datetime
    content: Any = None
    """The body's content, where the key had to read it."""


class Key(Protocol):
    """A platform's proof that a request is its own: SlackKey; TeamsKey and UnsignedKey in
    bot.teams.auth.tokens. Both steps raise RefusedRequest.
    """

    @property
    def platform(self) -> str:
        """The platform's name in the replay set."""
        ...

    @property
    def types(self) -> frozenset[str]:
        """Media types that its bodies may have."""
        ...

    async def check_headers(
        self, headers: Headers, now: datetime, /
    ) -> Callable[[bytes], RequestMark]:
        """Check the headers alone, before the body is read; return the function that checks the
        body by them.
        """
        ...


class SlackKey:
    """A Slack app's signing secret. ValueError for an empty one: any sender could sign with it."""

    platform = "slack"
    types = frozenset({"application/x-www-form-urlencoded", "application/json"})

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("no signing secret")
        self._secret = secret.encode()

    async def check_headers(
        self, headers: Headers, now: datetime
    ) -> Callable[[bytes], RequestMark]:
        """Check that the headers are well-formed and of now; only the returned function proves the
        request.
        """
        timestamp = only_header(headers, "X-Slack-Request-Timestamp", _TIMESTAMP)
        signature = only_header(headers, "X-Slack-Signature", _SIGNATURE)
        if abs(now.timestamp() - int(timestamp)) > AGE.total_seconds():
            raise RefusedRequest("age")

        def prove(body: bytes) -> RequestMark:
            sealed = hmac.new(self._secret, f"v0:{timestamp}:".encode(), "sha256")
            sealed.update(body)
            if not hmac.compare_digest(f"v0={sealed.hexdigest()}", signature):
                raise RefusedRequest("forged")
            return RequestMark(signature, now + KEPT)

        return prove


class Gate:
    """The gate before every public address of a platform. Without a key there is no gate, and the
    platform is off.
    """

    def __init__(
        self, key: Key, seen: ReplaySet, metrics: Metrics, clock: Callable[[], datetime]
    ) -> None:
        self._key = key
        self._seen = ReplaySetWithTimeout(seen)
        self._metrics = metrics
        self._clock = clock

    async def prove(self, request: web.Request, patience: float = PATIENCE) -> Proven:
        """Return the request with its proven body; the caller asks the replay set afterwards, by
        `first`.

        Raises, each with an empty body: 413 over LARGEST, 415 for another type or any encoding, 503
        for `keys`, and 401 for everything else, a body slower than `patience` seconds too.
        """
        try:
            _check_kind(request, self._key.types)
            now = self._clock()
            prove = await self._key.check_headers(request.headers, now)
            body = await _read(request, patience)
            mark = prove(body)
        except RefusedRequest as refusal:
            self._metrics.count_refusal(refusal.reason)
            raise _answer(refusal.reason) from None
        return Proven(body, mark.content, partial(self._is_first, mark, now))

    async def _is_first(self, mark: RequestMark, now: datetime) -> bool:
        try:
            first = await self._seen.first(self._key.platform, mark.text, now, mark.until)
        except ReplaySetUnavailable:
            self._metrics.count_refusal("store")
            raise
        if not first:
            self._metrics.count_refusal("replayed")
        return first


def server_options(metrics: Metrics) -> dict[str, Any]:
    """Options that `web.AppRunner` needs where strangers can reach it: without them aiohttp unpacks
    bodies before the gate sees them, and logs requests that it cannot parse with their bytes.
    """
    logger = logging.Logger("server", logging.DEBUG)  # noqa: LOG001 so that nothing else hears it
    logger.addHandler(_Complaints(metrics))
    return {"logger": logger, "auto_decompress": False}


class _Complaints(logging.Handler):
    """A log handler for aiohttp: counts errors of a request, logs other errors without their
    messages.
    """

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._metrics = metrics

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError | web.RequestPayloadError):
            self._metrics.count_refusal("unreadable")
        elif record.levelno >= logging.ERROR:
            log_error("server trouble", error or RuntimeError())


def _check_kind(request: web.Request, types: frozenset[str]) -> None:
    if (request.content_length or 0) > LARGEST:
        raise RefusedRequest("size")
    if "Content-Encoding" in request.headers:
        raise RefusedRequest("encoding")
    kinds = request.headers.getall("Content-Type", [])
    if len(kinds) != 1 or kinds[0].partition(";")[0].strip().lower() not in types:
        raise RefusedRequest("type")
    if request.method != "POST":
        raise RefusedRequest("method")


def only_header(headers: Headers, name: str, shape: re.Pattern[str]) -> str:
    """Return the one header of this name (ASCII, as the shapes are). Raises RefusedRequest where
    there is none, more than one, or one of another shape.
    """
    values = headers.getall(name, [])
    if len(values) != 1 or not shape.fullmatch(values[0]):
        raise RefusedRequest("headers")
    return values[0]


async def _read(request: web.Request, patience: float) -> bytes:
    """Read the body as it came, never holding more than LARGEST of it and one received piece."""
    body = bytearray()
    try:
        async with asyncio.timeout(patience):
            while piece := await request.content.readany():
                if len(body) + len(piece) > LARGEST:
                    raise RefusedRequest("size")
                body += piece
    except TimeoutError:
        raise RefusedRequest("slow") from None
    except (web.RequestPayloadError, ConnectionError):
        raise RefusedRequest("cut") from None
    return bytes(body)


def _answer(reason: str) -> web.HTTPException:
    if reason == "size":
        return web.HTTPRequestEntityTooLarge(LARGEST, text="")
    return _STATUS.get(reason, web.HTTPUnauthorized)(text="")
