"""A subscription's id among typed words."""

from dataclasses import dataclass

from analytics.values import tenant_id
from handlers.input.fold import fold
from handlers.input.languages import MIXED

COMMAND = "subscriptions"
"""The command whose words name a subscription too."""


@dataclass(frozen=True, slots=True)
class TypedSubscription:
    """A subscription as typed: its GUID, behind `subscription` or behind a customer."""

    id: str
    """In lower case."""


def take_subscription(words: tuple[str, ...]) -> tuple[TypedSubscription | None, int, int]:
    """Return the first subscription among the words, where it stands, and how many words it takes.
    A GUID that stands first is a customer's, unless the word `subscription` is before it.

    >>> take_subscription(("contoso", "subscription", "0112A436-b14e-4888-967b-ca4bb2cf1234"))
    (TypedSubscription(id='0112a436-b14e-4888-967b-ca4bb2cf1234'), 1, 2)
    >>> take_subscription(("0112a436-b14e-4888-967b-ca4bb2cf1234",))
    (None, 0, 0)
    """
    for at, word in enumerate(words):
        led = at > 0 and _leads(words[at - 1])
        guid = _guid(word) if at else ""
        if guid:
            return TypedSubscription(guid), at - led, 1 + led
    return None, 0, 0


def _guid(word: str) -> str:
    try:
        return tenant_id(word)
    except ValueError:
        return ""


def _leads(word: str) -> bool:
    return fold(word) in MIXED.commands.names[COMMAND]
