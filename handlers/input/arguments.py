"""Reading a command's arguments from typed words, by the types of its dataclass's fields."""

import re
from dataclasses import fields
from datetime import date
from typing import TypeVar, get_type_hints

from analytics.values import Period
from handlers.chat.refusals import UnreadablePeriod
from handlers.input.everyone import means_everyone
from handlers.input.periods import BadPeriod, read_period

A = TypeVar("A")

_BEHIND = 5
"""Number of words that may follow a period: `contoso last quarter power bi pro`."""

_LIKE_A_NAME = re.compile(r"\d+[a-z]", re.IGNORECASE)
"""A text that is a customer's name if it stands alone: `3M`, not three months of all customers."""


def reads_period(kind: type[object]) -> bool:
    """Check whether a command's arguments have a period, which may be part of a customer's name."""
    return Period | None in get_type_hints(kind).values()


def read_args(kind: type[A], words: tuple[str, ...], today: date) -> A:
    """Fill the fields of `kind`: a `Period | None` is taken out of the words, a `str` is what
    remains.

    Words for all customers in a customer's place are the same as none. A period stands at the end,
    or behind the customer and before a product or workload. `today` is the asker's. Raises
    UnreadablePeriod for a period that cannot be.
    """
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    for field in fields(kind):  # type: ignore[arg-type]  # every command's args are a dataclass
        if hints[field.name] == Period | None:
            values[field.name], words = _without_period(words, today)
    for field in fields(kind):  # type: ignore[arg-type]  # as above
        if hints[field.name] is str:
            said = " ".join(words)
            values[field.name] = "" if field.name == "customer" and means_everyone(said) else said
    return kind(**values)


def _without_period(words: tuple[str, ...], today: date) -> tuple[Period | None, tuple[str, ...]]:
    """Return the period, or None, and the words around it."""
    if len(words) == 1 and _LIKE_A_NAME.fullmatch(words[0]):
        return None, words
    period, used = _period_at_end(words, today)
    if period:
        return period, words[: len(words) - used]
    for behind in range(1, min(_BEHIND, len(words) - 2) + 1):
        before = words[:-behind]
        period, used = _period_at_end(before, today)
        if period and _unmistakable(before, used):
            return period, (*before[: len(before) - used], *words[-behind:])
    return None, words


def _unmistakable(words: tuple[str, ...], used: int) -> bool:
    """Check whether a period amid other words is one: a name may hold `June`, and begin with `7
    Days`.
    """
    said = words[len(words) - used :]
    return used < len(words) and (used > 1 or any(letter.isdigit() for letter in said[0]))


def _period_at_end(words: tuple[str, ...], today: date) -> tuple[Period | None, int]:
    try:
        return read_period(words, today)
    except BadPeriod as bad:
        raise UnreadablePeriod(found=bad.found, why=bad.why) from bad
