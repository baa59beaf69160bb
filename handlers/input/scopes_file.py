"""A file of scopes, as CSV: read whole, and all that is wrong with it told at once."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from analytics.folded_text import folded_text
from analytics.sources.formula_cells import original_text
from handlers.chat.group_refusals import BadGroupName
from handlers.input.csv_lines import csv_columns, csv_lines, csv_text
from handlers.input.fold import fold
from handlers.input.group_order import check_group_name
from handlers.input.languages import MIXED
from handlers.input.rights_row import CellFault

SCOPE_COLUMNS = ("scope", "customers")
"""Columns of a file of scopes, in the order in which they are written."""
T = TypeVar("T")
_BETWEEN = str.maketrans(";", "|")


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A line of a file of scopes: all the customers that a scope is to hold, as typed."""

    line: int
    name: str
    customers: tuple[str, ...]


@dataclass(slots=True)
class ScopesSheet:
    """The rows of a file that can be read, and the faults of the others."""

    rows: list[ScopeRow] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


def read_scopes(raw: bytes) -> ScopesSheet:
    """Read the bytes of a CSV with the columns `scope` and `customers`; `none` is a scope without
    customers. Never raises for anything in the file.
    """
    sheet = ScopesSheet()
    before = csv.field_size_limit(len(raw) + 1)  # a scope may hold thousands of customers
    try:
        _read(csv_text(raw), sheet)
    except CellFault as fault:
        sheet.faults.append(fault)
    finally:
        csv.field_size_limit(before)
    return sheet


def _read(text: str, sheet: ScopesSheet) -> None:
    """Read the lines into the sheet. Raises CellFault where no further line can be read."""
    lines = ((line, cells) for line, cells in csv_lines(text) if any(map(str.strip, cells)))
    columns = csv_columns(next(lines, (0, []))[1], SCOPE_COLUMNS, SCOPE_COLUMNS)
    first: dict[str, int] = {}
    for line, cells in lines:
        try:
            row = _row(line, columns, cells)
        except CellFault as fault:
            sheet.faults.append(fault)
            continue
        if folded_text(row.name) in first:
            twice = CellFault("scopes-file-twice", first=first[folded_text(row.name)])
            sheet.faults.append(twice.at(line, "scope", row.name))
        first.setdefault(folded_text(row.name), line)
        sheet.rows.append(row)


def _row(line: int, columns: list[str], cells: list[str]) -> ScopeRow:
    if any(cell.strip() for cell in cells[len(columns) :]) or len(cells) < len(columns):
        found, expected = len(cells), len(columns)
        raise CellFault("rights-file-ragged", line, found=found, expected=expected)
    named = dict(zip(columns, map(original_text, cells), strict=False))
    return ScopeRow(
        line,
        _cell(line, "scope", named["scope"].strip(), _name),
        _cell(line, "customers", named["customers"], _customers),
    )


def _cell(line: int, column: str, text: str, read: Callable[[str], T]) -> T:
    try:
        return read(text)
    except CellFault as fault:
        raise fault.at(line, column, text or "–") from None


def _name(text: str) -> str:
    try:
        check_group_name(text)
    except BadGroupName:
        raise CellFault("scopes-file-name") from None
    return text


def _customers(text: str) -> tuple[str, ...]:
    """Return the names and ids between the separators; an empty cell is never taken for none."""
    if fold(text.strip()) in MIXED.grants.none:
        return ()
    parts = text.translate(_BETWEEN).split("|")
    names = tuple(part.strip() for part in parts if part.strip())
    if not names:
        raise CellFault("scopes-file-customers")
    return names
