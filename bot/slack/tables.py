"""Tables in Slack's native form, and as monospaced lines where Slack does not take that. Pure."""

from collections.abc import Callable
from typing import Any

from handlers.chat.reply import Table

ROWS, CELLS, CHARACTERS = 100, 20, 10_000
"""Slack's limits of one table, headings included: rows, cells in a row, characters."""

_PIECE = 2_500
"""Maximum characters of a preformatted block."""

Clean = Callable[[str], str]


def is_native(table: Table) -> bool:
    """Check whether Slack's native table can hold the table."""
    cells = [column.heading for column in table.columns]
    cells += [cell for row in table.rows for cell in row]
    rows, columns = len(table.rows) + 1, len(table.columns)
    return rows <= ROWS and columns <= CELLS and sum(map(len, cells)) <= CHARACTERS - rows * columns


def native(table: Table, clean: Clean) -> list[dict[str, Any]]:
    """A native `table` block: its first row has the headings, and numbers stand to the right."""
    heads = tuple(column.heading for column in table.columns)
    settings = [
        {"align": "right" if column.numeric else "left", "is_wrapped": not column.numeric}
        for column in table.columns
    ]
    rows = [
        [{"type": "raw_text", "text": clean(cell) or "–"} for cell in row]
        for row in (heads, *table.rows)
    ]
    return [{"type": "table", "column_settings": settings, "rows": rows}]


def table_blocks(table: Table, clean: Clean) -> list[dict[str, Any]]:
    """The rows as monospaced lines, in as many preformatted blocks as they need."""
    heads = tuple(column.heading for column in table.columns)
    rows = [tuple(map(clean, row)) for row in (heads, *table.rows)]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    sides = [">" if column.numeric else "<" for column in table.columns]
    lines = [
        "  ".join(f"{c:{s}{w}}" for c, s, w in zip(row, sides, widths, strict=True)).rstrip()
        for row in rows
    ]
    return [_block(piece) for piece in _pieces(lines)]


def _pieces(lines: list[str]) -> list[str]:
    pieces: list[str] = []
    for line in (line[:_PIECE] or " " for line in lines):
        if pieces and len(pieces[-1]) + len(line) < _PIECE:
            pieces[-1] += f"\n{line}"
        else:
            pieces.append(line)
    return pieces


def _block(text: str) -> dict[str, Any]:
    """A preformatted block. Rich text is structure, not markup: nothing in it needs escaping."""
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [element]}
