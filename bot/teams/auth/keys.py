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

from bot.log import log_error
from bot.teams.auth.openid_documents import Unavailable, document, is_trusted
from bot.teams.auth.shared_fetch import SharedFetch

REFRESHED_EVERY = 24 * 3600.0
"""Seconds between two refreshes; Microsoft publishes a key days before it signs with it."""

RETRIED_EVERY = 60.0
"""Seconds until the next try after a refresh failed."""

REST = timedelta(seconds=5)
"""Time between two fetches for unknown key ids, however many tokens with such ids come."""

_SMALLEST = 2048
_CHANNEL = "msteams"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, and whether it may sign for Teams."""

    public: RSAPublicKey
    endorsed: bool


class KeyRing:
    """The keys that an OpenID document leads to, by key id."""

    def __init__(self, openid_url: str, clock: Callable[[], datetime]) -> None:
        self._openid_url = openid_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched: datetime | None = None
        self._failed = True
        self._shared = SharedFetch(self._fetch)

    @asynccontextmanager
    async def use_session(self, session: ClientSession) -> AsyncIterator[None]:
        """Fetch the keys over this session, and again each day; do not wait for the first fetch."""
        async with self._shared.use_session(session, self._keep_fresh):
            yield

    async def find(self, name: str) -> SigningKey | None:
        """Return the key of this id; None where the key server does not list it. An unknown id
        causes a fetch, at most one within REST. Raises Unavailable where the server could not be
        asked.
        """
        if name not in self._keys:
            await self._shared.run(self._rests)
            if name not in self._keys and self._failed:
                raise Unavailable
        return self._keys.get(name)

    def _rests(self) -> bool:
        """Check whether the last fetch is within REST; a clock put back does not stop fetches."""
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
            self._fetched = None  # due now, whatever was fetched for unknown ids
            await self._shared.run(self._rests)
            await asyncio.sleep(RETRIED_EVERY if self._failed else REFRESHED_EVERY)


def _read(found: list[Any]) -> dict[str, SigningKey]:
    """Read the usable keys, by key id; the others are left out, so that one does not fail all."""
    keys: dict[str, SigningKey] = {}
    for entry in found:
        with suppress(PyJWTError, ValueError, TypeError, KeyError, AttributeError):
            key = RSAAlgorithm.from_jwk(entry)
            endorsed = _CHANNEL in list(entry.get("endorsements", ()))
            if isinstance(key, RSAPublicKey) and key.key_size >= _SMALLEST:
                keys[str(entry["kid"])] = SigningKey(key, endorsed)
    return keys
