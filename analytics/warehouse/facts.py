"""Reading of a partner's facts: the current generation, and the part that one reader may see."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import duckdb

from analytics.values import Customer, IgnoredProduct, Secrecy, Sight, TenantId, plain
from analytics.warehouse.building.rollups import ROLLUPS, of_whole_snapshots
from analytics.warehouse.customer_details import read_details
from analytics.warehouse.customer_directory import (
    CustomerDirectory,
    VisibleCustomers,
    look_alikes,
)
from analytics.warehouse.erased_file import ERASED
from analytics.warehouse.fenced_names import with_views
from analytics.warehouse.fetched_parts import read_marks, tables_of
from analytics.warehouse.marks import Mark
from analytics.warehouse.name_index.names import MOST, Hits
from analytics.warehouse.result_cache import ResultCache
from analytics.warehouse.row_fence import fenced_sql, refuse_unfenced, secrets_in
from analytics.warehouse.schema import lacking_columns
from analytics.warehouse.snapshots import Snapshot
from analytics.warehouse.statements import parameters, with_set_conditions

P = ParamSpec("P")
R = TypeVar("R")

_LIMITS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "200MB",
    "enable_external_access": False,
}
"""Limits of a connection: a question is small, and several run in parallel. No question can reach
another file.
"""

_EVERY = 2**31 - 1

_NAMES = {
    "services": "SELECT code, name FROM services WHERE name IS NOT NULL",
    "products": "SELECT code, coalesce(name, '') FROM products",
    "workloads": "SELECT code, name FROM workloads WHERE name IS NOT NULL",
}


class Unreadable(Exception):
    """The current generation is gone, damaged or was altered."""

    word = "Unreadable"
    """Spelling in the audit, whatever the class is called."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One immutable file, opened read-only, with the small tables that every question needs."""

    number: int
    made_up: bool
    built: datetime
    people: CustomerDirectory
    names: dict[str, dict[str, str]]
    """The newest name by code, by table (services, products, workloads)."""
    snapshots: tuple[Snapshot, ...]
    days: dict[tuple[str, str], list[date]]
    """Processing days of which every announced row came, oldest first, by (dataset, service)."""
    connection: duckdb.DuckDBPyConnection
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """Completeness after the last sync, and findings of a check, by dataset."""
    tables: frozenset[str] = frozenset()
    """The generation's tables: a dataset that never came has none. Rollups of an earlier version
    that took incomplete snapshots for whole are left out.
    """
    lacks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The columns of a dataset that an earlier version did not write, if any: not asked yet."""
    stories: str = ""
    """Fingerprint of the made-up stories that the generation tells; empty if it tells none."""
    erased: int = 0
    """Number of erased customers whom it leaves out."""
    remembered: ResultCache = field(default_factory=ResultCache, repr=False)

    @classmethod
    def open(cls, file: Path) -> "Generation":
        """Open a published file. Raises Unreadable if it is gone or damaged."""
        try:
            return cls._read(duckdb.connect(file, read_only=True, config=_LIMITS))
        except (duckdb.Error, OSError, KeyError, ValueError) as error:
            raise Unreadable(str(file)) from error

    @classmethod
    def _read(cls, con: duckdb.DuckDBPyConnection) -> "Generation":
        meta: dict[str, str] = dict(con.execute("SELECT key, value FROM meta").fetchall())
        tables = tables_of(con)
        names = {
            table: {code: plain(name) for code, name in con.execute(sql).fetchall()}
            for table, sql in _NAMES.items()
        }
        seen = con.execute(
            "SELECT dataset, service, day, missing FROM snapshots ORDER BY day"
        ).fetchall()
        snapshots = tuple(Snapshot(*row) for row in seen)
        if not of_whole_snapshots(meta, snapshots):
            tables -= ROLLUPS
        return cls(
            int(meta["generation"]),
            meta["made_up"] == "yes",
            datetime.fromisoformat(meta["built"]),
            _directory(con, tables),
            names,
            snapshots,
            _days(snapshots),
            con,
            read_marks(con, "marks") if "marks" in tables else {},
            tables,
            lacking_columns(con, tables),
            meta.get("stories", ""),
            int(meta.get(ERASED, 0)),
        )


def _directory(con: duckdb.DuckDBPyConnection, tables: frozenset[str]) -> CustomerDirectory:
    found = con.execute("SELECT code, coalesce(name, code) FROM customers ORDER BY code")
    customers = [Customer(TenantId(code), plain(name)) for code, name in found.fetchall()]
    return CustomerDirectory.of(customers, read_details(con, tables, look_alikes(customers)))


def _days(snapshots: Iterable[Snapshot]) -> dict[tuple[str, str], list[date]]:
    days: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    for snapshot in snapshots:
        if not snapshot.missing:
            days[snapshot.dataset, snapshot.service].append(snapshot.day)
    return dict(days)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that one reader may ask for: a generation, cut to what their `sight` holds.

    SQL names its tables in braces, `{deployment}`. They are replaced by the table cut to the
    reader's customers and columns, so that a question cannot forget the cut.
    """

    generation: Generation
    sight: Sight
    secrets: set[Secrecy] = field(default_factory=set, compare=False)
    """The kinds of secret columns that the answers so far could hold, kept ones included."""
    ignored: tuple[IgnoredProduct, ...] = ()
    """What totals leave out, customer by customer, since partner admins said so."""
    marked: frozenset[Customer] = frozenset()
    """Customers under the names that the reader knows them by, where another customer whom the
    reader may see looks alike: a cut to one of the two leaves the mark.
    """
    whole: bool = False
    """True if lists are to be whole, for a file, and not cut to what a person reads."""
    seen: Hashable = field(init=False, repr=False, compare=False)
    """The whole sight, and what is ignored, as a key for kept results."""

    def __post_init__(self) -> None:
        customers = self.generation.people.key_of(self.sight.customers)
        key = (replace(self.sight, customers=None), customers, self.ignored, self.marked)
        object.__setattr__(self, "seen", key)

    def result_of(
        self, question: Callable[Concatenate["Facts", P], R], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[R, frozenset[Secrecy]]:
        """Return a question's result, and the kinds of secret columns that it could hold. It is
        calculated once for each generation, sight and arguments, if these are hashable: a hundred
        digests of one customer are one calculation.
        """

        def calculate() -> tuple[R, frozenset[Secrecy]]:
            alone = replace(self, secrets=set())
            return question(alone, *args, **kwargs), frozenset(alone.secrets)

        key: Hashable = (question, self.seen, args, *sorted(kwargs.items()))
        try:
            hash([] if self.whole else key)  # whole lists are large, and asked for once
        except TypeError:  # for example a list
            found = calculate()
        else:
            found = self.generation.remembered.result_for(key, calculate)
        self.secrets.update(found[1])
        return found

    def only(self, customers: frozenset[TenantId]) -> "Facts":
        """Return the same facts of these customers alone, under the same names; what they could
        hold is noted in both.
        """
        marked = self.people.marked
        named = frozenset(marked[each] for each in customers if each in marked)
        ignored = tuple(each for each in self.ignored if each.tenant in customers)
        cut = self.sight.only(customers)
        return replace(self, sight=cut, marked=named, ignored=ignored)

    def ignored_of(self, customers: Collection[TenantId]) -> tuple[IgnoredProduct, ...]:
        """Return what is ignored of these customers; that it names people is noted."""
        found = tuple(each for each in self.ignored if each.tenant in customers)
        self.secrets.update({Secrecy.PERSON} if any(each.by for each in found) else set())
        return found

    def rows(self, sql: str, /, **values: object) -> list[tuple[object, ...]]:
        """Run a question's SQL with named parameters ($name); return rows as tuples. A condition
        `($name IS NULL OR …)` is left out where that parameter is None. Columns of money and
        persons are NULL for readers who may not see them. Raises UnfencedTable for SQL that names a
        table outside braces.
        """
        sql = with_set_conditions(
            with_views(sql), frozenset(k for k, value in values.items() if value is None)
        )
        refuse_unfenced(sql, self.generation.tables)
        self.secrets.update(secrets_in(sql) - self.sight.withheld)
        generation = self.generation
        sql = fenced_sql(sql, generation.tables, self.sight, generation.lacks)
        if "$visible" in sql:
            values["visible"] = sorted(self.sight.customers or ())
        named = {name: value for name, value in values.items() if name in parameters(sql)}
        return generation.connection.cursor().execute(sql, named).fetchall()

    def list_length(self, most: int) -> int:
        """Return how many items a list may have: `most`, or all there are for a file."""
        return _EVERY if self.whole else most

    @property
    def sees_all(self) -> bool:
        """Check whether the reader sees every customer."""
        return self.sight.customers is None

    @property
    def marks(self) -> Mapping[str, Mark]:
        """Completeness after the last sync, and findings of a check, by dataset; without counts for
        readers who do not see all customers.
        """
        marks = self.generation.marks
        if self.sees_all:
            return marks
        return {name: mark.without_counts for name, mark in marks.items()}

    @property
    def people(self) -> VisibleCustomers:
        """The customers that this reader may see, under names that are unique among them; kept for
        the next question of the same sight.
        """
        visible, all_of_them = self.sight.customers, self.generation.people
        key = (VisibleCustomers, self.seen)
        return self.generation.remembered.result_for(
            key, lambda: all_of_them.cut_to(visible).under(self.marked)
        )

    def customer(self, tenant: TenantId) -> Customer | None:
        """Return the customer of this id; None if there is none, or the reader may not see them."""
        place = self.generation.people.places.get(tenant)
        if place is None or not self.sight.sees(tenant):
            return None
        return self.people.with_mark(self.generation.people.customers[place])

    def by_name(self, start: int, count: int) -> tuple[Customer, ...]:
        """Return so many of the customers that the reader may see, in the order of their names."""
        everyone, people = self.generation.people, self.people
        seen = (at for at in everyone.by_name if people.among is None or people.among[at])
        places = islice(seen, start, start + count)
        return tuple(people.with_mark(everyone.customers[at]) for at in places)

    def find(self, name: str) -> tuple[Hits, tuple[Customer, ...]]:
        """Find customers whom a question means by a name, best first, among those that the reader
        may see.
        """
        return self._find(name, asked=True)

    def search(self, name: str) -> tuple[Hits, tuple[Customer, ...]]:
        """Find customers for a list to choose from: also by a word that a question may hold for
        itself.
        """
        return self._find(name, asked=False)

    def has_name(self, name: str) -> bool:
        """Check whether a customer that the reader may see is called so, but for case, accents and
        punctuation.
        """
        return self.generation.people.index.holds(name, self.people.among)

    def _find(self, name: str, *, asked: bool) -> tuple[Hits, tuple[Customer, ...]]:
        everyone = self.generation.people
        people = self.people
        most = self.list_length(MOST)
        hits = everyone.index.find(name, people.among, asked=asked, most=most)
        return hits, tuple(people.with_mark(everyone.customers[at]) for at in hits.positions)

    def name(self, table: str, code: str) -> str:
        """Return the newest name of a service, product or workload; its code if there is none."""
        return self.generation.names[table].get(code) or code

    def days(self, dataset: str, service: str) -> list[date]:
        """Return the processing days of a service that came whole, oldest first."""
        return self.generation.days.get((dataset, service), [])
