"""A file of rights, as CSV: read whole, and all that is wrong with it told at once."""

import csv
from dataclasses import dataclass, field
from datetime import datetime

from analytics.sources.formula_cells import original_text
from handlers.chat.asking import UserRef
from handlers.chat.rights_plan import COLUMNS, NEEDED
from handlers.input.csv_lines import csv_columns, csv_lines, csv_text
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
        _read(csv_text(raw), now, sheet)
    except CellFault as fault:
        sheet.faults.append(fault)
    finally:
        csv.field_size_limit(before)
    sheet.faults += _twice(sheet.rows)
    return sheet


def _read(text: str, now: datetime, sheet: RightsSheet) -> None:
    """Read the lines into the sheet. Raises CellFault where no further line can be read."""
    lines = ((line, cells) for line, cells in csv_lines(text) if any(map(str.strip, cells)))
    columns = csv_columns(next(lines, (0, []))[1], COLUMNS, NEEDED)
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
