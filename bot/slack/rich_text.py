"""Letters as Slack shows them: cleaned, cut to their room, and as rich text, where no character is
markup.
"""

import re
from typing import Any

from handlers.chat.reply import Entry

Block = dict[str, Any]

SECTION, BUTTON = 3000, 75
"""Maximum characters of a section, and of a button's label."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, surrogates, and marks that turn the direction of the text after them."""


def visible_text(text: str) -> str:
    """The text without what no person sees."""
    return _UNSEEN.sub("", text)


def cut(text: str, longest: int) -> str:
    """The text, cut with `…` where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def headline(text: str) -> Block:
    """A bold line."""
    return _rich_text([_run(text, bold=True)])


def entry(item: Entry) -> Block:
    """A bold line, its sentences in lines below, and the link."""
    lines = [_run(f"\n{line}") for line in item.lines]
    return _rich_text([_run(item.title, bold=True), *lines, *_link(item)])


def _link(item: Entry) -> list[Block]:
    if item.link is None:
        return []
    label = cut(visible_text(item.link.label), BUTTON) or "–"
    return [_run("\n"), {"type": "link", "url": item.link.address, "text": label}]


def _run(text: str, *, bold: bool = False) -> Block:
    style = {"style": {"bold": True}} if bold else {}
    return {"type": "text", "text": cut(visible_text(text), SECTION) or "–", **style}


def _rich_text(runs: list[Block]) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}
