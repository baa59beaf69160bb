"""Tables from figures: a column says how its cell is read from an item."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from analytics.values import Share, Unknown
from handlers.chat.reply import Table, TableColumn
from handlers.chat.services import Say
from handlers.output.unknowns import cell

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

WORST = 3
"""Rows of a table before the details."""

ROWS = 15
"""Rows of any other table in chat."""


@dataclass(frozen=True, slots=True)
class TableField(Generic[T_contra]):
    """A column of items: the catalogue id of its heading, and what its cells hold. Numbers stand to
    the right.
    """

    heading: str
    value: Callable[[T_contra], int | Share | Unknown | str]
    numeric: bool = True
    signed: bool = False
    """Whether its numbers are changes, which are written with their sign."""


def table(
    caption: str, items: Sequence[T], columns: Sequence[TableField[T]], say: Say, most: int = ROWS
) -> list[Table]:
    """Return the first `most` items as a table, in a list; none without items. Where more are left
    out, the caption is `<caption>-cut` and says how many there are.
    """
    if not items:
        return []
    title = (
        say(caption) if len(items) <= most else say(f"{caption}-cut", shown=most, rows=len(items))
    )
    heads = tuple(TableColumn(say(each.heading), numeric=each.numeric) for each in columns)
    rows = [
        tuple(_cell(each.value(item), say, signed=each.signed) for each in columns)
        for item in items[:most]
    ]
    return [Table(title, heads, tuple(rows))]


def _cell(value: int | Share | Unknown | str, say: Say, *, signed: bool) -> str:
    match value:
        case int() if signed:
            return say.signed_number(value)
        case str():
            return value
        case Share():
            return say("no-seats") if value.value is None else say.percent(value.value)
        case _:
            return cell(value, say)
