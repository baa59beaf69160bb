"""An order to leave a product of a customer out of totals, or to count it again."""

import re
from dataclasses import dataclass
from datetime import date

from handlers.chat.refusals import PastEnd, UnreadableEnd
from handlers.input.end_dates import last_day
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
    words, keywords, last = _without_end(words, keywords, today)
    at = keywords.index(_WHY) if _WHY in keywords else len(words)
    reason = _THAT.sub("", " ".join(words[at + 1 :]))
    before = words[:at]
    end = keywords.index(_UNTIL) if _UNTIL in keywords[:at] else len(before)
    ending = " ".join(before[end + 1 :])
    about = before[:end]
    undo = bool(about) and fold(about[-1]) in _UNDO and not reason
    return TypedIgnore(
        " ".join(about[:-1] if undo else about),
        last_day(ending, today) if ending else last,
        reason.strip(),
        undo,
    )


def _without_end(
    words: tuple[str, ...], keywords: list[str], today: date
) -> tuple[tuple[str, ...], list[str], date | None]:
    """Take `until` with its day off the end of a reason; return the day, None where none ends it:
    `because they pay until then` is a reason.
    """
    why = keywords.index(_WHY) if _WHY in keywords else len(keywords)
    if _UNTIL in keywords[:why] or _UNTIL not in keywords[why:]:
        return words, keywords, None
    at = len(keywords) - 1 - keywords[::-1].index(_UNTIL)
    try:
        day = last_day(" ".join(words[at + 1 :]), today)
    except (UnreadableEnd, PastEnd):
        return words, keywords, None
    return words[:at], keywords[:at], day
