"""From a file's cells to checked values: one bad cell refuses the whole file."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.sources.bad_file import BadFile, Limits, shown
from analytics.sources.sheets import Sheet
from analytics.tables import Cell, Dataset, Kind, Row
from analytics.values import tenant_id

_OLDEST = date(2015, 1, 1)
"""The programme's licence reports are younger; an earlier day is a mistake."""
_MOST = 1_000_000_000
"""Seats in one row; free products come with a million."""
_CODE = 100
_DAY = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[T ][0-2]\d:[0-5]\d(?::[0-6]\d(?:\.\d{1,9})?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
_CODES_FROM_NAMES = {"service": "service_name", "workload": "workload_name"}
"""Most workloads' codes are not published; a name is identity enough where a code is left out."""
_NAMES_FROM_CODES = {
    "service_name": "service",
    "customer": "tenant",
    "product_name": "product",
    "workload_name": "workload",
}


class _Refused(Exception):
    """A cell that cannot be what its column says; its argument is the problem's id."""


@dataclass(frozen=True, slots=True)
class _Trouble:
    """The first bad cell of a column."""

    index: int
    field: str
    problem: str
    found: object


@dataclass(frozen=True, slots=True)
class _Rule:
    """How one column's cells are read: their types, the problem of any other, and the reading."""

    types: frozenset[type]
    problem: str
    read: Callable[[object], Cell]


def checked(file: str, sheet: Sheet, today: date, limits: Limits) -> list[Row]:
    """Every row's values in the dataset's column order; BadFile for the first bad cell.

    Days are as the source wrote them, without moving them between time zones. A name that is empty
    becomes its code, or the tenant's GUID.
    """
    columns = _with_codes(sheet.dataset, list(zip(*sheet.rows, strict=True)))
    rules = _rules(today, limits)
    done: dict[str, list[Cell]] = {}
    troubles = []
    for column, cells in zip(sheet.dataset.columns, columns, strict=True):
        values, trouble = _column(column.field, cells, rules[column.kind])
        done[column.name] = values
        if trouble:
            troubles.append(trouble)
    if troubles:
        raise _refusal(file, sheet, min(troubles, key=lambda each: each.index))
    for name, code in _NAMES_FROM_CODES.items():
        if "" in done.get(name, ()):
            done[name] = [a or b for a, b in zip(done[name], done[code], strict=True)]
    return list(zip(*done.values(), strict=True))


def _refusal(file: str, sheet: Sheet, trouble: _Trouble) -> BadFile:
    values = {"row": sheet.numbers[trouble.index], "column": trouble.field}
    return BadFile(trouble.problem, file, **values, found=shown(trouble.found))


def _with_codes(dataset: Dataset, columns: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    for code, name in _CODES_FROM_NAMES.items():
        if any(column.name == code for column in dataset.columns):
            at = dataset.at(code)
            pairs = zip(columns[at], columns[dataset.at(name)], strict=True)
            columns[at] = tuple(a if a not in (None, "") else b for a, b in pairs)
    return columns


def _column(field: str, cells: Sequence[object], rule: _Rule) -> tuple[list[Cell], _Trouble | None]:
    """A column's values. Each different cell is read once: a day stands in every row."""
    known: dict[object, Cell] = {}
    bad: dict[object, str] = {}
    for cell in {cell for cell in cells if type(cell) in rule.types}:
        try:
            known[cell] = rule.read(cell)
        except _Refused as refused:
            bad[cell] = str(refused)
    if not bad and set(map(type, cells)) <= rule.types:
        return [known[cell] for cell in cells], None
    for index, cell in enumerate(cells):
        if type(cell) not in rule.types:
            return [], _Trouble(index, field, rule.problem, cell)
        if cell in bad:
            return [], _Trouble(index, field, bad[cell], cell)
    raise AssertionError(field)


def _rules(today: date, limits: Limits) -> dict[Kind, _Rule]:
    def rule(problem: str, read: Callable[[str], Cell], *types: type) -> _Rule:
        def read_short(cell: object) -> Cell:
            text = "" if cell is None else str(cell).strip()
            if len(text) > limits.cell:
                raise _Refused("import-cell-too-long")
            return read(text)

        return _Rule(frozenset(types), problem, read_short)

    return {
        Kind.TEXT: rule("import-not-a-text", _text, str, type(None)),
        Kind.CODE: rule("import-not-a-text", _code, str, type(None)),
        Kind.TENANT: rule("import-not-a-tenant", _tenant, str),
        Kind.COUNT: rule("import-not-a-count", _count, str, int),
        Kind.DAY: rule("import-not-a-day", lambda text: _day(text, today), str),
    }


def _text(text: str) -> str:
    """One line; half a surrogate pair and NUL, which no file or database takes, are replaced."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(whole.replace("\0", "\ufffd").split())


def _code(text: str) -> str:
    code = _text(text).lower()
    if not code:
        raise _Refused("import-empty-cell")
    if len(code) > _CODE:
        raise _Refused("import-cell-too-long")
    return code


def _tenant(text: str) -> str:
    try:
        return tenant_id(text)
    except ValueError as error:
        raise _Refused("import-not-a-tenant") from error


def _count(text: str) -> int:
    if re.fullmatch(r"-[0-9]+", text):
        raise _Refused("import-negative")
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > _MOST:
        raise _Refused("import-not-a-count")
    return int(text)


def _day(text: str, today: date) -> date:
    written = _DAY.fullmatch(text)
    try:
        day = date.fromisoformat(written[1] if written else "")
    except ValueError as error:
        raise _Refused("import-not-a-day") from error
    if day > today:
        raise _Refused("import-future-day")
    if day < _OLDEST:
        raise _Refused("import-old-day")
    return day
