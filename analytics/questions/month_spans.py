"""Calendar months, each as its first day."""

from datetime import date, timedelta

from analytics.values import Period


def month_of(day: date) -> date:
    """Return the month that a day is in."""
    return day.replace(day=1)


def month_before(month: date, back: int = 1) -> date:
    """Return the month so many months before; after, if negative.

    >>> month_before(date(2026, 1, 1)), month_before(date(2026, 12, 1), -1)
    (datetime.date(2025, 12, 1), datetime.date(2027, 1, 1))
    """
    number = month.year * 12 + month.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def month_days(month: date) -> Period:
    """Return the days of a month."""
    return Period(month, month_before(month, -1) - timedelta(days=1))
