"""Notation of a file's numbers and days: told by all of its cells together, else asked for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter

from analytics.sources.files.bad_file import BadCell, BadFile, cell_excerpt
from analytics.sources.files.numerals import COMMA, MARKS, POINT, readings
from analytics.sources.files.sheets import Sheet
from analytics.sources.files.written_days import ORDERS, day_readings
from analytics.tables import CellType, Column

NUMBERS = {"en": POINT, "de": COMMA, "fr": COMMA}
"""Decimal mark by the word with which an operator says it."""

_NUMERIC = (CellType.NUMBER, CellType.COUNT)
_DAYS = (CellType.DAY, CellType.DATE, CellType.MOMENT, CellType.MONTH)
_COMMA = re.compile(r"(bg|cs|da|de|el|et|fi|fr|hr|hu|it|lt|lv|n[bln]|pl|pt|ro|ru|sk|sl|sv|tr|uk)")
"""Languages that write a decimal comma."""
_POINT = re.compile(r"(en|ja|ko|zh|th|he)-(?!za)\w+|\w+-(ch|li)", re.IGNORECASE)
"""Locales that write a decimal point; of German, Switzerland's does."""


@dataclass(frozen=True, slots=True)
class Hint:
    """The operator's word on what a file may not tell: how it writes numbers and days, what it
    lists.
    """

    numbers: str = ""
    """A word of NUMBERS; empty for none."""
    days: str = ""
    """An order of ORDERS; empty for none."""
    extensions: bool = False
    """True if the files list subscriptions configured for a paid extension."""


NO_HINT = Hint()


@dataclass(frozen=True, slots=True)
class Notation:
    """A file's decimal mark, and the order of short days in each column that has them."""

    mark: str = POINT
    orders: Mapping[str, str] = field(default_factory=dict)
    """Order by our name of the column, for those that have short days."""


PLAIN = Notation()
"""A decimal point, and days in ISO form."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A cell that helps to decide, with the readings that it can have."""

    column: Column
    cell: str
    told: Mapping[str, object]

    @property
    def decides(self) -> bool:
        return len(self.told) == 1

    @property
    def doubtful(self) -> bool:
        return len(set(map(str, self.told.values()))) > 1


def notation_of(file: str, sheet: Sheet, hint: Hint = NO_HINT) -> Notation:
    """Return the notation of a file. Raises BadFile, with both readings, where its cells can be
    read in two ways, and where they contradict one another or what the operator said.
    """
    numeric = [found for column in _columns(sheet, _NUMERIC) for found in _numbers(sheet, column)]
    wanted = NUMBERS.get(hint.numbers, "")
    mark = _Decider(file, sheet, numeric, "numbers", wanted, MARKS).decision(
        _by_surroundings(sheet)
    )
    orders = {
        column.name: _Decider(file, sheet, written, "days", hint.days, ORDERS).decision("")
        for column in _columns(sheet, _DAYS)
        if (written := list(_written_days(sheet, column)))
    }
    return Notation(mark or POINT, {name: order for name, order in orders.items() if order})


@dataclass(frozen=True, slots=True)
class _Decider:
    """Decides between two readings for a group of cells; `what` is "numbers" or "days"."""

    file: str
    sheet: Sheet
    cells: Sequence[_Found]
    what: str
    wanted: str
    choices: tuple[str, ...]

    def decision(self, otherwise: str) -> str:
        """Return the one reading of all cells; `otherwise` where none decides, "" for no matter."""
        first = {choice: self._deciding(choice) for choice in self.choices}
        one, other = (first[choice] for choice in self.choices)
        if self.wanted:
            return self._as_wanted(other if self.wanted == self.choices[0] else one)
        if one and other:
            second = {"other": self.row(other), "second": _show(other)}
            raise self._refusal(f"import-mixed-{self.what}", one, **second)
        if one or other:
            return self.choices[0] if one else self.choices[1]
        doubtful = next((each for each in self.cells if each.doubtful), None)
        if not doubtful or otherwise:
            return otherwise
        readings = {"one": _plain(doubtful.told[self.choices[0]])}
        readings["two"] = _plain(doubtful.told[self.choices[1]])
        raise self._refusal(f"import-two-{self.what}", doubtful, **readings)

    def row(self, found: _Found) -> int:
        """Return the number of the first row with the cell."""
        at = self.sheet.dataset.at(found.column.name)
        index = next(i for i, row in enumerate(self.sheet.rows) if _text(row[at]) == found.cell)
        return self.sheet.numbers[index]

    def _deciding(self, choice: str) -> _Found | None:
        return next((each for each in self.cells if each.decides and choice in each.told), None)

    def _as_wanted(self, against: _Found | None) -> str:
        if against:
            raise self._refusal(f"import-other-{self.what}", against)
        return self.wanted

    def _refusal(self, problem: str, found: _Found, **values: object) -> BadFile:
        told = {"row": self.row(found), "column": found.column.field, "found": _show(found)}
        return BadFile(problem, self.file, **told, **values)


def _show(found: _Found) -> str:
    return cell_excerpt(found.cell)


def _plain(reading: object) -> str:
    """Return a reading in plain digits, without what a fraction ends with."""
    if not isinstance(reading, Decimal):
        return str(reading)
    digits = f"{reading:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _text(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _columns(sheet: Sheet, kinds: Sequence[CellType]) -> Iterator[Column]:
    return (column for column in sheet.dataset.columns if column.kind in kinds)


def _cells(sheet: Sheet, column: Column, plain: Callable[[str], bool]) -> list[str]:
    """Return the column's different texts that need a look, in the order they come in."""
    at = sheet.dataset.at(column.name)
    cells: Iterator[object] = map(itemgetter(at), sheet.rows)
    if not sheet.delimiter:  # JSON's cells may be of any type, a table's are texts
        cells = (cell for cell in cells if isinstance(cell, str))
    texts = dict.fromkeys(map(_text, dict.fromkeys(cells)))
    return [text for text in texts if text and not plain(text)]


def _numbers(sheet: Sheet, column: Column) -> Iterator[_Found]:
    for cell in _cells(sheet, column, lambda text: text.isascii() and text.isdigit()):
        yield _Found(column, cell, readings(cell, column))


def _written_days(sheet: Sheet, column: Column) -> Iterator[_Found]:
    for cell in _cells(sheet, column, lambda text: text[:4].isdigit() and text[4:5] == "-"):
        with suppress(BadCell):  # the rule of the column refuses it, with its row
            yield _Found(column, cell, day_readings(cell, column.kind))


def _by_surroundings(sheet: Sheet) -> str:
    """Return the mark that separator and locale column agree on; empty if they do not tell.

    Neither tells alone: programs write semicolons with points, and the source names a locale beside
    numbers that it writes with points.
    """
    if "locale" not in {column.name for column in sheet.dataset.columns}:
        return ""
    at = sheet.dataset.at("locale")
    locales = {_text(row[at]).casefold() for row in sheet.rows}
    if all(map(_POINT.fullmatch, locales)):
        return POINT if sheet.delimiter == "," else ""
    commas = all(_COMMA.fullmatch(each.partition("-")[0]) for each in locales)
    return COMMA if commas and sheet.delimiter == ";" else ""
