"""The columns of a dataset as a DataFrame, with type and unit: for the frames and their page."""

from dataclasses import dataclass

from analytics.tables.columns import CellType, Column, Dataset, Memory
from analytics.values import Secrecy

TYPES = {
    CellType.COUNT: "Int64",
    CellType.DAY: "datetime64[s]",
    CellType.DATE: "datetime64[s]",
    CellType.MONTH: "datetime64[s]",
    CellType.MOMENT: "datetime64[us, UTC]",
    CellType.NUMBER: "object",
    CellType.FLAG: "boolean",
}
"""Type of a frame's column by the type of its cells; all others are `string`. `object` columns hold
Decimal, exactly as the source wrote them.
"""

TEXT = "string"
CATEGORY = "category"

_REPEATED = frozenset(
    {"channel", "currency", "product", "product_name", "service", "service_name", "status"}
    | {"customer", "tenant", "workload", "workload_name"}
)
"""Columns in which the same few texts stand again and again."""


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """One column of a dataset's frame."""

    name: str
    type: str
    """Its pandas dtype."""
    unit: str
    """The unit of its figures; empty for what is no figure."""
    field: str
    """The source's own name of the field; empty for a column of ours."""
    meaning: str
    secrecy: Secrecy


def frame_columns(dataset: Dataset) -> tuple[FrameColumn, ...]:
    """Return the columns of a dataset's frame in order, for a reader who may see all there is;
    sealed columns are no part of any frame.
    """
    told = [
        _as_frame(dataset, each) for each in dataset.columns if each.secrecy is not Secrecy.SEALED
    ]
    names = {each.name for each in told}
    if "tenant" in names and "customer" not in names:
        told.append(FrameColumn("customer", CATEGORY, "", "", "the customer's name", Secrecy.OPEN))
    return (*told, *(_SPAN if dataset.memory is Memory.SPANS else ()))


def _as_frame(dataset: Dataset, column: Column) -> FrameColumn:
    kept_as = TYPES.get(column.kind, CATEGORY if column.name in _REPEATED else TEXT)
    unit = _count_unit(dataset, column) if column.kind in _COUNTS else _other_unit(column)
    return FrameColumn(column.name, kept_as, unit, column.field, column.meaning, column.secrecy)


_COUNTS = (CellType.COUNT, CellType.NUMBER)
_COUNTED = ("fraction", "seats", "people", "users", "meetings")


def _count_unit(dataset: Dataset, column: Column) -> str:
    if column.secrecy is Secrecy.MONEY and not column.per_cent:
        return "US dollars" if column.name.endswith("_usd") else "amount in `currency`"
    if column.name == "quantity" and "unit" in {each.name for each in dataset.columns}:
        return "what `unit` says"
    return next((word for word in _COUNTED if word in column.meaning), "")


def _other_unit(column: Column) -> str:
    return "UTC" if column.kind is CellType.MOMENT else ""


_SPAN = (
    FrameColumn("since", "datetime64[s]", "", "", "the day it was first seen so", Secrecy.OPEN),
    FrameColumn(
        "until",
        "datetime64[s]",
        "",
        "",
        "the day it was first missed; NaT: none",
        Secrecy.OPEN,
    ),
)
