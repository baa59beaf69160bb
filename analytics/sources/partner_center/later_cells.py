"""Cells of a subscription's later fields, out of an item of the API's answer. They are seldom
documented: one of a form that we cannot read costs itself alone, never the page.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

from analytics.sources.files.bad_file import LIMITS, BadCell
from analytics.sources.files.cell_types import rule
from analytics.sources.partner_center.scheduled_actions import ScheduledActions
from analytics.tables import SUBSCRIPTIONS, Cell, Column
from analytics.tables.columns import CellType
from analytics.tables.later_fields import FORM

_LONGEST = 4_000
"""Most characters of `rest`."""
_NOISE = frozenset({"links", "attributes", "etag"})
"""Fields that say nothing of the subscription."""
_USED = frozenset(
    field.partition(".")[0]
    for column in SUBSCRIPTIONS.columns
    for field in (column.field, *column.aliases)
)
_MOMENT = Column("until", "", CellType.MOMENT, "", optional=True, ahead=True)
_COUNT = Column("quantity", "", CellType.COUNT, "", optional=True)
_SHORT = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,59}", re.ASCII)
_PARTS = 100
"""Most parts of `refundable`."""

Item = Mapping[str, object]


class _UnknownForm(Exception):
    """A field has a form that we cannot read."""


def later_cells(item: Item, today: date) -> Mapping[str, object]:
    """Return the cells of the later columns by their fields, None where the item tells none.

    `form` is None if one that decides something could not be read: then the row counts as one
    that was not asked for them. What is not in a column is in `rest`, as far as it fits.
    """
    reader = _ItemReader(item, today)
    cells = reader.cells()
    return {
        **cells,
        "form of the row": None if reader.unreadable else FORM,
        "all other fields": _rest(item, reader.beside),
    }


class _ItemReader:
    """The reading of one item; it notes the fields that its cells do not tell whole."""

    def __init__(self, item: Item, today: date) -> None:
        self._item, self._today = item, today
        self.unreadable = False
        self.beside: set[str] = set()
        """Top fields to keep in `rest` though columns tell a part of them."""

    def cells(self) -> dict[str, object]:
        """Return the cells by field."""
        actions = ScheduledActions.of(self._item.get("scheduledActions"))
        if not actions.whole:
            self.beside.add("scheduledActions")
        return {
            **self._refundable(),
            **self._next_term(),
            "scheduledActions": actions.text,
            "scheduledActions.actionType": actions.end_action,
            "scheduledActions.effectiveDate": actions.end_action_on,
            **{column.field: self._plain(column) for column in _PLAIN},
        }

    def _plain(self, column: Column) -> Cell:
        return self._read(column, self._item.get(column.field), column.field)

    def _read(self, column: Column, value: object, top: str) -> Cell:
        try:
            return _value(column, value, self._today)
        except _UnknownForm:
            self.unreadable = True
            self.beside.add(top)
            return None

    def _refundable(self) -> dict[str, object]:
        top = "refundableQuantity"
        try:
            text, until = _refundable(self._item.get(top), self._today)
        except _UnknownForm:
            self.unreadable = True
            self.beside.add(top)
            text, until = None, None
        return {top: text, f"{top}.details.allowedUntilDateTime": until}

    def _next_term(self) -> dict[str, object]:
        top = "scheduledNextTermInstructions"
        told = self._item.get(top)
        if told is not None:
            self.beside.add(top)  # it has more than its columns tell
        self.unreadable |= not isinstance(told, dict | None)
        its: Item = told if isinstance(told, dict) else {}
        product = its.get("product")
        self.unreadable |= not isinstance(product, dict | None)
        sold: Item = product if isinstance(product, dict) else {}
        ids = [_short(sold.get(name)) for name in ("productId", "skuId", "availabilityId")]
        return {
            f"{top}.product": ":".join(each for each in ids if each) or None,
            f"{top}.product.termDuration": _short(sold.get("termDuration")),
            **{column.field: self._read(column, its.get(last), top) for column, last in _OF_NEXT},
        }


def _column(name: str) -> Column:
    return SUBSCRIPTIONS.columns[SUBSCRIPTIONS.at(name)]


_PLAIN = tuple(
    _column(name)
    for name in ("parent", "migrated_from", "entitlement", "commitment_ends", "custom_term_ends")
)
_OF_NEXT = (
    (_column("next_quantity"), "quantity"),
    (_column("next_ends"), "customTermEndDate"),
)


def _value(column: Column, value: object, today: date) -> Cell:
    """Return a value as its column has it, None for none. Raises _UnknownForm for another form."""
    its = rule(column, today, LIMITS.cell)
    if type(value) not in its.types:
        raise _UnknownForm
    try:
        found = its.read(value)
    except BadCell as error:
        raise _UnknownForm from error
    return None if found is None else str(found)


def _refundable(told: object, today: date) -> tuple[str | None, str | None]:
    """Return `refundable` as JSON and its last instant. Raises _UnknownForm."""
    if told is None:
        return None, None
    details = told.get("details") if isinstance(told, dict) else _UnknownForm
    if not isinstance(told, dict) or not isinstance(details, list | None):
        raise _UnknownForm
    parts = sorted(_parts(details or [], today), key=lambda part: part["until"])
    total = _value(_COUNT, told.get("totalQuantity"), today)
    known = int(str(total)) if total is not None else sum(int(p["quantity"]) for p in parts)
    if not known and not parts:
        return None, None
    written = [{"quantity": int(p["quantity"]), "until": p["until"]} for p in parts]
    until = written[-1]["until"] if written else None
    return json.dumps({"total": known, "parts": written}), str(until) if until else None


def _parts(details: list[object], today: date) -> Iterator[dict[str, str]]:
    if len(details) > _PARTS:
        raise _UnknownForm
    for each in details:
        if not isinstance(each, dict):
            raise _UnknownForm
        quantity = _value(_COUNT, each.get("quantity"), today)
        until = _value(_MOMENT, each.get("allowedUntilDateTime"), today)
        if quantity is None or until is None:
            raise _UnknownForm
        yield {"quantity": str(quantity), "until": f"{str(until).replace(' ', 'T')}Z"}


def _short(value: object) -> str | None:
    """Return a code as the source writes it; None where it is none."""
    return value if isinstance(value, str) and _SHORT.fullmatch(value) else None


def _rest(item: Item, beside: set[str]) -> str | None:
    """Return the fields that no column tells as JSON, by name, without those that do not fit."""
    kept: list[str] = []
    left = _LONGEST - 2
    for name in sorted(map(str, item)):
        if name in _NOISE or (name in _USED and name not in beside):
            continue
        written = _json_field(name, item[name])
        if written and len(written) + 2 <= left:
            kept.append(written)
            left -= len(written) + 2
    return "{" + ", ".join(kept) + "}" if kept else None


def _json_field(name: str, value: object) -> str | None:
    """Return a field as JSON; None for an empty one, or one too deep to write."""
    if value in (None, "", [], {}):
        return None
    try:
        text = json.dumps({name: value}, sort_keys=True, ensure_ascii=False, default=str)
    except (ValueError, RecursionError, TypeError):
        return None
    return text[1:-1]
