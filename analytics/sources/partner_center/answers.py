"""Answers of Partner Center: parsed strictly, errors turned into Trouble."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal

from analytics.sources.partner_center.trouble import (
    Absent,
    Denied,
    Nonsense,
    SignInLost,
    Trouble,
    TryLater,
)

_DEEPEST = 60

Answer = Mapping[str, object]


class Expired(Trouble):
    """401: the access token is refused; a renewed one may be accepted."""


def json_object(body: bytes) -> Answer:
    """Return a JSON object, with or without byte-order mark; a list becomes its `items`. Numbers
    with a point are exact decimals. Raises Nonsense for anything else.
    """
    start = body.lstrip()[:1]
    if start == b"<":
        raise Nonsense("sync-why-html")
    if _deep(body) and _deep(_TEXTS.sub(b"", body)):
        raise Nonsense("sync-why-no-json")
    try:
        found = json.loads(body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_none)
    except (ValueError, RecursionError) as error:
        raise Nonsense("sync-why-no-json") from error
    if isinstance(found, list):
        return {"items": found}
    if not isinstance(found, dict):
        raise Nonsense("sync-why-no-json")
    return found


def _none(_constant: str) -> None:
    """Refuse NaN and Infinity, which are not JSON."""
    raise ValueError


def _deep(body: bytes) -> bool:
    """Check whether brackets are nested too deeply to make sense; those within texts count too."""
    depth = 0
    for bracket in body.translate(None, _NO_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > _DEEPEST:
            return True
    return False


_TEXTS = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")


def trouble(status: int, body: bytes) -> Trouble:
    """Return the Trouble that an HTTP answer other than 200 means for the caller."""
    code = _code(body)
    if status == 401:
        return _sign_in_trouble(code)
    if status in (202, 204):
        return TryLater("sync-why-not-ready")
    if status >= 500 or status == 408:
        return TryLater("sync-why-fault", status=str(status))
    if 300 <= status < 400:
        return Nonsense("sync-why-redirect")
    plain: dict[int, Trouble] = {
        403: Denied("sync-why-denied", code=code or "403"),
        404: Absent("sync-why-absent"),
        429: TryLater("sync-why-throttled"),
    }
    return plain.get(status, Nonsense("sync-why-refused", status=str(status), code=code or "–"))


def _sign_in_trouble(code: str) -> Trouble:
    if code == "900421":
        return SignInLost("sync-why-mfa")
    if code == "900420":
        return SignInLost("sync-why-audience")
    return Expired("sync-why-token", code=code)


def _code(body: bytes) -> str:
    """Return the error's code, which is a number or a text; empty if there is none."""
    try:
        said = json_object(body)
    except Nonsense:
        return ""
    code = said.get("code", said.get("statusCode", ""))
    text = str(code) if isinstance(code, str | int) else ""
    return text if text.isascii() and text.isalnum() and len(text) <= 12 else ""
