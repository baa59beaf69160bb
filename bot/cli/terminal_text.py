"""A reply as lines for a terminal, and as JSON. Pure functions."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import assert_never

from bot.cli.json_kinds import KINDS
from handlers.chat.asking import Reach
from handlers.chat.reply import (
    Choice,
    Choices,
    Figure,
    Figures,
    Paragraph,
    Part,
    PickPerson,
    Picture,
    Reply,
    Stamped,
    Table,
)


def reply_text(reply: Reply) -> str:
    """The reply's parts in reading order, a blank line between them."""
    return "\n\n".join("\n".join(_lines(part)) for part in reply.parts)


def _lines(part: Part) -> list[str]:
    match part:
        case Paragraph():
            return [part.text]
        case Figures():
            return [_figure(item) for item in part.items]
        case Table():
            return [part.caption, *_table_lines(part)]
        case Picture():
            return [f"[chart] {part.alt}"]
        case Choices():
            return [part.prompt, *map(_choice, part.items)]
        case PickPerson():
            return [part.prompt, " ".join(w for w in (part.before, "@…", part.after) if w)]
        case Stamped():
            return list(part.sentences)
        case _:
            assert_never(part)


def _choice(choice: Choice) -> str:
    """The button with the text to type instead of pressing; without it where typing cannot do the
    same, because the button confirms content or sends the answer elsewhere.
    """
    by_pressing = choice.confirms or choice.reach is not Reach.ASKER
    return f"[{choice.label}]" if by_pressing else f"[{choice.label}]  {choice.text}".rstrip()


def _figure(item: Figure) -> str:
    return "  ".join(text for text in (item.label, item.value, item.note) if text)


def _table_lines(table: Table) -> list[str]:
    """The table's lines: columns two blanks apart, numbers to the right."""
    rows = [tuple(column.heading for column in table.columns), *table.rows]
    widths = [max(len(cell) for cell in cells) for cells in zip(*rows, strict=True)]
    sides = [">" if column.numeric else "<" for column in table.columns]
    return [
        "  ".join(
            f"{cell:{side}{width}}" for cell, side, width in zip(row, sides, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def as_json(value: object) -> object:
    """Convert any value of a reply to JSON types; parts name their kind."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    if is_dataclass(value):
        kind = {"kind": KINDS[type(value)]}
        return kind | {f.name: as_json(getattr(value, f.name)) for f in fields(value)}
    return value
