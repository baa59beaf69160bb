"""What was read in a file, in a few values: for reports to people and other processes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from analytics.sources.files.downloads import Download, left_out_by_file
from analytics.sources.files.numerals import COMMA
from analytics.tables import CellType, Dataset

NAMED = 12
"""Rows listed for a reason; any further ones are only counted."""

_DAYS = (CellType.DAY, CellType.MOMENT, CellType.MONTH)


@dataclass(frozen=True, slots=True)
class NamedRows:
    """Rows of a file that were left out or remarked on, and why."""

    why: str
    """As LeftOut.reason or Remark.what has it."""
    count: int
    rows: tuple[int, ...]
    """The numbers of the first NAMED rows."""


@dataclass(frozen=True, slots=True)
class FileSummary:
    """One file after it was read."""

    file: str
    dataset: str
    """The dataset's name."""
    read: int
    kept: int
    days: tuple[date, date] | None
    """The first and the last day that its rows are of; None for rows that name none."""
    comma: bool
    """True if its numbers were read with a decimal comma."""
    orders: tuple[tuple[str, str], ...]
    """The source's field and the order, `mdy` or `dmy`, of columns with short days."""
    remarks: tuple[NamedRows, ...]
    left_out: tuple[NamedRows, ...]


def file_summaries(downloads: Sequence[Download]) -> tuple[FileSummary, ...]:
    """Return a summary of each file, rows that another file replaces left out."""
    left_out = left_out_by_file(downloads)
    return tuple(
        FileSummary(
            each.file,
            each.batch.dataset.name,
            each.read,
            each.read - sum(len(left.rows) for left in lost),
            _days(each),
            each.notation.mark == COMMA,
            _orders(each),
            tuple(_first_rows(remark.what, remark.rows) for remark in each.remarks),
            tuple(_first_rows(left.reason, left.rows) for left in lost),
        )
        for each, lost in zip(downloads, left_out, strict=True)
    )


def _first_rows(why: str, rows: Sequence[int]) -> NamedRows:
    return NamedRows(why, len(rows), tuple(rows[:NAMED]))


def _orders(download: Download) -> tuple[tuple[str, str], ...]:
    fields = {column.name: column.field for column in download.batch.dataset.columns}
    return tuple((fields[name], order) for name, order in download.notation.orders.items())


def _days(download: Download) -> tuple[date, date] | None:
    """Return the first and last day of the column that dates the rows, if the dataset has one."""
    at = _dated_by(download.batch.dataset)
    found = set(_as_days(row[at] for row in download.batch.rows)) if at is not None else set()
    return (min(found), max(found)) if found else None


def _dated_by(dataset: Dataset) -> int | None:
    """Return the position of the column that dates a row: the first, or none."""
    return 0 if dataset.columns[0].kind in _DAYS else None


def _as_days(cells: Iterable[object]) -> Iterable[date]:
    for cell in cells:
        if isinstance(cell, datetime):
            yield cell.date()
        elif isinstance(cell, date):
            yield cell
