"""Scale of shares that a source writes as 0.45 or as 45, told by the seats beside them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from analytics.sources.files.bad_file import BadFile
from analytics.tables import Cell, Dataset, Row

_NEAR = Decimal("0.006")
"""Largest difference between a share and its seats' quotient: shares may be whole percents."""
_SURELY_PER_CENT = 5
"""No subscription is used fivefold: without seats to compare, a larger share is in percent."""


def as_fractions(file: str, dataset: Dataset, rows: list[Row]) -> list[Row]:
    """Return the rows with `active_share` as a fraction. Raises BadFile if a file mixes scales."""
    if not any(column.name == "active_share" for column in dataset.columns):
        return rows
    at = dataset.at("active_share")
    told = set(_row_scales(dataset, rows))
    if len(told) > 1:
        raise BadFile("import-mixed-scales", file, column=dataset.columns[at].field)
    large = any(_number(row[at]) > _SURELY_PER_CENT for row in rows)
    if told == {"per cent"} or (not told and large):
        return [(*row[:at], _hundredth(row[at]), *row[at + 1 :]) for row in rows]
    return rows


def _row_scales(dataset: Dataset, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the scale of each row whose seats tell it: "fraction" or "per cent"."""
    share, active, bought = map(dataset.at, ("active_share", "active", "available"))
    for row in rows:
        if row[active] and row[bought] and row[share]:
            should = _number(row[active]) / _number(row[bought])
            if abs(_number(row[share]) - should) <= _NEAR:
                yield "fraction"
            elif abs(_number(row[share]).scaleb(-2) - should) <= _NEAR:
                yield "per cent"


def _number(cell: Cell) -> Decimal:
    return Decimal(cell) if isinstance(cell, int | Decimal) else Decimal(0)


def _hundredth(cell: Cell) -> Cell:
    return None if cell is None else _number(cell).scaleb(-2)
