"""The clauses that say a digest's hours and options, their words folded."""

from handlers.input.languages import MIXED
from handlers.input.languages.language import Words
from handlers.input.phrases import any_phrase, compile_pattern, either, meanings

MONTHS = meanings(MIXED.calendar.months)
"""The month of each name in a date."""

DAYS_AGAIN = meanings(MIXED.calendar.weekdays_again)
"""Weekdays that come again (`mondays`), as cron counts them."""

DAYS = meanings(MIXED.calendar.weekdays) | DAYS_AGAIN
"""All names of weekdays, as cron counts them."""

PLACES = meanings(MIXED.schedules.places)
"""Which weekday of its name in a month (first, last …), as cron writes it."""


def _every_or(words: Words) -> str:
    return either((*MIXED.schedules.every, *words))


_DAY = either(DAYS)
_ALSO = either((*MIXED.schedules.also, "&"))
_OF_MONTH = f"(?P<ofmonth>{either(MIXED.schedules.of_month)})?"
_HOUR = "(?P<hour>[0-9]{1,2})"
_PARTS = {
    "every": either(MIXED.schedules.every),
    "count": f"{either(MIXED.schedules.every_few)} (?P<count>[0-9]{{1,3}})",
    "on": f"(?:{either(MIXED.schedules.on)} ){{0,2}}",
    "before_weekdays": f"(?:{_every_or(MIXED.schedules.before_weekdays)} )*",
    "number": f"(?P<number>[0-9]{{1,2}}){either(MIXED.schedules.ordinal)}?",
    "month": f"(?P<month>{either(MONTHS)})",
    "last_day": either(MIXED.schedules.last_day),
    "working_day": either(MIXED.schedules.working_day),
    "of_month": _OF_MONTH,
    "hour": _HOUR,
    "minute": "(?P<minute>[0-9]{2})",
    "room": "\0room",
    "zone": "\0zone",
}
"""What stands for `$name` in the phrases of a language."""

_SHAPES = {
    "cron": r"cron (?P<fields>\S+ \S+ \S+ \S+ \S+)",
    "nth": f"(?:{_every_or(MIXED.schedules.before_nth)} ){{0,2}}"
    f"(?P<place>{either(PLACES)}) (?P<weekday>{_DAY}){_OF_MONTH}",
    "days": f"(?P<every>{_every_or(MIXED.schedules.before_days)} )?(?P<days>{_DAY}"
    f"(?:(?: {_ALSO})? (?:{_every_or(MIXED.schedules.between_days)} )?{_DAY})*)",
    "filler": f"{_ALSO}|,",
}
"""Patterns of the clauses that are built alike in every language."""

_KINDS = (
    *("cron", "daily", "weekdays", "weekly", "monthly", "quarterly", "yearly", "hours", "minutes"),
    *("date", "last", "nth", "number", "days", "time", "me", "here", "room", "zone"),
    *("quiet-changes", "quiet-silent", "quiet-always"),
    *("misfire-latest", "misfire-skip", "misfire-all", "doubt-leave", "doubt-repeat"),
    *("reach-safe", "reach-anyway", "filler"),
)
"""Kinds of clause; of two that match as much, the first counts."""


def _clause_pattern(kind: str) -> str:
    """Return the pattern of a kind of clause in all languages."""
    if kind in _SHAPES:
        return _SHAPES[kind]
    said = any_phrase(MIXED.schedules.clauses[kind], _PARTS)
    return f"(?:{either(MIXED.schedules.at)} )?(?:{said}|{_HOUR})" if kind == "time" else said


GRAMMAR = tuple((kind, compile_pattern(f"(?:{_clause_pattern(kind)})(?= |$)")) for kind in _KINDS)
"""Kinds of clause, each with its pattern; the longest match counts. `group()` reads the groups."""
