"""Access tokens: got by a refresh token or by the app alone, kept in memory until they expire."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping

import aiohttp

from analytics.sources.partner_center.answer_body import body_of
from analytics.sources.partner_center.answers import Answer, json_object
from analytics.sources.partner_center.page_model import Bearer, SignIn
from analytics.sources.partner_center.registration import Registration
from analytics.sources.partner_center.token_store import TokenRenewal, TokenStore
from analytics.sources.partner_center.trouble import Nonsense, SignInLost, Trouble, TryLater

_EARLY = 300.0
"""Seconds before its end that a token is renewed: a call may take long."""
_LONGEST = 25.0
"""Longest wait in seconds for an answer of the login service."""
_SIGN_INS = {Bearer.USER: SignIn.PARTNER, Bearer.INSIGHTS: SignIn.INSIGHTS}
_TRIES = 2
"""Tries in all; two of the longest fit into the 60 seconds of a renewal (bot/store/signins.py)."""
_REFUSALS = {"sync-why-mfa": "mfa-missing", "sync-why-sign-in": "sign-in-refused"}
"""Refusals that a person mends with a new sign-in; a fault of the app's own secret is not one."""
_NEEDS_MFA = frozenset({"interaction_required", "50076", "50079", "900421"})


class Tokens:
    """Access tokens of one partner, renewed before they end. A renewal keeps the new refresh token
    before its access token is used.
    """

    def __init__(
        self,
        access: Registration,
        keeper: TokenStore,
        session: aiohttp.ClientSession,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._access = access
        self._keeper = keeper
        self._session = session
        self._clock = clock
        self._held: dict[Bearer, tuple[str, float]] = {}
        self._failed: dict[Bearer, tuple[Trouble, float]] = {}
        self._turns: defaultdict[Bearer, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, bearer: Bearer) -> str:
        """Return a token that is good for a while. Raises SignInLost, TryLater or Nonsense; all
        callers that waited for one renewal get its error.
        """
        asked = self._clock()
        async with self._turns[bearer]:
            token, until = self._held.get(bearer, ("", 0.0))
            if self._clock() < until:
                return token
            if bearer in self._failed and self._failed[bearer][1] > asked:
                raise self._failed[bearer][0]
            try:
                token, lasts = _access_token(await self._fetch(bearer))
            except Trouble as error:
                self._failed[bearer] = (error, self._clock())
                raise
            self._held[bearer] = (token, self._clock() + max(lasts - _EARLY, lasts / 2))
            return token

    def forget(self, bearer: Bearer, token: str) -> None:
        """Forget a token that the API refuses; a newer one stays."""
        if self._held.get(bearer, ("", 0.0))[0] == token:
            del self._held[bearer]

    async def note_lost_sign_in(self, bearer: Bearer, error: SignInLost) -> None:
        """Record that the API refuses a sign-in's tokens for lack of MFA; ignore other errors."""
        if bearer in _SIGN_INS and error.because == "sync-why-mfa":
            async with self._keeper.renewal(_SIGN_INS[bearer]) as renewal:
                await renewal.mark_refused(_REFUSALS[error.because])

    async def _fetch(self, bearer: Bearer) -> Answer:
        if bearer is Bearer.APP:
            return await post_form(
                self._session, self._access, {"grant_type": "client_credentials"}
            )
        async with self._keeper.renewal(_SIGN_INS[bearer]) as renewal:
            if not renewal.token:
                raise SignInLost("sync-why-not-connected")
            return await self._renew(renewal)

    async def _renew(self, renewal: TokenRenewal) -> Answer:
        form = {"grant_type": "refresh_token", "refresh_token": renewal.token, "scope": "openid"}
        try:
            answer = await post_form(self._session, self._access, form)
        except SignInLost as lost:
            if lost.because in _REFUSALS:
                await renewal.mark_refused(_REFUSALS[lost.because])
            raise
        newer = answer.get("refresh_token")
        await renewal.keep(newer if isinstance(newer, str) and newer else renewal.token)
        return answer


async def post_form(
    session: aiohttp.ClientSession, access: Registration, form: Mapping[str, str]
) -> Answer:
    """Return the login service's answer to a form. Raises SignInLost if it refuses, TryLater if it
    cannot answer now.
    """
    status, body = await _try_post(session, access, form, _TRIES)
    if status == 200:
        return json_object(body)
    if status >= 500 or status == 429:
        raise TryLater("sync-why-login-away")
    raise _refusal(body)


async def _try_post(
    session: aiohttp.ClientSession, access: Registration, form: Mapping[str, str], tries: int
) -> tuple[int, bytes]:
    """Return status and body. A renewal that may have arrived is sent again: the old token is good
    until the new one is used.
    """
    url, data = access.token_url, {**access.app, **form}
    longest = aiohttp.ClientTimeout(total=min(_LONGEST, session.timeout.total or _LONGEST))
    try:
        async with session.post(url, data=data, timeout=longest, allow_redirects=False) as response:
            return response.status, await body_of(response)
    except (aiohttp.ClientError, TimeoutError) as error:
        if tries == 1:
            raise TryLater("sync-why-login-away") from error
    return await _try_post(session, access, form, tries - 1)


def _refusal(body: bytes) -> Trouble:
    """Return the Trouble of a refusal that names its error. An answer that names none, such as a
    proxy's page, is not from the login service and does not call for a new sign-in.
    """
    try:
        said = json_object(body)
    except Nonsense:
        said = {}
    if not isinstance(said.get("error"), str):
        return TryLater("sync-why-login-away")
    codes = said.get("error_codes")
    names = {str(said["error"]), *map(str, codes if isinstance(codes, list) else ())}
    if names & _NEEDS_MFA:
        return SignInLost("sync-why-mfa")
    if "invalid_client" in names:
        return SignInLost("sync-why-client")
    return SignInLost("sync-why-sign-in")


def _access_token(answer: Answer) -> tuple[str, float]:
    """Return the token, and for how many seconds it is good."""
    token, lasts = answer.get("access_token"), str(answer.get("expires_in", "3600"))
    if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
        raise Nonsense("sync-why-no-token")
    return token, float(lasts) if lasts.isdecimal() and len(lasts) < 8 else 3600.0
