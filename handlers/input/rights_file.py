"""A file of rights, as CSV: read whole, and all that is wrong with it told at once."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from analytics.sources.formula_cells import original_text
from handlers.chat.asking import UserRef
from handlers.chat.rights_plan import COLUMNS, NEEDED
from handlers.input.fold import fold
from handlers.input.rights_row import CellFault, RightsRow, read_row


@dataclass(slots=True)
class RightsSheet:
    """The rows of a file that can be read, and the faults of the others."""

    rows: list[RightsRow] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


def read_rights(raw: bytes, now: datetime) -> RightsSheet:
    """Read the bytes of a CSV: UTF-8, its cells parted by `,` or `;`, its columns named in the
    first line. Wrong columns are the file's only fault, quotes that do not match its last. Never
    raises for anything in the file.
    """
    sheet = RightsSheet()
    before = csv.field_size_limit(len(raw) + 1)  # a right may name thousands of customers
    try:
        _read(_text(raw), now, sheet)
    except CellFault as fault:
        sheet.faults.append(fault)
    finally:
        csv.field_size_limit(before)
    sheet.faults += _twice(sheet.rows)
    return sheet


def _read(text: str, now: datetime, sheet: RightsSheet) -> None:
    """Read the lines into the sheet. Raises CellFault where no further line can be read."""
    lines = ((line, cells) for line, cells in _lines(text) if any(map(str.strip, cells)))
    columns = _columns(next(lines, (0, []))[1])
    for line, cells in lines:
        wide = any(cell.strip() for cell in cells[len(columns) :])
        if wide or len(cells) < len(columns):  # a line cut short never means all customers
            found, expected = len(cells), len(columns)
            fault = CellFault("rights-file-ragged", line, found=found, expected=expected)
            sheet.faults.append(fault)
            continue
        named = dict(zip(columns, map(original_text, cells), strict=False))
        row, faults = read_row(line, named, now)
        sheet.faults += faults
        sheet.rows += [row] if row else []


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CellFault("rights-file-not-utf8", line=line) from None


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line, with its number; a quoted cell may span several lines. Raises
    CellFault for quotes that do not match.
    """
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    delimiter = max(",;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise CellFault("rights-file-quotes", line=line) from None


def _columns(cells: list[str]) -> list[str]:
    """Return the columns that the first line names, in its order. Raises CellFault."""
    known = ", ".join(COLUMNS)
    if not cells:
        raise CellFault("rights-file-empty", columns=known)
    while not cells[-1].strip():
        cells = cells[:-1]
    names = [fold(cell.strip()).replace(" ", "_").replace("-", "_") for cell in cells]
    unknown = [
        cell.strip() or "–" for name, cell in zip(names, cells, strict=True) if name not in COLUMNS
    ]
    twice = [name for name, count in Counter(names).items() if count > 1]
    missing = [name for name in NEEDED if name not in names]
    for sentence, wrong in (
        ("rights-file-column", unknown),
        ("rights-file-column-twice", twice),
        ("rights-file-column-missing", missing),
    ):
        if wrong:
            raise CellFault(sentence, column=", ".join(wrong), columns=known)
    return names


def _twice(rows: list[RightsRow]) -> list[CellFault]:
    """Return a fault for each row whose person stands in an earlier one."""
    first: dict[UserRef, int] = {}
    for row in rows:
        first.setdefault(row.person, row.line)
    again = [row for row in rows if first[row.person] != row.line]
    return [
        CellFault("rights-file-twice", first=first[row.person]).at(
            row.line, "person", str(row.person)
        )
        for row in again
    ]
