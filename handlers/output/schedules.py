"""A cron expression in words: a sentence for the usual ones, else the expression itself."""

import re
from collections.abc import Callable

from handlers.chat.services import Say

_DIGITS = "[0-9]{1,2}"
_TIME = f"(?P<minute>{_DIGITS}) (?P<hour>{_DIGITS})"
_ORDINALS = {1: "first", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}
_LAST_THAT_ALL_MONTHS_HAVE = 28


def describe(cron: str, say: Say) -> str:
    """Say an expression that read_cron() gave: “every Monday at 09:00”, “monthly on the 1st at
    09:00”; `cron 0 9 1-7 * 1` for one that has no such words.
    """
    for pattern, read in _SHAPES:
        found = pattern.fullmatch(cron)
        if found:
            return read(found, say)
    return f"cron {cron}"


def short_month_note(cron: str, say: Say) -> str:
    """Say what happens in months, or years, that lack the expression's day; empty where none do."""
    fields = cron.split()
    if not fields[2].isdigit() or int(fields[2]) <= _LAST_THAT_ALL_MONTHS_HAVE:
        return ""
    if fields[2:4] == ["29", "2"]:
        return say("when-leap-years")
    return say("when-short-months", day=_ordinal(fields[2], say)) if fields[3] == "*" else ""


def _at(found: re.Match[str]) -> str:
    return f"{int(found['hour']):02}:{int(found['minute']):02}"


def _ordinal(day: str, say: Say) -> str:
    return say(f"ordinal-{_ORDINALS.get(int(day), 'th')}", day=str(int(day)))


def _plainly(sentence: str) -> Callable[[re.Match[str], Say], str]:
    return lambda found, say: say(sentence, time=_at(found))


def _weekly(found: re.Match[str], say: Say) -> str:
    days = [say.weekday(int(day)) for day in found["days"].split(",")]
    return say("when-weekly", days=say.enumeration(days), time=_at(found))


def _monthly(found: re.Match[str], say: Say) -> str:
    return say("when-monthly", day=_ordinal(found["day"], say), time=_at(found))


def _nth(found: re.Match[str], say: Say) -> str:
    day = say.weekday(int(found["day"]))
    return say(f"when-nth-{found['nth'] or 'last'}", day=day, time=_at(found))


def _quarterly(found: re.Match[str], say: Say) -> str:
    return say("when-quarterly", day=_ordinal(found["day"], say), time=_at(found))


def _yearly(found: re.Match[str], say: Say) -> str:
    day = say.day_of_year(int(found["month"]), int(found["day"]))
    return say("when-yearly", day=day, time=_at(found))


def _hours(found: re.Match[str], say: Say) -> str:
    return say("when-hours", n=int(found["count"] or 1))


def _minutes(found: re.Match[str], say: Say) -> str:
    return say("when-minutes", n=int(found["count"]))


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Say], str]], ...] = (
    (re.compile(rf"{_TIME} \* \* \*"), _plainly("when-daily")),
    (re.compile(rf"{_TIME} \* \* 1-5"), _plainly("when-weekdays")),
    (re.compile(rf"{_TIME} \* \* (?P<days>[0-7](?:,[0-7])*)"), _weekly),
    (re.compile(rf"{_TIME} (?P<day>{_DIGITS}) \* \*"), _monthly),
    (re.compile(rf"{_TIME} L \* \*"), _plainly("when-month-end")),
    (re.compile(rf"{_TIME} LW \* \*"), _plainly("when-last-weekday")),
    (re.compile(rf"{_TIME} \* \* (?P<day>[0-7])(?:#(?P<nth>[1-4])|L)"), _nth),
    (re.compile(rf"{_TIME} (?P<day>{_DIGITS}) 1,4,7,10 \*"), _quarterly),
    (re.compile(rf"{_TIME} L 3,6,9,12 \*"), _plainly("when-quarter-end")),
    (re.compile(rf"{_TIME} LW 3,6,9,12 \*"), _plainly("when-quarter-last-weekday")),
    (re.compile(rf"{_TIME} (?P<day>{_DIGITS}) (?P<month>{_DIGITS}) \*"), _yearly),
    (re.compile(r"0 \*(?:/(?P<count>[0-9]{1,2}))? \* \* \*"), _hours),
    (re.compile(r"\*/(?P<count>[0-9]{1,2}) \* \* \* \*"), _minutes),
)
"""Shapes of expressions, each with the function that says it."""
