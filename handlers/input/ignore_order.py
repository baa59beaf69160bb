"""An order to leave a product of a customer out of totals, or to count it again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.input.end_dates import last_day, split_end
from handlers.input.fold import fold
from handlers.input.languages import MIXED
from handlers.input.phrases import either, meanings

_UNTIL, _WHY = "until", "because"
_KEYWORDS = {
    word: keyword
    for word, keyword in meanings(MIXED.grants.keywords).items()
    if keyword in (_UNTIL, _WHY)
}
_THAT = re.compile(f"^{either(MIXED.grants.that)}")
_UNDO = frozenset(MIXED.grants.undo)


@dataclass(frozen=True, slots=True)
class TypedIgnore:
    """The order as it was typed; nothing in it was looked up yet."""

    about: str
    """The words for the customer and the product."""
    until: date | None
    """The last day on which the product is left out; None where none was named."""
    reason: str
    undo: bool
    """True if the product is to count again."""


def read_ignore(words: tuple[str, ...], today: date) -> TypedIgnore:
    """Read `contoso extra file storage until 2027-06-30 because …`, or `contoso storage undo`.

    `because` takes all that follows, but for `until` with a day to come at its very end. Raises
    UnreadableEnd or PastEnd.

    >>> order = read_ignore(("contoso", "storage", "because", "non-profit"), date(2026, 11, 30))
    >>> order.about, order.reason, order.undo
    ('contoso storage', 'non-profit', False)
    """
    keywords = [_KEYWORDS.get(fold(word), "") for word in words]
    at = keywords.index(_WHY) if _WHY in keywords else len(words)
    before = words[:at]
    end = keywords.index(_UNTIL) if _UNTIL in keywords[:at] else len(before)
    ending = " ".join(before[end + 1 :])
    why: Sequence[str] = words[at + 1 :]
    until = last_day(ending, today) if ending else None
    if until is None:
        why, until = split_end(why, today)
    reason = _THAT.sub("", " ".join(why))
    about = before[:end]
    undo = bool(about) and fold(about[-1]) in _UNDO and not reason
    return TypedIgnore(
        " ".join(about[:-1] if undo else about),
        until,
        reason.strip(),
        undo,
    )
