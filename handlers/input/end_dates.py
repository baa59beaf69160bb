"""The last day of a right, as people say it in English and French."""

import re
import unicodedata
from datetime import date, timedelta

from analytics.values import Period
from handlers.chat.refusals import PastEnd, UnreadableEnd
from handlers.input.calendar_spans import months_before
from handlers.input.period_grammar import meaning

_LENGTH = re.compile(r"(\d{1,4}) ?([^\W\d_]+)")
_DAYS = {
    **dict.fromkeys(("d", "day", "days", "j", "jour", "jours"), 1),
    **dict.fromkeys(("w", "week", "weeks", "semaine", "semaines"), 7),
}
_MONTHS = {
    **dict.fromkeys(("m", "month", "months", "mois"), 1),
    **dict.fromkeys(("y", "year", "years", "an", "ans", "annee", "annees", "année", "années"), 12),
}
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)? ([^\W\d_]+\.? 20\d\d)")


def is_length(said: str) -> bool:
    """Check whether it is a count of days, weeks, months or years: `14 days`, `3m`.

    >>> is_length("14 days"), is_length("7 Eleven")
    (True, False)
    """
    found = _LENGTH.fullmatch(said.casefold())
    return found is not None and found[2] in {*_DAYS, *_MONTHS}


def last_day(said: str, today: date) -> date:
    """Return the last day that is meant; for `December 2026`, the month's last. Lengths such as `14
    days` count from today. Raises UnreadableEnd or PastEnd.

    >>> last_day("14 days", date(2026, 11, 22)), last_day("dec 2026", date(2026, 11, 22))
    (datetime.date(2026, 12, 6), datetime.date(2026, 12, 31))
    """
    try:
        day = _length_from(today, said) if is_length(said) else _date(_plain(said), today)
    except (ValueError, OverflowError):
        raise UnreadableEnd(found=said) from None
    if day < today:
        raise PastEnd(day=day)
    return day


def _length_from(today: date, said: str) -> date:
    count, unit = _LENGTH.fullmatch(said.casefold()).groups()  # type: ignore[union-attr]  # is_length
    if unit in _DAYS:
        return today + timedelta(days=int(count) * _DAYS[unit])
    return months_before(today, -int(count) * _MONTHS[unit])


def _plain(said: str) -> str:
    letters = unicodedata.normalize("NFKD", said.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _date(said: str, today: date) -> date:
    """Return a day, or the last day of the month, quarter or year that is named; ValueError for
    none.
    """
    exact = _DAY_OF_MONTH.fullmatch(said)
    named = meaning(exact[2].replace(".", "") if exact else said, today)
    if isinstance(named, Period):
        return named.first.replace(day=int(exact[1])) if exact else named.last
    raise ValueError(said)
