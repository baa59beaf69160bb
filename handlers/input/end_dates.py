"""The last day of a right, as people say it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from analytics.values import Period
from handlers.chat.looks import Looks
from handlers.chat.refusals import PastEnd, UnreadableEnd
from handlers.input.calendar_spans import months_before
from handlers.input.fold import fold
from handlers.input.languages import MIXED
from handlers.input.period_grammar import UNITS, meaning
from handlers.input.phrases import either, meanings

_LENGTH = re.compile(r"(\d{1,4}) ?([^\W\d_]+)")
_UNTIL = {word for word, key in meanings(MIXED.grants.keywords).items() if key == "until"}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_ORDINAL = either(MIXED.periods.date_ordinal)
_DAY_OF_MONTH = re.compile(rf"(\d{{1,2}}){_ORDINAL}? ([^\W\d_]+\.? 20\d\d)")


def is_length(said: str) -> bool:
    """Check whether it is a count of days, weeks, months, quarters or years: `14 days`, `3m`.

    >>> is_length("14 days"), is_length("7 Eleven")
    (True, False)
    """
    found = _LENGTH.fullmatch(fold(said))
    return found is not None and UNITS.get(found[2]) in {*_DAYS, *_MONTHS}


def split_end(reason: Sequence[str], today: date) -> tuple[Sequence[str], date | None]:
    """Return a reason without `until` and a day to come at its very end, and that day; None where
    no such day ends it.

    >>> split_end(("he", "left", "until", "december"), date(2026, 11, 22))
    (('he', 'left'), datetime.date(2026, 12, 31))
    >>> split_end(("they", "pay", "until", "then"), date(2026, 11, 22))[1]
    """
    at = max((at for at, word in enumerate(reason) if fold(word) in _UNTIL), default=0)
    if not at:
        return reason, None
    try:
        return reason[:at], last_day(" ".join(reason[at + 1 :]), today)
    except (UnreadableEnd, PastEnd):
        return reason, None


def last_day(said: str, today: date) -> date:
    """Return the last day that is meant; for `December 2026`, the month's last. Lengths such as `14
    days` count from today. Raises UnreadableEnd or PastEnd.

    >>> last_day("14 days", date(2026, 11, 22)), last_day("dec 2026", date(2026, 11, 22))
    (datetime.date(2026, 12, 6), datetime.date(2026, 12, 31))
    """
    try:
        day = _length_from(today, said) if is_length(said) else _date(fold(said), today)
    except (ValueError, OverflowError):
        raise UnreadableEnd(found=said) from None
    if day < today:
        raise PastEnd(day=day)
    return day


def _length_from(today: date, said: str) -> date:
    count, word = _LENGTH.fullmatch(fold(said)).groups()  # type: ignore[union-attr]  # is_length
    unit = UNITS[word]
    if unit in _DAYS:
        return today + timedelta(days=int(count) * _DAYS[unit])
    return months_before(today, -int(count) * _MONTHS[unit])


def _date(said: str, today: date) -> date:
    """Return a day, or the last day of the month, quarter or year that is named; ValueError for
    none.
    """
    exact = _DAY_OF_MONTH.fullmatch(said)
    named = meaning(exact[2].replace(".", "") if exact else said, today, Looks.AHEAD)
    if isinstance(named, Period):
        return named.first.replace(day=int(exact[1])) if exact else named.last
    raise ValueError(said)
