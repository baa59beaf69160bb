"""Reads a message on Teams as a person does: a card back into parts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.teams.inbound import AFTER, BEFORE, PICK
from handlers.chat.links import Link
from handlers.chat.reply import (
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
    Stamped,
    Table,
    TableColumn,
    TextInput,
)
from tests.teams.card_rules import elements

Thing = dict[str, Any]
_ABOVE_BUTTONS = (Paragraph, Choices, PickPerson, TextInput)


def card_of(activity: Any) -> Thing:
    """The card of a message."""
    [attached] = activity["attachments"]
    found: Thing = attached["content"]
    return found


def texts(card: Thing) -> list[str]:
    """Every text of a card, in reading order."""
    return [_text(element) for element in elements(card) if element["type"] == "RichTextBlock"]


def buttons(card: Thing) -> dict[str, Thing]:
    """Every button by its label, as it is reported when pressed."""
    return {
        element["title"]: {"verb": element["verb"], "data": element["data"]}
        for element in elements(card)
        if element["type"] == "Action.Execute"
    }


def parts(card: Thing) -> list[Part]:
    """The parts of a card, pictures as `[chart]` and their words; small print is one part."""
    return _parts(card["body"])


def folded(card: Thing) -> dict[str, list[Part]]:
    """What the card folds, by the label of the button that shows it."""
    shows = [e for e in elements(card) if e["type"] == "Action.ToggleVisibility"]
    hidden = {e["id"]: e["items"] for e in elements(card) if e.get("isVisible") is False}
    return {e["title"]: _parts(hidden[e["targetElements"][0]]) for e in shows}


def _parts(body: list[Thing]) -> list[Part]:
    found: list[Part] = []
    for element in body:
        before = found[-1] if found else None
        if element.get("isVisible") is False:
            continue
        if isinstance(before, Entry) and element.get("spacing") == "None":
            found[-1] = _longer(before, element)
        elif element["type"] == "ActionSet" and not isinstance(before, _ABOVE_BUTTONS):
            found.append(_unprompted(element))
        elif element["type"] in ("Table", "ActionSet") and before:
            found[-1] = _under(before, element)
        elif element["type"] == "ColumnSet":
            found.append(Figures(tuple(map(_figure, element["columns"]))))
        elif _is_small(element) and isinstance(before, Stamped):
            found[-1] = Stamped((*before.sentences, _text(element)), made_up=False)
        else:
            found.append(_part(element))
    return found


def _longer(entry: Entry, element: Thing) -> Entry:
    """The entry with one more line, or with its link."""
    [inline] = element["inlines"]
    if isinstance(inline, dict) and inline["selectAction"]["type"] == "Action.OpenUrl":
        return replace(entry, link=Link(inline["text"], inline["selectAction"]["url"]))
    return replace(entry, lines=(*entry.lines, _text(element)))


def _under(before: Part, element: Thing) -> Part:
    """What stands under its caption, or under the line that says what buttons are for."""
    match before:
        case Paragraph(line) if element["type"] == "Table":
            return _table(line, element)
        case Paragraph(line):
            return Choices(line, tuple(_choices(element)))
        case Choices(line, items):
            return Choices(line, (*items, *_choices(element)))
        case TextInput(prompt):
            return TextInput(prompt, next(_choices(element)))
        case PickPerson(prompt):
            [action] = element["actions"]
            assert action["verb"] == PICK
            return PickPerson(prompt, action["data"][BEFORE], action["data"][AFTER])
    raise AssertionError(f"nobody expects {element['type']} there")


def _unprompted(row: Thing) -> Part:
    """Buttons that need no line above them, or the one that shows what is folded."""
    [first, *_] = row["actions"]
    if first["type"] == "Action.ToggleVisibility":
        return Details((), Choice(first["title"], ""))
    return Choices("", tuple(_choices(row)))


def _choices(row: Thing) -> Iterator[Choice]:
    for action in row["actions"]:
        yield Choice(action["title"], "", "a button")


def _part(element: Thing) -> Part:
    match element["type"]:
        case "RichTextBlock":
            return _sentence(element)
        case "Image":
            return Paragraph(f"[chart] {element['altText']}")
        case "Input.Text":
            return TextInput(element["label"], Choice("", ""))
        case "Input.ChoiceSet":
            return PickPerson(element["label"], "", "")
    raise AssertionError(f"nobody expects {element['type']}")


def _sentence(element: Thing) -> Part:
    text = _text(element)
    if _is_headline(element):
        return Headline(text)
    if _is_bold(element):
        return Entry(text, ())
    return Stamped((text,), made_up=False) if _is_small(element) else Paragraph(text)


def _is_small(element: Thing) -> bool:
    return element["type"] == "RichTextBlock" and "isSubtle" in element["inlines"][0]


def _is_headline(element: Thing) -> bool:
    first = element["inlines"][0]
    return isinstance(first, dict) and first.get("size") == "Medium"


def _is_bold(element: Thing) -> bool:
    first = element["inlines"][0]
    return isinstance(first, dict) and first.get("weight") == "Bolder"


def _text(element: Thing) -> str:
    return "".join(run if isinstance(run, str) else run["text"] for run in element["inlines"])


def _figure(column: Thing) -> Figure:
    return Figure(*map(_text, column["items"]))


def _table(caption: str, element: Thing) -> Table:
    rows = [tuple(_text(cell["items"][0]) for cell in row["cells"]) for row in element["rows"]]
    sides = [c["horizontalCellContentAlignment"] == "Right" for c in element["columns"]]
    columns = tuple(TableColumn(head, side) for head, side in zip(rows[0], sides, strict=True))
    return Table(caption, columns, tuple(rows[1:]))
