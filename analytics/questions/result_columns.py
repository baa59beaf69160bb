"""Columns and rows of a result, as a file has them: every row, each cell of one kind."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from analytics.skus import Unit
from analytics.values import Secrecy, Share, Sight, Unknown

Cell = str | int | float | Decimal | bool | date | datetime | None
"""The content of one cell; None where it is not known, or there is nothing to tell."""


class CellKind(Enum):
    """The kind of every cell of a column."""

    TEXT = "text"
    """Words, which nothing may read as a number, a formula or a link."""
    COUNT = "count"
    """A whole number, without its unit."""
    SHARE = "share"
    """A fraction: 0.45 for 45 %."""
    AMOUNT = "amount"
    """A decimal amount; of money its currency stands in a column of its own."""
    DAY = "day"
    MOMENT = "moment"
    """An instant in UTC."""
    FLAG = "flag"
    """True or false."""


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column: the catalogue id of its heading, its kind, and how its cell is read from a row."""

    heading: str
    kind: CellKind
    value: Callable[[Any], object]
    secrecy: Secrecy = Secrecy.OPEN
    """MONEY or PERSON for a column that readers without that right do not get at all."""
    words: Callable[[str], str] | None = None
    """The catalogue id for a cell of a few fixed words; empty for one that is no such word."""

    def cell(self, row: object) -> Cell:
        """Return a row's cell: None for a figure that is not known, and for a share of nothing."""
        value = self.value(row)
        if isinstance(value, Unknown):
            return None
        if isinstance(value, Share):
            return value.value
        found: Cell = value.value if isinstance(value, Enum) else value  # type: ignore[assignment]  # a column gives nothing else
        return found


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The main table of a result: what a file of it holds."""

    columns: tuple[ResultColumn, ...]
    rows: Sequence[object]
    """All of them, in the order of the answer."""
    unit: Unit = Unit.PEOPLE
    """The unit of what counts seats elsewhere."""

    def visible(self, sight: Sight) -> "ResultTable":
        """Return the same table without the columns that a reader may not see."""
        kept = tuple(each for each in self.columns if each.secrecy not in sight.withheld)
        return ResultTable(kept, self.rows, self.unit)

    @property
    def secrets(self) -> frozenset[Secrecy]:
        """The kinds of secret columns among its columns."""
        return frozenset(each.secrecy for each in self.columns) - {Secrecy.OPEN}

    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells of each row, in the order of the columns."""
        for row in self.rows:
            yield tuple(column.cell(row) for column in self.columns)
