"""Reads an answer on the page as a person does: HTML back into parts."""

import re
from xml.etree import ElementTree as Tree

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
    Reply,
    Stamped,
    Table,
    TableColumn,
    TextInput,
)

_OPEN = re.compile(r"(<(?:img|source) [^>]*)>")


def news(page: str) -> list[str]:
    """What the reader is told that they did not ask for."""
    return [_text(aside) for aside in _tree(page).iter("aside")]


def _tree(page: str) -> Tree.Element:
    whole = "<answer>" + _OPEN.sub(r"\1/>", page) + "</answer>"
    return Tree.fromstring(whole)  # noqa: S314 our own page, and it must be well-formed


def seen(page: str) -> tuple[Reply, dict[str, str]]:
    """The parts on the page, pictures as `[chart]` and their words; and buttons' ids by label."""
    answer = _tree(page)
    saved = (button for button in answer.iter("button") if "data-button" in button.attrib)
    buttons = {_text(button): button.attrib["data-button"] for button in saved}
    for form in answer.iter("form"):
        buttons[_text(_first(form, "button"))] = form.attrib["data-button"]
    return Reply(tuple(_part(part) for part in answer if part.tag != "aside")), buttons


def folded(page: str) -> dict[str, Reply]:
    """What the page folds, by the words that unfold it."""
    found = {}
    for fold in _tree(page).iter("details"):
        summary, *inner = fold
        found[_text(summary)] = Reply(tuple(map(_part, inner)))
    return found


def _part(element: Tree.Element) -> Part:
    match element.tag, element.get("class"):
        case "h2", _:
            return Headline(_text(element))
        case "p", _:
            return Paragraph(_text(element))
        case "figure", _:
            return Paragraph(f"[chart] {_first(element, 'img').attrib['alt']}")
        case "article", _:
            return _entry(element)
        case "div", "figures":
            return Figures(tuple(map(_figure, element)))
        case "div", "scroll":
            return _table(_first(element, "table"))
        case "footer", "stamp":
            sentences = tuple(_text(line) for line in element.iter("p"))
            return Stamped(sentences, made_up=element.find("span") is not None)
    return _asks_on(element)


def _entry(element: Tree.Element) -> Entry:
    name, *lines = element
    there = next(element.iter("a"), None)
    link = None if there is None else Link(_text(there), there.attrib["href"])
    sentences = tuple(_text(line) for line in lines if line.find("a") is None)
    return Entry(_text(name), sentences, link)


def _asks_on(element: Tree.Element) -> Part:
    match element.tag, element.get("class"):
        case "details", _:
            return Details((), Choice(_text(_first(element, "summary")), ""))
        case "form", "words":
            send = Choice(_text(_first(element, "button")), "")
            return TextInput(_text(_first(element, "span")), send)
        case "div", "choices":
            items = tuple(Choice(_text(button), "") for button in element.iter("button"))
            return Choices("".join(map(_text, element.iter("p"))), items)
        case "div", "choices people":
            prompt = _text(_first(element, "p"))
            return PickPerson(prompt, element.attrib["data-before"], element.attrib["data-after"])
    raise AssertionError(f"nobody expects <{element.tag} class={element.get('class')}>")


def _figure(element: Tree.Element) -> Figure:
    return Figure(*(_text(part) for part in element))


def _table(element: Tree.Element) -> Table:
    heads = _first(element, "thead").iter("th")
    columns = tuple(TableColumn(_text(head), head.get("class") == "number") for head in heads)
    rows = tuple(tuple(map(_text, row)) for row in _first(element, "tbody"))
    return Table(_text(_first(element, "caption")), columns, rows)


def _first(element: Tree.Element, tag: str) -> Tree.Element:
    return next(element.iter(tag))


def _text(element: Tree.Element) -> str:
    return "".join(element.itertext())
