"""Checks of requests to the address of Teams: Microsoft must have signed a token for this bot."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeGuard

import jwt

from bot.gate import KEPT, Headers, RefusedRequest, RequestMark, only_header
from bot.https_hosts import is_loopback
from bot.teams.activities import mark, read_activity
from bot.teams.auth.keys import KeyRing
from bot.teams.auth.openid_documents import Unavailable
from bot.teams.auth.service_urls import is_service_url

LEEWAY = timedelta(minutes=5)
"""Maximum difference between Microsoft's clock and ours."""

_PART = "[A-Za-z0-9_-]{4,6000}"
_BEARER = re.compile(rf"Bearer {_PART}\.{_PART}\.{_PART}")
_KEY_ID = re.compile(r"[!-~]{1,200}")
_LATEST = 4_102_444_800  # the year 2100: no token holds that long
_TYPES = frozenset({"application/json"})


class TeamsKey:
    """The check that the issuer signed a request's token for one app. ValueError for an empty app
    id, which would admit any sender. `local` also admits service addresses on this machine.
    """

    platform = "teams"
    types = _TYPES

    def __init__(self, app_id: str, issuer: str, keys: KeyRing, *, local: bool = False) -> None:
        if not app_id:
            raise ValueError("no app id")
        self._app_id = app_id
        self._issuer = issuer
        self._keys = keys
        self._local = local

    async def check_headers(
        self, headers: Headers, now: datetime
    ) -> Callable[[bytes], RequestMark]:
        """Check the whole token; the returned function checks that the body has the token's service
        address. A malformed, foreign or outdated token causes no fetch of keys.
        """
        token = only_header(headers, "Authorization", _BEARER)[len("Bearer ") :]
        claims, name = self._read(token)
        until = _check_time(claims, now)
        await self._check_signature(token, name)

        def prove(body: bytes) -> RequestMark:
            activity = read_activity(body)
            if activity["serviceUrl"] != claims.get("serviceurl"):
                raise RefusedRequest("service")
            if not is_service_url(activity["serviceUrl"], local=self._local):
                raise RefusedRequest("service")
            return RequestMark(mark(activity, body), until, activity)

        return prove

    def _read(self, token: str) -> tuple[Mapping[str, Any], str]:
        """Read the token's claims, not proven yet, and the id of its key. Raises RefusedRequest for
        another algorithm, issuer or app.
        """
        try:
            said = jwt.decode_complete(token, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise RefusedRequest("malformed") from None
        header, claims = said["header"], said["payload"]
        name = header.get("kid")
        if header.get("alg") != "RS256" or "crit" in header:
            raise RefusedRequest("algorithm")
        if not isinstance(name, str) or not _KEY_ID.fullmatch(name):
            raise RefusedRequest("key")
        if claims.get("iss") != self._issuer or claims.get("aud") != self._app_id:
            raise RefusedRequest("audience")
        return claims, name

    async def _check_signature(self, token: str, name: str) -> None:
        try:
            key = await self._keys.find(name)
        except Unavailable:
            raise RefusedRequest("keys") from None
        if key is None or not key.endorsed:
            raise RefusedRequest("key")
        try:
            jwt.decode(token, key.public, ["RS256"], options=_SIGNATURE_ALONE)
        except (jwt.PyJWTError, ValueError):
            raise RefusedRequest("forged") from None


_SIGNATURE_ALONE: Any = {
    f"verify_{claim}": False for claim in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")
}
"""The options that check a signature only: the claims were checked before, by our clock and before
a key was fetched.
"""


class UnsignedKey:
    """The demonstration's check: accepts what claims to come from a connector on this machine."""

    platform = "teams"
    types = _TYPES

    async def check_headers(
        self, headers: Headers, now: datetime
    ) -> Callable[[bytes], RequestMark]:
        """Refuse a request with an Origin header: a page in a browser of this machine must not
        speak for the Playground. The returned function checks the body's service address.
        """
        if "Origin" in headers:
            raise RefusedRequest("origin")

        def prove(body: bytes) -> RequestMark:
            activity = read_activity(body)
            address = activity["serviceUrl"]
            if not is_loopback(address) or not is_service_url(address, local=True):
                raise RefusedRequest("service")
            return RequestMark(mark(activity, body), now + KEPT, activity)

        return prove


def _check_time(claims: Mapping[str, Any], now: datetime) -> datetime:
    """Return the last moment at which a token holds. Raises RefusedRequest for one that does not
    hold now, and for one that would hold for ever.
    """
    ends, begins = claims.get("exp"), claims.get("nbf", 0)
    if not _is_moment(ends) or not _is_moment(begins):
        raise RefusedRequest("malformed")
    if begins > (now + LEEWAY).timestamp():
        raise RefusedRequest("age")
    until = datetime.fromtimestamp(ends, UTC) + LEEWAY
    if until < now:
        raise RefusedRequest("age")
    return until


def _is_moment(value: object) -> TypeGuard[int]:
    """Check whether a value is whole seconds since 1970, until 2100; bool and float are refused."""
    return type(value) is int and 0 <= value <= _LATEST
