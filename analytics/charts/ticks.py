"""Round steps along an axis, with their labels in the reader's language."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from math import ceil, isfinite

from analytics.charts.model import ChartWords, Tick

_MOST_STEPS = 5
_LEAST_STEPS = 3
_MOST_DAYS = 6
_MOST_MONTHS = 7
_DAY_STEPS = (1, 2, 3, 5, 7, 10, 14, 21, 28)
_LONGEST_IN_DAYS = 45
# Above any count of seats; keeps an absurd figure from becoming a 300-digit label.
_HIGHEST = 1e15
_ROUND_STEPS = tuple(size * 10**power for power in range(16) for size in (1, 2, 5))


def count_ticks(top: float, words: ChartWords) -> tuple[float, tuple[Tick, ...]]:
    """Return the axis's top and its 4 to 6 ticks from 0, in steps of 1, 2 or 5 times a power of
    ten.

    The axis's top is its last tick and not below `top`. A `top` that is no number counts as 0, with
    an axis that ends at 3; one above 1e15 counts as 1e15.
    """
    highest = _clamped_top(top)
    step = next(size for size in _ROUND_STEPS if size * _MOST_STEPS >= highest)
    steps = max(_LEAST_STEPS, ceil(highest / step))
    ticks = tuple(Tick(float(step * at), words.number(step * at)) for at in range(steps + 1))
    return ticks[-1].at, ticks


def signed_ticks(
    low: float, high: float, words: ChartWords
) -> tuple[float, float, tuple[Tick, ...]]:
    """Return the axis's bottom and top and its ticks for gains above and losses below 0: at most 8,
    signed, in steps of 1, 2 or 5 times a power of ten; 0 is among them.

    Bottom and top are ticks; they enclose `low`, `high` and 0, and lie 3 steps apart or more.
    Bounds that are no numbers count as 0, those beyond 1e15 as 1e15.
    """
    lowest, highest = _clamped_top(-low), _clamped_top(high)
    step = next(size for size in _ROUND_STEPS if size * _MOST_STEPS >= lowest + highest)
    below = ceil(lowest / step)
    above = max(ceil(highest / step), _LEAST_STEPS - below)
    places = [step * at for at in range(-below, above + 1)]
    ticks = tuple(Tick(float(at), words.signed_number(at)) for at in places)
    return ticks[0].at, ticks[-1].at, ticks


def month_labels(months: Sequence[date], words: ChartWords) -> tuple[tuple[str, str], ...]:
    """Return each month's name without its year, and its year as the name of its group."""
    return tuple((words.short_month(month), str(month.year)) for month in months)


def share_ticks(top: float, words: ChartWords) -> tuple[float, tuple[Tick, ...]]:
    """Return top and ticks for fractions shown as percent: 4 to 6 ticks from 0 %, top at least 1.0.

    Steps are 25 %, 50 %, then 1, 2 or 5 times a power of ten times 100 %.
    """
    highest = max(1.0, _clamped_top(top))
    sizes = (0.25, 0.5, *_ROUND_STEPS)
    step = next(size for size in sizes if size * _MOST_STEPS >= highest)
    ticks = tuple(
        Tick(step * at, words.percent(step * at)) for at in range(ceil(highest / step) + 1)
    )
    return ticks[-1].at, ticks


def _clamped_top(top: float) -> float:
    return min(max(top, 0.0), _HIGHEST) if isfinite(top) else 0.0


def day_ticks(first: date, last: date, words: ChartWords) -> tuple[Tick, ...]:
    """Return ticks at days' ordinals between first and last, both among them. Raises ValueError if
    first is after last.

    Up to 46 days: at most 6 days, evenly spaced up to the last, and the first. More: first, last,
    and between them at most 7 starts of months, 1, 2, 3, 6, 12, 24 … months apart. Within one year
    no year is written, which the subtitle has; else it stands with the last tick of each year.
    """
    if first > last:
        raise ValueError(f"{first} is after {last}")
    by_day = (last - first).days <= _LONGEST_IN_DAYS
    between = _days(first, last) if by_day else _months(first, last)
    days = sorted({first, *between, last})
    # The year after the last day: written if the days are of several years.
    years = [*(day.year for day in days[1:]), None if first.year < last.year else last.year]
    exact = set(days) if by_day else {first, last}
    return tuple(
        Tick(day.toordinal(), _name(day, words, exact=day in exact, dated=day.year != after))
        for day, after in zip(days, years, strict=True)
    )


def _name(day: date, words: ChartWords, *, exact: bool, dated: bool) -> str:
    """Return the name of a day, or of the month that starts on it, with or without its year."""
    if exact:
        return words.day(day) if dated else words.short_day(day)
    return words.month(day) if dated else words.short_month(day)


def _days(first: date, last: date) -> list[date]:
    span = (last - first).days
    step = next(size for size in _DAY_STEPS if span // size < _MOST_DAYS)
    return [last - timedelta(days=back) for back in range(span - span % step, -1, -step)]


def _months(first: date, last: date) -> list[date]:
    """Return starts of months that the step divides in the calendar: quarters start as usual."""
    low, high = _month(first) + (first.day > 1), _month(last) + 1
    step = next(size for size in _month_steps() if len(_multiples(size, low, high)) <= _MOST_MONTHS)
    return [date(month // 12, month % 12 + 1, 1) for month in _multiples(step, low, high)]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _multiples(step: int, low: int, high: int) -> range:
    return range(-(-low // step) * step, high, step)


def _month_steps() -> Iterator[int]:
    yield from (1, 2, 3, 6)
    yield from count(12, 12)
