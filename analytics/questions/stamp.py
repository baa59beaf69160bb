"""The stamp of a result: the age, completeness and origin of its figures."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from analytics.questions.absences import unknowns
from analytics.tables import CUSTOMERS, LICENCES, Dataset
from analytics.values import Seats, Unknown
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark, Reason
from analytics.warehouse.snapshots import Snapshot

_NEWEST = """
    SELECT 'deployment' AS dataset, service, max(day) AS day
    FROM {newest_deployment} GROUP BY service
    UNION ALL
    SELECT 'usage' AS dataset, service, max(day) AS day FROM {newest_usage} GROUP BY service"""


@dataclass(frozen=True, slots=True)
class Basis:
    """A question's declaration of what its figures rest on."""

    datasets: tuple[Dataset, ...]
    source: str
    """The source, for words: `source-<source>` and `whose-<source>` in the catalogue."""
    rule: str = ""
    """The catalogue id of the rule that the figures are counted by; empty where none applies."""


LICENCE_BASIS = Basis(LICENCES, "licences", "stamp-rule")
"""Seats of all partners and direct purchases of a customer together; an active seat is one whose
user used it within 28 days (domain 2a).
"""


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A dataset that figures rest on, and the day that the source worked it out; of one service
    where the dataset is worked out service by service.
    """

    dataset: str
    service: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that the source announced for a day and never sent."""

    dataset: str
    service: str
    day: date
    rows: int


@dataclass(frozen=True, slots=True)
class ExclusionPart:
    """One of the things that a line enumerates, as a catalogue id and its values."""

    sentence: str
    values: Mapping[str, object]
    unit: str = ""
    """The catalogue id of an amount of `n`, which the part says as `what`; empty for none."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something that totals leave out, as a catalogue id and its values."""

    sentence: str
    values: Mapping[str, object]
    parts: tuple[ExclusionPart, ...] = ()
    """The things that the sentence enumerates as `what`."""


def free_products(count: int, sold: Seats) -> tuple[Exclusion, ...]:
    """Return that free products were left out, because they would swamp the totals."""
    if not count:
        return ()
    if isinstance(sold, Unknown):
        return (Exclusion("stamp-free-unknown", {"n": count}),)
    return (Exclusion("stamp-free", {"n": count, "sold": sold}),)


def erased_customers(facts: Facts) -> tuple[Exclusion, ...]:
    """Return that customers who were erased were left out, where all customers are asked about by
    a reader who sees them all.
    """
    count = facts.generation.erased if facts.sees_all else 0
    return (Exclusion("stamp-erased", {"n": count}),) if count else ()


IGNORED = "stamp-ignored"
"""The exclusion of products that a partner admin has left out."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The basis of a result's figures: their dates, source and rule, and what is missing."""

    basis: Basis
    rests_on: tuple[RestsOn, ...]
    """By service and dataset; empty where no figure was found."""
    made_up: bool
    left_out: tuple[Exclusion, ...]
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

    @property
    def ignored_products(self) -> int:
        """Number of products that a partner admin has left out of the totals."""
        counts = [each.values["n"] for each in self.left_out if each.sentence == IGNORED]
        return sum(count for count in counts if isinstance(count, int))


def newest(facts: Facts) -> list[tuple[str, str, date]]:
    """Return the (dataset, service, processing day) of each newest snapshot that lists a customer
    whom the reader may see.
    """
    return cast("list[tuple[str, str, date]]", facts.rows(_NEWEST))


def portfolio_basis(facts: Facts) -> Basis:
    """Return the basis of a question about all customers; with their list if none is known."""
    if facts.people.customers:
        return LICENCE_BASIS
    return replace(LICENCE_BASIS, datasets=(*LICENCES, CUSTOMERS))


def stamp(
    facts: Facts,
    basis: Basis,
    used: Iterable[tuple[str, str, date]],
    left_out: tuple[Exclusion, ...] = (),
    *,
    upto: date = date.max,
) -> Stamp:
    """Return the stamp of figures that rest on these (dataset, service, processing day), for a
    question that looks no further than `upto`. A dataset without services has the service "".

    Customers who were erased are among what it leaves out, wherever they could have been in it.
    The marks are those of the datasets that the question declares, whether or not it found rows.
    """
    found = {RestsOn(name, _service(facts, service), day) for name, service, day in used}
    names = sorted(dataset.name for dataset in basis.datasets)
    marks = [_mark(facts, name) for name in names]
    synced = [facts.marks.get(name) for name in sorted({each.dataset for each in found})]
    return Stamp(
        basis=basis,
        rests_on=tuple(sorted(found, key=lambda each: (each.service or "", each.dataset))),
        made_up=facts.generation.made_up,
        left_out=(*left_out, *erased_customers(facts)),
        gaps=_gaps(facts, names, upto),
        fetched=_oldest_sync(synced),
        marks=tuple(mark for mark in marks if mark.reasons or mark.mismatch),
        whole=_is_whole(facts, names, marks),
    )


def _service(facts: Facts, service: str) -> str | None:
    return facts.name("services", service) if service else None


def _is_whole(facts: Facts, names: Collection[str], marks: Iterable[Mark]) -> bool:
    """Check whether each declared dataset came whole, now or earlier."""
    lacking = unknowns(facts).keys() & set(names)
    never = [mark for mark in marks if mark.reasons and not mark.as_of]
    return not lacking and not any(mark.dataset not in _LICENCES for mark in never)


_LICENCES = frozenset(dataset.name for dataset in LICENCES)


def _mark(facts: Facts, dataset: str) -> Mark:
    """Return a dataset's mark; if no sync and no file ever brought the dataset, it says so."""
    mark = facts.marks.get(dataset) or Mark(dataset, None)
    snapshots = any(each.dataset == dataset for each in facts.generation.snapshots)
    came = mark.as_of or snapshots or dataset in facts.generation.tables - _LICENCES
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
