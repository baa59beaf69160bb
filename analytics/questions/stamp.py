"""How old, how complete and whose: what every result carries beside its figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from analytics.warehouse.marks import Mark
from analytics.warehouse.reading import Facts

_NEWEST = """
    SELECT 'deployment' AS dataset, service, max(day) AS day
    FROM {newest_deployment} GROUP BY service
    UNION ALL
    SELECT 'usage' AS dataset, service, max(day) AS day FROM {newest_usage} GROUP BY service"""


@dataclass(frozen=True, slots=True)
class AsOf:
    """One service's processing days: of its seats, and of its usage. None where the dataset has
    none.
    """

    service: str
    seats: date | None
    usage: date | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows the source announced for a day and never sent."""

    service: str
    day: date
    rows: int


@dataclass(frozen=True, slots=True)
class FreeSeats:
    """Seats of free products, kept out of every total: they would swamp it."""

    products: int
    sold: int
    assigned: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the figures rest on.

    The rule is always the same: an active seat is one whose user used it within 28 days; seats are
    those of all partners and direct purchases of the customer together (domain 2a).
    """

    as_of: tuple[AsOf, ...]
    made_up: bool
    free: FreeSeats
    gaps: tuple[Gap, ...]
    fetched: date | None = None
    """Day of the last complete sync of all that the figures rest on; None for imported files."""
    marks: tuple[Mark, ...] = ()
    """Of the datasets that the figures rest on: those that are not complete as of now, or in which
    a check found something wrong.
    """


def newest(facts: Facts) -> list[tuple[str, str, date]]:
    """The (dataset, service, processing day) of each newest snapshot that lists somebody the reader
    may see.
    """
    return cast("list[tuple[str, str, date]]", facts.rows(_NEWEST))


def stamp(facts: Facts, used: Iterable[tuple[str, str, date]], free: FreeSeats) -> Stamp:
    """The stamp of figures that rest on these (dataset, service, processing day)."""
    days = {(dataset, service): day for dataset, service, day in used}
    services = sorted({service for _, service in days})
    as_of = tuple(
        AsOf(facts.name("services", s), days.get(("deployment", s)), days.get(("usage", s)))
        for s in services
    )
    gaps = tuple(
        Gap(facts.name("services", snapshot.service), snapshot.day, snapshot.missing)
        for snapshot in facts.generation.snapshots
        if snapshot.missing and days.get((snapshot.dataset, snapshot.service)) == snapshot.day
    )
    marks = [facts.generation.marks.get(name) for name in sorted({dataset for dataset, _ in days})]
    known = [mark for mark in marks if mark]
    told = tuple(mark for mark in known if mark.reasons or mark.mismatch)
    return Stamp(as_of, facts.generation.made_up, free, gaps, _fetched(marks), told)


def _fetched(marks: list[Mark | None]) -> date | None:
    """The oldest of their last complete syncs; None where one was never synced."""
    days = [mark.as_of for mark in marks if mark and mark.as_of]
    return min(days) if days and len(days) == len(marks) else None
