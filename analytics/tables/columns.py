"""What a dataset is: its columns, what makes a row one row, how it is remembered; rows on their
way in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from analytics.values import Program

Cell = str | int | date | datetime | Decimal | bool | None
Row = tuple[Cell, ...]


class CellType(Enum):
    """What a cell holds, and so how its text is read."""

    TEXT = "text"
    COUNT = "count"
    DAY = "day"
    TENANT = "tenant"
    """A customer's GUID, kept in lower case."""
    CODE = "code"
    """A product's, service's or workload's code, kept in lower case: endpoints differ in case."""
    DATE = "date"
    """Any day, in the future too; the source's year 1 means none."""
    MOMENT = "moment"
    """An instant in UTC; more than microseconds are cut off."""
    NUMBER = "number"
    """A decimal as exact as the source wrote it, up to 18 places."""
    FLAG = "flag"
    MONTH = "month"
    """A calendar month, as its first day."""


class Memory(Enum):
    """What becomes of a dataset's old rows when new ones come."""

    KEYED = "keyed"
    """Rows are added; of a key the last row wins. Nothing is forgotten."""
    SPANS = "spans"
    """The source tells what is now. Rows have `since` and `until` beside their columns: the days
    they were first seen on, and first missed on (NULL while they stand). A complete fetch of a part
    ends what it does not list.
    """
    REPLACED = "replaced"
    """A part that comes takes the place of the same part before: its rows have no key."""


class Secrecy(Enum):
    """Who may not see a column though they see the customer (domain 11.9)."""

    OPEN = "open"
    MONEY = "money"
    PERSON = "person"


EVERYONE = frozenset(Program)
WITH_API = EVERYONE - {Program.INDIRECT_RESELLER}
"""Programmes that Partner Center's API is offered to (domain 5)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: our name, the source's field, what it means, other spellings of its heading."""

    name: str
    field: str
    kind: CellType
    meaning: str
    aliases: tuple[str, ...] = ()
    key: bool = False
    """Whether it is part of what makes a row one row."""
    optional: bool = False
    """Whether the source may leave it out; then it is NULL, where it is no text."""
    secrecy: Secrecy = Secrecy.OPEN
    per_cent: bool = False
    """Whether the source writes 45 for 0.45: we keep fractions."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table as one endpoint gives it."""

    name: str
    endpoint: str
    columns: tuple[Column, ...]
    memory: Memory = Memory.KEYED
    part: tuple[str, ...] = ()
    """Columns whose values name a part that is fetched whole; none: the dataset is one part."""
    programs: frozenset[Program] = WITH_API
    """Whom the endpoint is offered to."""
    downloads: frozenset[Program] = frozenset()
    """Who can download it from Partner Center's pages, to be imported."""
    keeping: bool = False
    """Whether rows older than SEATWISE_KEEP_MONTHS go; their age is that of the first column."""

    @property
    def key(self) -> tuple[int, ...]:
        """Positions of the columns that make a row one row."""
        return tuple(at for at, column in enumerate(self.columns) if column.key)

    def at(self, name: str) -> int:
        """The position of the column we call `name`; KeyError when there is none."""
        return {column.name: at for at, column in enumerate(self.columns)}[name]


@dataclass(frozen=True, slots=True)
class Batch:
    """Checked rows of one dataset, in its column order: counts are int, never negative."""

    dataset: Dataset
    rows: tuple[Row, ...]
    incomplete: Mapping[tuple[str, date], int] = field(default_factory=dict)
    """By (service, day): how many rows the source announced in all, where fewer came."""
    together: tuple[frozenset[tuple[str, date]], ...] = ()
    """The (service, day)s that one announcement is about; those in none are each alone."""
