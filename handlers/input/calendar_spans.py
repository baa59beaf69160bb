"""Spans of the calendar: whole weeks, months, quarters and years, and counts of them back."""

from calendar import monthrange
from datetime import date, timedelta

from analytics.values import Period

WEEK = 7
"""Days in a week."""


def whole_months(start: date, count: int = 1) -> Period:
    """Return `count` calendar months from the first of a month; ValueError past the last year there
    is.
    """
    return Period(start, months_before(start, -count) - timedelta(days=1))


def current_months(today: date, size: int, back: int = 0) -> Period:
    """Return the calendar month (1), quarter (3) or year (12) of `today`, or the one `back` before
    it.

    >>> current_months(date(2026, 11, 22), 3, back=1)
    Period(first=datetime.date(2026, 7, 1), last=datetime.date(2026, 9, 30))
    """
    into = (today.month - 1) % size
    return whole_months(months_before(today.replace(day=1), into + size * back), size)


def current_week(today: date, back: int = 0) -> Period:
    """Return the week, Monday to Sunday, that `today` is in, or the one `back` weeks before it."""
    monday = today - timedelta(days=today.weekday() + WEEK * back)
    return Period(monday, monday + timedelta(days=WEEK - 1))


def days_until(today: date, count: int) -> Period:
    """Return the last `count` days, `today` being one of them."""
    return Period(today - timedelta(days=count - 1), today)


def months_until(today: date, count: int) -> Period:
    """Return the last `count` months as people mean them: six months to 22 November begin on 23
    May.
    """
    return Period(months_before(today, count) + timedelta(days=1), today)


def days_from(today: date, count: int) -> Period:
    """Return today and `count` days more: what ends within 30 days may end on the thirtieth."""
    return Period(today, today + timedelta(days=count))


def months_from(today: date, count: int) -> Period:
    """Return today until the same day `count` months later, or that month's last."""
    return Period(today, months_before(today, -count))


def months_before(day: date, count: int) -> date:
    """Return the same day of an earlier month, or that month's last; negative counts go forward.
    ValueError outside the years 1 to 9999.

    >>> months_before(date(2026, 5, 31), 3)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
