"""The clauses that say when a digest is due, and the cron expression that they make."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from handlers.chat.digest_refusals import UnevenInterval
from handlers.input.cron import read_cron
from handlers.input.phrases import group
from handlers.input.schedule_grammar import DAYS, DAYS_AGAIN, MONTHS, PLACES

_NINE = (9, 0)
"""Hour and minute of a digest that says none."""

_RHYTHMS = ("daily", "weekdays", "weekly", "monthly", "quarterly", "yearly", "hours", "minutes")
_HOURS = (1, 2, 3, 4, 6, 8, 12)
_MINUTES = (15, 20, 30)
_QUARTERS, _QUARTERS_END = "1,4,7,10", "3,6,9,12"
_LAST = {"L", "LW"}
_NUMERIC = re.compile(r"[0-9]{1,2} [0-9]{1,2}(?= )")


@dataclass
class SpokenSchedule:
    """The clauses read so far, each kind once."""

    rhythm: str = ""
    count: int = 1
    days: tuple[int, ...] = ()
    every: bool = False
    """Whether the days are said as days that come again: `every Monday`, `Mondays`."""
    of_month: str = ""
    """A day of the month: a number, `L`, `LW`, or `1#2` and `5L` of weekdays."""
    month: int = 0
    """The month of a date; 0 for none."""
    time: tuple[int, int] | None = None
    fields: str = ""
    kinds: set[str] = field(default_factory=set)

    @property
    def empty(self) -> bool:
        """Check whether no clause on the hours was read."""
        return not self.kinds

    @property
    def only_time(self) -> bool:
        """Check whether an hour alone was said."""
        return self.kinds == {"time"}

    def add(self, kind: str, found: re.Match[str], words: tuple[str, ...]) -> bool:
        """Take a clause in; False where it does not go with the clauses before it."""
        part = "rhythm" if kind in _RHYTHMS else "of_month" if kind in _OF_MONTH else kind
        if part in self.kinds or (self.empty and found[0].isdigit()):
            return False  # a number alone is an hour only behind a day; before one, it ends a name
        self.kinds.add(part)
        if part == "rhythm":
            self.rhythm, self.count = kind, int(group(found, "count") or 1)
        elif part == "cron":
            self.fields = " ".join(words[1:])
        elif part == "days":
            names = [word for word in found["days"].split() if word in DAYS]
            self.days = tuple(DAYS[name] for name in names)
            self.every = bool(found["every"]) or all(name in DAYS_AGAIN for name in names)
        elif part == "time":
            self.time = _time(found)
        else:
            self.of_month, self.month = _OF_MONTH[kind](found)
            self.every = bool(group(found, "ofmonth"))
        return part != "time" or self.time is not None


def cron_of(said: SpokenSchedule) -> str | None:
    """Make the expression; None where the clauses do not make a whole. Raises UnreadableCron or
    UnevenInterval.
    """
    if said.fields:
        return read_cron(said.fields) if said.kinds == {"cron"} else None
    if said.rhythm in ("hours", "minutes"):
        return _interval(said) if said.kinds == {"rhythm"} else None
    days = _days(said)
    if days is None:
        return None
    hour, minute = said.time or _NINE
    return read_cron(f"{minute} {hour} {days}")


def cron_with_time(cron: str, hour: int, minute: int) -> str | None:
    """Return the expression at another hour; None for one that is due more than once a day.

    >>> cron_with_time("0 9 * * 1", 8, 30)
    '30 8 * * 1'
    """
    changed, count = _NUMERIC.subn(f"{minute} {hour}", cron, count=1)
    return changed if count and _NUMERIC.match(cron) else None


def _interval(said: SpokenSchedule) -> str:
    fitting = _HOURS if said.rhythm == "hours" else _MINUTES
    if said.rhythm == "minutes" and said.count == 60:
        return "0 * * * *"
    if said.count not in fitting:
        raise UnevenInterval(
            hours=", ".join(map(str, _HOURS)), minutes=", ".join(map(str, _MINUTES))
        )
    step = "*" if said.count == 1 else f"*/{said.count}"
    return f"0 {step} * * *" if said.rhythm == "hours" else f"{step} * * * *"


def _days(said: SpokenSchedule) -> str | None:
    """Return the expression's last three fields; None where day and rhythm do not go together."""
    by_rhythm: dict[str, Callable[[SpokenSchedule], str | None]] = {
        "": _alone,
        "daily": lambda s: None if s.days or s.of_month else "* * *",
        "weekdays": lambda s: None if s.days or s.of_month else "* * 1-5",
        "weekly": lambda s: None if s.of_month else f"* * {_day_list(s.days or (1,))}",
        "monthly": _monthly,
        "quarterly": _quarterly,
        "yearly": _yearly,
    }
    return by_rhythm[said.rhythm](said)


def _alone(said: SpokenSchedule) -> str | None:
    """Return the fields for days without a rhythm: `every Monday`, `Monday 9:00`, `on the 1st of
    every month`; None where these do not make a whole.
    """
    if said.days and not said.of_month and (said.every or said.time):
        return f"* * {_day_list(said.days)}"
    return _monthly(said) if said.of_month and said.every else None


def _monthly(said: SpokenSchedule) -> str | None:
    if said.days or said.month:
        return None
    day = said.of_month or "1"
    return f"{day} * *" if day in _LAST or day.isdigit() else f"* * {day}"


def _quarterly(said: SpokenSchedule) -> str | None:
    day = said.of_month or "1"
    if said.days or said.month or not (day in _LAST or day.isdigit()):
        return None
    return f"{day} {_QUARTERS_END if day in _LAST else _QUARTERS} *"


def _yearly(said: SpokenSchedule) -> str | None:
    if said.days or (said.of_month and not said.month):
        return None
    return f"{said.of_month or 1} {said.month or 1} *"


def _day_list(days: tuple[int, ...]) -> str:
    return ",".join(map(str, sorted(set(days), key=lambda day: day or 7)))


def _time(found: re.Match[str]) -> tuple[int, int] | None:
    """Return hour and minute; None for a time that no clock shows."""
    if group(found, "noon") or group(found, "midnight"):
        return (12 if group(found, "noon") else 0, 0)
    hour, minute = int(group(found, "hour")), int(group(found, "minute") or 0)
    half = group(found, "half")
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return (hour, minute) if hour < 24 and minute < 60 else None


def _date(found: re.Match[str]) -> tuple[str, int]:
    return str(int(group(found, "number"))), MONTHS[group(found, "month")]


def _last(found: re.Match[str]) -> tuple[str, int]:
    return ("LW" if group(found, "working") else "L"), 0


def _nth(found: re.Match[str]) -> tuple[str, int]:
    return f"{DAYS[found['weekday']]}{PLACES[found['place']]}", 0


def _number(found: re.Match[str]) -> tuple[str, int]:
    return str(int(group(found, "number"))), 0


_OF_MONTH: dict[str, Callable[[re.Match[str]], tuple[str, int]]] = {
    "date": _date,
    "last": _last,
    "nth": _nth,
    "number": _number,
}
"""Ways to say a day of the month, each with its reader: the day as cron writes it, and the month or
0.
"""
