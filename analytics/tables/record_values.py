"""What the JSON in an activity record tells of seats, field by field: the rest of it may name
people, and is not kept.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from analytics.tables.columns import CellType, Column

_LONGEST = 256 * 1024
"""Most characters of a JSON text that is read."""
_MOST = 1_000_000_000
"""Most seats in one record."""
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z:._-]{0,99}", re.ASCII)
"""An id or a catalogue id: nothing that could be a name or an address."""
_DIGITS = re.compile(r"[0-9]{1,10}", re.ASCII)
_NUMBERED = re.compile(r"(.+?)-[0-9]{1,4}")
_USERS = ("customeruserid", "userid")
_USER_NAMES = ("customeruserprincipalname", "userprincipalname")

VALUES_TOLD = (
    Column(
        "subscription",
        "Id or SubscriptionId in resourceNewValue, resourceOldValue or customizedData",
        CellType.TEXT,
        "the only subscription that it names",
        optional=True,
    ),
    Column(
        "offer",
        "OfferId in the same",
        CellType.TEXT,
        "the only offer that it names, as in subscriptions",
        optional=True,
    ),
    Column(
        "quantity_before",
        "Quantity in resourceOldValue",
        CellType.COUNT,
        "seats of that subscription before",
        optional=True,
    ),
    Column(
        "quantity_after",
        "Quantity in resourceNewValue or customizedData",
        CellType.COUNT,
        "seats of that subscription after, or ordered",
        optional=True,
    ),
    Column(
        "user_count",
        "CustomerUserId in customizedData",
        CellType.COUNT,
        "how many users of the customer it names",
        optional=True,
    ),
)
"""Columns of the activity log that its JSON tells. NULL is unknown: the portal's export has none, a
record of several subscriptions tells none of one, and what cannot be read tells nothing.
"""

T = TypeVar("T")
Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RecordValues:
    """The cells of VALUES_TOLD, in their order."""

    subscription: str | None = None
    offer: str | None = None
    quantity_before: int | None = None
    quantity_after: int | None = None
    user_count: int | None = None


def record_values(
    resource: str | None, old: str | None, new: str | None, details: str | None
) -> RecordValues:
    """Return what a record tells; texts may be empty. Hostile or unreadable JSON tells nothing; it
    never raises.
    """
    before, after, pairs = _items(resource, old), _items(resource, new), _pairs(details)
    users = _distinct(pairs, _USERS, _code) or _distinct(pairs, _USER_NAMES, _text)
    named = sum("subscriptionid" in pair for pair in pairs)
    if max(len(before), len(after), named) > 1:
        return RecordValues(user_count=len(users) or None)
    after_count, pair_count = (_only(each, "quantity", _count) for each in (after, pairs))
    subscription = _only([*before, *after, *pairs], "subscriptionid", _subscription)
    return RecordValues(
        subscription,
        _only([*before, *after, *pairs], "offerid", _code),
        _only(before, "quantity", _count) if subscription else None,
        (pair_count if after_count is None else after_count) if subscription else None,
        len(users) or None,
    )


def _items(resource: str | None, text: str | None) -> list[Fields]:
    """Return the subscriptions that a value is or lists, by their fields in lower case."""
    value = _by_lower_case(_json_value(text))
    if value is None:
        return []
    lines = value.get("lineitems")
    if isinstance(lines, list):
        return [each for each in map(_by_lower_case, lines) if each is not None]
    if resource == "subscription" and "subscriptionid" not in value and "id" in value:
        return [{**value, "subscriptionid": value["id"]}]
    return [value]


def _pairs(text: str | None) -> list[Fields]:
    """Return each pair of `customizedData` as a field without its number: Quantity-0 is one."""
    value = _json_value(text)
    listed = value if isinstance(value, list) else []
    pairs = (each for each in map(_by_lower_case, listed) if each is not None)
    return [
        {_plain_key(key): pair.get("value")}
        for pair in pairs
        if isinstance(key := pair.get("key"), str)
    ]


def _plain_key(key: str) -> str:
    numbered = _NUMBERED.fullmatch(key)
    return (numbered[1] if numbered else key).lower()


def _json_value(text: str | None) -> object:
    if not text or len(text) > _LONGEST:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _by_lower_case(value: object) -> Fields | None:
    if not isinstance(value, dict):
        return None
    return {str(name).lower(): each for name, each in value.items()}


def _only(items: Iterable[Fields], name: str, read: Callable[[object], T | None]) -> T | None:
    """Return the only value there is; None for none, or for several."""
    found = _distinct(items, (name,), read)
    return found.pop() if len(found) == 1 else None


def _distinct(
    items: Iterable[Fields], names: tuple[str, ...], read: Callable[[object], T | None]
) -> set[T]:
    values = (read(item[name]) for item in items for name in names if name in item)
    return {value for value in values if value is not None}


def _subscription(value: object) -> str | None:
    code = _code(value)
    return code.lower() if code else None


def _code(value: object) -> str | None:
    return value if isinstance(value, str) and _CODE.fullmatch(value) else None


def _text(value: object) -> str | None:
    return value.lower() if isinstance(value, str) and value else None


def _count(value: object) -> int | None:
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST:
        return value
    return None
