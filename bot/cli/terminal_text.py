"""A reply as lines for a terminal, and as JSON. Pure functions."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import assert_never

from bot.cli.json_kinds import KINDS
from handlers.chat.asking import Reach, View
from handlers.chat.reply import (
    Attachment,
    Choice,
    Choices,
    Details,
    Entry,
    Figure,
    Figures,
    Headline,
    Paragraph,
    Part,
    PickPerson,
    Picture,
    Pressed,
    Reply,
    Stamped,
    Table,
    TextInput,
)


def reply_text(reply: Reply) -> str:
    """The reply's parts in reading order, a blank line between them; the buttons under an answer
    stand together.
    """
    text, before = "", None
    for part in reply.parts:
        together = isinstance(before, Details) and isinstance(part, Choices) and not part.prompt
        text += ("\n" if together else "\n\n") if text else ""
        text += "\n".join(_lines(part))
        before = part
    return text


def _lines(part: Part) -> list[str]:
    match part:
        case Headline() | Paragraph():
            return [part.text]
        case Figures():
            return [_figure(item) for item in part.items]
        case Entry() | Table():
            return _entry_lines(part) if isinstance(part, Entry) else _table_lines(part)
        case Picture():
            return [f"[chart] {part.alt}"]
        case Stamped():
            return list(part.sentences)
        case Attachment():
            return [part.sentence, f"[file] {part.name}"]
        case Choices() | PickPerson() | TextInput() | Details():
            return _pressed_lines(part)
        case _:
            assert_never(part)


def _pressed_lines(part: Pressed) -> list[str]:
    match part:
        case Choices():
            return [*filter(None, [part.prompt]), *map(_choice, part.items)]
        case PickPerson():
            return [part.prompt, " ".join(w for w in (part.before, "@…", part.after) if w)]
        case TextInput():
            return [part.prompt, f"[{part.send.label}]"]
        case Details():
            return [f"[{part.button.label}]"]
        case _:
            assert_never(part)


def _choice(choice: Choice) -> str:
    """The button with the text to type instead of pressing; without it where typing cannot do the
    same: it confirms content, sends the answer elsewhere, or shows what lies behind it.
    """
    sends = choice.confirms or choice.reach is not Reach.ASKER
    by_pressing = sends or choice.view not in (View.ANSWER, View.PAGE)
    return f"[{choice.label}]" if by_pressing else f"[{choice.label}]  {choice.text}".rstrip()


def _figure(item: Figure) -> str:
    return "  ".join(text for text in (item.label, item.value, item.note) if text)


def _entry_lines(entry: Entry) -> list[str]:
    there = [f"{entry.link.label}  {entry.link.address}"] if entry.link else []
    return [entry.title, *entry.lines, *there]


def _table_lines(table: Table) -> list[str]:
    """The caption and the table's lines: columns two blanks apart, numbers to the right."""
    rows = [tuple(column.heading for column in table.columns), *table.rows]
    widths = [max(len(cell) for cell in cells) for cells in zip(*rows, strict=True)]
    sides = [">" if column.numeric else "<" for column in table.columns]
    lines = [
        "  ".join(
            f"{cell:{side}{width}}" for cell, side, width in zip(row, sides, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
    return [table.caption, *lines]


def as_json(value: object) -> object:
    """Convert any value of a reply to JSON types; parts name their kind."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):  # of a file that goes with this process
        return None
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    if is_dataclass(value):
        kind = {"kind": KINDS[type(value)]}
        return kind | {f.name: as_json(getattr(value, f.name)) for f in fields(value)}
    return value
