"""What a stamp rests on, as tests write it."""

from datetime import date

from analytics.questions.stamp import RestsOn


def as_of(service: str, seats: date | None, usage: date | None) -> tuple[RestsOn, ...]:
    """A service's days, of its seats and of its usage."""
    days = (("deployment", seats), ("usage", usage))
    return tuple(RestsOn(dataset, service, day) for dataset, day in days if day)
