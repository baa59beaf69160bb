"""Figures and tables as elements of a card. Pure."""

from collections.abc import Iterator, Sequence

from bot.teams.cards import Element, run, small
from handlers.chat.reply import Figure, Table

_SIDE_BY_SIDE = 4
_LEAST, _MOST = 5, 14
"""Bounds of a column's width, in letters."""


def figures(items: Sequence[Figure], longest: int) -> Iterator[Element]:
    """Numbers side by side, four in a row, each under its name."""
    for at in range(0, len(items), _SIDE_BY_SIDE):
        columns = [_column(item, longest) for item in items[at : at + _SIDE_BY_SIDE]]
        yield {"type": "ColumnSet", "columns": columns}


def table(part: Table, rows: int, longest: int) -> list[Element]:
    """The caption, and up to `rows` rows under headings; as lines where a client has no tables."""
    heads = tuple(column.heading for column in part.columns)
    lines = (heads, *part.rows[:rows])
    sides = ["Right" if column.numeric else "Left" for column in part.columns]
    grid = {
        "type": "Table",
        "firstRowAsHeaders": True,
        "columns": [
            {"width": width, "horizontalCellContentAlignment": side}
            for width, side in zip(_widths(lines), sides, strict=True)
        ],
        "rows": [_row(heads, longest, size="Small"), *(_row(line, longest) for line in lines[1:])],
        "fallback": {
            "type": "Container",
            "items": [run(" · ".join(line), longest) for line in lines],
        },
    }
    return [run(part.caption, longest, weight="Bolder"), grid]


def _widths(lines: Sequence[Sequence[str]]) -> list[int]:
    """Shares of the card's width: the letters of each column's longest word, within bounds, so that
    no word is broken in two sooner than necessary.
    """
    return [
        min(max(_LEAST, *(len(word) for cell in cells for word in cell.split())), _MOST)
        for cells in zip(*lines, strict=True)
    ]


def _row(cells: Sequence[str], longest: int, **look: object) -> Element:
    shown = [{"type": "TableCell", "items": [run(cell, longest, **look)]} for cell in cells]
    return {"type": "TableRow", "cells": shown}


def _column(figure: Figure, longest: int) -> Element:
    note = [small(figure.note, longest)] if figure.note else []
    value = run(figure.value, longest, weight="Bolder", size="Large")
    items = [small(figure.label, longest), value, *note]
    return {"type": "Column", "width": "stretch", "items": items}
