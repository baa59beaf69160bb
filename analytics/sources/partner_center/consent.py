"""Exchange of a person's consent for a refresh token: authorization code with PKCE (secure
application model). MSAL is not used: it would keep the refresh token in a cache of its own, where
the store cannot commit it before the access token is used.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from analytics.sources.partner_center.registration import Registration
from analytics.sources.partner_center.tokens import post_form
from analytics.sources.partner_center.trouble import Nonsense, SignInLost
from analytics.sources.partner_center.wall import open_session


@dataclass(frozen=True, slots=True)
class Consent:
    """One attempt to sign in: the browser's return address, and the values that only this process
    knows.
    """

    redirect: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)


def authorize_url(access: Registration, consent: Consent) -> str:
    """Return the address to open in a browser."""
    digest = hashlib.sha256(consent.verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": access.client_id,
        "resource": access.resource,
        "redirect_uri": consent.redirect,
        "response_mode": "query",
        "prompt": "login",
        "state": consent.state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{access.login}/{access.tenant}/oauth2/authorize?{urlencode(query)}"


def code_of(returned: str, consent: Consent) -> str:
    """Return the code in the address that the browser returned to. Raises SignInLost if the person
    refused, Nonsense if the address answers another attempt.
    """
    said = {name: values[0] for name, values in parse_qs(urlsplit(returned).query).items()}
    if said.get("state") != consent.state:
        raise Nonsense("sync-why-state")
    if "code" not in said:
        raise SignInLost("sync-why-no-consent")
    return said["code"]


async def exchange_code(access: Registration, code: str, consent: Consent) -> str:
    """Return the refresh token for a code. Raises SignInLost, TryLater or Nonsense."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": consent.redirect,
        "code_verifier": consent.verifier,
    }
    async with open_session(access) as session:
        answer = await post_form(session, access, form)
    token = answer.get("refresh_token")
    if not isinstance(token, str) or not token:
        raise Nonsense("sync-why-no-token")
    return token
