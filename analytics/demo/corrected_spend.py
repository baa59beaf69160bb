"""Azure costs of the customer over its budget: weeks of each month are known together, and a day
before the newest takes back what was told.
"""

from datetime import date

from analytics.demo.contracts import later

CORRECTED = "Woodgrove Bank"
WHOLE_MONTH = 960.0
"""What a whole month costs; the running one is above its budget of 1,000 already."""

_SO_FAR, _FIRST_DAY = 1090.0, 30.0
_GAP_ENDS = 27
"""Day of a month whose amount tells that of 26 days together."""


def is_told(day: date, newest: date) -> bool:
    """Check whether there is an amount up to that day, where `newest` is the newest told."""
    return day.day == 1 or day.day >= min(_GAP_ENDS, _last(day, newest) - 2)


def corrected_cost(day: date, newest: date) -> float:
    """Return the month's cost up to a day that is told: the day before the last takes back 20."""
    left = _last(day, newest) - day.day
    whole = _SO_FAR if (day.year, day.month) == (newest.year, newest.month) else WHOLE_MONTH
    if left < 2:
        return whole - 90 * left
    return _FIRST_DAY if day.day == 1 else whole - 50 - 10 * left


def _last(day: date, newest: date) -> int:
    """Return the month's last day; of the running month, the newest."""
    if (day.year, day.month) == (newest.year, newest.month):
        return newest.day
    return (later(day.replace(day=1), 1) - date.resolution).day
