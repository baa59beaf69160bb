"""A made-up customer: a name, products, and the days on which it is with the partner."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

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


def made_up_tenant(name: str) -> TenantId:
    """Return the tenant of a made-up customer: always the same for the same name."""
    return TenantId(str(uuid.uuid5(_TENANTS, name)))


def phase(name: str, about: str) -> float:
    """Return a fixed number from 0 to 1 for a customer and one of its properties."""
    return uuid.uuid5(_TENANTS, f"{name}/{about}").int % 1000 / 1000
