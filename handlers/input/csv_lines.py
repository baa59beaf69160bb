"""The lines and columns of a CSV that people edit in a spreadsheet."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from handlers.input.fold import fold
from handlers.input.rights_row import CellFault


def csv_text(raw: bytes) -> str:
    """Return the text of a file in UTF-8. Raises CellFault for another."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CellFault("rights-file-not-utf8", line=line) from None


def csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
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


def csv_columns(cells: list[str], columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    """Return those of these columns that the first line names, in its order. Raises CellFault, also
    where one of the `needed` is missing.
    """
    known = ", ".join(columns)
    if not cells:
        raise CellFault("rights-file-empty", columns=known)
    while not cells[-1].strip():
        cells = cells[:-1]
    names = [fold(cell.strip()).replace(" ", "_").replace("-", "_") for cell in cells]
    unknown = [
        cell.strip() or "–" for name, cell in zip(names, cells, strict=True) if name not in columns
    ]
    twice = [name for name, count in Counter(names).items() if count > 1]
    missing = [name for name in needed if name not in names]
    for sentence, wrong in (
        ("rights-file-column", unknown),
        ("rights-file-column-twice", twice),
        ("rights-file-column-missing", missing),
    ):
        if wrong:
            raise CellFault(sentence, column=", ".join(wrong), columns=known)
    return names
