"""JSON documents from Microsoft's login and key servers: small, in time, never from elsewhere."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.teams.auth.service_urls import is_loopback

PATIENCE = ClientTimeout(total=5)
LARGEST = 1024 * 1024
"""Bytes that a document may have."""


class Unavailable(Exception):
    """No document, or none that one could believe."""


async def document(
    session: ClientSession, url: str, form: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object at an address, or what it answers to a form. Redirects are not followed.
    Unavailable for any trouble.
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
    """Whether an address that a document names may be asked: https, or on this machine as the
    document itself.
    """
    if not isinstance(url, str):
        return False
    return url.startswith("https://") or (is_loopback(url) and is_loopback(beside))
