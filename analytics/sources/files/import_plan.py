"""What an import of files would change, found out before anything is saved."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.sources.files.downloads import Download
from analytics.sources.files.file_set import (
    ReadingTerms,
    batches_of,
    erased_rows,
    read_files,
    shorter_lists,
)
from analytics.sources.files.file_summary import FileSummary, file_summaries
from analytics.sources.files.shorter_lists import keys_before, listed_keys
from analytics.tables import CUSTOMERS, Batch, Memory
from analytics.warehouse.building.build import Published, build_over, rehearse
from analytics.warehouse.building.merge_keyed import Brought
from analytics.warehouse.building.standing_keys import known_customers, standing_keys
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.generations import Generations

NAMED = 12
"""Customers that a plan names; any further ones are only counted."""


@dataclass(frozen=True, slots=True)
class NamedCustomers:
    """Some customers: how many, and the names of the first of them."""

    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndedRows:
    """Rows that a list of what is true now would end, since it does not have them."""

    dataset: str
    """The dataset's name."""
    ended: int
    stood: int
    """Count of the rows that stand in the parts that the list holds."""
    is_suspicious: bool
    """True if so many would end that half a download is more likely than a true loss."""
    customers: NamedCustomers
    """Those who would count as gone; none for other lists than that of customers."""


@dataclass(frozen=True, slots=True)
class MissingRows:
    """Rows that the source announced and the files lack."""

    service: str
    day: date
    announced: int


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The changes that an import of files would make."""

    generation: int
    """The generation that it was worked out over; 0 for none."""
    files: tuple[FileSummary, ...]
    missing: tuple[MissingRows, ...]
    brought: Brought
    ended: tuple[EndedRows, ...]
    first_seen: NamedCustomers
    """Customers of the files of whom nothing is known yet."""
    erased: int
    """Rows that are left out, being of customers who were erased."""


@dataclass(frozen=True, slots=True)
class ImportSite:
    """The place of an import: the facts that it is laid over, and how."""

    facts: Path
    """The partner's folder."""
    meta: Mapping[str, str]
    """The meta of the build."""
    scratch: Path
    """A folder for files of the work, which are deleted again."""


def import_plan(
    files: Sequence[tuple[str, Path]], terms: ReadingTerms, erased: ErasedList, site: ImportSite
) -> ImportPlan:
    """Return what an import of these files would change; nothing is saved. Raises BadFile, and
    NotBuilt and OSError as a build does.
    """
    current = Generations(site.facts)
    number, downloads = current.number(current.current()), read_files(files, terms)
    batches = batches_of(downloads, erased)
    known = known_customers(site.facts)
    return ImportPlan(
        number,
        file_summaries(downloads),
        missing_rows(batches),
        rehearse(site.facts, batches, site.meta, site.scratch),
        tuple(_ended_rows(site.facts, downloads, batches, known)),
        _first_named({key: name for key, name in _customers(batches).items() if key not in known}),
        erased_rows(downloads, batches),
    )


def import_planned(
    files: Sequence[tuple[str, Path]],
    terms: ReadingTerms,
    erased: ErasedList,
    site: ImportSite,
    number: int,
) -> Published:
    """Import these files over the generation of this number, which their plan was made over. Raises
    Superseded if it is not the current one any more, Busy, and what import_plan() raises.
    """
    batches = batches_of(read_files(files, terms), erased)
    return build_over(site.facts, number, batches, site.meta)


def missing_rows(batches: Sequence[Batch]) -> tuple[MissingRows, ...]:
    """Return what the files lack of the rows that the source announced with them."""
    return tuple(
        MissingRows(service, day, announced)
        for batch in batches
        for (service, day), announced in sorted(batch.incomplete.items())
    )


def _ended_rows(
    folder: Path,
    downloads: Sequence[Download],
    batches: Sequence[Batch],
    known: Mapping[str, str],
) -> Iterator[EndedRows]:
    """Yield what each list would end of the rows that stand."""
    suspicious = {each.dataset for each in shorter_lists(folder, downloads, batches)}
    for batch in batches:
        dataset = batch.dataset
        if dataset.memory is Memory.SPANS:
            before = keys_before(dataset, batch.rows, standing_keys(folder, dataset))
            gone = before - listed_keys(dataset, batch.rows)
            ids = [str(key[0]) for key in gone] if dataset is CUSTOMERS else []
            names = _first_named({each: known.get(each, "") for each in ids})
            if gone:
                yield EndedRows(dataset.name, len(gone), len(before), dataset in suspicious, names)


def _customers(batches: Sequence[Batch]) -> dict[str, str]:
    """Return the customers of the rows by id, each with a name where a row tells it."""
    found: dict[str, str] = {}
    for batch in batches:
        columns = {column.name: at for at, column in enumerate(batch.dataset.columns)}
        tenant, name = columns.get("tenant"), columns.get("customer")
        if tenant is None:
            continue
        for row in batch.rows:
            called = str(row[name] or "") if name is not None else ""
            if row[tenant] and not found.get(str(row[tenant])):
                found[str(row[tenant])] = called
    return found


def _first_named(customers: Mapping[str, str]) -> NamedCustomers:
    """Return how many they are, with the first names as people sort; an id where none is known."""
    names: Collection[str] = [name or each for each, name in customers.items()]
    return NamedCustomers(len(customers), tuple(sorted(names, key=str.casefold)[:NAMED]))
