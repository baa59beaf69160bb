"""How the parts of an answer are laid out as HTML, and that no text gets out of its place."""

import html
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from bot.delivery import Delivered
from bot.page.outbound import answer_html, escape, files_html
from handlers.chat.links import Link
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
    Reply,
    Stamped,
    Table,
    TableColumn,
    TextInput,
)
from tests.platforms.answering import HOSTILE, Naming, chart

ONCE = Choice(HOSTILE, "/usage x")
PARTS: tuple[Part, ...] = (
    Attachment(HOSTILE, "text/csv", Path("0.file"), 7, HOSTILE),
    Headline(HOSTILE),
    Paragraph(HOSTILE),
    Figures((Figure(HOSTILE, HOSTILE, HOSTILE),)),
    Table(
        HOSTILE, (TableColumn(HOSTILE), TableColumn(HOSTILE, numeric=True)), ((HOSTILE, HOSTILE),)
    ),
    Entry(HOSTILE, (HOSTILE,), Link(HOSTILE, "https://example.com/a")),
    Picture(chart(), HOSTILE),
    Choices(HOSTILE, (ONCE,)),
    PickPerson(HOSTILE, HOSTILE, HOSTILE),
    TextInput(HOSTILE, ONCE),
    Stamped((HOSTILE,), made_up=True),
    Details((Paragraph(HOSTILE),), ONCE),
)


class Reader(HTMLParser):
    """Collects the tags and texts a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def shown(*parts: Part) -> str:
    return answer_html(
        Delivered(Reply(parts), buttons={ONCE: "b1"}), {chart(): "c" * 32}, Naming("en")
    )


def test_every_kind_of_part_is_tried_here() -> None:
    assert {type(part) for part in PARTS} == set(get_args(Part))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
def test_hostile_text_makes_no_tag_and_loses_nothing_but_its_trickery(part: Part) -> None:
    seen = Reader(shown(part))
    assert all(attributes.get("onerror") is None for _, attributes in seen.tags)
    assert [attributes.get("src") for tag, attributes in seen.tags if tag == "img"] in ([], [None])
    words = "".join(seen.texts) + "".join(
        attributes.get("alt") or "" for _, attributes in seen.tags
    )
    assert HOSTILE.replace("\u202e", "") in words
    assert "\u202e" not in words


def test_a_paragraph_keeps_its_lines() -> None:
    assert shown(Paragraph("one\ntwo")) == "<p>one\ntwo</p>"


def test_figures_stand_side_by_side_with_their_notes() -> None:
    assert shown(Figures((Figure("Seats", "1,250", "+150"), Figure("Active", "80%")))) == (
        '<div class="figures"><dl><dt>Seats</dt><dd class="value">1,250</dd>'
        '<dd class="note">+150</dd></dl><dl><dt>Active</dt><dd class="value">80%</dd></dl></div>'
    )


def test_a_table_names_its_columns_and_rows() -> None:
    page = shown(
        Table(
            "By workload",
            (TableColumn("Workload"), TableColumn("Active", numeric=True)),
            (("Teams", "9"),),
        )
    )
    assert '<div class="scroll" role="region" tabindex="0" aria-label="By workload">' in page
    assert "<caption>By workload</caption>" in page
    assert '<th scope="col">Workload</th><th scope="col" class="number">Active</th>' in page
    assert '<tr><th scope="row">Teams</th><td class="number">9</td></tr>' in page


def test_an_entrys_link_opens_beside_the_page_and_tells_nothing() -> None:
    page = shown(Entry("Contoso", ("by Friday",), Link("There", "https://example.com/a")))
    assert page == (
        "<article><h3>Contoso</h3><p>by Friday</p>"
        '<p><a href="https://example.com/a" target="_blank" rel="noopener noreferrer">There</a></p>'
        "</article>"
    )


def test_a_row_of_another_length_is_an_error_not_a_shifted_figure() -> None:
    with pytest.raises(ValueError, match="shorter"):
        shown(Table("t", (TableColumn("a"), TableColumn("b")), (("only",),)))


def test_a_picture_has_its_words_and_an_address_for_each_theme_and_width() -> None:
    tags = Reader(shown(Picture(chart(), "a finding"))).tags
    (source, narrow), (image, wide) = tags[-2:]
    address = f"/page/picture/{'c' * 32}"

    assert [tag for tag, _ in tags] == ["figure", "picture", source, image]
    assert (source, narrow["media"]) == ("source", "(max-width: 640px)")
    assert narrow["data-light"] == f"{address}/light-compact.png"
    assert narrow["data-dark"] == f"{address}/dark-compact.png"
    assert (image, wide["alt"]) == ("img", "a finding")
    assert wide["data-light"] == f"{address}/light.png"
    assert wide["data-dark"] == f"{address}/dark.png"
    assert (wide["width"], wide["height"]) == ("1600", "800")


def test_a_button_carries_an_id_and_never_its_question() -> None:
    page = shown(Choices("Which?", (ONCE,)))
    assert '<button type="button" data-button="b1">' in page
    assert "/usage x" not in page


def test_the_finding_is_the_heading_of_its_answer() -> None:
    assert (
        shown(Headline("5 of 10 are idle"), Paragraph("x")) == "<h2>5 of 10 are idle</h2><p>x</p>"
    )


def test_details_are_folded_under_the_words_of_their_button() -> None:
    behind = Choice("Details", "/usage secret")
    assert shown(Details((Paragraph("one"), Paragraph("two")), behind)) == (
        "<details><summary>Details</summary><p>one</p><p>two</p></details>"
    )


def test_what_is_asked_next_is_a_group_with_a_name_and_no_line() -> None:
    page = shown(Choices("", (ONCE,)))
    assert page.startswith('<div class="choices" role="group" aria-label="en follow-ups"><button')


def test_a_field_has_its_label_and_sends_its_text_with_its_button() -> None:
    tags = Reader(shown(TextInput("What did you expect?", ONCE))).tags
    assert [tag for tag, _ in tags] == ["form", "label", "span", "textarea", "button"]
    (_, form), _, _, (_, area), (_, button) = tags
    assert (form["class"], form["data-button"]) == ("words", "b1")
    assert (area["maxlength"], "required" in area) == ("2000", True)
    assert button == {"type": "submit"}


def test_made_up_figures_wear_a_pill() -> None:
    sentences = ("As of today.", "Seats of all partners.")
    made_up, real = (shown(Stamped(sentences, made_up=made_up)) for made_up in (True, False))
    assert made_up.count('<span class="pill">en page-made-up</span>') == 1
    assert "pill" not in real
    assert "<p>As of today.</p><p>Seats of all partners.</p>" in real


def test_what_can_be_seen_survives_escaping() -> None:
    name = "Æther & Søn «é» 東京 👩‍👩‍👧 שלום"
    assert html.unescape(escape(name)) == name


def test_characters_that_nobody_sees_are_dropped() -> None:
    assert escape("a\x00b\u202ec\u2066d\ud800e\x85f") == "abcdef"


def test_a_files_link_is_a_download_and_its_name_gets_out_of_no_place() -> None:
    file = Attachment(HOSTILE, "text/csv", Path("0.file"), 7, HOSTILE)
    [_, (tag, link)] = Reader(files_html({file: "/page/file/ada/0"}, Naming("en"))).tags
    assert (tag, link["href"], link["download"]) == ("a", "/page/file/ada/0", file.name)
