"""Building of the next generation: old rows overlaid with new ones, sorted, with summaries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from analytics.tables import AUDIT, DATASETS, LICENCES, Batch
from analytics.warehouse.building.agreements import generation_agreements
from analytics.warehouse.building.check import generation_checks
from analytics.warehouse.building.derived_tables import write_derived
from analytics.warehouse.building.left_customers import end_left, forget_left_parts
from analytics.warehouse.building.merge_keyed import Brought, Old, merge
from analytics.warehouse.building.name_tables import merge_names
from analytics.warehouse.building.new_rows import bring
from analytics.warehouse.building.old_names import emptied_count, empty_new_names
from analytics.warehouse.building.rollups import summarize
from analytics.warehouse.building.told_values import (
    read_count,
    read_new_values,
    read_old_values,
)
from analytics.warehouse.erased_file import ERASED, erased_count
from analytics.warehouse.fetched_parts import (
    put_mark,
    read_marks,
    tables_of,
    write_absent,
    write_marks,
    write_parts,
)
from analytics.warehouse.generations import Generations
from analytics.warehouse.marks import Mark
from analytics.warehouse.schema import Keeping, quoted_path
from analytics.warehouse.snapshots import write_snapshots
from analytics.warehouse.word_codes import list_codes

_LIMITS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "200MB"}
"""Pieces of work fit into this; larger work uses the disk. The process stays under 400 MB."""

_OTHER = """
    SELECT EXISTS (FROM ((FROM {table} EXCEPT FROM old.{table}) UNION ALL
                         (FROM old.{table} EXCEPT FROM {table})))"""


class NotBuilt(Exception):
    """The next generation could not be written; the text is DuckDB's. Nothing was changed."""


class Superseded(Exception):
    """Another generation is current than the one that was to be built over. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Published:
    """The result of a build: the generation now current (0 for none), and counts of new rows."""

    generation: int
    brought: Brought


@dataclass(frozen=True, slots=True)
class Load:
    """Rows that arrive together, and the meta of the build that takes them."""

    batches: Iterable[Batch]
    meta: Mapping[str, str]
    marks: tuple[Mark, ...] = ()
    """Marks that a sync which brought the rows would have left."""


@dataclass(frozen=True, slots=True)
class _BuildOrder:
    """The sources to build from."""

    batches: tuple[Batch, ...]
    meta: Mapping[str, str]
    staged: Path | None
    marks: tuple[Mark, ...] = ()


def build(
    folder: Path,
    batches: Iterable[Batch],
    meta: Mapping[str, str],
    *,
    anew: bool = False,
    staged: Path | None = None,
) -> Published:
    """Publish a generation of the current one overlaid with the batches and with what a sync
    staged. If they bring nothing new, not even a changed mark, no generation is published.

    With `anew` the current rows are left behind. The dataset's `memory` says how new rows are laid
    over old ones. `meta` has `made_up` (yes or no) and `built` (an instant), and may have
    `keep_months` (older rows of `keeping` datasets are then removed), `keep_persons_months` (older
    sign-in names are then emptied) and `keep_activity_details` (yes keeps the JSON of activity).
    No process may hold `staged` open.

    A process killed at any moment leaves the old generation current. Raises Busy while another
    process builds, and NotBuilt or OSError (a full disk, a damaged file) with the old generation
    still current.
    """
    order = _BuildOrder(tuple(batches), meta, staged)
    store = Generations(folder)
    return _publish(store, order, (lambda: None) if anew else store.current)


def build_over(
    folder: Path, number: int, batches: Iterable[Batch], meta: Mapping[str, str]
) -> Published:
    """Publish a generation of the batches over that of this number (0 for none). Raises Superseded
    if that is not the current one any more; else as `build` does.
    """
    store = Generations(folder)

    def current() -> Path | None:
        file = store.current()
        if store.number(file) != number:
            raise Superseded(number)
        return file

    return _publish(store, _BuildOrder(tuple(batches), meta, None), current)


def rehearse(
    folder: Path, batches: Iterable[Batch], meta: Mapping[str, str], scratch: Path
) -> Brought:
    """Return what a build of these batches would bring. Nothing is published: it is written into
    the folder `scratch` and deleted. Raises NotBuilt or OSError.
    """
    order = _BuildOrder(tuple(batches), meta, None)
    try:
        with (
            TemporaryDirectory(dir=scratch) as there,
            duckdb.connect(Path(there) / "rehearsal.duckdb", config=_LIMITS) as into,
        ):
            return _fill(into, Generations(folder).current(), order)[0]
    except (duckdb.Error, ValueError) as error:
        raise NotBuilt(str(error).partition("\n")[0]) from error


def build_history(folder: Path, loads: Sequence[Load]) -> Published:
    """Publish one generation of several loads, each laid over those before it as of its own day of
    `built`. The current rows are left behind; meta is the last load's. Raises as `build` does.
    """
    *earlier, last = loads
    order = _BuildOrder(tuple(last.batches), last.meta, None, last.marks)
    with TemporaryDirectory() as scratch:

        def history() -> Path | None:
            for load in earlier:
                build(Path(scratch), load.batches, load.meta)
            return Generations(Path(scratch)).current()

        return _publish(Generations(folder), order, history)


def _publish(store: Generations, order: _BuildOrder, old: Callable[[], Path | None]) -> Published:
    """Build the next generation over that of `old`, which is called while no other builds."""
    order = replace(order, meta={**order.meta, ERASED: str(erased_count(store.folder))})
    try:
        with store.build_path() as path:
            number = store.number(store.current())
            brought, worth = _write(path, old(), order, number + 1)
            if worth:
                number = store.number(store.publish(path))
    except (duckdb.Error, ValueError) as error:
        raise NotBuilt(str(error).partition("\n")[0]) from error
    return Published(number, brought)


def _write(
    path: Path, current: Path | None, order: _BuildOrder, number: int
) -> tuple[Brought, bool]:
    """Write the whole generation to `path` and return whether it is worth publishing; if not, it
    has no summaries.
    """
    with duckdb.connect(path, config=_LIMITS) as into:
        brought, worth = _fill(into, current, order)
        if worth:
            summarize(into, {**order.meta, "generation": str(number)})
            write_derived(into)
            _check(into)
            into.execute("CHECKPOINT")  # closing does it too, but does not report a full disk
    return brought, worth


def _fill(
    into: duckdb.DuckDBPyConnection, current: Path | None, order: _BuildOrder
) -> tuple[Brought, bool]:
    """Merge every dataset with the current generation's; return counts, and whether to publish."""
    into.execute("SET enable_progress_bar = false")
    if current:
        into.execute(f"ATTACH {quoted_path(current)} AS old (READ_ONLY)")
    arrived = bring(into, order.batches, order.staged)
    today = _today(into, order)
    since = _oldest_kept(order.meta, "keep_months", today)
    old = read_old_values(into, Old(tables_of(into, "old"), since, _keeping(order.meta, today)))
    if AUDIT in arrived:
        read_new_values(into)
    empty_new_names(into, arrived, old.keeping)
    list_codes(into, arrived, old.tables)
    brought = Brought(0, 0, 0)
    for dataset in DATASETS:
        if dataset in arrived or dataset in LICENCES or dataset.name in old.tables:
            brought += merge(into, dataset, old, today, arrived=dataset in arrived)
    changed = emptied_count(into, DATASETS, old) + read_count(into, old)
    changed += end_left(into, arrived, today)
    changed += merge_names(into, arrived, today, old.tables)
    changed += write_snapshots(into, order.batches, has_old=bool(current))
    brought = Brought(brought.new, brought.changed + changed, brought.same)
    return brought, _write_parts_and_marks(into, order, today, old.tables) or brought.anything


def _write_parts_and_marks(
    into: duckdb.DuckDBPyConnection, order: _BuildOrder, today: date, old: frozenset[str]
) -> bool:
    """Write the tables of parts and marks; return whether a sync changed them."""
    write_parts(into, today, has_old="parts" in old)
    forget_left_parts(into)
    write_absent(into, has_old="absent" in old)
    marks = write_marks(into, staged=order.staged is not None, has_old="marks" in old)
    for mark in order.marks:
        put_mark(into, mark)
    if order.staged is None:
        return False
    if not {"parts", "marks", "absent"} <= old:
        return True
    before = read_marks(into, "old.marks")
    return _words(marks) != _words(before) or any(
        into.execute(_OTHER.format(table=table)).fetchone() == (True,)
        for table in ("parts", "absent")
    )


def _words(marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """Return the marks reduced to what they say of the figures: a changed number of calls does not
    justify a generation, and a check's findings are written later.
    """
    return {name: replace(mark, calls=0, mismatch="") for name, mark in marks.items()}


def _check(into: duckdb.DuckDBPyConnection) -> None:
    """Mark the datasets in which a check found a fault: they still answer, and say so."""
    marks, found = read_marks(into, "marks"), dict[str, str]()
    for each in generation_checks(into):
        if each.wrong and each.fault:
            found.setdefault(each.dataset, each.what)
    for told in generation_agreements(into):
        if told.wrong and told.pair.fault:
            found.setdefault(told.pair.one.name, told.pair.what)
            found.setdefault(told.pair.other.name, told.pair.what)
    for name in {*marks, *found}:
        mark = marks.get(name) or Mark(name, None)
        put_mark(into, replace(mark, mismatch=found.get(name, "")))


def _today(into: duckdb.DuckDBPyConnection, order: _BuildOrder) -> date:
    """Return the day of the new rows: the start of their sync, else the day of the build."""
    if order.staged:
        with suppress(duckdb.CatalogException):  # a staging file in which no sync was started
            row = into.execute("SELECT day FROM staged.started").fetchone()
            if row:
                return row[0]  # type: ignore[no-any-return]  # DuckDB's rows have no types
    return datetime.fromisoformat(order.meta["built"]).date()


def _keeping(meta: Mapping[str, str], today: date) -> Keeping:
    """Return which cells `meta` lets be kept."""
    wanted = meta.get("keep_activity_details") == "yes"
    return Keeping(_oldest_kept(meta, "keep_persons_months", today), on_request=wanted)


def _oldest_kept(meta: Mapping[str, str], setting: str, today: date) -> date | None:
    """Return the day as many calendar months ago as `meta` says, at most the 28th; None where it
    says nothing.
    """
    if setting not in meta:
        return None
    months = today.year * 12 + today.month - 1 - int(meta[setting])
    return date(months // 12, months % 12 + 1, min(today.day, 28))
