"""A table on its way into a file, and what is known of the file once it is written."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import cast

from analytics.questions.result_columns import Cell, CellKind

DELIMITER = ","
"""Between the cells of the lines that the data's hash is made from."""


@dataclass(frozen=True, slots=True)
class DataSheet:
    """Headings, the kind of each column, and rows of as many cells; the rows are read once."""

    title: str
    headings: tuple[str, ...]
    kinds: tuple[CellKind, ...]
    rows: Iterable[tuple[Cell, ...]]


@dataclass(slots=True)
class DataHash:
    """The number of rows written, and the hash of their cells: SHA-256 of the lines that a CSV with
    commas has below its heading. It is the same whatever the file's form.
    """

    rows: int = 0
    _hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def lines(self, sheet: DataSheet) -> Iterator[tuple[tuple[Cell, ...], list[str]]]:
        """Yield each row with its cells as a CSV writes them, and count it."""
        writers = [csv_cell(kind) for kind in sheet.kinds]
        for row in sheet.rows:
            texts = [write(cell) for write, cell in zip(writers, row, strict=True)]
            self._hash.update(f"{DELIMITER.join(texts)}\r\n".encode("utf-8", "replace"))
            self.rows += 1
            yield row, texts

    @property
    def sha256(self) -> str:
        """The hash so far, in hexadecimal digits."""
        return self._hash.hexdigest()


_TRIGGERS = (*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20")
"""Beginnings of a text that a spreadsheet may run as a formula; the last four are full width."""


def without_formula(text: str) -> str:
    """Return a text that no spreadsheet runs: with an apostrophe before what begins like a formula,
    blanks and invisible characters aside.

    >>> without_formula("=1+1"), without_formula("Contoso - North"), without_formula(" @cmd")
    ("'=1+1", 'Contoso - North', "' @cmd")
    """
    if not text or text[0].isalnum():
        return text
    shown = text.lstrip(" \u00a0\u200b\u200c\u200d\u2060\ufeff\x00")
    return f"'{text}" if shown.startswith(_TRIGGERS) else text


def csv_text(text: str) -> str:
    """Return a text as a cell of a CSV, in quotes whatever it holds."""
    return '"' + without_formula(text).replace('"', '""') + '"'


def csv_cell(kind: CellKind) -> Callable[[Cell], str]:
    """Return the function that writes the cells of a column: numbers with a decimal point, days by
    ISO 8601, moments in UTC, nothing for what is not known.
    """
    return _CELLS[kind]


def _text(cell: Cell) -> str:
    return "" if cell is None or cell == "" else csv_text(str(cell))


def _number(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return "" if cell is None else repr(cell)


def _day(cell: Cell) -> str:
    return "" if cell is None else cast("date", cell).isoformat()


def _moment(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{in_utc(cast('datetime', cell)).isoformat(timespec='milliseconds')}Z"


def _flag(cell: Cell) -> str:
    return "" if cell is None else ("true" if cell else "false")


_CELLS: dict[CellKind, Callable[[Cell], str]] = {
    CellKind.TEXT: _text,
    CellKind.COUNT: _number,
    CellKind.SHARE: _number,
    CellKind.AMOUNT: _number,
    CellKind.DAY: _day,
    CellKind.MOMENT: _moment,
    CellKind.FLAG: _flag,
}


def in_utc(moment: datetime) -> datetime:
    """Return an instant in UTC without its zone; one without a zone is in UTC already."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
