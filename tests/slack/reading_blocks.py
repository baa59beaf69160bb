"""Reads a message on Slack as a person does: blocks back into parts."""

import html
from typing import Any

from handlers.chat.links import Link
from handlers.chat.reply import (
    Choice,
    Choices,
    Entry,
    Figure,
    Figures,
    Headline,
    Paragraph,
    Part,
    PickPerson,
    Stamped,
    Table,
    TableColumn,
    TextInput,
)

Block = dict[str, Any]


def parts(message: dict[str, Any]) -> list[Part]:
    """The parts of a message, pictures as `[chart]` and their words."""
    found: list[Part] = []
    for block in message["blocks"]:
        before = found[-1] if found else None
        if _is_entry(block):
            found.append(_entry(block))
        elif _is_headline(block):
            found.append(Headline(block["elements"][0]["elements"][0]["text"]))
        elif block["type"] in ("table", "rich_text", "actions") and isinstance(before, Paragraph):
            found[-1] = _under(before.text, block)
        elif block["type"] == "actions" and isinstance(before, TextInput):
            found[-1] = TextInput(before.prompt, _choice(block["elements"][0]))
        else:
            found.append(_part(block))
    return found


def _under(line: str, block: Block) -> Part:
    """What stands under its caption, or under the line that says what buttons are for."""
    if block["type"] == "actions":
        return Choices(line, tuple(_choice(button) for button in block["elements"]))
    if block["type"] == "table":
        return _table(line, block)
    [lines] = [e["text"] for inner in block["elements"] for e in inner["elements"]]
    return Paragraph(f"{line}\n{lines}")


def _is_headline(block: Block) -> bool:
    return block["type"] == "rich_text" and block["elements"][0]["type"] == "rich_text_section"


def _is_entry(block: Block) -> bool:
    return _is_headline(block) and len(block["elements"][0]["elements"]) > 1


def _entry(block: Block) -> Entry:
    """A bold name, lines that begin with a break, and a link behind a break of its own."""
    name, *runs = block["elements"][0]["elements"]
    link = Link(runs[-1]["text"], runs[-1]["url"]) if runs[-1]["type"] == "link" else None
    lines = runs[:-2] if link else runs
    return Entry(name["text"], tuple(run["text"].removeprefix("\n") for run in lines), link)


def _choice(button: Block) -> Choice:
    return Choice(button["text"]["text"], "", "a button")


def _part(block: Block) -> Part:
    match block:
        case {"type": "section"}:
            return _section(block)
        case {"type": "actions" | "input"}:
            return _asks_on(block)
        case {"type": "context", "elements": elements}:
            return Stamped(tuple(element["text"] for element in elements), made_up=False)
        case {"type": "image", "alt_text": alt}:
            return Paragraph(f"[chart] {alt}")
    raise AssertionError(f"nobody expects {block['type']}")


def _section(block: Block) -> Part:
    match block:
        case {"fields": fields}:
            return Figures(tuple(map(_figure, fields)))
        case {"accessory": {"type": "button"} as button}:
            return Choices(block["text"]["text"], (_choice(button),))
        case {"accessory": {"action_id": action}}:
            _, before, after = action.split("|", 2)
            return PickPerson(block["text"]["text"], before, after)
        case _:
            return Paragraph(block["text"]["text"])


def _asks_on(block: Block) -> Part:
    if block["type"] == "input":
        return TextInput(block["label"]["text"], Choice("", ""))
    return Choices("", tuple(map(_choice, block["elements"])))


def _figure(field: Block) -> Figure:
    label, value, *note = map(html.unescape, field["text"].split("\n"))
    return Figure(label, value.strip("*"), *note)


def _table(caption: str, block: Block) -> Table:
    heads, *rows = [tuple(cell["text"] for cell in row) for row in block["rows"]]
    sides = [column["align"] == "right" for column in block["column_settings"]]
    columns = tuple(TableColumn(head, side) for head, side in zip(heads, sides, strict=True))
    return Table(caption, columns, tuple(rows))
