"""One call of Bot Connector: paced by rate limits and retried where that is right; a POST that
Teams may have acted on is not repeated.
"""

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aiohttp import ClientSession
from msrest.universal_http import ClientRequest

from bot.teams.auth.login import Login
from bot.teams.ports import NO_ANSWER, NOBODY, ConnectorError, Conversation
from bot.teams.rate_limits import RateLimit
from bot.teams.transport import PATIENCE, HttpAnswer, Sender, SigningClient

TRIES = 3
IN_ALL = 30.0
"""Seconds that a call may take with all its tries."""

SENDS = 7
"""Maximum calls that are no GET, in a second and a conversation."""

REQUESTS = 30
"""Maximum requests in a second and a tenant."""

_TURNED_AWAY = frozenset({412, 429})
"""HTTP statuses after which any call is repeated: Teams did not act on it."""

_GAVE_UP = frozenset({502, 504})
"""HTTP statuses of a server that gave up on one behind it, which may have acted on the call."""

_FIRST_WAIT = 0.5
_SECONDS = re.compile(r"[0-9]{1,5}(\.[0-9]{1,6})?")
_CODE = re.compile(r"[A-Za-z0-9_.]{1,64}")


@dataclass(frozen=True, slots=True)
class ConnectorCall:
    """A request at a conversation's service address; `path` as it is in the URL."""

    where: Conversation
    method: str
    path: str
    body: Any = None


class ConnectorCalls:
    """A caller of Bot Connector within Teams' rate limits; each request may take `patience`
    seconds. Without a login requests are not signed: for the demonstration, with `local`.
    """

    def __init__(
        self, login: Login | None, patience: float = PATIENCE, *, local: bool = False
    ) -> None:
        self._sender = Sender(login, patience, local=local)
        self._sends = RateLimit(SENDS)
        self._requests = RateLimit(REQUESTS)
        self.client = lru_cache(64)(self._client)

    @asynccontextmanager
    async def use_session(self, session: ClientSession) -> AsyncIterator[None]:
        """Make calls over this session while it is open; before and after it they are refused."""
        self._sender.session = session
        try:
            yield
        finally:
            self._sender.session = None

    async def make_call(self, call: ConnectorCall) -> Any:
        """Make a call; return the answer's JSON, None where there is none. Raises ConnectorError as
        in ports.py; a POST is not repeated where Teams may have acted on it.
        """
        try:
            async with asyncio.timeout(IN_ALL) as limit:
                return await self._try_until(call, limit.when() or 0)
        except TimeoutError:
            raise ConnectorError(0, "TooLate") from None

    async def turn(self, where: Conversation) -> None:
        """Wait until a message may be sent in the conversation and there is a token to send it
        with. Raises ConnectorError without a token.
        """
        await self._await_turns(where)
        await self._sender.ready()

    async def make_call_once(self, call: ConnectorCall) -> Any:
        """Make a call that has had its turn: as make_call(), but by one request at once."""
        return _accepted_answer(await self._send_call(call))

    async def _try_until(self, call: ConnectorCall, until: float) -> Any:
        """Try until the loop's clock reads `until`; a wait that would end later is not begun."""
        for tried in range(1, TRIES + 1):
            try:
                return _accepted_answer(await self._once(call))
            except ConnectorError as error:
                refusal, wait = error, _wait(error.wait, tried)
                may_repeat = _may_repeat(call, error)
            late = asyncio.get_running_loop().time() + wait > until
            if tried == TRIES or late or not may_repeat:
                raise refusal
            await asyncio.sleep(wait)
        raise AssertionError("the last try returns or raises")

    async def _once(self, call: ConnectorCall) -> HttpAnswer:
        if call.method == "GET":
            await self._requests.turn(call.where.tenant)
        else:
            await self._await_turns(call.where)
        return await self._send_call(call)

    async def _await_turns(self, where: Conversation) -> None:
        await self._requests.turn(where.tenant)
        await self._sends.turn(where.id)

    async def _send_call(self, call: ConnectorCall) -> HttpAnswer:
        address = call.where.service_url
        request = ClientRequest(call.method, f"{address.rstrip('/')}/{call.path}")
        request.headers["Accept"] = "application/json"
        if call.body is not None:
            request.headers["Content-Type"] = "application/json; charset=utf-8"
            request.add_content(call.body)
        client: SigningClient = self.client(address)
        return await client.call(request)

    def _client(self, service_url: str) -> SigningClient:
        """Make botbuilder's client at a service address; `client` keeps it for the next call."""
        return SigningClient(service_url, self._sender)


def _may_repeat(call: ConnectorCall, error: ConnectorError) -> bool:
    """Check whether another try may go better and cannot double anything: what a POST may have
    sent is not sent again.
    """
    if error.status in _TURNED_AWAY:
        return True
    passing = error.status in _GAVE_UP or error.code in (NO_ANSWER, NOBODY)
    return passing and call.method != "POST"


def _wait(said: float | None, tried: int) -> float:
    """Seconds until the next try: as long as Teams says, else longer with each try; with jitter, so
    that waiting callers do not all retry at once.
    """
    least = _FIRST_WAIT * 2 ** (tried - 1) if said is None else said
    return least + random.uniform(0, 0.25) * (least or _FIRST_WAIT)  # noqa: S311 no secret


def _accepted_answer(answer: HttpAnswer) -> Any:
    """Return the answer's JSON; raise ConnectorError for a status of 300 or more."""
    if answer.status < 300:
        return _read(answer)
    said = answer.headers.get("Retry-After", "")
    wait = float(said) if _SECONDS.fullmatch(said) else None
    raise ConnectorError(answer.status, _code(answer), wait)


def _read(answer: HttpAnswer) -> Any:
    """The answer's JSON; None where there is no body or no valid JSON."""
    try:
        return json.loads(answer.body())
    except (ValueError, RecursionError):
        return None


def _code(answer: HttpAnswer) -> str:
    """The answer's well-formed `error.code`, or empty; nothing else of the answer is kept."""
    found = _read(answer)
    error = found.get("error") if isinstance(found, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""
