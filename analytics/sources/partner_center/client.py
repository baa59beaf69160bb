"""Partner Center's API: every call polite, tried again where that helps, believed only when it adds
up.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import aiohttp

from analytics.sources.partner_center import paging
from analytics.sources.partner_center.access import Access
from analytics.sources.partner_center.answers import (
    Answer,
    Expired,
    body_of,
    parsed,
    trouble,
)
from analytics.sources.partner_center.calls import Call, Page
from analytics.sources.partner_center.keeping import Keeper
from analytics.sources.partner_center.throttling import Throttle, retry_after
from analytics.sources.partner_center.tokens import Tokens
from analytics.sources.partner_center.trouble import Nonsense, SignInLost, Trouble, TryLater

TRIES = 5
MOST_PAGES = 100_000
TIMEOUT = aiohttp.ClientTimeout(total=100, connect=15, sock_read=60)
AT_ONCE = 8
"""Connections at the same time."""


@dataclass(slots=True)
class Count:
    """Whether as many items come as the pages announce."""

    came: int
    totals: set[int] = field(default_factory=set)
    by_page: bool = True
    """Whether each page announced itself alone: what a total is about is not documented."""

    def add(self, page: Page) -> None:
        """One more page. Nonsense where it is the last one and the sum is wrong."""
        self.came += len(page.items)
        if page.total is not None:
            self.totals.add(page.total)
            self.by_page &= page.total == len(page.items)
        if not page.following and self.totals and not self.by_page and self.totals != {self.came}:
            total = str(max(self.totals))
            raise Nonsense("sync-why-total", came=str(self.came), total=total)


class Client:
    """Of one partner; an async context manager. `request_id` is the correlation of its calls."""

    def __init__(
        self,
        access: Access,
        keeper: Keeper,
        *,
        request_id: str = "",
        throttle: Throttle | None = None,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._access = access
        self._keeper = keeper
        self._correlation = request_id or str(uuid.uuid4())
        self._throttle = throttle or Throttle()
        self._timeout = timeout
        self.calls: Counter[str] = Counter()
        """HTTP requests made, tries again included, by the first words of their path."""

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=AT_ONCE)
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=self._timeout,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        self._tokens = Tokens(self._access, self._keeper, self._session)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def pages(self, call: Call, following: str = "", came: int = 0) -> AsyncIterator[Page]:
        """All pages, or those from `following` on, before which so many items came. Raises Trouble;
        Nonsense too where pages repeat, never end, or hold another number of items than they
        announce: then what was yielded before is not to be kept.
        """
        seen, count = set[bytes](), Count(came)
        for _ in range(MOST_PAGES):
            query, headers = paging.request(call, following)
            answer, digest = await self._asked("GET", call, query, headers)
            its = paging.page(call, answer, count.came)
            if its.items and digest in seen:
                raise Nonsense("sync-why-repeated")
            seen.add(digest)
            count.add(its)
            yield its
            if not its.following:
                return
            following = its.following
        raise Nonsense("sync-why-endless")

    async def one(self, call: Call) -> Answer:
        """A bare object. Raises Trouble."""
        query, headers = paging.request(call, "")
        return (await self._asked("GET", call, query, headers))[0]

    async def send(self, call: Call, body: Mapping[str, object]) -> Answer:
        """Posts once: whether it arrived is not guessed at. Raises Trouble."""
        return (await self._asked("POST", call, dict(call.query), {}, body))[0]

    async def _asked(
        self,
        method: str,
        call: Call,
        query: dict[str, str],
        more: dict[str, str],
        body: object = None,
    ) -> tuple[Answer, bytes]:
        headers = {"MS-RequestId": str(uuid.uuid4()), "MS-CorrelationId": self._correlation, **more}
        tries = TRIES if method == "GET" else 1
        renewed = False
        for attempt in range(tries + 1):
            try:
                return await self._tried(method, call, query, headers, body)
            except Expired as expired:
                if renewed:
                    raise SignInLost(expired.because) from expired
                renewed = True
            except (TryLater, Nonsense) as error:
                if attempt + 1 >= tries or not _worth_it(error):
                    raise
                await self._throttle.rest(attempt)
        raise TryLater("sync-why-fault", status="–")

    async def _tried(
        self, method: str, call: Call, query: dict[str, str], headers: dict[str, str], body: object
    ) -> tuple[Answer, bytes]:
        token = await self._tokens.of(call.bearer)
        await self._throttle.turn(*self._keys(call))
        self.calls[_first_words(call.path)] += 1
        try:
            async with self._session.request(
                method,
                f"{self._access.api}{call.path}",
                params=query,
                json=body,
                headers={**_ALWAYS, "Authorization": f"Bearer {token}", **headers},
                allow_redirects=False,
            ) as response:
                said = await body_of(response)
        except TimeoutError as error:
            raise TryLater("sync-why-timeout") from error
        except aiohttp.ClientPayloadError as error:
            raise Nonsense("sync-why-cut-off") from error
        except aiohttp.ClientError as error:
            raise TryLater("sync-why-no-connection") from error
        return self._judged(call, response, said, token), hashlib.sha256(said).digest()

    def _judged(
        self, call: Call, response: aiohttp.ClientResponse, said: bytes, token: str
    ) -> Answer:
        """The answer; its Trouble where it is none, after what everybody has to know of it."""
        if response.status in (200, 201):
            return parsed(said)
        said_wait = response.headers.get("Retry-After")
        if response.status in (429, 202, 204, 503) and (said_wait or response.status == 429):
            wait = retry_after(said_wait, 0, datetime.now(UTC))  # noqa: TID251 dates of headers
            self._throttle.hold(self._keys(call)[-1], wait)
        if response.status in (202, 204):
            raise TryLater("sync-why-not-ready")
        error = trouble(response.status, said)
        if isinstance(error, Expired):
            self._tokens.expired(call.bearer, token)
        raise error

    def _keys(self, call: Call) -> tuple[str, ...]:
        """What the source counts calls by."""
        partner = f"{self._access.tenant}/{_first_words(call.path)}"
        return (partner, f"{partner}/{call.customer}") if call.customer else (partner,)


_ALWAYS = {"Accept": "application/json", "MS-Contract-Version": "v1", "X-Locale": "en-US"}
_ONCE = frozenset({"sync-why-too-large", "sync-why-redirect", "sync-why-refused"})
"""Trouble that is the same at every try."""


def _worth_it(error: Trouble) -> bool:
    return error.because not in _ONCE


def _first_words(path: str) -> str:
    """A path without what is of one customer: /v1/customers/…/subscriptions."""
    return "/".join(part if not _identity(part) else "…" for part in path.split("/"))


def _identity(part: str) -> bool:
    return len(part) == 36 and part.count("-") == 4
