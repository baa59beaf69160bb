"""The parts of a dataset's definition: its columns, a row's key, its memory; and rows to import."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from analytics.values import Program, Secrecy

Cell = str | int | date | datetime | Decimal | bool | None
Row = tuple[Cell, ...]


class CellType(Enum):
    """Type of a cell's content, which decides how its text is read."""

    TEXT = "text"
    COUNT = "count"
    DAY = "day"
    TENANT = "tenant"
    """A customer's GUID, kept in lower case."""
    GUID = "guid"
    """Another thing's GUID, kept in lower case."""
    CODE = "code"
    """A product's, service's or workload's code, in lower case because endpoints differ in case."""
    DATE = "date"
    """Any day, also in the future; the source's year 1 means none."""
    MOMENT = "moment"
    """An instant in UTC; digits finer than microseconds are cut off."""
    NUMBER = "number"
    """A decimal exactly as the source wrote it, up to 18 places."""
    FLAG = "flag"
    MONTH = "month"
    """A calendar month, as its first day."""


class Memory(Enum):
    """The treatment of a dataset's old rows when new ones come."""

    KEYED = "keyed"
    """Rows are added; of equal keys the last row wins. Old rows stay."""
    SPANS = "spans"
    """The source states what is true now. Rows have `since` and `until` beside their columns: the
    days they were first seen on, and first missed on (NULL while they stand). A complete fetch of a
    part ends the rows that it does not list.
    """
    REPLACED = "replaced"
    """A part that arrives replaces the same part of before: its rows have no key."""


EVERYONE = frozenset(Program)
WITH_API = EVERYONE - {Program.INDIRECT_RESELLER}
"""Programmes to which Partner Center's API is offered (domain 5)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: our name, the source's field, its meaning, other spellings of its heading."""

    name: str
    field: str
    kind: CellType
    meaning: str
    aliases: tuple[str, ...] = ()
    key: bool = False
    """True if it is part of the row's key."""
    optional: bool = False
    """True if the source may leave it out; then it is NULL, unless it is a text."""
    secrecy: Secrecy = Secrecy.OPEN
    ahead: bool = False
    """True if a moment may lie in the future, as that of a deadline."""
    per_cent: bool = False
    """True if the source writes 45 for 0.45: we keep fractions."""
    negative: bool = False
    """True for a number that may be below zero though it is no amount: units given back."""

    form: int = 0
    """The form of a row since which it is asked for; 0 for always. In a row of an earlier form NULL
    means *not asked yet*. Files do not tell it.
    """
    on_request: bool = False
    """True if it is kept only where SEATWISE_KEEP_ACTIVITY_DETAILS is on."""

    @property
    def may_be_negative(self) -> bool:
        """True if a number may be below zero: amounts may, as credits."""
        return self.negative or self.secrecy is Secrecy.MONEY


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table as one endpoint gives it."""

    name: str
    endpoint: str
    columns: tuple[Column, ...]
    memory: Memory = Memory.KEYED
    part: tuple[str, ...] = ()
    """Columns whose values name a part that is fetched whole; empty: the dataset is one part."""
    programs: frozenset[Program] = WITH_API
    """Programmes to which the endpoint is offered."""
    downloads: frozenset[Program] = frozenset()
    """Programmes whose partners can download it from Partner Center's pages, to import it."""
    keeping: bool = False
    """True if rows older than SEATWISE_KEEP_MONTHS go; the first column tells their age."""
    naming: tuple[str, ...] = ()
    """Columns of sign-in names, emptied in rows older than SEATWISE_KEEP_PERSONS_MONTHS."""
    item: str = ""
    """Field that tells the source's items apart where a row is the sum of several; empty if each
    item is a row.
    """
    month_to_date: bool = False
    """True if a day's rows tell the month up to then: a new month begins with fewer."""
    of_offers: bool = False
    """True if its rows are about offers (column `offer`): a reader sees those of the offers that
    their customers have bought.
    """
    seen_live: bool = True
    """False if no answer of the real service was ever seen: the form is known from documentation
    alone.
    """

    @property
    def key(self) -> tuple[int, ...]:
        """Positions of the columns that make up a row's key."""
        return tuple(at for at, column in enumerate(self.columns) if column.key)

    def at(self, name: str) -> int:
        """Return the position of the column we call `name`. Raises KeyError if there is none."""
        return {column.name: at for at, column in enumerate(self.columns)}[name]

    def was_asked(self, name: str, form: int | None) -> bool:
        """Check whether a row of this `form` (its column `form`; None before there were any) tells
        the column we call `name`: if not, its NULL is no answer but *not asked yet*.
        """
        return (form or 0) >= self.columns[self.at(name)].form


@dataclass(frozen=True, slots=True)
class Batch:
    """Checked rows of one dataset, in its column order: counts are int, never negative."""

    dataset: Dataset
    rows: tuple[Row, ...]
    incomplete: Mapping[tuple[str, date], int] = field(default_factory=dict)
    """Number of rows that the source announced in all, by (service, day), if fewer came."""
    together: tuple[frozenset[tuple[str, date]], ...] = ()
    """The (service, day) pairs that one announcement is about; a pair in no group stands alone."""
