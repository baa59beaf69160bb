"""Answers into cards: within Teams' limits, and nothing in them but text."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import Delivered
from bot.teams.cards import clean
from bot.teams.outbound import (
    LARGEST,
    PICTURE,
    CardContext,
    line,
    message,
    only_sentence,
    only_text,
)
from bot.teams.welcome import greeting
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
    every_choice,
)
from handlers.messages.speaker import speaker
from tests.platforms.answering import FINDING, chart, usage
from tests.teams.card_rules import elements, fault, pictures
from tests.teams.reading_cards import buttons, card_of, texts

MARKUP = "[x](https://evil.example) **b** <at>Ada</at> - 1. `c` "
HOSTILE = MARKUP + "{{DATE(2017-02-14T06:00:00Z)}} \u202eexe\x00\ud800"
SAID = MARKUP + "{\u2060{DATE(2017-02-14T06:00:00Z)}} exe"
SAY = speaker("en")
PLAIN = CardContext(SAY, {})
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 1000


def delivered(*parts: Part) -> Delivered:
    choices = enumerate(every_choice(parts))
    return Delivered(Reply(parts), buttons={choice: f"id-{at}" for at, choice in choices})


def card(*parts: Part, look: CardContext = PLAIN) -> dict[str, Any]:
    made = message(delivered(*parts), look)
    assert fault(made) == ""
    return card_of(made)


def table(rows: int, columns: int = 2, cell: str = "x") -> Table:
    heads = tuple(TableColumn(f"c{at}", numeric=at > 0) for at in range(columns))
    return Table("A table", heads, tuple((cell,) * columns for _ in range(rows)))


some_text = st.text(max_size=30) | st.sampled_from(["", HOSTILE, "x" * 5000, "é" * 3000])
plain_parts = st.one_of(
    st.builds(Headline, some_text),
    st.builds(Paragraph, some_text),
    st.builds(Attachment, some_text, some_text, st.just(Path("0.file")), st.just(7), some_text),
    st.builds(
        Figures, st.lists(st.builds(Figure, some_text, some_text, some_text), min_size=1).map(tuple)
    ),
    st.builds(table, st.integers(0, 120), st.integers(1, 22), some_text),
    st.builds(
        Entry,
        some_text,
        st.lists(some_text, max_size=4).map(tuple),
        st.none() | st.builds(Link, some_text, st.just("https://example.com/a")),
    ),
    st.builds(
        Choices,
        some_text,
        st.lists(st.builds(Choice, some_text, some_text, some_text), min_size=1, max_size=30).map(
            tuple
        ),
    ),
    st.builds(PickPerson, some_text, some_text, some_text),
    st.builds(Picture, st.just(chart()), some_text),
    st.builds(
        Stamped, st.lists(some_text, min_size=1, max_size=12).map(tuple), made_up=st.booleans()
    ),
)
asked = st.builds(Choice, some_text, some_text)
folding = st.builds(Details, st.lists(plain_parts, min_size=1, max_size=4).map(tuple), asked)
parts = st.one_of(plain_parts, folding, st.builds(TextInput, some_text, asked))


@given(st.lists(parts, min_size=1, max_size=6), st.booleans())
def test_whatever_an_answer_holds_teams_takes_it(found: list[Part], drawn: bool) -> None:  # noqa: FBT001 as drawn
    made = message(delivered(*found), CardContext(SAY, {chart(): PNG} if drawn else {}))
    assert fault(made) == ""
    json.dumps(made).encode("ascii")
    assert fault(only_text(delivered(*found))) == ""


@pytest.mark.parametrize(
    "part",
    [
        Paragraph(HOSTILE),
        Figures((Figure(HOSTILE, HOSTILE, HOSTILE),)),
        Table(HOSTILE, (TableColumn(HOSTILE),), ((HOSTILE,),)),
        Entry(HOSTILE, (HOSTILE,)),
        Picture(chart(), HOSTILE),
        Choices(HOSTILE, (Choice("x", HOSTILE),)),
        Stamped((HOSTILE,), made_up=True),
    ],
    ids=lambda part: type(part).__name__,
)
def test_a_hostile_name_is_text_and_nothing_else_in_every_part(part: Part) -> None:
    """Rich text is not Markdown; a TextBlock and a FactSet are, and there are none."""
    made = card(part)
    assert {element["type"] for element in elements(made)}.isdisjoint({"TextBlock", "FactSet"})
    assert set(texts(made)) <= {SAID, "x"}
    assert "entities" not in made["msteams"]


def test_a_hostile_name_on_a_button_or_in_a_list_is_clean_and_short() -> None:
    made = card(Choices("Which?", (Choice(HOSTILE, "/usage"),)))
    [label] = buttons(made)
    assert label == f"{SAID[:39]}…"
    listed = card(PickPerson("Who?", "a", "b"), look=CardContext(SAY, {}, (("id", HOSTILE),)))
    [chooser, _] = listed["body"]
    assert chooser["choices"] == [
        {"title": SAID[:99] + "…" if len(SAID) > 100 else SAID, "value": "id"}
    ]


@given(st.text())
def test_clean_text_is_one_line_without_trickery(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", clean(text))
    assert "{{" not in clean(text)


def test_text_without_a_card_is_plain_and_links_nothing() -> None:
    made = only_text(delivered(Paragraph("see https://evil.example now"), Paragraph("92.5 %")))
    assert made["textFormat"] == "plain"
    assert made["text"] == "see https:\u2060//evil\u2060.example now\n\n92.5 %"


def test_a_whole_answer_in_its_order() -> None:
    look = CardContext(SAY, {chart(): PNG})
    made = message(Delivered(usage()), look)
    assert fault(made) == ""
    kinds = [element["type"] for element in card_of(made)["body"]]
    assert kinds[:2] == ["RichTextBlock", "ColumnSet"]
    assert "Image" in kinds
    assert "Table" in kinds
    assert made["summary"].startswith(FINDING[:60])
    assert "1,250" in card_of(made)["fallbackText"]


def test_the_picture_travels_in_the_card_and_says_what_it_shows() -> None:
    [image] = card(Picture(chart(), FINDING), look=CardContext(SAY, {chart(): PNG}))["body"]
    assert base64.b64decode(image["url"].removeprefix("data:image/png;base64,")) == PNG
    assert image["altText"] == FINDING


@pytest.mark.parametrize("png", [b"", b"x" * (PICTURE + 1)])
def test_without_a_picture_that_can_travel_its_words_stand(png: bytes) -> None:
    made = card(Picture(chart(), FINDING), look=CardContext(SAY, {chart(): png}))
    assert list(pictures(made)) == []
    assert texts(made) == [FINDING]


def test_a_table_is_a_table_and_lines_for_clients_without_tables() -> None:
    made = card(
        Table("Seats", (TableColumn("Name"), TableColumn("Sold", numeric=True)), (("E3", "5"),))
    )
    [caption, grid] = made["body"]
    assert texts({"body": [caption]}) == ["Seats"]
    assert [c["horizontalCellContentAlignment"] for c in grid["columns"]] == ["Left", "Right"]
    assert texts({"body": [grid["fallback"]]}) == ["Name · Sold", "E3 · 5"]


def test_a_table_too_long_for_a_message_says_how_many_rows_are_left_out() -> None:
    rows = tuple((f"customer {at}", "1") for at in range(900))
    made = card(
        Table("All", (TableColumn("Name"), TableColumn("Seats", numeric=True)), rows),
        Stamped(("As of today.",), made_up=False),
    )
    shown = sum(text.startswith("customer") and "·" not in text for text in texts(made))
    assert 3 <= shown < 900
    assert SAY("rows-cut", n=900 - shown) in texts(made)
    assert texts(made)[-1] == "As of today."


def test_an_entry_opens_its_page_and_no_other() -> None:
    made = card(Entry("Contoso", ("by Friday",), Link("There", "https://example.com/a")))
    assert texts(made) == ["Contoso", "by Friday", "There"]
    opened = [e["selectAction"] for e in elements(made) if "selectAction" in e]
    assert opened == [{"type": "Action.OpenUrl", "url": "https://example.com/a"}]


def test_entries_too_many_for_a_message_say_how_many_are_left_out_and_keep_the_rest() -> None:
    own = Choices("", (Choice("Done", "/x"),))
    many = [Entry(f"Customer {at}", ("x" * 900,)) for at in range(40)]
    listed = [part for entry in many for part in (entry, own)]
    made = card(*listed, Stamped(("as of today",), made_up=False), Choices("", (Choice("M", ""),)))
    said = texts(made)
    assert [text for text in said if text.startswith("Customer")][-1] == "Customer 14"
    assert said[-2:] == [SAY("rows-cut", n=25), "as of today"]
    assert len(buttons(made)) == 2  # one label each


def test_an_answer_too_long_for_a_message_says_so_and_keeps_its_small_print() -> None:
    long = [Paragraph(f"{at} " + "é" * 2000) for at in range(60)]
    made = card(*long, Stamped(("As of today.",), made_up=False))
    assert texts(made)[-2:] == ["As of today.", SAY("answer-cut")]
    assert texts(made)[0].startswith("0 é")
    assert len(json.dumps(made)) <= LARGEST


def test_buttons_carry_their_opaque_id_alone_and_stand_in_rows_of_six() -> None:
    items = tuple(Choice(f"{at}", "/usage secret") for at in range(14))
    made = card(Choices("Which?", items))
    rows = [len(row["actions"]) for row in made["body"] if row["type"] == "ActionSet"]
    assert rows == [6, 6, 2]
    assert [b["data"] for b in buttons(made).values()] == [
        {"button": f"id-{at}"} for at in range(14)
    ]
    assert "secret" not in json.dumps(made)


def test_a_person_is_picked_from_the_directory_or_from_those_who_are_there() -> None:
    pick = PickPerson("Who?", "/grant-analytics", "as viewer")
    [everybody, row] = card(pick)["body"]
    assert everybody["choices.data"]["dataset"] == "graph.microsoft.com/users"
    [go] = row["actions"]
    assert go["data"] == {"before": "/grant-analytics", "after": "as viewer"}
    [those, _] = card(pick, look=CardContext(SAY, {}, (("id", "Ben"),)))["body"]
    assert those["choices"] == [{"title": "Ben", "value": "id"}]
    assert "choices.data" not in those


def test_one_sentence_can_be_said_without_a_card() -> None:
    assert only_sentence(delivered(Paragraph("No."))) == "No."
    assert only_sentence(delivered(Paragraph("No."), Paragraph("Never."))) == ""
    assert fault(line(HOSTILE)) == ""


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_greeting_has_three_examples_to_press(locale: str) -> None:
    assert fault(greeting(locale)) == ""
    assert list(buttons(card_of(greeting(locale)))) == ["/usage", "/help", "/whoami"]
