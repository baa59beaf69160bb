"""Rows that are sums: the source has a record for each meter or resource, we keep one for each
category or subscription.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal

from analytics.sources.partner_center.item_rows import Item
from analytics.sources.partner_center.trouble import Nonsense
from analytics.tables import Cell, CellType, Column, Dataset, Row

_EXACT = Context(prec=60)
"""Amounts have up to 18 places, of which no sum may lose one."""
_NEEDED = ("category", "currency")
"""Texts of the key that a record of an Azure plan has; a legacy record lacks them."""


@dataclass(slots=True)
class SummedRows:
    """The rows of one part, added up as its items come, on any number of pages."""

    dataset: Dataset
    _items: set[object] = field(default_factory=set)
    _sums: dict[Row, list[Cell]] = field(default_factory=dict)

    def add(self, items: Sequence[Item], rows: Sequence[Row]) -> None:
        """Add items, each with the row made of it. Raises Nonsense if one of them came before: its
        amount would count twice, and another item may be missing; or if one is no such record.
        """
        again = 0
        for item, row in zip(items, rows, strict=True):
            name = self._name(item)
            again += name in self._items
            self._items.add(name)
            self._lay(row)
        if again:
            raise Nonsense("sync-why-doubled", rows=str(again))

    @property
    def rows(self) -> list[Row]:
        """The sums so far, one row for each key."""
        return [tuple(cells) for cells in self._sums.values()]

    def _name(self, item: Item) -> object:
        """Return what tells an item apart from the others: its own id in each currency, or all its
        fields if it has none.
        """
        own = item.get(self.dataset.item)
        return (own, item.get("currencyCode")) if own else repr(sorted(item.items()))

    def _lay(self, row: Row) -> None:
        for column, cell in zip(self.dataset.columns, row, strict=True):
            if column.name in _NEEDED and not cell:
                raise Nonsense("sync-why-cell", field=column.field)
        key = tuple(row[at] for at in self.dataset.key)
        if key not in self._sums:
            self._sums[key] = list(row)
            return
        sums = self._sums[key]
        for at, column in enumerate(self.dataset.columns):
            sums[at] = _together(column, sums[at], row[at])


def _together(column: Column, one: Cell, other: Cell) -> Cell:
    """Return the cell of both rows: the sum of amounts, unknown if one is; else the later of the
    two, so that the order in which items come does not matter.
    """
    if column.kind is not CellType.NUMBER:
        return max((one, other), key=str)
    if not isinstance(one, Decimal) or not isinstance(other, Decimal):
        return None
    return _EXACT.add(one, other)
