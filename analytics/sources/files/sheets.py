"""CSV and TSV: from text to the cells of one dataset, each row with its line number."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from analytics.sources.files.bad_file import BadFile, FileLimits, cell_excerpt
from analytics.sources.files.headings import KNOWN, FileLayout, is_heading_row, place, plain
from analytics.sources.files.page_links import NO_LINKS, PageLinks
from analytics.sources.files.portal import BESIDE, needed_columns, record_with_id, with_details
from analytics.sources.files.row_kinds import NOTE, RowKind, begins_notes, row_kinds, says_total
from analytics.tables import AUDIT, Dataset

_DELIMITERS = ",;\t"
_SEP = re.compile(r"\"?sep=([,;\t])\"?\s*$", re.IGNORECASE)
"""The first line by which Excel declares the delimiter; it is no row."""
_TITLES = 10
"""Most lines of text above the headings."""
_TITLE_CELLS = 3
"""Most cells that commas make of such a line."""
_TYPE = ("#TYPE ", '"#TYPE ')
"""The first line by which PowerShell's Export-Csv names the type of its objects."""


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
    notes: tuple[int, ...] = ()
    """Numbers of the lines around the table: titles, and the filters that a report was made by."""
    totals: tuple[int, ...] = ()
    """Numbers of the last rows, if they are sums of the others."""


@dataclass(frozen=True, slots=True)
class _RawTable:
    """A table's heading and the lines below it."""

    file: str
    headings: list[str]
    delimiter: str
    lines: io.StringIO
    line: int
    """Line number of the heading."""
    titles: tuple[int, ...] = ()
    """Numbers of the lines of text above it."""


def read_sheet(file: str, text: str, limits: FileLimits, dataset: Dataset | None = None) -> Sheet:
    """Return the sheet that a CSV or TSV holds: of `dataset`, else of the one that its headings
    tell. Raises BadFile if it is none, ragged or cut off.
    """
    table = _open_table(file, text)
    if len(table.headings) > limits.columns:
        raise BadFile("import-too-many-columns", file, limit=limits.columns)
    found = place(file, table.line, table.headings, dataset)
    for column in found.missing_columns:
        if column in needed_columns(found.dataset):
            raise BadFile("import-missing-column", file, row=table.line, column=column.field)
    return _read_rows(table, found, limits)


def _read_rows(table: _RawTable, found: FileLayout, limits: FileLimits) -> Sheet:
    pick, kind_of = _picker(found, table.headings), row_kinds(found)
    rows: list[tuple[object, ...]] = []
    lines: dict[RowKind, list[int]] = {kind: [] for kind in RowKind}
    lines[RowKind.NOTE].extend(table.titles)
    data, totals = RowKind.DATA, lines[RowKind.TOTAL]
    numbers = lines[data]
    for number, row in _rows(table):  # of hundreds of thousands: each look-up counts
        kind = kind_of(row)
        if kind is not data:
            lines[kind].append(number)
            continue
        if totals:
            raise BadFile("import-total-row", table.file, row=totals[0])
        if len(rows) == limits.rows:
            raise BadFile("import-too-many-rows", table.file, limit=limits.rows)
        rows.append(pick(row))
        numbers.append(number)
    return Sheet(
        found.dataset,
        rows,
        lines[RowKind.DATA],
        blank=tuple(lines[RowKind.BLANK]),
        delimiter=table.delimiter,
        notes=tuple(lines[RowKind.NOTE]),
        totals=tuple(lines[RowKind.TOTAL]),
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
    """Find the heading, which a few lines of text may stand above."""
    lines, forced, titles = io.StringIO(text, newline=""), "", list[_RawTable]()
    for number, line in enumerate(lines, start=1):
        if said := _SEP.match(line):
            forced = said[1]
        elif line.strip() and not line.startswith(_TYPE):
            delimiter = forced or max(
                _DELIMITERS, key=lambda mark: _known_heading_count(line, mark)
            )
            above = tuple(each.line for each in titles)
            cells = _line_cells(line, delimiter)
            table = _RawTable(file, cells, delimiter, lines, number, above)
            wide = len(list(filter(None, cells))) > _TITLE_CELLS
            if wide or len(titles) == _TITLES or is_heading_row(cells):
                return table
            titles.append(table)
    if titles:
        return titles[0]
    raise BadFile("import-empty", file)


def _known_heading_count(line: str, delimiter: str) -> int:
    return sum(plain(cell) in KNOWN for cell in _line_cells(line, delimiter))


def _line_cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []  # no heading of ours: it will not be recognised


def _rows(table: _RawTable) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its first line; a quoted cell may span several lines. What
    stands below the table comes as rows of one cell.
    """
    reader = csv.reader(table.lines, delimiter=table.delimiter, strict=True)
    width, number, gap = len(table.headings), table.line + 1, False
    try:
        for row in reader:
            odd = len(row) != width
            if (odd or gap or not row[1]) and begins_notes(row, after_gap=gap):
                yield from _notes(table, reader, number, row)
                return
            if odd and row:
                _fit(table, number, row)
            yield number, row
            gap = not row or not (row[0] or "".join(row).strip())
            number = table.line + reader.line_num + 1
    except csv.Error as error:
        raise _sheet_fault(table.file, number, str(error)) from error


def _notes(
    table: _RawTable, reader: Iterator[list[str]], number: int, row: list[str]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the table as notes. Raises BadFile if data follow them."""
    yield number, [NOTE]
    for offset, below in enumerate(reader, start=1):
        if len(list(filter(None, below))) > max(1, len(table.headings) // 2):
            raise BadFile("import-note-between", table.file, row=number, found=cell_excerpt(row[0]))
        if "".join(below).strip():
            yield number + offset, [NOTE]


def _fit(table: _RawTable, number: int, row: list[str]) -> None:
    """Accept blank rows, empty surplus cells, and short sums, which are filled up. Raises BadFile
    for any other odd width.
    """
    width = len(table.headings)
    if not "".join(row[width:] if len(row) > width else row).strip():
        return
    if len(row) < width and says_total(row):
        row.extend([""] * (width - len(row)))
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
