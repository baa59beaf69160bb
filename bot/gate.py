"""Before any SDK: size, type, signature or token, replay. Of a refused request nothing is
logged or kept but a count by reason.
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

LARGEST = 1024 * 1024
"""Bytes a body may have; one more is too many."""

PATIENCE = 10.0
"""Seconds a body may take to come."""

STORE_PATIENCE = 2.0
"""Seconds the replay set may take: Slack gives up on us after three."""

AGE = timedelta(minutes=5)
"""How old a signature may be, and how far ahead another machine's clock."""

KEPT = 2 * AGE
"""How long a request is remembered: from the first moment it could be valid to the last."""

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_STATUS: Mapping[str, type[web.HTTPException]] = {
    "type": web.HTTPUnsupportedMediaType,
    "encoding": web.HTTPUnsupportedMediaType,
    "keys": web.HTTPServiceUnavailable,
}
"""Answers by reason; 413 for `size`, and 401 for all that is not named."""

Headers = CIMultiDictProxy[str]


class ReplaySetUnavailable(Exception):
    """The replay set cannot say whether it knows a request."""


class ReplaySet(Protocol):
    """The replay set, shared by all processes of an installation: bot.store.replay_set.ReplayStore,
    which the gate may not import.
    """

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        """Remembers a mark until then. True for exactly one caller however many ask at once, in
        whatever process; ReplaySetUnavailable when that cannot be told.
        """
        ...


class ReplaySetWithTimeout:
    """A replay set that nobody waits for longer than STORE_PATIENCE, and whose every trouble is
    ReplaySetUnavailable.
    """

    def __init__(self, seen: ReplaySet) -> None:
        self._seen = seen
        self._asking: set[asyncio.Future[bool]] = set()  # or a late one could be collected

    async def first(self, platform: str, mark: str, now: datetime, until: datetime) -> bool:
        """As in ReplaySet."""
        asking = asyncio.ensure_future(self._seen.first(platform, mark, now, until))
        self._asking.add(asking)
        asking.add_done_callback(self._forget)
        # Left to end by itself: a database that another holds takes its time even to be given up.
        await asyncio.wait({asking}, timeout=STORE_PATIENCE)
        error = asking.exception() if asking.done() else ReplaySetUnavailable()
        if error is None:
            return asking.result()
        log_error("replay set does not answer", error, platform=platform)
        raise ReplaySetUnavailable from error

    def _forget(self, asking: asyncio.Future[bool]) -> None:
        self._asking.discard(asking)
        if not asking.cancelled():
            asking.exception()  # looked at, or asyncio would write of it when it comes too late


@dataclass(frozen=True, slots=True)
class Proven:
    """A request that its platform signed, whether or not it came before."""

    body: bytes
    content: Any
    """What the body says, where the key had to read it; else None."""
    first: Callable[[], Awaitable[bool]]
    """Whether it is the first of its kind: asked once, before it has any effect. Raises
    ReplaySetUnavailable when that cannot be told; then it must have none.
    """


class RefusedRequest(Exception):
    """Why a request is not let in, in one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RequestMark:
    """What no other request has, and until when it could come again."""

    text: str
    until: datetime
    content: Any = None
    """What the body says, where it had to be read for this."""


class Key(Protocol):
    """Proves that a request is its platform's own: SlackKey; TeamsKey and UnsignedKey in
    bot.teams.auth.tokens. Both steps raise RefusedRequest.
    """

    @property
    def platform(self) -> str:
        """Its name in the replay set."""
        ...

    @property
    def types(self) -> frozenset[str]:
        """What its bodies may be."""
        ...

    async def check_headers(
        self, headers: Headers, now: datetime, /
    ) -> Callable[[bytes], RequestMark]:
        """Judges the headers alone, before the body is read; gives what judges the body by them."""
        ...


class SlackKey:
    """A Slack app's signing secret. ValueError for an empty one: anybody could sign with it."""

    platform = "slack"
    types = frozenset({"application/x-www-form-urlencoded", "application/json"})

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("no signing secret")
        self._secret = secret.encode()

    async def check_headers(
        self, headers: Headers, now: datetime
    ) -> Callable[[bytes], RequestMark]:
        """Well-formed and of now; nothing is proven yet."""
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
    """Stands before every public address of a platform. Without a key there is no gate, and the
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
        """The body, proven; the replay set is asked afterwards, by whom it concerns.

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
    """What `web.AppRunner` must be given where strangers can reach it: aiohttp would unpack bodies
    before the gate sees them, and logs requests that it cannot parse with their bytes.
    """
    logger = logging.Logger("server", logging.DEBUG)  # noqa: LOG001 so that nothing else hears it
    logger.addHandler(_Complaints(metrics))
    return {"logger": logger, "auto_decompress": False}


class _Complaints(logging.Handler):
    """aiohttp's complaints: counted when about a request, else logged without their messages."""

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
    """The one header of this name; ASCII, as the shapes are."""
    values = headers.getall(name, [])
    if len(values) != 1 or not shape.fullmatch(values[0]):
        raise RefusedRequest("headers")
    return values[0]


async def _read(request: web.Request, patience: float) -> bytes:
    """The body as it came, never holding more than LARGEST of it and one piece off the wire."""
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
