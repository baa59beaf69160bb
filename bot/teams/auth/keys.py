"""The keys that Microsoft signs activities with: fetched ahead of need, kept while their server is
down.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientSession
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWTError
from jwt.algorithms import RSAAlgorithm

from bot.background import cancel_tasks
from bot.log import log_error
from bot.teams.auth.openid_documents import Unavailable, document, is_trusted

REFRESHED_EVERY = 24 * 3600.0
"""Seconds; Microsoft publishes a key days before it signs with it."""

RETRIED_EVERY = 60.0
"""Seconds until the next try where a refresh failed."""

REST = timedelta(seconds=5)
"""Between two fetches for keys that nobody knows, however many such tokens come."""

_SMALLEST = 2048
_CHANNEL = "msteams"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key, and whether it may sign for Teams."""

    public: RSAPublicKey
    endorsed: bool


class KeyRing:
    """The keys that an OpenID document leads to, by their ids."""

    def __init__(self, openid_url: str, clock: Callable[[], datetime]) -> None:
        self._openid_url = openid_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched: datetime | None = None
        self._failed = True
        self._fetching: asyncio.Task[None] | None = None
        self._session: ClientSession | None = None

    @asynccontextmanager
    async def use_session(self, session: ClientSession) -> AsyncIterator[None]:
        """Fetches the keys, and again each day; the first fetch is not waited for."""
        self._session = session
        refreshing = asyncio.create_task(self._keep_fresh())
        try:
            yield
        finally:
            await cancel_tasks(refreshing, self._fetching)
            self._session = None

    async def find(self, name: str) -> SigningKey | None:
        """The key of this id; None where the key server knows none. An unknown id costs a fetch,
        but no two within REST. Unavailable where the server could not be asked.
        """
        if name not in self._keys:
            await self._ask_again()
            if name not in self._keys and self._failed:
                raise Unavailable
        return self._keys.get(name)

    async def _ask_again(self) -> None:
        """One fetch for all who wait; none where the last has only just been."""
        if self._fetching is None:
            if self._session is None or self._rests():
                return
            self._fetching = asyncio.create_task(self._fetch(self._session))
        await asyncio.wait({self._fetching})

    def _rests(self) -> bool:
        """Whether the last fetch has only just been; a clock that was put back is no reason."""
        return self._fetched is not None and abs(self._clock() - self._fetched) < REST

    async def _fetch(self, session: ClientSession) -> None:
        try:
            self._keys = await self._fetch_keys(session)
            self._failed = False
        except Unavailable as error:
            log_error("keys of teams not fetched", error, platform="teams")
            self._failed = True
        finally:
            self._fetched = self._clock()
            self._fetching = None

    async def _fetch_keys(self, session: ClientSession) -> dict[str, SigningKey]:
        address = (await document(session, self._openid_url)).get("jwks_uri")
        if not isinstance(address, str) or not is_trusted(address, self._openid_url):
            raise Unavailable
        found = (await document(session, address)).get("keys")
        keys = _read(found) if isinstance(found, list) else {}
        if not keys:
            raise Unavailable
        return keys

    async def _keep_fresh(self) -> None:
        while True:
            self._fetched = None  # its turn, whatever strangers made us ask
            await self._ask_again()
            await asyncio.sleep(RETRIED_EVERY if self._failed else REFRESHED_EVERY)


def _read(found: list[Any]) -> dict[str, SigningKey]:
    """The keys that can be used; others are left out rather than all of them lost."""
    keys: dict[str, SigningKey] = {}
    for entry in found:
        with suppress(PyJWTError, ValueError, TypeError, KeyError, AttributeError):
            key = RSAAlgorithm.from_jwk(entry)
            endorsed = _CHANNEL in list(entry.get("endorsements", ()))
            if isinstance(key, RSAPublicKey) and key.key_size >= _SMALLEST:
                keys[str(entry["kid"])] = SigningKey(key, endorsed)
    return keys
