"""Replies laid out as Slack's blocks. Pure, and the one place that escapes: no text reaches Slack
another way.

Plain text is used wherever Slack has it: nothing in it is a mention, a link or formatting.
"""

import html
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any, assert_never

from analytics.charts.model import ChartModel
from bot.delivery import Delivered
from bot.slack.inbound import PICK, WORDS
from bot.slack.rich_text import BUTTON, SECTION, Block, cut, entry, headline, visible_text
from bot.slack.tables import is_native, native, table_blocks
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
    Stamped,
    Table,
    TextInput,
    spoken_lines,
)

BLOCKS, FIELD, ALT, ID = 50, 2000, 2000, 255
"""Slack's limits: blocks in a message, and maximum characters of the others."""

_NONE: Mapping[ChartModel, str] = MappingProxyType({})
_BUTTONS, _FIELDS, _NOTES = 25, 10, 10
LABEL, WRITTEN = 2000, 2000
"""Characters of an input's label (Slack's limit), and of the text written into it (ours)."""


def plain(text: str, longest: int = SECTION) -> Block:
    """A plain-text object, in which no character is markup; cut with `…`, and never empty.

    >>> plain("<!channel>\\u202e", 6)["text"]
    '<!cha…'
    """
    return {"type": "plain_text", "text": cut(visible_text(text), longest) or "–", "emoji": False}


def escape(text: str) -> str:
    """Escape the text for a place where Slack reads markup: it then mentions, links and calls no
    person.

    >>> escape("<!channel> \\u202eA & B")
    '&lt;!channel&gt; A &amp; B'
    """
    return html.escape(visible_text(text), quote=False)


def words(
    delivered: Delivered, *, native_tables: bool = True, files: Mapping[ChartModel, str] = _NONE
) -> Block:
    """The answer as a message's `text` and `blocks`; of its pictures, those for which `files` has
    an uploaded file's id.

    At most one table is a native one, the limit of Slack; others, and those that are too large, are
    preformatted. Blocks beyond fifty are cut.
    """
    blocks: list[Block] = []
    for kind, parts in groupby(delivered.reply.parts, type):
        if kind is Paragraph:
            texts = [part.text for part in parts if isinstance(part, Paragraph)]
            blocks += map(_section, _join_texts(texts))
            continue
        for part in parts:
            free = native_tables and not any(block["type"] == "table" for block in blocks)
            blocks += _blocks(part, delivered, files, native_table=free)
    blocks = _joined_rows(blocks)
    shown = {"blocks": number_buttons(blocks[:BLOCKS])} if blocks else {}
    return {**only_text(delivered), **shown}


def only_text(delivered: Delivered) -> Block:
    """The answer without blocks, for when Slack takes none of them."""
    return {"text": summary(delivered)}


def picture(file: str, alt: str) -> Block:
    """A message that shows a picture already uploaded to Slack, by its file's id."""
    return {"text": escape(cut(visible_text(alt), ALT)), "blocks": [_image(file, alt)]}


def summary(delivered: Delivered) -> str:
    """The text for notifications and screen readers: sentences and figures, escaped."""
    return cut(escape("\n".join(spoken_lines(delivered.reply.parts))), SECTION) or "–"


def _blocks(
    part: Part, delivered: Delivered, files: Mapping[ChartModel, str], *, native_table: bool
) -> list[Block]:
    match part:
        case Headline() | Paragraph() | Entry():
            return [_sentences(part)]
        case Figures(items):
            fields = [_figure(item) for item in items]
            return [{"type": "section", "fields": some} for some in _by(_FIELDS, fields)]
        case Table():
            shape = native if native_table and is_native(part) else table_blocks
            return [_section(part.caption), *shape(part, visible_text)]
        case Picture(chart, alt):
            return [_image(files[chart], alt)] if files.get(chart) else []
        case Choices() | PickPerson() | TextInput() | Details():
            return _pressed_blocks(part, delivered)
        case Attachment(sentence=sentence):
            return [_section(sentence)]  # the file follows as a message of its own
        case Stamped(sentences):
            return [
                {"type": "context", "elements": [plain(sentence) for sentence in some]}
                for some in _by(_NOTES, list(sentences))
            ]
        case _:
            assert_never(part)


def _sentences(part: Headline | Paragraph | Entry) -> Block:
    match part:
        case Headline(text):
            return headline(text)
        case Paragraph(text):
            return _section(text)
        case Entry():
            return entry(part)
        case _:
            assert_never(part)


def _pressed_blocks(part: Pressed, delivered: Delivered) -> list[Block]:
    """Buttons and fields. What lies behind an answer is asked for by a button: Slack folds nothing
    but what was sent.
    """
    match part:
        case Choices():
            return _choices(part, delivered)
        case PickPerson():
            return [_people(part)]
        case TextInput():
            return _text_input(part, delivered)
        case Details(_, button):
            return [_row([_button(button, delivered.buttons[button], first=False)])]
        case _:
            assert_never(part)


def _image(file: str, alt: str) -> Block:
    shown = cut(visible_text(alt), ALT) or "–"
    return {"type": "image", "slack_file": {"id": file}, "alt_text": shown}


def _section(text: str) -> Block:
    return {"type": "section", "text": plain(text)}


def _figure(figure: Figure) -> Block:
    lines = [escape(figure.label), f"*{escape(figure.value)}*", escape(figure.note)]
    text = cut("\n".join(line for line in lines if line), FIELD)
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _choices(choices: Choices, delivered: Delivered) -> list[Block]:
    buttons = [
        _button(choice, delivered.buttons[choice], first=choice is choices.items[0])
        for choice in choices.items
    ]
    if len(buttons) == 1 and choices.prompt:
        return [{**_section(choices.prompt), "accessory": buttons[0]}]
    rows = [_row(some) for some in _by(_BUTTONS, buttons)]
    return [_section(choices.prompt), *rows] if choices.prompt else rows


def _row(buttons: list[Block]) -> Block:
    return {"type": "actions", "elements": buttons}


def _joined_rows(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with rows of buttons that follow one another as one row where there is room."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else {}
        if block["type"] == before.get("type") == "actions":
            elements = [*before["elements"], *block["elements"]]
            if len(elements) <= _BUTTONS:
                joined[-1] = _row(elements)
                continue
        joined.append(block)
    return joined


def _text_input(field: TextInput, delivered: Delivered) -> list[Block]:
    """A field for a few lines, and the button that sends them."""
    element = {
        "type": "plain_text_input",
        "action_id": WORDS,
        "multiline": True,
        "max_length": WRITTEN,
    }
    label = plain(field.prompt, LABEL)
    asked = {"type": "input", "block_id": WORDS, "element": element, "label": label}
    return [asked, _row([_button(field.send, delivered.buttons[field.send], first=True)])]


def _button(choice: Choice, value: str, *, first: bool) -> Block:
    agrees = first and choice.confirms and not choice.by_reader  # one card, not a list of many
    style = {"style": "primary"} if agrees else {}
    return {"type": "button", "text": plain(choice.label, BUTTON), **style, "value": value}


def number_buttons(blocks: list[Block]) -> list[Block]:
    """Give each button an id of its own and return the blocks: Slack wants the ids to differ within
    a message, and within a page.
    """
    for place, button in enumerate(button for block in blocks for button in _buttons_of(block)):
        button["action_id"] = f"press-{place}"
    return blocks


def _buttons_of(block: Block) -> list[Block]:
    """The buttons of a block: those in a row of buttons, or the one beside a sentence."""
    beside = block.get("accessory", {})
    if beside.get("type") == "button":
        return [beside]
    return list(block["elements"]) if block["type"] == "actions" else []


def _people(pick: PickPerson) -> Block:
    """A person menu that asks the question when a person is picked; where the question is too long
    for it, a sentence with the text to type.
    """
    action = f"{PICK}|{pick.before}|{pick.after}"
    if len(action) > ID:
        return _section(f"{pick.prompt}\n{pick.before} @… {pick.after}")
    select = {"type": "users_select", "action_id": action, "placeholder": plain(pick.prompt, 150)}
    return {**_section(pick.prompt), "accessory": select}


def _join_texts(texts: Sequence[str]) -> Iterator[str]:
    """Join paragraphs as far as a section holds them; split those that are longer."""
    held = ""
    for text in texts:
        for piece in _pieces(text):
            if held and len(held) + len(piece) + 2 > SECTION:
                yield held
                held = ""
            held = f"{held}\n\n{piece}" if held else piece
    if held:
        yield held


def _pieces(text: str) -> list[str]:
    return [text[at : at + SECTION] for at in range(0, len(text), SECTION)] or [""]


def _by(size: int, items: list[Any]) -> list[list[Any]]:
    return [items[at : at + size] for at in range(0, len(items), size)]
