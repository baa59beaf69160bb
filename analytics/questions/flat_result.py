"""A result as plain tables: one row for the result itself, and a table for each of its lists."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from analytics.questions.results import Measure, measured_members, measures, unit_of_seats
from analytics.skus import Unit
from analytics.tables import Dataset
from analytics.values import Share, Unknown

RESULT = "result"
"""Name of the table with the one row of the result itself."""

ROW = "row"
"""Column of a row's list: the position of that row in the table above it."""

RUN = "run"
"""Column of a list of lists, such as a course with gaps: the number of the inner list, from 0."""

_KINDS = (bool, int, float, Decimal, datetime.datetime, datetime.date, Enum, str)
"""Kinds of plain cells; the first that fits counts, since a bool is an int too."""


@dataclass(slots=True)
class FlatColumn:
    """One column, as plain cells; a figure that is not known is None."""

    kind: type
    """bool, int, float, Decimal, datetime, date, Enum or str; object for lists of plain values."""
    cells: list[object]
    unit: str = ""
    """Unit of its figures; empty for what is no figure."""
    source: str = ""
    """Dataset and field that its figures are counted from, such as `deployment licensesSold`."""
    unknown: dict[str, int] = field(default_factory=dict)
    """Number of figures that are not known, by reason."""


@dataclass(slots=True)
class FlatTable:
    """Columns of equal length by name; those of a value within a row are called `change.sold`."""

    columns: dict[str, FlatColumn] = field(default_factory=dict)


def flat_result(result: object) -> dict[str, FlatTable]:
    """Return a typed result as tables by name. The list of a row of a list is called after both,
    `newest.records`, and its column `row` says whose it is.

    Raises TypeError if it is no result.
    """
    if not is_dataclass(result) or isinstance(result, type):
        raise TypeError(f"{type(result).__name__} is no result")
    tables: dict[str, FlatTable] = {}
    _add(_ResultRows(RESULT, type(result), [result], unit_of_seats(result, "seats")), tables)
    return tables


@dataclass(frozen=True, slots=True)
class _ResultRows:
    """Rows of one class, or None in their place, that become a table or a part of one."""

    name: str
    kind: type
    values: Sequence[Any]
    seats: str
    """Unit of what counts seats in them."""
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Columns that say where each row stands, by name."""


def _add(rows: _ResultRows, tables: dict[str, FlatTable]) -> None:
    """Add the table of these rows, and those of the lists within them."""
    table = tables[rows.name] = FlatTable()
    table.columns.update({name: FlatColumn(int, list(at)) for name, at in rows.places.items()})
    for path, hint, values, measure in _members(rows.kind, rows.values, ""):
        item = _item_type(hint)
        if kind := _class_within(item):
            _add(_list_rows(rows, path, kind, values), tables)
        elif kind := _class_within(_item_type(item)):
            _add(_run_rows(rows, path, kind, values), tables)
        else:
            table.columns.update(_columns(path, hint, values, measure, rows.seats))


def _list_rows(rows: _ResultRows, path: str, kind: type, values: Sequence[Any]) -> _ResultRows:
    each = [(at, one) for at, several in enumerate(values) for one in _items(several)]
    name, places = _place(rows, path, [at for at, _ in each])
    return _ResultRows(name, kind, [one for _, one in each], _seats_in(kind, rows), places)


def _run_rows(rows: _ResultRows, path: str, kind: type, values: Sequence[Any]) -> _ResultRows:
    each = [
        (at, number, one)
        for at, runs in enumerate(values)
        for number, run in enumerate(_items(runs))
        for one in run
    ]
    name, places = _place(rows, path, [at for at, _, _ in each])
    places[RUN] = [number for _, number, _ in each]
    return _ResultRows(name, kind, [one for _, _, one in each], _seats_in(kind, rows), places)


def _seats_in(kind: type, rows: _ResultRows) -> str:
    """Return the unit of what counts seats in rows of a class: each row's own, if it has one."""
    has_own = get_type_hints(kind).get("unit") is Unit
    return "what `unit` says" if has_own else rows.seats


def _place(rows: _ResultRows, path: str, at: list[int]) -> tuple[str, dict[str, Sequence[int]]]:
    """Return the name of a list's table, and its column of places: none in the result itself."""
    return (path, {}) if rows.name == RESULT else (f"{rows.name}.{path}", {ROW: at})


def _members(
    kind: type, values: Sequence[Any], prefix: str
) -> Iterator[tuple[str, Any, list[Any], Measure | None]]:
    """Yield path, type, cells and measure of each member; those of a value within are its own."""
    hints = _hints(kind)
    for name in measured_members(kind):
        cells = [_member(value, name) for value in values]
        inner = _class_within(hints[name])
        if inner:
            yield from _members(inner, cells, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", hints[name], cells, measures(kind).get(name)


def _member(value: Any, name: str) -> Any:
    """Return a member of a value; what is not there or not known has none, and stays what it is."""
    return value if value is None or isinstance(value, Unknown) else getattr(value, name)


def _items(listed: Any) -> tuple[Any, ...]:
    """Return what a member lists; nothing where it is not there or not known."""
    return listed if isinstance(listed, tuple) else ()


def _hints(kind: Any) -> Mapping[str, Any]:
    """Return the types of a class's fields and measured properties."""
    hints = dict(get_type_hints(kind))
    for name, member in vars(kind).items():
        if isinstance(member, property) and member.fget:
            hints[name] = get_type_hints(member.fget).get("return")
    return hints


def _alternatives(hint: Any) -> tuple[Any, ...]:
    """Return the types that a value may have, without None and Unknown."""
    if get_origin(hint) is Annotated:
        return _alternatives(get_args(hint)[0])
    if get_origin(hint) is None or get_origin(hint) in (tuple, frozenset, dict, Mapping):
        return () if hint in (type(None), Unknown) else (hint,)
    return tuple(each for part in get_args(hint) for each in _alternatives(part))


def _class_within(hint: Any) -> type | None:
    """Return the class of ours that a member holds one of; None for a plain one. A dataset is told
    by its name.
    """
    kinds = [each for each in _alternatives(hint) if is_dataclass(each)]
    if len(kinds) != 1 or not isinstance(kinds[0], type) or kinds[0] in (Share, Dataset):
        return None
    return kinds[0]


def _item_type(hint: Any) -> Any:
    """Return the type of what a member lists; None where it lists nothing."""
    for each in _alternatives(hint):
        if get_origin(each) is tuple and get_args(each)[1:] == (...,):
            return get_args(each)[0]
    return None


def _columns(
    path: str, hint: Any, cells: list[Any], measure: Measure | None, seats: str
) -> dict[str, FlatColumn]:
    """Return the columns of one member: a share is its value and its two parts."""
    unknown = _reasons(cells)
    known = [None if isinstance(cell, Unknown) else cell for cell in cells]
    if Share in _alternatives(hint):
        return {
            f"{path}{end}": FlatColumn(
                kind, [each and getattr(each, part) for each in known], unit, unknown=unknown
            )
            for end, part, kind, unit in _SHARE
        }
    unit = measure.unit if measure else ""
    return {
        path: FlatColumn(
            _plain_kind(hint),
            [_plain_cell(cell) for cell in known],
            seats if unit == "seats" else unit,
            " or ".join(map(" ".join, measure.sources)) if measure else "",
            unknown,
        )
    }


_SHARE = (
    ("", "value", float, "fraction"),
    (".part", "part", int, "seats"),
    (".whole", "whole", int, "seats"),
)


def _reasons(cells: Iterable[object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for cell in cells:
        if isinstance(cell, Unknown):
            found[cell.why.value] = found.get(cell.why.value, 0) + 1
    return found


def _plain_kind(hint: Any) -> type:
    kinds = [getattr(each, "__supertype__", each) for each in _alternatives(hint)]
    if len(kinds) != 1 or not isinstance(kinds[0], type):
        return object
    return next((kind for kind in _KINDS if issubclass(kinds[0], kind)), object)


def _plain_cell(cell: object) -> object:
    """Return words for an Enum, a dataset and what is not known; lists as tuples, in an order."""
    if isinstance(cell, Enum):
        return cell.value
    if isinstance(cell, Dataset | Unknown):
        return cell.name if isinstance(cell, Dataset) else cell.why.value
    if isinstance(cell, Mapping):
        return tuple((str(key), _plain_cell(each)) for key, each in sorted(cell.items()))
    if isinstance(cell, frozenset):
        return tuple(sorted(map(str, cell)))
    return tuple(map(_plain_cell, cell)) if isinstance(cell, tuple) else cell
