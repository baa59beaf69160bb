"""The bot's own token: requested ahead of need, one request at a time, blocking no other work."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import ClientSession

from bot.log import log_error
from bot.teams.auth.openid_documents import Unavailable, document, issuer
from bot.teams.auth.shared_fetch import SharedFetch
from bot.teams.ports import BotRegistration

RETRIED_EVERY = 60.0
"""Seconds until the background task tries again after a failed request."""

REST = 5.0
"""Seconds after a failed request in which no other request is made."""

_MULTI_TENANT = "botframework.com"


class Login:
    """The token of one registration. A token that still holds is used while the login server is
    down.
    """

    def __init__(
        self, registration: BotRegistration, clock: Callable[[], float] = time.monotonic
    ) -> None:
        place = registration.tenant or _MULTI_TENANT
        self._url = f"{registration.login_url}{place}/oauth2/v2.0/token"
        self._form = {
            "grant_type": "client_credentials",
            "client_id": registration.app_id,
            "client_secret": registration.password,
            "scope": f"{issuer(registration.openid_url)}/.default",
        }
        self._clock = clock
        self._token = ""
        self._ends = self._due = float("-inf")
        self._failed_at = float("-inf")
        self._shared = SharedFetch(self._fetch)

    @asynccontextmanager
    async def use_session(self, session: ClientSession) -> AsyncIterator[None]:
        """Request a token over this session, and again at half its time; the first is not waited
        for.
        """
        async with self._shared.use_session(session, self._keep_fresh):
            yield

    async def token(self) -> str:
        """Return a token that holds now. Raises Unavailable if none can be had."""
        if self._clock() >= self._ends:
            await self._shared.run(self._rests)
        if self._clock() >= self._ends:
            raise Unavailable
        return self._token

    def forget(self, token: str) -> None:
        """Discard this token, which was refused: the next caller requests a new one."""
        if token == self._token:
            self._ends = float("-inf")

    def _rests(self) -> bool:
        """Check whether the last request failed within REST."""
        return self._clock() - self._failed_at < REST

    async def _fetch(self, session: ClientSession) -> None:
        try:
            said = await document(session, self._url, self._form)
            token, lasts = said.get("access_token"), said.get("expires_in")
            if not isinstance(token, str) or not token.isascii() or not token.isprintable():
                raise Unavailable  # noqa: TRY301 an answer without a token is no answer
            seconds, now = int(lasts or 0), self._clock()
            self._token, self._ends, self._due = token, now + seconds, now + seconds / 2
        except (Unavailable, TypeError, ValueError) as error:
            log_error("token of teams not fetched", error, platform="teams")
            self._failed_at = self._clock()

    async def _keep_fresh(self) -> None:
        while True:
            await self._shared.run(self._rests)
            left = self._due - self._clock()
            await asyncio.sleep(max(left, REST) if left > 0 else RETRIED_EVERY)
