"""Replies as HTML. Pure, and the one place that escapes: no text reaches the page another way."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from analytics.charts.model import ChartModel
from bot.delivery import Delivered
from bot.page.people import PEOPLE
from handlers.chat.reply import (
    Attachment,
    Choices,
    Details,
    Entry,
    Figure,
    Figures,
    Headline,
    Notice,
    Paragraph,
    Part,
    PickPerson,
    Picture,
    Stamped,
    Table,
    TableColumn,
    TextInput,
)
from handlers.chat.services import Say

WIDE, COMPACT = (1600, 800), (1000, 800)
"""Width and height of the space that is kept free until a picture has come: of the whole one, and
of the one for narrow windows.
"""

NARROW = "(max-width: 640px)"
"""Windows that get the compact picture: its letters stay readable on a telephone."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, surrogates, and marks that turn the direction of the text after them."""


def escape(text: str) -> str:
    """Escape the text for any place between tags or within double quotes; drop invisible signs.

    >>> escape('<b title="x">\u202e')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(_UNSEEN.sub("", text))


def answer_html(delivered: Delivered, pictures: Mapping[ChartModel, str], say: Say) -> str:
    """The answer as HTML; `pictures` has each chart's id in the picture cache, else KeyError."""
    return _parts(delivered.reply.parts, delivered, pictures, say)


def files_html(links: Mapping[Attachment, str], say: Say) -> str:
    """A link for each file, by its address; the browser saves it and stays on the page."""
    return "".join(
        f'<p><a class="file" href="{address}" download="{escape(file.name)}">'
        f"{escape(say('page-file', name=file.name))}</a></p>"
        for file, address in links.items()
    )


def _parts(
    parts: Sequence[Part], delivered: Delivered, pictures: Mapping[ChartModel, str], say: Say
) -> str:
    return "".join(_part(part, delivered, pictures, say) for part in parts)


def _part(part: Part, delivered: Delivered, pictures: Mapping[ChartModel, str], say: Say) -> str:
    match part:
        case Headline(text) | Paragraph(text):
            name = "h2" if isinstance(part, Headline) else "p"
            return f"<{name}>{escape(text)}</{name}>"
        case Figures(items):
            return f'<div class="figures">{"".join(map(_figure, items))}</div>'
        case Table() | Entry():
            return _table(part) if isinstance(part, Table) else _entry(part)
        case Picture(chart, alt):
            return _picture(pictures[chart], alt)
        case Stamped():
            return _stamp(part, say)
        case Details(parts, button):
            inner = _parts(parts, delivered, pictures, say)
            return f"<details><summary>{escape(button.label)}</summary>{inner}</details>"
        case Choices() | PickPerson() | TextInput() | Attachment():
            return _asks_on(part, delivered, say)
        case _:
            assert_never(part)


def _asks_on(
    part: Choices | PickPerson | TextInput | Attachment, delivered: Delivered, say: Say
) -> str:
    match part:
        case Attachment(sentence=sentence):
            return f"<p>{escape(sentence)}</p>"
        case Choices():
            return _choices(part, delivered, say)
        case PickPerson():
            return _people(part)
        case TextInput():
            return _text_input(part, delivered)
        case _:
            assert_never(part)


def _figure(figure: Figure) -> str:
    note = f'<dd class="note">{escape(figure.note)}</dd>' if figure.note else ""
    value = f'<dd class="value">{escape(figure.value)}</dd>'
    return f"<dl><dt>{escape(figure.label)}</dt>{value}{note}</dl>"


def _entry(entry: Entry) -> str:
    """A name, its sentences, and a link that opens beside the page and does not tell where from."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in entry.lines)
    there = entry.link and (
        f'<p><a href="{escape(entry.link.address)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(entry.link.label)}</a></p>"
    )
    return f"<article><h3>{escape(entry.title)}</h3>{lines}{there or ''}</article>"


def _table(table: Table) -> str:
    """A table as HTML; a wide one scrolls in its own frame, which the keyboard can reach."""
    caption = escape(table.caption)
    heads = "".join(
        f'<th scope="col"{_side(column)}>{escape(column.heading)}</th>' for column in table.columns
    )
    rows = "".join(_row(table.columns, row) for row in table.rows)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table>'
        f"<caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(columns: tuple[TableColumn, ...], row: tuple[str, ...]) -> str:
    cells = [
        f"<td{_side(column)}>{escape(cell)}</td>" for column, cell in zip(columns, row, strict=True)
    ]
    first = f'<th scope="row"{_side(columns[0])}>{escape(row[0])}</th>'
    return f"<tr>{first}{''.join(cells[1:])}</tr>"


def _side(column: TableColumn) -> str:
    return ' class="number"' if column.numeric else ""


def _picture(chart_id: str, alt: str) -> str:
    """A picture without `src`: the page's script asks for the pictures that fit the theme, and the
    browser takes the one that fits the window.
    """
    address = f"/page/picture/{escape(chart_id)}"
    return (
        f'<figure><picture><source media="{NARROW}" {_sources(address, "-compact", COMPACT)}>'
        f'<img alt="{escape(alt)}" loading="lazy" {_sources(address, "", WIDE)}></picture></figure>'
    )


def _sources(address: str, kind: str, pixels: tuple[int, int]) -> str:
    width, height = pixels
    both = " ".join(f'data-{theme}="{address}/{theme}{kind}.png"' for theme in ("light", "dark"))
    return f'width="{width}" height="{height}" {both}'


def _choices(choices: Choices, delivered: Delivered, say: Say) -> str:
    prompt = escape(choices.prompt)
    line = f"<p>{prompt}</p>" if prompt else ""
    buttons = "".join(
        f'<button type="button" data-button="{escape(delivered.buttons[choice])}">'
        f"{escape(choice.label)}</button>"
        for choice in choices.items
    )
    name = prompt or escape(say("follow-ups"))
    return f'<div class="choices" role="group" aria-label="{name}">{line}{buttons}</div>'


def _text_input(field: TextInput, delivered: Delivered) -> str:
    """A field whose text goes with its button."""
    button = escape(delivered.buttons[field.send])
    return (
        f'<form class="words" data-button="{button}"><label><span>{escape(field.prompt)}</span>'
        f'<textarea rows="3" maxlength="2000" required="required"></textarea></label>'
        f'<button type="submit">{escape(field.send.label)}</button></form>'
    )


def _people(pick: PickPerson) -> str:
    """A button for each made-up person; pressing it asks the question as if it were typed."""
    prompt, before, after = escape(pick.prompt), escape(pick.before), escape(pick.after)
    buttons = "".join(
        f'<button type="button" data-ask="{before} @{who.key} {after}">{escape(who.name)}</button>'
        for who in PEOPLE
    )
    return (
        f'<div class="choices people" data-before="{before}" data-after="{after}" role="group"'
        f' aria-label="{prompt}"><p>{prompt}</p>{buttons}</div>'
    )


def letters_html(letters: Iterable[Delivered], pictures: Mapping[ChartModel, str], say: Say) -> str:
    """Letters that came since the reader last spoke, to stand before their own answer under a line
    that says so; each has a rule below it.
    """
    shown = "".join(f"{answer_html(letter, pictures, say)}<hr>" for letter in letters)
    line = f'<aside class="notice"><p>{escape(say("post-meanwhile"))}</p></aside>'
    return f"{line}{shown}" if shown else ""


def notices_html(notices: Sequence[Notice], say: Say) -> str:
    """Notices of what others did that concern the reader, to stand before their own answer."""
    lines = (say(notice.sentence, **notice.values) for notice in notices)
    return "".join(f'<aside class="notice"><p>{escape(line)}</p></aside>' for line in lines)


def _stamp(stamp: Stamped, say: Say) -> str:
    pill = f'<span class="pill">{escape(say("page-made-up"))}</span>' if stamp.made_up else ""
    lines = "".join(f"<p>{escape(sentence)}</p>" for sentence in stamp.sentences)
    return f'<footer class="stamp">{pill}{lines}</footer>'
