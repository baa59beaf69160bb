"""CSV and TSV: from text to the cells of one dataset, each row with its line number."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from analytics.sources.files.bad_file import BadFile, FileLimits, cell_excerpt
from analytics.sources.files.headings import KNOWN, FileLayout, place, plain
from analytics.sources.files.page_links import NO_LINKS, PageLinks
from analytics.sources.files.portal import BESIDE, needed_columns, record_with_id, with_details
from analytics.tables import AUDIT, Dataset

_DELIMITERS = ",;\t"
_SEP = re.compile(r"sep=([,;\t])\s*$", re.IGNORECASE)
"""The first line by which Excel declares the delimiter; it is no row."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One reply of the source: rows[start:stop], and the total of rows it announced."""

    start: int
    stop: int
    total: int | None
    links: PageLinks = NO_LINKS


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's rows: cells in the dataset's column order, not yet converted."""

    dataset: Dataset
    rows: list[tuple[object, ...]]
    numbers: list[int]
    """For each row: its line in a CSV, its item number in JSON."""
    blank: tuple[int, ...] = ()
    """Numbers of the rows whose cells are all empty."""
    pages: tuple[SourcePage, ...] = ()
    delimiter: str = ""
    """What parts a table's cells; empty for JSON."""


@dataclass(frozen=True, slots=True)
class _RawTable:
    """A table's heading and the lines below it."""

    file: str
    headings: list[str]
    delimiter: str
    lines: io.StringIO
    line: int
    """Line number of the heading."""


def read_sheet(file: str, text: str, limits: FileLimits) -> Sheet:
    """Return the sheet that a CSV or TSV holds. Raises BadFile if it is none, ragged or cut off."""
    table = _open_table(file, text)
    if len(table.headings) > limits.columns:
        raise BadFile("import-too-many-columns", file, limit=limits.columns)
    found = place(file, table.line, table.headings)
    for column in found.missing_columns:
        if column in needed_columns(found.dataset):
            raise BadFile("import-missing-column", file, row=table.line, column=column.field)
    pick = _picker(found, table.headings)
    sheet = Sheet(found.dataset, [], [])
    blank = []
    for number, row in _rows(table):
        if not "".join(row).strip():
            blank.append(number)
            continue
        if len(sheet.rows) == limits.rows:
            raise BadFile("import-too-many-rows", file, limit=limits.rows)
        sheet.rows.append(pick(row))
        sheet.numbers.append(number)
    return Sheet(
        found.dataset, sheet.rows, sheet.numbers, blank=tuple(blank), delimiter=table.delimiter
    )


def _picker(found: FileLayout, headings: list[str]) -> Callable[[list[str]], tuple[object, ...]]:
    """Return a function that puts a row's cells in the dataset's order, None for absent columns."""
    absent = len(headings)
    whole = itemgetter(*(absent if at is None else at for at in found.where))

    def cells(row: list[str]) -> tuple[object, ...]:
        return whole([*row, None])  # type: ignore[no-any-return]  # a getter of many gives a tuple

    if found.dataset is not AUDIT:
        return cells if found.missing_columns else whole
    beside = [at for at, heading in enumerate(headings) if plain(heading) in BESIDE]
    names = [headings[at] for at in beside]

    def record(row: list[str]) -> tuple[object, ...]:
        return record_with_id(with_details(cells(row), names, [row[at] for at in beside]))

    return record


def _open_table(file: str, text: str) -> _RawTable:
    lines = io.StringIO(text, newline="")
    forced = ""
    for number, line in enumerate(lines, start=1):
        if said := _SEP.match(line):
            forced = said[1]
        elif line.strip():
            delimiter = forced or max(
                _DELIMITERS, key=lambda mark: _known_heading_count(line, mark)
            )
            return _RawTable(file, _line_cells(line, delimiter), delimiter, lines, number)
    raise BadFile("import-empty", file)


def _known_heading_count(line: str, delimiter: str) -> int:
    return sum(plain(cell) in KNOWN for cell in _line_cells(line, delimiter))


def _line_cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []  # no heading of ours: it will not be recognised


def _rows(table: _RawTable) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its first line; a quoted cell may span several lines."""
    reader = csv.reader(table.lines, delimiter=table.delimiter, strict=True)
    width, number = len(table.headings), table.line + 1
    try:
        for row in reader:
            if len(row) != width and row:
                _fit(table, number, row)
            yield number, row
            number = table.line + reader.line_num + 1
    except csv.Error as error:
        raise _sheet_fault(table.file, number, str(error)) from error


def _fit(table: _RawTable, number: int, row: list[str]) -> None:
    """Accept blank rows and empty surplus cells. Raises BadFile for any other odd width."""
    width = len(table.headings)
    if not "".join(row[width:] if len(row) > width else row).strip():
        return
    if len(row) < width and not table.lines.read().strip():
        raise BadFile("import-half", table.file, row=number)
    raise BadFile("import-ragged", table.file, row=number, found=len(row), expected=width)


def _sheet_fault(file: str, number: int, error: str) -> BadFile:
    if "field larger" in error:
        return BadFile("import-cell-too-long", file, row=number)
    if "unexpected end" in error:
        return BadFile("import-half", file, row=number)
    return BadFile("import-ragged-quotes", file, row=number, found=cell_excerpt(error))
