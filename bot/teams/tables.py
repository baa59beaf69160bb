"""Figures and tables as a card has them. Pure."""

from collections.abc import Iterator, Sequence

from bot.teams.cards import Element, run, small
from handlers.chat.reply import Figure, Table

_SIDE_BY_SIDE = 4


def figures(items: Sequence[Figure], longest: int) -> Iterator[Element]:
    """Numbers side by side, four in a row, each under its name."""
    for at in range(0, len(items), _SIDE_BY_SIDE):
        columns = [_column(item, longest) for item in items[at : at + _SIDE_BY_SIDE]]
        yield {"type": "ColumnSet", "columns": columns}


def table(part: Table, rows: int, longest: int) -> list[Element]:
    """The caption, and so many rows under their headings; as lines where a client has no tables."""
    heads = tuple(column.heading for column in part.columns)
    lines = (heads, *part.rows[:rows])
    sides = ["Right" if column.numeric else "Left" for column in part.columns]
    grid = {
        "type": "Table",
        "firstRowAsHeaders": True,
        "columns": [
            {"width": 1 if column.numeric else 2, "horizontalCellContentAlignment": side}
            for column, side in zip(part.columns, sides, strict=True)
        ],
        "rows": [_row(line, longest) for line in lines],
        "fallback": {
            "type": "Container",
            "items": [run(" · ".join(line), longest) for line in lines],
        },
    }
    return [run(part.caption, longest, weight="Bolder"), grid]


def _row(cells: Sequence[str], longest: int) -> Element:
    shown = [{"type": "TableCell", "items": [run(cell, longest)]} for cell in cells]
    return {"type": "TableRow", "cells": shown}


def _column(figure: Figure, longest: int) -> Element:
    note = [small(figure.note, longest)] if figure.note else []
    value = run(figure.value, longest, weight="Bolder", size="Large")
    items = [small(figure.label, longest), value, *note]
    return {"type": "Column", "width": "stretch", "items": items}
