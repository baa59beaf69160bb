"""The products that made-up customers hold, and the seats that a day's snapshot has of each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from analytics.demo.seats import ProductLine, Seats, seats_on
from analytics.demo.stories import Story, phase
from analytics.skus import SKUS, Sku

YEARS = 2
"""Years of snapshots, up to yesterday."""
_DYNAMICS_DELAY = timedelta(days=3)
"""Dynamics is processed less often: its rows are this much older than the others."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One product of one made-up customer."""

    story: Story
    line: ProductLine
    sku: Sku
    phase: float
    """A fixed number from 0 to 1 that tells this product from others: see `seats_on`."""

    @property
    def service(self) -> str:
        """The code of the service that reports the product."""
        return "crm" if self.sku.family == "Dynamics" else "o365"

    def processing_day(self, day: date) -> date:
        """Return the day whose seats the snapshot of a day has."""
        return day - _DYNAMICS_DELAY if self.service == "crm" else day

    def seats(self, day: date, newest: date) -> Seats | None:
        """Return the seats in the snapshot of a day; None if the customer is not with the partner
        or has not bought the product. `newest` is the day of the newest snapshot.
        """
        if not self.story.here(day, newest):
            return None
        seats = seats_on(self.line, self.phase, self.processing_day(day))
        unpaid = self.story.suspended and newest - day < self.story.suspended
        return replace(seats, sold=0) if seats and unpaid else seats


@cache
def holdings(stories: tuple[Story, ...]) -> tuple[Holding, ...]:
    """Return every customer's products, in the order of the stories."""
    parts = {sku.part: sku for sku in SKUS.values()}
    return tuple(
        Holding(story, line, parts[line.part], phase(story.name, line.part))
        for story in stories
        for line in story.lines
    )


def held_on(stories: tuple[Story, ...], day: date, newest: date) -> Iterator[tuple[Holding, Seats]]:
    """Yield the products that customers hold in the snapshot of a day, with their seats."""
    for holding in holdings(stories):
        seats = holding.seats(day, newest)
        if seats:
            yield holding, seats
