"""Results as programs read them: each figure with its unit and origin, or why it is not known."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from analytics.skus import Unit
from analytics.tables import Dataset
from analytics.values import Share, Unknown

SCHEMA = 1
"""Version of the form of results; a field that is renamed or goes away raises it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The unit and origin of a figure, put behind its type: Annotated[Seats, Measure(…)]."""

    unit: str
    dataset: Dataset
    column: str
    """The dataset's column that is counted or summed."""
    stands_in: Dataset | None = None
    """The dataset that tells it where the first does not, in a column of the same name; None if
    there is none.
    """

    @property
    def source(self) -> str:
        """The source's own name of the column's field."""
        return self.sources[0][1]

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """The datasets that tell it, the first choice first, each with its own name of the column's
        field.
        """
        told = (self.dataset, self.stands_in)
        return tuple((d.name, d.columns[d.at(self.column)].field) for d in told if d)


def result_json(result: object, seats: str = "seats") -> object:
    """Return a result, or any part of one, as JSON types: dataclasses as objects with their fields
    and measured properties, figures as objects with value, unit, dataset and source, and what
    stands in for these, if anything does. `seats` is the unit of what counts seats elsewhere:
    gigabytes, where a result is about storage.
    """
    if is_dataclass(result) and not isinstance(result, type | Unknown | Share):
        seats = unit_of_seats(result, seats)
        return {name: result_json(value, seats) for name, value in _members(result, seats)}
    if isinstance(result, Mapping):
        return {str(key): result_json(value, seats) for key, value in sorted(result.items())}
    if isinstance(result, tuple | list):
        return [result_json(value, seats) for value in result]
    if isinstance(result, frozenset):
        return sorted(map(str, result))
    return _plain(result)


def figures_word(result: object) -> str:
    """Return a word that changes with the figures of a result, not with its days; its beginning
    changes with the form of results, so words of another version are known as such.
    """
    figures = json.dumps(list(_comparable_figures(result)), ensure_ascii=False)
    form = f"{SCHEMA}/{'/'.join(sorted(_form(type(result))))}"
    return f"{_hash(form)[:8]}:{_hash(figures)[:55]}"


def is_of_same_form(word: str, other: str) -> bool:
    """Check whether two words of figures_word() may be compared."""
    return word.partition(":")[0] == other.partition(":")[0]


@cache
def measures(kind: type) -> Mapping[str, Measure]:
    """Return the measured fields and properties of a result's class, by name."""
    found = {}
    for name, hint in _hints(kind).items():
        for extra in get_args(hint)[1:] if get_origin(hint) is Annotated else ():
            if isinstance(extra, Measure):
                found[name] = extra
    return found


def measured_members(kind: type) -> tuple[str, ...]:
    """Return the names of a class's fields and measured properties, in order."""
    return tuple(_hints(kind))


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    """Return the types of a class's fields, and of the properties that are measured."""
    hints = {
        name: hint
        for name, hint in get_type_hints(kind, include_extras=True).items()
        if name in {field.name for field in fields(kind)}
    }
    for name, member in vars(kind).items():
        if isinstance(member, property) and member.fget:
            hint = get_type_hints(member.fget, include_extras=True).get("return")
            if get_origin(hint) is Annotated:
                hints[name] = hint
    return hints


def unit_of_seats(result: object, seats: str) -> str:
    """Return the unit of what counts seats in a result: that of the result, if it has one, else
    `seats`.
    """
    unit = getattr(result, "unit", None)
    if not isinstance(unit, Unit) or unit is Unit.UNKNOWN:
        return seats
    return "seats" if unit is Unit.PEOPLE else unit.value


def _members(result: object, seats: str) -> Iterator[tuple[str, object]]:
    kind: Any = type(result)
    known = measures(kind)
    for name in _hints(kind):
        value = getattr(result, name)
        yield name, _figure(value, known[name], seats) if name in known else value


def _figure(value: object, measure: Measure, seats: str) -> dict[str, object]:
    told = _plain(value)
    figure = told if isinstance(told, dict) else {"value": told}
    first, *others = ({"dataset": name, "source": field} for name, field in measure.sources)
    unit = seats if measure.unit == "seats" else measure.unit
    instead = {"stands_in": others[0]} if others else {}
    return {**figure, "unit": unit, **first, **instead}


def _plain(value: object) -> object:
    """Return a single value as JSON types; a share as its two parts."""
    if isinstance(value, Unknown):
        return {"value": None, "unknown": value.why.value, "missing": value.dataset}
    if isinstance(value, Share):
        return {"value": value.value, "part": value.part, "whole": value.whole}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _comparable_figures(part: object) -> Iterator[object]:
    """Yield the measured figures of a result in order, each with its name; and the texts that tell
    whose they are. Fields that a class lists in NOT_COMPARED are left out: they change with the
    day.
    """
    if is_dataclass(part) and not isinstance(part, type):
        kind: Any = type(part)
        known = measures(kind)
        left_out = getattr(kind, "NOT_COMPARED", ())
        for name in _hints(kind):
            if name in left_out:
                continue
            if name in known:
                yield name, _plain(getattr(part, name))
            else:
                yield from _comparable_figures(getattr(part, name))
    elif isinstance(part, tuple | list):
        for each in part:
            yield from _comparable_figures(each)
    elif isinstance(part, str):
        yield part


def _form(kind: object, seen: frozenset[object] = frozenset()) -> set[str]:
    """Return the names of all fields in a class and in the classes of its fields."""
    if kind in seen:
        return set()
    if isinstance(kind, type) and is_dataclass(kind):
        names = {f"{kind.__name__}.{name}" for name in _hints(kind)}
        inner = [_form(hint, seen | {kind}) for hint in _hints(kind).values()]
        return names.union(*inner)
    if get_origin(kind) in {tuple, Annotated, Union} or get_args(kind):
        return set().union(*(_form(each, seen) for each in get_args(kind)))
    return set()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
