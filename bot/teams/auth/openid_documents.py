"""JSON documents from Microsoft's login and key servers: limited in size and time, and fetched
without redirects; and the token issuer of the cloud that an OpenID address belongs to.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.https_hosts import is_loopback

PATIENCE = ClientTimeout(total=5)
LARGEST = 1024 * 1024
"""Maximum bytes of a document."""

_ISSUERS = {
    ".botframework.azure.us": "https://api.botframework.us",
    ".botframework.azure.cn": "https://api.botframework.azure.cn",
}
_PUBLIC = "https://api.botframework.com"


class Unavailable(Exception):
    """A document that could not be fetched, or that has no content to believe."""


async def document(
    session: ClientSession, url: str, form: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the JSON object at an address, or the answer to `form` posted there. Redirects are not
    followed. Raises Unavailable for any trouble, and for a status other than 200.
    """
    method = "GET" if form is None else "POST"
    try:
        async with session.request(
            method, url, data=form, allow_redirects=False, timeout=PATIENCE
        ) as answer:
            body = bytearray()
            while piece := await answer.content.readany():
                body += piece
                if len(body) > LARGEST:
                    raise Unavailable
        found = json.loads(body) if answer.status == 200 else None
    except (ClientError, OSError, TimeoutError, ValueError, RecursionError) as error:
        raise Unavailable from error
    if not isinstance(found, dict):
        raise Unavailable
    return found


def is_trusted(url: object, beside: str) -> bool:
    """Check whether an address named in a document may be fetched: https, or on this machine where
    the document's own address `beside` is too.
    """
    if not isinstance(url, str):
        return False
    return url.startswith("https://") or (is_loopback(url) and is_loopback(beside))


def issuer(openid_url: str) -> str:
    """The issuer that signs activities in the cloud of this OpenID address, and that the bot's own
    token is for; the public cloud's unless the address is a national cloud's.

    >>> issuer("https://login.botframework.azure.us/v1/.well-known/openidconfiguration")
    'https://api.botframework.us'
    """
    host = urlsplit(openid_url).hostname or ""
    return next((found for end, found in _ISSUERS.items() if host.endswith(end)), _PUBLIC)
