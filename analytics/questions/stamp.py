"""The stamp of a result: the age, completeness and origin of its figures."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from analytics.questions.absences import unknowns
from analytics.tables import CUSTOMERS, LICENCES, Dataset
from analytics.values import Seats
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark, Reason
from analytics.warehouse.snapshots import Snapshot

_NEWEST = """
    SELECT 'deployment' AS dataset, service, max(day) AS day
    FROM {newest_deployment} GROUP BY service
    UNION ALL
    SELECT 'usage' AS dataset, service, max(day) AS day FROM {newest_usage} GROUP BY service"""


@dataclass(frozen=True, slots=True)
class AsOf:
    """One service's processing days, of its seats and of its usage; None if there is none."""

    service: str
    seats: date | None
    usage: date | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that the source announced for a day and never sent."""

    dataset: str
    service: str
    day: date
    rows: int


@dataclass(frozen=True, slots=True)
class FreeSeats:
    """Seats of free products, left out of every total because they would swamp it."""

    products: Seats
    sold: Seats
    assigned: Seats


@dataclass(frozen=True, slots=True)
class Stamp:
    """The basis of a result's figures.

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
    """Marks of the datasets that the question declares, with or without rows: those that are not
    complete now, or in which a check found a fault.
    """
    looked: date | None = None
    """Day as of which no dataset lists what was asked for; None if one does."""
    whole: bool = True
    """True if each dataset came whole, now or earlier."""

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Datasets that are not complete now, or in a snapshot that should be the newest."""
        marked = {mark.dataset for mark in self.marks if mark.reasons}
        return tuple(sorted(marked | {gap.dataset for gap in self.gaps}))


def newest(facts: Facts) -> list[tuple[str, str, date]]:
    """Return the (dataset, service, processing day) of each newest snapshot that lists a customer
    whom the reader may see.
    """
    return cast("list[tuple[str, str, date]]", facts.rows(_NEWEST))


def portfolio_datasets(facts: Facts) -> tuple[Dataset, ...]:
    """Return the datasets for a question about all customers; with the customer list if none is
    known.
    """
    return LICENCES if facts.people.customers else (*LICENCES, CUSTOMERS)


def stamp(
    facts: Facts,
    datasets: Iterable[Dataset],
    used: Iterable[tuple[str, str, date]],
    free: FreeSeats,
    *,
    upto: date = date.max,
) -> Stamp:
    """Return the stamp of figures that rest on these (dataset, service, processing day), for a
    question that declares these datasets and looks no further than `upto`.
    """
    names = sorted(dataset.name for dataset in datasets)
    days = {(dataset, service): day for dataset, service, day in used}
    services = sorted({service for _, service in days})
    as_of = tuple(
        AsOf(facts.name("services", s), days.get(("deployment", s)), days.get(("usage", s)))
        for s in services
    )
    marks = [_mark(facts, name) for name in names]
    told = tuple(mark for mark in marks if mark.reasons or mark.mismatch)
    fetched = _oldest_sync([facts.marks.get(name) for name in sorted({d for d, _ in days})])
    made_up, gaps = facts.generation.made_up, _gaps(facts, names, upto)
    return Stamp(as_of, made_up, free, gaps, fetched, told, whole=not unknowns(facts))


def _mark(facts: Facts, dataset: str) -> Mark:
    """Return a dataset's mark; if no sync and no file ever brought the dataset, it says so."""
    mark = facts.marks.get(dataset) or Mark(dataset, None)
    came = mark.as_of or any(each.dataset == dataset for each in facts.generation.snapshots)
    return mark if came or mark.reasons else replace(mark, reasons=(Reason("stamp-no-file"),))


def _gaps(facts: Facts, names: Collection[str], upto: date) -> tuple[Gap, ...]:
    """Return the newest snapshots that did not come whole: older ones answer in their place."""
    newest: dict[tuple[str, str], Snapshot] = {}
    for each in facts.generation.snapshots:  # oldest first
        if each.dataset in names and each.day <= upto:
            newest[each.dataset, each.service] = each
    return tuple(
        Gap(each.dataset, facts.name("services", each.service), each.day, each.missing)
        for each in newest.values()
        if each.missing
    )


def _oldest_sync(marks: list[Mark | None]) -> date | None:
    """Return the oldest of the last complete syncs; None if a dataset was never synced."""
    days = [mark.as_of for mark in marks if mark and mark.as_of]
    return min(days) if days and len(days) == len(marks) else None
