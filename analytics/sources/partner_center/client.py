"""The client of Partner Center's API: rate-limited, retried where that helps, answers checked."""

import uuid
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp

from analytics.sources.partner_center import paging
from analytics.sources.partner_center.answers import Answer
from analytics.sources.partner_center.page_counts import Count
from analytics.sources.partner_center.page_model import Call, Page
from analytics.sources.partner_center.rate_limit import Throttle
from analytics.sources.partner_center.registration import Registration
from analytics.sources.partner_center.report_download import TIMEOUT as REPORT_TIMEOUT
from analytics.sources.partner_center.report_download import fetch_report, is_secure
from analytics.sources.partner_center.request import TRIES, ApiCaller, ApiRequest, request_ids
from analytics.sources.partner_center.token_store import TokenStore
from analytics.sources.partner_center.tokens import Tokens
from analytics.sources.partner_center.trouble import Nonsense, TryLater
from analytics.sources.partner_center.wall import open_session

MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds of one request, from its start to the last byte of its answer."""

    call: aiohttp.ClientTimeout
    report: aiohttp.ClientTimeout


_TIMEOUTS = Timeouts(
    call=aiohttp.ClientTimeout(total=100, sock_connect=15, sock_read=60), report=REPORT_TIMEOUT
)


class Client:
    """A partner's API client; use as an async context manager. `request_id` is the correlation id
    of its calls.
    """

    def __init__(
        self,
        access: Registration,
        keeper: TokenStore,
        *,
        request_id: str = "",
        throttle: Throttle | None = None,
        timeouts: Timeouts = _TIMEOUTS,
    ) -> None:
        self._access = access
        self._keeper = keeper
        self._correlation = request_id or str(uuid.uuid4())
        self._throttle = throttle or Throttle()
        self._timeouts = timeouts

    async def __aenter__(self) -> Self:
        self._session = open_session(self._access, self._timeouts.call)
        tokens = Tokens(self._access, self._keeper, self._session)
        self._asker = ApiCaller(self._access, self._session, tokens, self._throttle)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self._session.close()

    @property
    def calls(self) -> Counter[str]:
        """The HTTP requests made, retries included, by path without ids."""
        return self._asker.calls

    async def pages(
        self,
        call: Call,
        following: str = "",
        most: int = MOST_PAGES,
        *,
        believed: frozenset[bytes] = frozenset(),
    ) -> AsyncIterator[Page]:
        """Yield all pages, or those from `following` on. Raises Trouble; Nonsense also if pages
        repeat, never end, tell that one is missing, or hold another number of items than they
        announce: the caller must then discard the pages already yielded. `believed` are those of an
        UnevenPages: if the same come again, they are all there is.
        """
        count = Count(paging.earlier_item_count(following), believed=believed)
        for _ in range(most):
            asked = paging.request(call, following)
            its = paging.page(call, await self._get(call, *asked), count.came, asked)
            count.add(its)
            yield its
            if not its.following:
                return
            if its.following == following:
                raise Nonsense("sync-why-repeated")
            following = its.following
        raise Nonsense("sync-why-endless")

    async def one(self, call: Call) -> Answer:
        """Return the answer to one GET, without paging. Raises Trouble."""
        return await self._get(call, call.query, {})

    async def send(self, call: Call, body: Mapping[str, object]) -> Answer:
        """Send one of the POSTs that the wall lets through; retry only if it is certain that
        nothing was done. Raises Trouble.
        """
        headers = request_ids(self._correlation)
        return await self._asker.answer(ApiRequest("POST", call, call.query, headers, body))

    async def download(self, link: str, into: Path) -> int:
        """Download a report by its secure link into a file and return its size in bytes. No token
        is sent to the link. Raises Trouble; then there is no file.
        """
        local = self._access.api.startswith("http://")  # allowed on this machine alone
        if not is_secure(link, local=local):
            raise Nonsense("sync-why-link")
        for attempt in range(TRIES):
            self.calls["download"] += 1
            try:
                return await fetch_report(self._session, link, into, limits=self._timeouts.report)
            except TryLater:
                if attempt + 1 == TRIES:
                    raise
                await self._throttle.rest(attempt)
        raise AssertionError  # the last try returns or raises

    async def _get(self, call: Call, query: Mapping[str, str], more: Mapping[str, str]) -> Answer:
        headers = {**request_ids(self._correlation), **more}
        return await self._asker.answer(ApiRequest("GET", call, query, headers))
