"""Conversion of a file's cells to checked values: one bad cell refuses the whole file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.sources.files.bad_file import BadCell, BadFile, FileLimits, cell_excerpt
from analytics.sources.files.cell_types import Rule, rule
from analytics.sources.files.notation import Notation
from analytics.sources.files.sheets import Sheet
from analytics.tables import Cell, Dataset, Row

_CODES_FROM_NAMES = {"service": "service_name", "workload": "workload_name"}
"""Columns whose code may come from a name: most workloads' codes are unpublished, so names do.
"""
_NAMES_FROM_CODES = {
    "service_name": "service",
    "customer": "tenant",
    "product_name": "product",
    "workload_name": "workload",
}


@dataclass(frozen=True, slots=True)
class _BadColumn:
    """The first bad cell of a column."""

    index: int
    field: str
    problem: str
    found: object


def checked_rows(
    file: str, sheet: Sheet, today: date, limits: FileLimits, written: Notation | None = None
) -> list[Row]:
    """Return the values of every row in the dataset's column order. Raises BadFile for the first
    bad cell. `written` is a file's notation; None for an answer, which has one.

    Days stay as the source wrote them, without a move between time zones. An empty name becomes its
    code, or the tenant's GUID.
    """
    columns = _with_codes(sheet.dataset, list(zip(*sheet.rows, strict=True)))
    done: dict[str, list[Cell]] = {}
    troubles = []
    for column, cells in zip(sheet.dataset.columns, columns, strict=True):
        values, trouble = _column(column.field, cells, rule(column, today, limits.cell, written))
        done[column.name] = values
        if trouble:
            troubles.append(trouble)
    if troubles:
        raise _refusal(file, sheet, min(troubles, key=lambda each: each.index))
    for name, code in _NAMES_FROM_CODES.items():
        if code in done and "" in done.get(name, ()):
            done[name] = [a or b or "" for a, b in zip(done[name], done[code], strict=True)]
    return list(zip(*done.values(), strict=True))


def _refusal(file: str, sheet: Sheet, trouble: _BadColumn) -> BadFile:
    values = {"row": sheet.numbers[trouble.index], "column": trouble.field}
    return BadFile(trouble.problem, file, **values, found=cell_excerpt(trouble.found))


def _with_codes(dataset: Dataset, columns: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    for code, name in _CODES_FROM_NAMES.items():
        if {code, name} <= {column.name for column in dataset.columns}:
            at = dataset.at(code)
            pairs = zip(columns[at], columns[dataset.at(name)], strict=True)
            columns[at] = tuple(a if a not in (None, "") else b for a, b in pairs)
    return columns


def _column(field: str, cells: Sequence[object], its: Rule) -> tuple[list[Cell], _BadColumn | None]:
    """Return a column's values, or its first bad cell. Each distinct cell is read once, because
    cells such as days repeat in every row.
    """
    known: dict[object, Cell] = {}
    bad: dict[object, str] = {}
    for cell in {cell for cell in cells if type(cell) in its.types}:
        try:
            known[cell] = its.read(cell)
        except BadCell as refused:
            bad[cell] = str(refused)
    if not bad and set(map(type, cells)) <= its.types:
        return [known[cell] for cell in cells], None
    for index, cell in enumerate(cells):
        if type(cell) not in its.types:
            return [], _BadColumn(index, field, its.problem, cell)
        if cell in bad:
            return [], _BadColumn(index, field, bad[cell], cell)
    raise AssertionError(field)
