"""Reading of a report's file as checked rows, piece by piece: it may be larger than memory."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from analytics.sources.files.bad_file import LIMITS, BadFile
from analytics.sources.files.cells import checked_rows
from analytics.sources.files.headings import place
from analytics.sources.files.percent_or_fraction import as_fractions
from analytics.sources.files.sheets import Sheet
from analytics.sources.partner_center.trouble import Nonsense
from analytics.tables import CellType, Dataset, Row

AT_ONCE = 20_000
"""Rows of a piece."""
_AMERICAN = re.compile(
    r"\A\s*(\d{1,2})/(\d{1,2})/(\d{4})(?: \d{1,2}:\d\d(:\d\d)?( [AP]M)?)?\s*\Z", re.ASCII
)


def pieces(dataset: Dataset, file: Path, today: date) -> Iterator[list[Row]]:
    """Yield the file's rows. Raises Nonsense if it is no CSV of the dataset; the caller must then
    discard the rows already yielded.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            headings = next(reader, [])
            where = place("", 1, headings, dataset).where
            while lines := list(islice(reader, AT_ONCE)):
                yield _rows(dataset, [_cells(line, where, len(headings)) for line in lines], today)
    except BadFile as bad:
        field = str(bad.values.get("column", "–"))
        raise Nonsense("sync-why-cell", field=field) from bad
    except (csv.Error, UnicodeDecodeError) as error:
        raise Nonsense("sync-why-cut-off") from error


def _cells(line: list[str], where: tuple[int | None, ...], width: int) -> tuple[object, ...]:
    if len(line) != width:
        raise Nonsense("sync-why-cut-off")
    return tuple(None if at is None else line[at] for at in where)


def _unamerican(dataset: Dataset, row: tuple[object, ...]) -> tuple[object, ...]:
    """Return the row with days as 2026-09-15. The source writes them in American order, and no
    spreadsheet has changed this file.
    """
    pairs = zip(dataset.columns, row, strict=True)
    return tuple(
        _AMERICAN.sub(_iso, cell)
        if column.kind is CellType.DATE and isinstance(cell, str)
        else cell
        for column, cell in pairs
    )


def _iso(found: re.Match[str]) -> str:
    return f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}"


def _rows(dataset: Dataset, cells: list[tuple[object, ...]], today: date) -> list[Row]:
    cells = [_unamerican(dataset, row) for row in cells]
    rows = checked_rows("", Sheet(dataset, cells, list(range(len(cells)))), today, LIMITS)
    return as_fractions("", dataset, rows)
