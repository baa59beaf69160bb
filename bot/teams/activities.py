"""Activities as bytes: the checks they must pass before their content is used."""

import json
import re
from hashlib import sha256
from typing import Any

from bot.gate import RefusedRequest

DEEPEST = 64
"""Maximum nesting depth of lists and objects."""

_TEXTS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)  # also unended: nothing is tried twice
_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)).difference(b"[]{}"))


def read_activity(body: bytes) -> dict[str, Any]:
    """Read an activity of Teams, with type, service address and conversation. Raises RefusedRequest
    for anything else: `nested` before a parser sees it, `malformed`, `channel`.
    """
    _check_nesting(body)
    try:
        activity = json.loads(body.decode(), parse_constant=_no_number)
    except ValueError:
        raise RefusedRequest("malformed") from None
    if not isinstance(activity, dict) or not _is_whole(activity):
        raise RefusedRequest("malformed")
    if activity.get("channelId") != "msteams":
        raise RefusedRequest("channel")
    return activity


def mark(activity: dict[str, Any], body: bytes) -> str:
    """A text that a second delivery of the same activity has too, and no other activity."""
    name = activity.get("id")
    if not isinstance(name, str) or not name:
        return sha256(body).hexdigest()
    parts = [activity["type"], activity["conversation"]["id"], name]
    return sha256(json.dumps(parts).encode()).hexdigest()


def tenants(activity: dict[str, Any]) -> set[str]:
    """The tenants that an activity names: of its conversation, and of its channel data where it has
    any. A value that is not text counts as a tenant without name.
    """
    data = activity.get("channelData")
    inner = data.get("tenant") if isinstance(data, dict) else None
    named = [activity["conversation"].get("tenantId")]
    if isinstance(inner, dict) and "id" in inner:
        named.append(inner["id"])
    return {name.lower() if isinstance(name, str) else "" for name in named}


def _is_whole(activity: dict[str, Any]) -> bool:
    conversation = activity.get("conversation")
    place = conversation.get("id") if isinstance(conversation, dict) else None
    needed = (activity.get("type"), activity.get("serviceUrl"), place)
    return all(isinstance(value, str) and value for value in needed)


def _check_nesting(body: bytes) -> None:
    """Refuse a body that is nested too deep, or has brackets that do not close; in linear time."""
    left = _TEXTS.sub(b"", body).translate(_BRACKETS, _NO_BRACKETS)
    for _ in range(DEEPEST):
        left = left.replace(b"[]", b"")
    if left:
        raise RefusedRequest("nested")


def _no_number(name: str) -> float:
    """Raise ValueError: JSON has no NaN and no infinity, though Python reads them."""
    raise ValueError(name)
