"""Asks for usage in as few words as a test needs."""

from datetime import date

from analytics.questions.course import Course
from analytics.questions.seats_on_day import SeatsOnDay
from analytics.questions.topics import Topic, find_topics
from analytics.questions.usage import SeatsChange, UsageResult, usage
from analytics.values import Customer, Period, Unknown, Why
from analytics.warehouse.facts import Facts
from tests.warehouse.rows import tenant

CONTOSO = Customer(tenant("Contoso"), "Contoso")
NOT_MEASURED = Unknown(Why.NOT_MEASURED, "usage")
FREE = "a403ebcc-fae0-4ca2-8c8c-7a907fd6c235"
"""Microsoft Fabric (Free)."""
E5 = "c7df2760-2c81-4ef7-b578-5b5392b571df"


def november(day: int) -> date:
    """A day of November 2026."""
    return date(2026, 11, day)


def between(first: int, last: int) -> Period:
    """Days of November 2026."""
    return Period(november(first), november(last))


def asked(facts: Facts, period: Period | None = None, said: str = "") -> UsageResult:
    """Contoso's usage."""
    topic = topic_of(facts, said) if said else None
    return usage(facts, CONTOSO, period, topic)


def topic_of(facts: Facts, said: str) -> Topic:
    """What Contoso's people mean by it; there must be one thing."""
    (topic,) = find_topics(facts, CONTOSO, said)
    return topic


def latest(facts: Facts, period: Period | None = None, said: str = "") -> SeatsOnDay:
    """How Contoso stands; it must."""
    standing = asked(facts, period, said).latest
    assert standing is not None
    return standing


def change(facts: Facts, period: Period) -> SeatsChange:
    """What changed at Contoso; something must."""
    found = asked(facts, period).change
    assert found is not None
    return found


def runs(course: Course) -> list[dict[date, int]]:
    """The seats of each unbroken stretch by their days."""
    return [{point.day: point.seats for point in run} for run in course.runs]


def sold(result: UsageResult) -> list[dict[date, int]]:
    """The runs of seats sold."""
    return runs(result.courses.sold)
