"""A made-up customer: a name, products, and the days on which it is with the partner."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from analytics.demo.seats import ProductLine
from analytics.values import TenantId

_TENANTS = uuid.UUID("5ea7f15e-0000-4000-8000-000000000000")


def always(day: date, newest: date) -> bool:
    """Return True: the customer is with the partner all the time."""
    return True


@dataclass(frozen=True, slots=True)
class Story:
    """One made-up customer."""

    name: str
    lines: tuple[ProductLine, ...]
    here: Callable[[date, date], bool] = always
    """True if it is with the partner on a day; the second day is the newest snapshot's."""
    suspended: timedelta | None = None
    """For how long no seat counts as sold, as it did not pay; None if it pays."""


@dataclass(frozen=True, slots=True)
class Stay:
    """The days that a customer is with the partner, as far as two years of snapshots tell."""

    first: date | None
    """None if it was there before them."""
    last: date | None
    """None if it is there in the newest one."""


def stay(story: Story, oldest: date, newest: date) -> Stay | None:
    """Return the customer's newest stay between two days; None if there is none."""
    if story.here is always:
        return Stay(None, None)
    days = [newest - timedelta(days=back) for back in range((newest - oldest).days + 1)]
    last = next((day for day in days if story.here(day, newest)), None)
    if last is None:
        return None
    away = (day for day in days if day < last and not story.here(day, newest))
    left = next(away, None)
    return Stay(left + timedelta(days=1) if left else None, last if last < newest else None)


@cache
def made_up_id(about: str) -> str:
    """Return the GUID of a made-up thing: always the same for the same words about it."""
    return str(uuid.uuid5(_TENANTS, about))


@cache
def made_up_tenant(name: str) -> TenantId:
    """Return the tenant of a made-up customer: always the same for the same name."""
    return TenantId(str(uuid.uuid5(_TENANTS, name)))


@cache
def phase(name: str, about: str) -> float:
    """Return a fixed number from 0 to 1 for a customer and one of its properties."""
    return uuid.uuid5(_TENANTS, f"{name}/{about}").int % 1000 / 1000
