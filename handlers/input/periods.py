"""The period that a question ends with, as people say it."""

import re
from collections.abc import Sequence
from datetime import date

from rapidfuzz.distance import OSA

from analytics.values import Period
from handlers.chat.looks import Looks
from handlers.input.fold import fold
from handlers.input.period_grammar import MOST_DAYS, UNITS, Meaning, Why, meaning
from handlers.input.period_points import MONTHS, AmbiguousDay

_MOST_WORDS = 8
_MOST_LETTERS = 40
_SHORT, _LONG = 5, 8
"""Letters from which a word may have one typo, or two."""
_NUMBERS = re.compile(r"[0-9]{1,4}(?:[/.-][0-9]{1,4}){1,2}|(?:fy|ex|[qtw])[0-9]{1,4}|20[0-9]{2}")
_CALENDAR = frozenset(word for word in (*MONTHS, *UNITS) if len(word) >= _SHORT - 1)
"""Words of the calendar, without those so short that others are near them by chance."""


class BadPeriod(ValueError):
    """Words that say a period which cannot be.

    `found` are those words; `why` is the catalogue id of the sentence that tells the fault.
    """

    def __init__(self, found: str, why: Why) -> None:
        super().__init__(f"{why}: {found}")
        self.found = found
        self.why = why


def read_period(
    words: Sequence[str], today: date, looks: Looks = Looks.BACK
) -> tuple[Period | None, int]:
    """Return the period that `words` end with, and how many of them say it; (None, 0) without one.

    A count of days, weeks, months or years ends today. Units of the calendar are whole, even the
    one `today` is in; weeks start on Monday. The longest end that says a period is taken, so a last
    word such as `2026`, `may` or `3m` is a period even where it might belong to a name. A word with
    a blank in it was quoted, and is never part of a period. A day, month or quarter without a year
    is the nearest one in the direction that the question looks; where it looks ahead, counts begin
    today.

    Raises BadPeriod for a period that is reversed, empty, longer than five years, wholly in the
    future where the question looks back, wholly in the past where it looks ahead, not in the
    calendar, or a day in numbers that may be read in two ways.

    >>> read_period(("northwind", "last", "90", "days"), date(2026, 11, 22))[1]
    3
    """
    plain = [_plain(word) for word in words[-_MOST_WORDS:]]
    for count in range(len(plain), 0, -1):
        period = _checked_meaning(plain[-count:], today, looks)
        if isinstance(period, str):
            raise BadPeriod(" ".join(words[-count:]), period)
        if period:
            return period, count
    return None, 0


def is_like_period(said: str) -> bool:
    """Check whether a text that is no period was meant as one: it holds a word of the calendar,
    perhaps with a typo, a date in numbers, or a financial year.

    >>> is_like_period("novembr"), is_like_period("01/09"), is_like_period("exchange")
    (True, True, False)
    """
    return any(map(_is_like_part, map(_plain, said.split())))


def _is_like_part(word: str) -> bool:
    if _NUMBERS.fullmatch(word) or word in _CALENDAR:
        return True
    edits = 2 if len(word) >= _LONG else 1
    near = (OSA.distance(word, each, score_cutoff=edits) <= edits for each in _CALENDAR)
    return len(word) >= _SHORT and any(near)


def _plain(word: str) -> str:
    """Return a word without case, accents and the punctuation around it."""
    plain = fold(word[: _MOST_LETTERS + 1])
    ended = plain if plain.endswith("..") else plain.removesuffix(".")
    return ended.strip("?!,;:()[]")


def _checked_meaning(words: Sequence[str], today: date, looks: Looks) -> Meaning:
    """Return the words' meaning; a period in the future or too long becomes its fault."""
    if any(" " in word or len(word) > _MOST_LETTERS for word in words):
        return None
    try:
        period = meaning(" ".join(filter(None, words)), today, looks)
    except AmbiguousDay:
        return "period-ambiguous"
    except (ValueError, OverflowError):
        return "period-impossible"
    if not isinstance(period, Period):
        return period
    if period.days > MOST_DAYS:
        return "period-too-long"
    return _fault_of_side(period, today, looks) or period


def _fault_of_side(period: Period, today: date, looks: Looks) -> Meaning:
    """Return the fault of a period that lies wholly on the side of today that is not looked at."""
    if looks is Looks.BACK:
        return "period-future" if period.first > today else None
    return "period-past" if period.last < today else None
