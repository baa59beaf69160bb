"""Teams' rules for messages and cards, as far as this bot uses them: what is not known here is
refused, as Teams refuses it.
"""

import json
from collections.abc import Iterator
from typing import Any

Thing = dict[str, Any]

KINDS: dict[str, tuple[set[str], set[str]]] = {
    "RichTextBlock": ({"inlines"}, {"horizontalAlignment", "spacing"}),
    "ColumnSet": ({"columns"}, set()),
    "Column": ({"items", "width"}, set()),
    "Container": ({"items"}, {"id", "isVisible"}),
    "Table": ({"columns", "rows", "firstRowAsHeaders", "fallback"}, set()),
    "TableRow": ({"cells"}, set()),
    "TableCell": ({"items"}, set()),
    "Image": ({"url", "altText", "size", "msTeams"}, set()),
    "ActionSet": ({"actions"}, set()),
    "Input.ChoiceSet": (
        {"id", "label", "isRequired", "errorMessage", "choices"},
        {"choices.data"},
    ),
    "Input.Text": (
        {"id", "label", "isRequired", "errorMessage", "isMultiline", "maxLength"},
        set(),
    ),
    "Action.ToggleVisibility": ({"title", "targetElements"}, set()),
    "TextRun": ({"text"}, {"size", "weight", "isSubtle", "selectAction"}),
    "Action.Execute": ({"title", "verb", "data"}, {"style", "tooltip"}),
}
"""Fields that an element must have, and those it may have."""

FILE = "application/vnd.microsoft.teams.card.file."
FILE_CARDS = {
    f"{FILE}consent": (
        {"contentType", "name", "content"},
        {"description", "sizeInBytes", "acceptContext", "declineContext"},
    ),
    f"{FILE}info": (
        {"contentType", "name", "content", "contentUrl"},
        {"uniqueId", "fileType"},
    ),
}
"""Fields of the cards about files, and of their content."""

_WITHIN = ("body", "inlines", "columns", "items", "rows", "cells", "actions")


def fault(activity: Thing) -> str:
    """What Teams would not take; empty where it takes all of it."""
    if activity.get("type") == "typing":
        return ""
    if not activity.get("attachments"):
        text = activity.get("text")
        return "" if text and activity.get("textFormat") == "plain" else "no text"
    if not activity.get("summary"):
        return "no summary"
    [attached] = activity["attachments"]
    if attached["contentType"].startswith(FILE):
        return file_fault(attached)
    return too_large(activity) or card_fault(attached["content"])


def file_fault(attached: Thing) -> str:
    """What Teams would not take of a card about a file."""
    outer, inner = FILE_CARDS[attached["contentType"]]
    fits = attached.keys() == outer and attached["content"].keys() == inner
    return "" if fits and all(attached[name] for name in outer) else "a file's card"


def too_large(activity: Thing) -> str:
    """Whether it is above 28 KB without its pictures, or a picture above 70."""
    whole, urls = len(json.dumps(activity)), list(pictures(activity))
    if any(len(url) > 70 * 1024 for url in urls):
        return "a picture too large"
    return "too large" if whole - sum(map(len, urls)) > 28 * 1024 else ""


def pictures(thing: Any) -> Iterator[str]:
    """Every picture's address, wherever it stands."""
    if isinstance(thing, dict):
        if thing.get("type") == "Image":
            yield thing["url"]
        for inner in thing.values():
            yield from pictures(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from pictures(inner)


def card_fault(card: Thing) -> str:
    """What is wrong with a card."""
    if (card["type"], card["version"]) != ("AdaptiveCard", "1.5") or not card["fallbackText"]:
        return "no card of 1.5"
    wrong = [bad for element in elements(card) if (bad := _element_fault(element))]
    return wrong[0] if wrong else ""


def elements(thing: Thing) -> Iterator[Thing]:
    """Every element of a card, fallbacks too, in reading order."""
    for name in _WITHIN:
        for inner in thing.get(name, ()):
            if isinstance(inner, dict) and (thing.get("type"), name) != ("Table", "columns"):
                yield inner
                yield from elements(inner)
    if isinstance(thing.get("fallback"), dict):
        yield thing["fallback"]
        yield from elements(thing["fallback"])


def _element_fault(element: Thing) -> str:
    kind = element.get("type", "")
    if kind not in KINDS:
        return f"an element of kind {kind}"
    must, may = KINDS[kind]
    if not must <= set(element) - {"type"} <= must | may:
        return f"fields of {kind}"
    if kind == "ActionSet" and not 0 < len(element["actions"]) <= 6:
        return "actions"
    if kind.startswith("Action.") and not 0 < len(element["title"]) <= 40:
        return "a label"
    if kind == "Image" and not element["url"].startswith("data:image/png;base64,"):
        return "a picture from elsewhere"
    texts = element.get("inlines", ()) if kind == "RichTextBlock" else ["–"]
    return "" if texts and all(texts) and element.get("text", "–") else "an empty text"
