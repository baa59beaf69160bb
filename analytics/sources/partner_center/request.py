"""One API call: authorized, rate-limited, retried where that helps; errors become Trouble."""

import asyncio
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp

from analytics.sources.partner_center.answer_body import body_of
from analytics.sources.partner_center.answers import Answer, Expired, json_object, trouble
from analytics.sources.partner_center.page_model import Call
from analytics.sources.partner_center.rate_limit import Throttle, retry_after
from analytics.sources.partner_center.registration import Registration
from analytics.sources.partner_center.tokens import Tokens
from analytics.sources.partner_center.trouble import (
    Denied,
    Nonsense,
    SignInLost,
    TokenRefused,
    Trouble,
    TryLater,
)

TRIES = 5
AT_ONCE = 8
"""Requests in parallel."""


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request to send once or several times; a retry has the same headers."""

    method: str
    call: Call
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Mapping[str, object] | None = None


class ApiCaller:
    """A sender of requests on one session. `calls` counts each try, by path without ids."""

    def __init__(
        self,
        access: Registration,
        session: aiohttp.ClientSession,
        tokens: Tokens,
        throttle: Throttle,
    ) -> None:
        self._access = access
        self._session = session
        self._tokens = tokens
        self._throttle = throttle
        self._slots = asyncio.Semaphore(AT_ONCE)
        self.calls: Counter[str] = Counter()

    async def answer(self, asked: ApiRequest) -> Answer:
        """Return the answer to a request, after retries if needed. Raises Trouble: at once if
        another try would end the same, or if a POST may have been done already.
        """
        renewed, attempt = False, 0
        while True:
            try:
                return await self._try_once(asked)
            except Expired as expired:
                if renewed:
                    raise _final_refusal(expired) from expired
                renewed = True
            except (TryLater, Nonsense) as error:
                attempt += 1
                if attempt >= TRIES or not _again(asked.method, error):
                    raise
                await self._throttle.rest(attempt - 1)

    async def _try_once(self, asked: ApiRequest) -> Answer:
        token = await self._tokens.of(asked.call.bearer)
        async with self._slots:  # a wait for its turn is no part of a call's time
            await self._throttle.turn(*self._keys(asked.call))
            self.calls[_without_ids(asked.call.path)] += 1
            status, headers, body = await self._send(asked, token)
        if status in (200, 201):
            return json_object(body)
        self._heed(asked.call, status, headers.get("Retry-After"))
        error = trouble(status, body)
        if isinstance(error, Expired):
            self._tokens.forget(asked.call.bearer, token)
        if isinstance(error, SignInLost):
            await self._tokens.note_lost_sign_in(asked.call.bearer, error)
        raise error

    async def _send(self, asked: ApiRequest, token: str) -> tuple[int, Mapping[str, str], bytes]:
        try:
            async with self._session.request(
                asked.method,
                f"{self._access.api}{asked.call.path}",
                params=asked.query,
                json=asked.body,
                headers={**_ALWAYS, "Authorization": f"Bearer {token}", **asked.headers},
                allow_redirects=False,
            ) as response:
                return response.status, response.headers, await body_of(response)
        except TimeoutError as error:
            raise TryLater("sync-why-timeout") from error
        except aiohttp.ClientPayloadError as error:
            raise Nonsense("sync-why-cut-off") from error
        except (aiohttp.ClientError, OSError) as error:
            raise TryLater("sync-why-no-connection") from error

    def _heed(self, call: Call, status: int, said: str | None) -> None:
        """Pass a wait that the source asks for to all callers under the same key."""
        if status == 429 or (said and status in (202, 204, 503)):
            wait = retry_after(said, 0, datetime.now(UTC))  # noqa: TID251 dates of headers
            self._throttle.hold(*self._keys(call), seconds=wait)

    def _keys(self, call: Call) -> tuple[str, ...]:
        """Return the keys by which the source counts calls."""
        partner = f"{self._access.tenant}/{_resource(call.path)}"
        return (partner, f"{partner}/{call.customer}") if call.customer else (partner,)


def request_ids(correlation: str) -> dict[str, str]:
    """Return the headers by which a call is found again in the source's logs and in ours."""
    return {"MS-RequestId": str(uuid.uuid4()), "MS-CorrelationId": correlation}


_ALWAYS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    "MS-Contract-Version": "v1",
    "X-Locale": "en-US",
}
_ONCE = frozenset({"sync-why-too-large", "sync-why-redirect", "sync-why-refused"})
"""Trouble that is the same at every try."""
_NOT_DONE = frozenset({"sync-why-throttled", "sync-why-login-away"})
"""Trouble after which it is certain that a POST did nothing."""


def _again(method: str, error: Trouble) -> bool:
    return error.because not in _ONCE if method == "GET" else error.because in _NOT_DONE


def _final_refusal(expired: Expired) -> Trouble:
    """Return the Trouble of a token refused right after its renewal, which worked: it is of this
    call; the code says whether the account may not make it.
    """
    if expired.values.get("code") == "400":  # documented: access denied, with a 401
        return Denied("sync-why-denied", code="400")
    return TokenRefused(expired.because)


def _resource(path: str) -> str:
    """Return the kind of call that is limited: customers and subscriptions are each one kind."""
    if path.startswith("/v1/customers/") and "/subscriptions" in path:
        return "subscriptions"
    return "customers" if path.startswith("/v1/customers") else _without_ids(path)


def _without_ids(path: str) -> str:
    """Return a path without the ids of a customer: /v1/customers/…/subscriptions."""
    return "/".join("…" if _identity(part) else part for part in path.split("/"))


def _identity(part: str) -> bool:
    return len(part) == 36 and part.count("-") == 4
