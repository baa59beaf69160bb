"""Slack's rules for blocks, as far as this bot uses them: fields by kind, and how long they may be.

What is not known here is refused, as Slack refuses it.
"""

from collections.abc import Callable
from typing import Any

Check = Callable[[Any], bool]


def text(longest: int, kinds: tuple[str, ...] = ("plain_text",)) -> Check:
    def check(value: Any) -> bool:
        if not isinstance(value, dict) or value.get("type") not in kinds:
            return False
        extra = {"plain_text": {"emoji"}, "mrkdwn": {"verbatim"}}[value["type"]]
        said = value.get("text")
        return set(value) <= {"type", "text"} | extra and string(longest)(said)

    return check


def string(longest: int) -> Check:
    return lambda value: isinstance(value, str) and 0 < len(value) <= longest


def listed(most: int, each: Check) -> Check:
    return lambda value: (
        isinstance(value, list) and 0 < len(value) <= most and all(map(each, value))
    )


def thing(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """An object with these fields and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any) -> bool:
        return (
            isinstance(value, dict)
            and set(required) <= set(value) <= set(known) | {"type", "block_id"}
            and all(known[name](value[name]) for name in value if name in known)
        )

    return check


def is_in(*values: object) -> Check:
    return lambda value: value in values


BUTTON = thing(
    {"type": is_in("button"), "action_id": string(255), "text": text(75), "value": string(2000)},
    {"style": is_in("primary", "danger")},
)
SELECT = thing({"type": is_in("users_select"), "action_id": string(255), "placeholder": text(150)})
CELL = thing({"type": is_in("raw_text"), "text": string(10_000)})
COLUMN = thing(
    {},
    {
        "align": is_in("left", "center", "right"),
        "is_wrapped": lambda value: isinstance(value, bool),
    },
)
ANY = ("plain_text", "mrkdwn")
PREFORMATTED = thing(
    {
        "type": is_in("rich_text_preformatted"),
        "elements": listed(1, thing({"type": is_in("text"), "text": string(3000)})),
    }
)
_STYLED = {"style": thing({"bold": bool})}
LETTERS = thing({"type": is_in("text"), "text": string(3000)}, _STYLED)
LINKED = thing({"type": is_in("link"), "text": string(75), "url": string(3000)})
LINE = thing(
    {
        "type": is_in("rich_text_section"),
        "elements": listed(20, lambda value: LETTERS(value) or LINKED(value)),
    }
)
WRITTEN = thing(
    {
        "type": is_in("plain_text_input"),
        "action_id": string(255),
        "multiline": bool,
        "max_length": lambda value: 0 < value <= 3000,
    }
)
KINDS: dict[str, Check] = {
    "input": thing({"element": WRITTEN, "label": text(2000)}),
    "section": thing(
        {},
        {
            "text": text(3000, ANY),
            "fields": listed(10, text(2000, ANY)),
            "accessory": lambda value: SELECT(value) or BUTTON(value),
        },
    ),
    "header": thing({"text": text(150)}),
    "actions": thing({"elements": listed(25, BUTTON)}),
    "context": thing({"elements": listed(10, text(3000, ANY))}),
    "rich_text": thing({"elements": listed(1, lambda value: PREFORMATTED(value) or LINE(value))}),
    "table": thing(
        {"rows": listed(100, listed(20, CELL))}, {"column_settings": listed(20, COLUMN)}
    ),
    "image": thing({"slack_file": thing({"id": string(50)}), "alt_text": string(2000)}),
}


def fault(blocks: Any, refused: frozenset[str] = frozenset(), most: int = 50) -> str:
    """What Slack would not take; empty where it takes all of it."""
    if not isinstance(blocks, list) or not 0 < len(blocks) <= most:
        return "too many blocks, or none"
    for block in blocks:
        kind = block.get("type") if isinstance(block, dict) else None
        if kind in refused or kind not in KINDS or not KINDS[kind](block):
            return f"a block of kind {kind}"
    tables = [block for block in blocks if block["type"] == "table"]
    cells = [cell["text"] for table in tables for row in table["rows"] for cell in row]
    if len(tables) > 1 or sum(map(len, cells)) > 10_000:
        return "tables"
    inner = [e for b in blocks for e in (*b.get("elements", ()), b.get("accessory", {}))]
    actions = [element["action_id"] for element in inner if element.get("type") == "button"]
    return "" if len(set(actions)) == len(actions) else "two actions of one id"
