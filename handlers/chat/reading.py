"""Reads a command's arguments from what was typed, by the types of its dataclass's fields."""

from dataclasses import fields
from datetime import date
from typing import TypeVar, get_type_hints

from analytics.values import Period
from handlers.chat.periods import BadPeriod, read_period
from handlers.chat.refusals import UnreadablePeriod

A = TypeVar("A")


def read_args(kind: type[A], words: tuple[str, ...], today: date) -> A:
    """Fills the fields: a `Period | None` is taken from the end of the words, a `str` is what
    remains.

    `today` is the asker's. Raises UnreadablePeriod for a period that cannot be.
    """
    hints = get_type_hints(kind)
    values: dict[str, object] = {}
    for field in fields(kind):  # type: ignore[arg-type]  # every command's args are a dataclass
        if hints[field.name] == Period | None:
            values[field.name], used = _period(words, today)
            words = words[: len(words) - used]
    for field in fields(kind):  # type: ignore[arg-type]  # as above
        if hints[field.name] is str:
            values[field.name] = " ".join(words)
    return kind(**values)


def _period(words: tuple[str, ...], today: date) -> tuple[Period | None, int]:
    try:
        return read_period(words, today)
    except BadPeriod as bad:
        raise UnreadablePeriod(found=bad.found, why=bad.why) from bad
