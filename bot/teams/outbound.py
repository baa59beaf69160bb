"""Conversion of a Reply to an Adaptive Card. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from analytics.charts.model import ChartModel
from bot.delivery import Delivered
from bot.teams.cards import (
    TEXT,
    Element,
    button,
    card,
    clean,
    entry,
    fold,
    headline,
    image,
    link,
    rows_of,
    run,
    small,
    weight,
)
from bot.teams.inbound import (
    AFTER,
    ASK,
    BEFORE,
    BUTTON,
    PERSON,
    PICK,
    PRESS,
    QUESTION,
    STAYS,
    WORDS,
)
from bot.teams.tables import figures, table
from handlers.chat.reply import (
    Attachment,
    Choices,
    Details,
    Entry,
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
    spoken_lines,
)
from handlers.chat.services import Say

LARGEST = 26_000
"""Maximum characters of a card's JSON without its pictures; with what is around it, a message stays
below 28 KB.
"""

PICTURE = 52_000
"""Maximum bytes of a picture, as compact ones are drawn: below 70,000 characters within a card."""

_ROWS = (10_000, 60, 40, 25, 15, 8, 3)
_SHORT = 400
WRITTEN = 2000
"""Maximum characters that are written into a field."""
_WORD_DOT = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])|(?<=:)//")


@dataclass(frozen=True, slots=True)
class CardContext:
    """The data of a card besides its answer: pictures that were drawn, the reader's language, and
    the people to choose from; without any, the whole organisation can be chosen from.
    """

    say: Say
    pictures: Mapping[ChartModel, bytes]
    roster: Sequence[tuple[str, str]] = ()
    """Entra object id and name of each person."""
    rows: int = _ROWS[0]
    longest: int = TEXT
    folds: bool = True
    """Whether details are folded within the card; else they have a button."""


def message(delivered: Delivered, look: CardContext) -> Element:
    """The answer as a message with one card."""
    return {
        "type": "message",
        "summary": clean(summary(delivered.reply.parts), 300),
        "attachments": [card_attachment(answer_card(delivered, look))],
    }


def card_attachment(made: Element) -> Element:
    """A card as an attachment of a message."""
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": made}


def line(text: str) -> Element:
    """A message of one sentence."""
    made = card([run(text)], text)
    return {"type": "message", "summary": clean(text, 300), "attachments": [card_attachment(made)]}


def only_text(delivered: Delivered) -> Element:
    """The answer without a card, for when Teams does not take it: plain text, without an address
    that a client would make a link of.
    """
    said = "\n\n".join(clean(text) for text in spoken_lines(delivered.reply.parts))[:TEXT]
    return {"type": "message", "textFormat": "plain", "text": _break_links(said) or "–"}


def examples(opening: Sequence[str], prompt: str, asked: Sequence[str]) -> Element:
    """A message of sentences, and of buttons whose questions are asked as if they were typed."""
    buttons = [button(text, ASK, {QUESTION: text}) for text in asked]
    body = [*map(run, opening), run(prompt), *rows_of(buttons)]
    made = card(body, " ".join(opening))
    return {
        "type": "message",
        "summary": clean(opening[0], 300),
        "attachments": [card_attachment(made)],
    }


def answer_card(delivered: Delivered, look: CardContext) -> Element:
    """The answer as a card that Teams takes: where it would be too large, its details go behind a
    button, then tables lose their last rows, and if need be the answer its last parts; the card
    says so. Small print is removed last.
    """
    parts = list(delivered.reply.parts)
    made = _parts_card(parts, delivered, look)
    if weight(made) <= LARGEST:
        return made
    look = replace(look, folds=False)
    for rows in _ROWS:
        made = _parts_card(parts, delivered, replace(look, rows=rows))
        if weight(made) <= LARGEST:
            return made
    short = replace(look, rows=_ROWS[-1], longest=_SHORT)
    cut = Paragraph(look.say("answer-cut"))
    while weight(made := _parts_card([*parts, cut], delivered, short)) > LARGEST and parts:
        loose = [at for at, part in enumerate(parts) if not isinstance(part, Stamped)]
        del parts[loose[-1] if loose else -1]
    return made


def summary(parts: Sequence[Part]) -> str:
    """The text of a notification: the finding, which is the answer's first line."""
    return next(iter(spoken_lines(parts)), "")


def only_sentence(delivered: Delivered) -> str:
    """The text of an answer that is one sentence and nothing else; empty where it is more."""
    match delivered.reply:
        case Reply((Paragraph(text),)):
            return clean(text, _SHORT)
    return ""


def _parts_card(parts: Sequence[Part], delivered: Delivered, look: CardContext) -> Element:
    shown = _first_entries(parts, look)
    body = [element for part in shown for element in _elements(part, delivered, look)]
    return card(body, "\n".join(spoken_lines(parts)))


def _first_entries(parts: Sequence[Part], look: CardContext) -> list[Part]:
    """The parts, of entries as many as a table may have rows, and how many more there are."""
    places = [at for at, part in enumerate(parts) if isinstance(part, Entry)]
    if len(places) <= look.rows:
        return list(parts)
    cut, end = places[look.rows], places[-1] + 1
    if any(isinstance(behind, Choices) for behind in parts[end : end + 1]):
        end += 1  # the last entry's own buttons
    left = Paragraph(look.say("rows-cut", n=len(places) - look.rows))
    return [*parts[:cut], left, *parts[end:]]


def _elements(part: Part, delivered: Delivered, look: CardContext) -> list[Element]:
    match part:
        case Headline() | Paragraph() | Entry():
            return _sentences(part, look)
        case Figures(items):
            return list(figures(items, look.longest))
        case Table():
            return _table(part, look)
        case Picture(chart, alt):
            return _picture(look.pictures.get(chart, b""), alt, look)
        case Choices() | PickPerson() | TextInput() | Details():
            return _pressed_elements(part, delivered, look)
        case Attachment(sentence=sentence):
            return [run(sentence, look.longest)]  # a card of its own asks where to put the file
        case Stamped(sentences):
            return [small(sentence, look.longest) for sentence in sentences]
        case _:
            assert_never(part)


def _sentences(part: Headline | Paragraph | Entry, look: CardContext) -> list[Element]:
    match part:
        case Headline(text):
            return [headline(text, look.longest)]
        case Paragraph(text):
            return [run(text, look.longest)]
        case Entry(title, lines, there):
            opens = [link(there.label, there.address)] if there else []
            return [*entry(title, lines, look.longest), *opens]
        case _:
            assert_never(part)


def _pressed_elements(part: Pressed, delivered: Delivered, look: CardContext) -> list[Element]:
    match part:
        case Choices():
            return _choices(part, delivered, look)
        case PickPerson():
            return _people(part, look)
        case TextInput():
            return _text_input(part, delivered, look)
        case Details():
            return _details(part, delivered, look)
        case _:
            assert_never(part)


def _table(part: Table, look: CardContext) -> list[Element]:
    left = len(part.rows) - look.rows
    more = [small(look.say("rows-cut", n=left))] if left > 0 else []
    return [*table(part, look.rows, look.longest), *more]


def _picture(png: bytes, alt: str, look: CardContext) -> list[Element]:
    """The picture, or only its words where it was not drawn or is too heavy for a card."""
    fits = 0 < len(png) <= PICTURE
    return [image(png, alt) if fits else small(alt, look.longest)]


def _choices(choices: Choices, delivered: Delivered, look: CardContext) -> list[Element]:
    buttons: list[Element] = []
    stays = {} if choices.prompt else {STAYS: True}  # what is asked next leaves the answer there
    for choice in choices.items:
        agrees = choice.confirms and not buttons and not choice.by_reader
        first = {"style": "positive"} if agrees else {}
        data = {BUTTON: delivered.buttons[choice], **stays}
        buttons.append(button(choice.label, PRESS, data, **first))
    prompt = [run(choices.prompt, look.longest)] if choices.prompt else []
    return [*prompt, *rows_of(buttons)]


def _details(details: Details, delivered: Delivered, look: CardContext) -> list[Element]:
    """The details, folded within the card; their button, where the card has no room for them."""
    if not look.folds:
        data = {BUTTON: delivered.buttons[details.button], STAYS: True}
        return rows_of([button(details.button.label, PRESS, data)])
    inner = [each for part in details.parts for each in _elements(part, delivered, look)]
    return fold(details.button.label, inner)


def _text_input(field: TextInput, delivered: Delivered, look: CardContext) -> list[Element]:
    written = {
        "type": "Input.Text",
        "id": WORDS,
        "label": clean(field.prompt, 200),
        "isMultiline": True,
        "maxLength": WRITTEN,
        "isRequired": True,
        "errorMessage": look.say("words-missing"),
    }
    data = {BUTTON: delivered.buttons[field.send]}
    return [written, *rows_of([button(field.send.label, PRESS, data, style="positive")])]


def _people(pick: PickPerson, look: CardContext) -> list[Element]:
    listed = [{"title": clean(name, 100), "value": person} for person, name in look.roster]
    everybody = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    chooser = {
        "type": "Input.ChoiceSet",
        "id": PERSON,
        "label": clean(pick.prompt, 200),
        "isRequired": True,
        "errorMessage": look.say("pick-missing"),
        "choices": listed,
        **({} if listed else {"choices.data": everybody}),
    }
    data = {BEFORE: pick.before, AFTER: pick.after}
    return [chooser, *rows_of([button(look.say("pick-done"), PICK, data)])]


def _break_links(text: str) -> str:
    """The text with an invisible mark in every part that looks like an address."""
    return _WORD_DOT.sub(lambda dot: f"\N{WORD JOINER}{dot[0]}", text)
