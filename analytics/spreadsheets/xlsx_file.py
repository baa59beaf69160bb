"""A table as XLSX, written row by row: the only home of XlsxWriter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from analytics.questions.result_columns import Cell, CellKind
from analytics.spreadsheets.sheet import DataHash, DataSheet, in_utc

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = {CellKind.TEXT: 28, CellKind.MOMENT: 20}
_WIDTH = 14
_ABOUT_WIDTHS = (28, 100)


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """The formats that differ by language, and the moment that the file tells as its creation."""

    day: str
    """The number format of days, such as `dd/mm/yyyy`."""
    about: str
    """The title of the second sheet."""
    made: datetime


class CellLost(Exception):
    """A cell that a sheet cannot hold: the file would be without it."""


_Write = Callable[[int, int, Cell], int]
AboutLines = Callable[[DataHash], Sequence[tuple[str, str]]]
"""Makes the lines of the second sheet, once the rows and their hash are known."""


def write_xlsx(path: Path, sheet: DataSheet, about: AboutLines, style: SheetStyle) -> DataHash:
    """Write the sheet and a second one that says what it is into an existing file; return the
    number of rows and the data's hash. Raises CellLost for a text of more than 32,767 characters,
    and OSError.
    """
    data = DataHash()
    with Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)}) as book:
        book.set_properties({"created": in_utc(style.made)})
        _write_data(book, sheet, data, style)
        _write_about(book, about(data), style)
    return data


def _write_data(book: Workbook, sheet: DataSheet, data: DataHash, style: SheetStyle) -> None:
    page: Worksheet = book.add_worksheet(sheet.title)
    page.freeze_panes(1, 0)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for at, (heading, kind) in enumerate(zip(sheet.headings, sheet.kinds, strict=True)):
        page.set_column(at, at, _WIDTHS.get(kind, _WIDTH))
        _check(page.write_string(0, at, heading, bold))
    writers = _cell_writers(book, page, sheet.kinds, style)
    for number, (row, _) in enumerate(data.lines(sheet), start=1):
        for at, (write, cell) in enumerate(zip(writers, row, strict=True)):
            if cell is not None and cell != "":
                _check(write(number, at, cell))


def _write_about(book: Workbook, lines: Sequence[tuple[str, str]], style: SheetStyle) -> None:
    page: Worksheet = book.add_worksheet(style.about)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, width in enumerate(_ABOUT_WIDTHS):
        page.set_column(at, at, width)
    for number, (label, said) in enumerate(lines):
        _check(page.write_string(number, 0, label, bold))
        _check(page.write_string(number, 1, said, wrapped))


def _cell_writers(
    book: Workbook, page: Worksheet, kinds: Sequence[CellKind], style: SheetStyle
) -> list[_Write]:
    """Return the function that writes a cell of each column, with its number format."""
    forms = {
        CellKind.COUNT: "#,##0",
        CellKind.SHARE: "0.0%",
        CellKind.AMOUNT: "#,##0.00",
        CellKind.DAY: style.day,
        CellKind.MOMENT: f"{style.day} hh:mm:ss",
    }
    made = {kind: book.add_format({"num_format": form}) for kind, form in forms.items()}
    return [_cell_writer(page, kind, made.get(kind)) for kind in kinds]


def _cell_writer(page: Worksheet, kind: CellKind, look: Any) -> _Write:
    match kind:
        case CellKind.TEXT:
            return lambda row, at, cell: int(page.write_string(row, at, str(cell)))
        case CellKind.FLAG:
            return lambda row, at, cell: int(page.write_boolean(row, at, bool(cell)))
        case CellKind.DAY:
            return lambda row, at, cell: int(page.write_datetime(row, at, _plain(cell), look))
        case CellKind.MOMENT:
            return lambda row, at, cell: int(
                page.write_datetime(row, at, in_utc(cell), look)  # type: ignore[arg-type]  # the kind says so
            )
        case _:
            return lambda row, at, cell: int(page.write_number(row, at, _plain(cell), look))


def _plain(cell: Cell) -> Any:
    """Return a cell as the library takes it: it knows no decimals."""
    return float(cell) if isinstance(cell, Decimal) else cell


def _check(code: int) -> None:
    if code != 0:
        raise CellLost(code)
