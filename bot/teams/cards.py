"""Elements of Adaptive Cards 1.5. Pure, and the one place that cleans: no text gets into a card
another way.

Sentences are runs of a RichTextBlock: there nothing is Markdown, so no name becomes a link, a list
or bold. A TextBlock and a FactSet would read it.
"""

import base64
import json
import re
from collections.abc import Sequence
from typing import Any

Element = dict[str, Any]

ACTIONS, LABEL, TEXT = 6, 40, 3000
"""Buttons that stand together, characters of a button's label, and of anything else."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, halves of characters, and marks that turn the direction of what follows."""

_BREAKS = re.compile(r"\s*[\n\r\t]\s*")
_APART = "\N{WORD JOINER}"


def clean(text: str, longest: int = TEXT) -> str:
    """The text without invisible trickery, in one line, cut with `…`. Never empty. `{{` would begin
    a function of the card's; it is parted so that nobody sees it.

    >>> clean("a\\u202eb\\nc", 4)
    'ab c'
    """
    seen = _BREAKS.sub(" ", _UNSEEN.sub("", text)).replace("{{", f"{{{_APART}{{")
    return (seen if len(seen) <= longest else f"{seen[: longest - 1]}…") or "–"


def run(text: str, longest: int = TEXT, **look: object) -> Element:
    """A sentence that means nothing but itself; it wraps. `look` is the run's: size, weight …"""
    shown = clean(text, longest)
    inline = {"type": "TextRun", "text": shown, **look} if look else shown
    return {"type": "RichTextBlock", "inlines": [inline]}


def small(text: str, longest: int = TEXT) -> Element:
    """Small print."""
    return run(text, longest, size="Small", isSubtle=True)


def button(label: str, verb: str, data: Element, **look: object) -> Element:
    """A button that tells the bot `verb` and `data`."""
    title = clean(label, LABEL)
    more = {} if title == label else {"tooltip": clean(label, 200)}
    return {
        "type": "Action.Execute", "title": title, "verb": verb, "data": data, **more, **look,
    }  # fmt: skip


def rows_of(buttons: Sequence[Element]) -> list[Element]:
    """The buttons, six in a row."""
    rows = (buttons[at : at + ACTIONS] for at in range(0, len(buttons), ACTIONS))
    return [{"type": "ActionSet", "actions": list(row)} for row in rows]


def image(png: bytes, alt: str) -> Element:
    """A picture that travels inside the card, and what it shows in words."""
    url = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    large = {"msTeams": {"allowExpand": True}}  # whoever presses it sees it in its full size
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
    """Characters of its JSON as it is sent at the longest, pictures left out."""
    pictures = [element for element in thing.get("body", ()) if element["type"] == "Image"]
    return len(json.dumps(thing)) - sum(len(picture["url"]) for picture in pictures)
