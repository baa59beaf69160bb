"""The cells of a file of rights as values, or what is wrong with them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from handlers.chat.access import Role
from handlers.chat.asking import UserRef
from handlers.chat.refusals import UnknownRole
from handlers.input.fold import fold
from handlers.input.grant_order import role_called
from handlers.input.languages import MIXED

_ID_LENGTH = 128
"""Characters of an account's or an organisation's id that the store has room for."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BETWEEN = re.compile(r"[|;]")
_ALL, _NONE = MIXED.digests.all, MIXED.grants.none


class CellFault(Exception):
    """A fault of a file of rights: a catalogue id and its values, to be said beside others."""

    def __init__(self, sentence: str, line: int = 0, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line
        self.values: dict[str, object] = {"line": line, **values}

    def at(self, line: int, column: str, found: str) -> "CellFault":
        """Return the fault with the cell that has it."""
        values = {"found": found, **self.values, "line": line, "column": column}
        return CellFault(self.sentence, **values)  # type: ignore[arg-type]  # the line is among them


@dataclass(frozen=True, slots=True)
class RightsRow:
    """A line of a file of rights; its customers' names were not looked up yet."""

    line: int
    person: UserRef
    role: Role
    with_people: bool
    customers: tuple[str, ...] | None
    """Names and ids as typed; None for all customers, empty for none."""
    until: datetime | None
    """The instant when the right ends; None without end."""
    because: str
    """The reason."""


def read_row(
    line: int, cells: Mapping[str, str], now: datetime
) -> tuple[RightsRow | None, list[CellFault]]:
    """Read one line, its cells by column; a column that is not there counts as empty. Return the
    row, or None and all its faults.
    """
    values: dict[str, Any] = {}
    faults = []
    for column, read in _READERS.items():
        try:
            values[column] = read(cells.get(column, ""))
        except CellFault as fault:
            found = cells.get(column, "").strip() or "–"
            faults.append(fault.at(line, column, found))
    if values.get("until") and values["until"] <= now:
        found = cells["until"].strip()
        faults.append(CellFault("rights-file-past", line=line, column="until", found=found))
    if values.get("role") is Role.ADMIN and values.get("customers") is not None:
        faults.append(CellFault("rights-file-admin-scope", line=line, column="customers"))
    return (None, faults) if faults else (RightsRow(line, **values), [])


def yes_or_no(said: str) -> bool | None:
    """Return True for a yes, False for a no in any language, None for anything else.

    >>> yes_or_no("Oui"), yes_or_no("FALSE"), yes_or_no("perhaps")
    (True, False, None)
    """
    word = fold(said.strip())
    if word in MIXED.grants.yes:
        return True
    return False if word in MIXED.grants.no else None


def end_of_day(day: date) -> datetime:
    """Return the instant when a day in UTC is over. Raises OverflowError for the last of all days.

    >>> end_of_day(date(2026, 12, 31)).isoformat()
    '2027-01-01T00:00:00+00:00'
    """
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _person(text: str) -> UserRef:
    try:
        person = UserRef.parse(text)
    except ValueError:
        raise CellFault("rights-file-person") from None
    if max(map(len, (person.platform, person.tenant, person.id))) > _ID_LENGTH:
        raise CellFault("rights-file-person")
    return person


def _role(text: str) -> Role:
    try:
        return role_called(text)
    except UnknownRole:
        raise CellFault("rights-file-role") from None


def _with_people(text: str) -> bool:
    said = yes_or_no(text) if text.strip() else False
    if said is None:
        raise CellFault("rights-file-yes-no")
    return said


def _customers(text: str) -> tuple[str, ...] | None:
    whole = fold(text.strip())
    if not whole or whole in _ALL:
        return None
    if whole in _NONE:
        return ()
    names = tuple(name.strip() for name in _BETWEEN.split(text) if name.strip())
    if not names:  # separators alone: not taken for all customers
        raise CellFault("rights-file-customers")
    return names


def _until(text: str) -> datetime | None:
    try:
        return _end(text.strip()) if text.strip() else None
    except (ValueError, OverflowError):
        raise CellFault("rights-file-until") from None


def _end(text: str) -> datetime:
    if _DAY.fullmatch(text):
        return end_of_day(date.fromisoformat(text))
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or "T" not in text:
        raise ValueError(text)
    return moment.astimezone(UTC)


def _reason(text: str) -> str:
    if "\0" in text:
        raise CellFault("rights-file-nul")
    return text


_READERS: Mapping[str, Callable[[str], object]] = {
    "person": _person,
    "role": _role,
    "with_people": _with_people,
    "customers": _customers,
    "until": _until,
    "because": _reason,
}
"""The reader of each column, by the name of RightsRow's field too."""
