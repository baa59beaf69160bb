"""A person's sign-in name among typed words."""

import re
from dataclasses import dataclass

from handlers.input.languages import MIXED

_SIGN_IN_NAME = re.compile(r"[^@\s<>|]+@[^@\s<>|]+\.[^@\s<>|.]+")
_LINK = re.compile(r"<mailto:[^|>]*\|?([^>]*)>")
"""An address as Slack's clients send it."""
_NAME = re.compile(r"[\w.'-]+")


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """A person as typed: a whole sign-in name, or the part before its `@` behind `by`."""

    name: str
    """In lower case."""


def take_person(words: tuple[str, ...]) -> tuple[TypedPerson | None, int, int]:
    """Return the first person among the words, where they stand, and how many words they take: a
    sign-in name anywhere, or a name behind `by`, which itself stands behind other words or first.

    >>> take_person(("contoso", "by", "jonas"))
    (TypedPerson(name='jonas'), 1, 2)
    >>> take_person(("contoso", "Jonas@partner.example"))
    (TypedPerson(name='jonas@partner.example'), 1, 1)
    >>> take_person(("contoso",))
    (None, 0, 0)
    """
    for at, word in enumerate(words):
        address = _LINK.sub(r"\1", word)
        if _SIGN_IN_NAME.fullmatch(address):
            led = at > 0 and _leads(words[at - 1])
            return TypedPerson(address.lower()), at - led, 1 + led
    for at in range(len(words) - 1):
        if _leads(words[at]) and _NAME.fullmatch(words[at + 1]):
            return TypedPerson(words[at + 1].lower()), at, 2
    return None, 0, 0


def _leads(word: str) -> bool:
    return word.lower() in MIXED.commands.by
