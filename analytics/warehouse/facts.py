"""Reading a partner's facts: the current generation, and the part of it one reader may see."""

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import duckdb

from analytics.values import Customer, TenantId, plain
from analytics.warehouse.building.rollups import ROLLUPS, of_whole_snapshots
from analytics.warehouse.fetched_parts import read_marks, tables_of
from analytics.warehouse.generations import Generations
from analytics.warehouse.marks import Mark
from analytics.warehouse.name_index.names import Hits, NameIndex
from analytics.warehouse.result_cache import ResultCache
from analytics.warehouse.row_fence import fenced_sql
from analytics.warehouse.snapshots import Snapshot

P = ParamSpec("P")
R = TypeVar("R")

_LIMITS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "200MB",
    "enable_external_access": False,
}
"""One question is small; several run side by side. A question can reach no other file."""

_NAMES = {
    "services": "SELECT code, name FROM services WHERE name IS NOT NULL",
    "products": "SELECT code, name FROM products WHERE name IS NOT NULL",
    "workloads": "SELECT code, name FROM workloads WHERE name IS NOT NULL",
}


class Unreadable(Exception):
    """The current generation is gone, damaged or was meddled with."""


@dataclass(frozen=True, slots=True)
class CustomerDirectory:
    """Customers in order of id, and the index their names are looked up in."""

    customers: tuple[Customer, ...]
    index: NameIndex

    @classmethod
    def of(cls, customers: Sequence[Customer]) -> "CustomerDirectory":
        """Builds the index; about a second for 50,000 names."""
        return cls(tuple(customers), NameIndex([customer.name for customer in customers]))


@dataclass(frozen=True, slots=True)
class Generation:
    """One immutable file, opened read-only, and the small tables every question needs."""

    number: int
    made_up: bool
    built: datetime
    people: CustomerDirectory
    names: dict[str, dict[str, str]]
    """By table (services, products, workloads): code → newest name."""
    snapshots: tuple[Snapshot, ...]
    days: dict[tuple[str, str], list[date]]
    """By (dataset, service): processing days of which every announced row came, oldest first."""
    connection: duckdb.DuckDBPyConnection
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """By dataset: how complete the last sync left it, and what a check found."""
    tables: frozenset[str] = frozenset()
    """Those it has: of datasets that never came there are none. Rollups of an earlier version that
    took snapshots for whole that were not are left out.
    """
    remembered: ResultCache = field(default_factory=ResultCache, repr=False)

    @classmethod
    def open(cls, file: Path) -> "Generation":
        """Opens a published file; Unreadable when it is gone or damaged."""
        try:
            return cls._read(duckdb.connect(file, read_only=True, config=_LIMITS))
        except (duckdb.Error, OSError, KeyError, ValueError) as error:
            raise Unreadable(str(file)) from error

    @classmethod
    def _read(cls, con: duckdb.DuckDBPyConnection) -> "Generation":
        meta: dict[str, str] = dict(con.execute("SELECT key, value FROM meta").fetchall())
        tenants = con.execute(
            "SELECT code, coalesce(name, code) FROM customers ORDER BY code"
        ).fetchall()
        names = {
            table: {code: plain(name) for code, name in con.execute(sql).fetchall()}
            for table, sql in _NAMES.items()
        }
        seen = con.execute(
            "SELECT dataset, service, day, missing FROM snapshots ORDER BY day"
        ).fetchall()
        snapshots = tuple(Snapshot(*row) for row in seen)
        tables = tables_of(con)
        if not of_whole_snapshots(meta, snapshots):
            tables -= ROLLUPS
        return cls(
            int(meta["generation"]),
            meta["made_up"] == "yes",
            datetime.fromisoformat(meta["built"]),
            CustomerDirectory.of([Customer(TenantId(code), plain(name)) for code, name in tenants]),
            names,
            snapshots,
            _days(snapshots),
            con,
            read_marks(con, "marks") if "marks" in tables else {},
            tables,
        )


def _days(snapshots: Iterable[Snapshot]) -> dict[tuple[str, str], list[date]]:
    days: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    for snapshot in snapshots:
        if not snapshot.missing:
            days[snapshot.dataset, snapshot.service].append(snapshot.day)
    return dict(days)


@dataclass(frozen=True, slots=True)
class Facts:
    """What one reader may ask: one generation, cut to `visible` customers (None: all of them).

    SQL names its tables in braces, `{deployment}`; what stands there instead is the table cut to
    the reader's customers, so that a question cannot forget to.
    """

    generation: Generation
    visible: frozenset[TenantId] | None
    _people: list[CustomerDirectory] = field(default_factory=list, repr=False)

    def result_of(
        self, question: Callable[Concatenate["Facts", P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The question's result: worked out once for each generation, part of it that is visible,
        and arguments, where these can be told apart. A hundred digests of one customer are one
        question.
        """
        key: Hashable = (question, self.visible, args, *sorted(kwargs.items()))
        try:
            hash(key)
        except TypeError:  # a list, say
            return question(self, *args, **kwargs)
        return self.generation.remembered.result_for(key, lambda: question(self, *args, **kwargs))

    def rows(self, sql: str, /, **values: object) -> list[tuple[object, ...]]:
        """Runs a question's SQL with named parameters ($name); rows as tuples."""
        sql = fenced_sql(sql, self.generation.tables, everyone=self.visible is None)
        if "$visible" in sql:
            values["visible"] = sorted(self.visible or ())
        return self.generation.connection.cursor().execute(sql, values).fetchall()

    @property
    def marks(self) -> Mapping[str, Mark]:
        """By dataset: how complete the last sync left it, and what a check found."""
        return self.generation.marks

    @property
    def people(self) -> CustomerDirectory:
        """The customers this reader may see."""
        if self.visible is None:
            return self.generation.people
        if not self._people:
            self._people.append(
                CustomerDirectory.of(
                    [c for c in self.generation.people.customers if c.id in self.visible]
                )
            )
        return self._people[0]

    def find(self, name: str) -> tuple[Hits, tuple[Customer, ...]]:
        """Customers by what somebody typed, best first, among those the reader may see."""
        hits = self.people.index.find(name)
        return hits, tuple(self.people.customers[at] for at in hits.positions)

    def name(self, table: str, code: str) -> str:
        """The newest name of a service, product or workload; the code itself where the source gave
        none.
        """
        return self.generation.names[table].get(code) or code

    def days(self, dataset: str, service: str) -> list[date]:
        """The days a service was worked out on and came whole, oldest first."""
        return self.generation.days.get((dataset, service), [])


class Warehouse:
    """A partner's current generation, opened once and changed for the next when one is
    published.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` is the partner's own; it may not exist yet."""
        self.folder = folder
        self._store = Generations(folder)
        self._lock = threading.Lock()
        self._open: Generation | None = None

    def current(self) -> Generation | None:
        """The newest generation; None before the first import.

        The one before stays open for as long as a question holds it. Raises Unreadable.
        """
        with self._lock:
            file = self._current_file()
            if file is None:
                return None
            if self._open is None or self._open.number != self._store.number(file):
                self._open = self._open_newest(file)
            return self._open

    def _current_file(self) -> Path | None:
        try:
            return self._store.current()
        except (OSError, ValueError) as error:
            raise Unreadable(str(self._store.pointer)) from error

    def _open_newest(self, file: Path) -> Generation:
        """The file, or the one named by now: two imports in a row sweep what was named before."""
        try:
            return Generation.open(file)
        except Unreadable:
            newest = self._current_file()
            if newest in (None, file):
                raise
            return Generation.open(newest)
