"""The course of a made-up customer's seats: smooth growth, steps when seats are bought, no noise.

Every number is a function of its own date, so history stays the same when a day passes.
"""

import math
from dataclasses import dataclass
from datetime import date
from functools import cache

_EPOCH = date(2024, 1, 1).toordinal()
_ORDER = 61
"""Days between two orders of a customer: then seats step, and people follow until the next.
"""
_SETTLING = 900.0
"""Days in which growth slows to about a third of its pace, so that it does not go on for ever."""
_CYCLE = 1100.0


@dataclass(frozen=True, slots=True)
class ProductLine:
    """One product that a made-up customer holds."""

    part: str
    """The product's part number in the table of SKUs."""
    seats: int
    """Seats when the story begins."""
    growth: float = 0.12
    """Growth in the long run, as a fraction; negative if the line shrinks."""
    share: float = 0.93
    """Seats assigned, as a fraction of the seats sold; above 1, people hold more than was sold."""
    busy: float = 1.0
    """Activity of its people as a factor of the usual; above 1.1 usage passes 100 %."""
    rates: tuple[tuple[str, float], ...] = ()
    """Active people by workload as a fraction of seats assigned, if not the usual one."""
    most: int | None = None
    """Seats that it never passes; None if nothing ends its growth."""
    since: date | None = None
    """The day it was bought; None if before the story began."""
    lapsed: bool = False
    """True if its subscription expired or is in grace: no seat counts as sold, people still hold
    theirs.
    """
    measured: bool = True
    """True if usage is reported at all."""


@dataclass(frozen=True, slots=True)
class Seats:
    """One product's seats on one day."""

    sold: int
    held: float
    """Seats assigned, before rounding: the base of people's activity."""

    @property
    def assigned(self) -> int:
        """Seats assigned, as a whole number."""
        return round(self.held)


def seats_on(line: ProductLine, phase: float, day: date) -> Seats | None:
    """Return the seats sold and assigned; None before the product was bought.

    `phase` (0 to 1) distinguishes customers: the days of their orders, and their waves of growth.
    """
    if line.since and day < line.since:
        return None
    now = day.toordinal() - _EPOCH
    since_order = (now + int(phase * _ORDER)) % _ORDER
    sold = _seats_after_order(line, phase, now - since_order)
    before = _seats_after_order(line, phase, now - since_order - _ORDER)
    followed = before + (sold - before) * since_order / _ORDER
    held = line.share * followed if line.share > 1 else min(line.share * followed, sold)
    return Seats(0 if line.lapsed else sold, held)


def _seats_after_order(line: ProductLine, phase: float, at: int) -> int:
    """Return the seats after the order at that time; the first order of a product counts from its
    day.
    """
    if line.since and at + _ORDER <= line.since.toordinal() - _EPOCH:
        return 0
    wave = 0.12 * math.sin(math.tau * (at / _CYCLE + phase))
    exact = line.seats * (1 + line.growth * (growth_share(at) + wave))
    step = 1 if line.seats < 40 else 5
    seats = max(step * round(exact / step), 1)
    return seats if line.most is None else min(seats, line.most)


def growth_share(at: int) -> float:
    """Return the part of growth reached on that day of the story: 0 at its start, towards 1."""
    return 1 - math.exp(-max(at, 0) / _SETTLING)


@dataclass(frozen=True, slots=True)
class Season:
    """The state that all customers share on one day."""

    progress: float
    season: float
    """Around 1: lower in August and at the turn of the year, a little lower at weekends."""


@cache
def pace(day: date) -> Season:
    """Return the progress of the story and the activity of the season."""
    turn = min(abs(day.timetuple().tm_yday - 366 * side) for side in (0, 1))
    summer = abs(day.timetuple().tm_yday - 225)
    quiet = 0.10 * math.exp(-((summer / 21) ** 2)) + 0.06 * math.exp(-((turn / 12) ** 2))
    week = 0.004 * math.cos(math.tau * day.weekday() / 7)
    return Season(growth_share(day.toordinal() - _EPOCH), 1 - quiet + week)
