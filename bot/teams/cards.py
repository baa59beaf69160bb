"""Elements of Adaptive Cards 1.5. Pure, and the only place that cleans: all text gets into a card
through it.

Sentences are runs of a RichTextBlock: Markdown is not read there, so no name becomes a link, a list
or bold. A TextBlock and a FactSet would read it.
"""

import base64
import json
import re
from collections.abc import Sequence
from typing import Any

Element = dict[str, Any]

ACTIONS, LABEL, TEXT = 6, 40, 3000
"""Maximum buttons in a row, characters of a button's label, and characters of any other text."""

FOLDED = "details"
"""Id of what a card folds; a card folds one thing."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, lone surrogates, and marks that turn the direction of the text after them."""

_BREAKS = re.compile(r"\s*[\n\r\t]\s*")
_APART = "\N{WORD JOINER}"


def clean(text: str, longest: int = TEXT) -> str:
    """The text without control and direction characters, on one line, cut with `…`; `–` where
    nothing is left. `{{` would begin a function of the card; an invisible word joiner parts it.

    >>> clean("a\\u202eb\\nc", 4)
    'ab c'
    """
    seen = _BREAKS.sub(" ", _UNSEEN.sub("", text)).replace("{{", f"{{{_APART}{{")
    return (seen if len(seen) <= longest else f"{seen[: longest - 1]}…") or "–"


def run(text: str, longest: int = TEXT, **look: object) -> Element:
    """A sentence, shown literally; it wraps. `look` are properties of its run: size, weight …"""
    shown = clean(text, longest)
    inline = {"type": "TextRun", "text": shown, **look} if look else shown
    return {"type": "RichTextBlock", "inlines": [inline]}


def entry(title: str, lines: Sequence[str], longest: int = TEXT) -> list[Element]:
    """A bold line, and its sentences below without a gap."""
    name = run(title, longest, weight="Bolder")
    return [name, *({**run(line, longest), "spacing": "None"} for line in lines)]


def link(label: str, address: str) -> Element:
    """Words that open a page, below what they belong to."""
    opens = {"type": "Action.OpenUrl", "url": address}
    return {**run(label, LABEL, selectAction=opens), "spacing": "None"}


def headline(text: str, longest: int = TEXT) -> Element:
    """The answer's finding, larger and bold."""
    return run(text, longest, weight="Bolder", size="Medium")


def fold(label: str, body: Sequence[Element]) -> list[Element]:
    """A button that shows and hides these elements within the card, without asking the bot."""
    shows = {
        "type": "Action.ToggleVisibility",
        "title": clean(label, LABEL),
        "targetElements": [FOLDED],
    }
    inner = {"type": "Container", "id": FOLDED, "isVisible": False, "items": list(body)}
    return [{"type": "ActionSet", "actions": [shows]}, inner]


def small(text: str, longest: int = TEXT) -> Element:
    """A sentence in small print."""
    return run(text, longest, size="Small", isSubtle=True)


def button(label: str, verb: str, data: Element, **look: object) -> Element:
    """A button that sends `verb` and `data` to the bot."""
    title = clean(label, LABEL)
    more = {} if title == label else {"tooltip": clean(label, 200)}
    return {
        "type": "Action.Execute", "title": title, "verb": verb, "data": data, **more, **look,
    }  # fmt: skip


def rows_of(buttons: Sequence[Element]) -> list[Element]:
    """The buttons in rows of six."""
    rows = (buttons[at : at + ACTIONS] for at in range(0, len(buttons), ACTIONS))
    return [{"type": "ActionSet", "actions": list(row)} for row in rows]


def image(png: bytes, alt: str) -> Element:
    """A picture embedded in the card, with its description in words."""
    url = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    large = {"msTeams": {"allowExpand": True}}  # a press shows it in its full size
    return {"type": "Image", "url": url, "altText": clean(alt, 1000), "size": "Stretch", **large}


def card(body: Sequence[Element], fallback: str) -> Element:
    """The card of these elements; `fallback` is for clients that show no cards."""
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "msteams": {"width": "Full"},
        "fallbackText": clean(fallback, 1000),
        "body": list(body),
    }


def weight(thing: Element) -> int:
    """Characters of an element's JSON, with all non-ASCII escaped and without its pictures."""
    pictures = [element for element in thing.get("body", ()) if element["type"] == "Image"]
    return len(json.dumps(thing)) - sum(len(picture["url"]) for picture in pictures)
