"""Answers into blocks: within Slack's limits, and nothing in them but text."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import Delivered
from bot.slack.outbound import escape, only_text, picture, words
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
    Reply,
    Stamped,
    Table,
    TableColumn,
    TextInput,
    every_choice,
)
from tests.platforms.answering import usage
from tests.slack.blocks import fault
from tests.slack.standin import StandIn
from tests.slack.talking import is_preformatted, kinds, texts

HOSTILE = "<!channel> <@U1> & <https://a|b> \u202eexe.gpj\x00\ud800"


def delivered(*parts: Part) -> Delivered:
    choices = enumerate(every_choice(parts))
    return Delivered(Reply(parts), buttons={choice: f"id-{at}" for at, choice in choices})


def table(rows: int, columns: int = 2, cell: str = "x") -> Table:
    heads = tuple(TableColumn(f"c{at}", numeric=at > 0) for at in range(columns))
    return Table("A table", heads, tuple((cell,) * columns for _ in range(rows)))


some_text = st.text(max_size=30) | st.sampled_from(["", HOSTILE, "x" * 5000, "&" * 3000])
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
    st.builds(
        Stamped, st.lists(some_text, min_size=1, max_size=12).map(tuple), made_up=st.booleans()
    ),
)
asked = st.builds(Choice, some_text, some_text)
folding = st.builds(Details, st.lists(plain_parts, min_size=1, max_size=4).map(tuple), asked)
parts = st.one_of(plain_parts, folding, st.builds(TextInput, some_text, asked))


@given(st.lists(parts, min_size=1, max_size=6), st.booleans())
def test_whatever_an_answer_holds_slack_takes_it(found: list[Part], native: bool) -> None:  # noqa: FBT001 as drawn
    message = words(delivered(*found), native_tables=native)
    assert StandIn().wrong(message) == ""
    assert 0 < len(message["text"]) <= 3000
    json.dumps(message).encode("ascii")


@given(st.text())
def test_escaped_text_holds_no_markup(text: str) -> None:
    assert not set(escape(text)) & set("<>\u202e\x00")


def test_a_sentence_is_plain_and_calls_nobody() -> None:
    message = words(delivered(Paragraph(HOSTILE)))
    [block] = message["blocks"]
    assert block["text"]["type"] == "plain_text"
    assert block["text"]["text"] == "<!channel> <@U1> & <https://a|b> exe.gpj"
    assert message["text"].startswith("&lt;!channel&gt; &lt;@U1&gt; &amp;")


def test_an_entry_is_a_bold_line_with_sentences_and_a_link_and_nothing_else() -> None:
    there = Link(HOSTILE, "https://example.com/a")
    message = words(delivered(Entry(HOSTILE, (HOSTILE, "two"), there)))
    [block] = message["blocks"]
    [line] = block["elements"]
    shown = "<!channel> <@U1> & <https://a|b> exe.gpj"
    assert line["elements"] == [
        {"type": "text", "text": shown, "style": {"bold": True}},
        {"type": "text", "text": f"\n{shown}"},
        {"type": "text", "text": "\ntwo"},
        {"type": "text", "text": "\n"},
        {"type": "link", "url": "https://example.com/a", "text": shown},
    ]


def test_figures_are_fields_with_their_value_in_bold() -> None:
    message = words(delivered(Figures((Figure("A & B", "<5", "of 10"), Figure("C", "1")))))
    [block] = message["blocks"]
    assert [field["text"] for field in block["fields"]] == ["A &amp; B\n*&lt;5*\nof 10", "C\n*1*"]


def test_sentences_that_follow_each_other_share_a_block() -> None:
    long = [Paragraph("x" * 2000), Paragraph("y" * 2000), Paragraph("z" * 900)]
    assert [len(text) for text in texts(words(delivered(*long)))] == [2000, 2902]


def test_a_second_table_comes_as_lines_under_its_caption() -> None:
    message = words(delivered(table(2), table(1, cell="<&")))
    assert kinds(message) == ["section", "table", "section", "rich_text"]
    assert "<&  <&" in json.dumps(message["blocks"][3])


@pytest.mark.parametrize("large", [table(100), table(2, 21), table(50, 3, "x" * 100)])
def test_a_table_too_large_for_slack_comes_as_lines(large: Table) -> None:
    assert "table" not in kinds(words(delivered(large)))
    assert is_preformatted(words(delivered(large)))


def test_a_long_table_loses_no_row() -> None:
    rows = tuple((f"customer {at}", "1") for at in range(900))
    long = Table("All", (TableColumn("Name"), TableColumn("Seats", numeric=True)), rows)
    shown = json.dumps(words(delivered(long))["blocks"])
    assert all(f"customer {at} " in shown for at in range(900))


def test_buttons_carry_their_opaque_id_and_stand_in_rows_of_25() -> None:
    items = tuple(Choice(f"{at}", "/usage") for at in range(30))
    message = words(delivered(Choices("Which?", items)))
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    assert [len(row) for row in rows] == [25, 5]
    values = [button["value"] for button in itertools.chain(*rows)]
    assert values == [f"id-{at}" for at in range(30)]


def test_a_person_is_picked_by_a_selection_that_asks_the_question() -> None:
    pick = PickPerson("Who?", "/grant-analytics", "as viewer")
    [block] = words(delivered(pick))["blocks"]
    assert block["accessory"]["action_id"] == "pick|/grant-analytics|as viewer"


def test_a_question_too_long_for_a_selection_is_told_instead_of_cut() -> None:
    pick = PickPerson("Who?", "/grant-analytics", "because " + "x" * 300)
    [block] = words(delivered(pick))["blocks"]
    assert "accessory" not in block
    assert block["text"]["text"].endswith("@… because " + "x" * 300)


def test_a_whole_answer_in_its_order() -> None:
    message = words(Delivered(usage()))
    assert kinds(message) == ["section", "section", "section", "table", "context"]
    assert fault(message["blocks"]) == ""


def test_a_picture_says_its_finding() -> None:
    message = picture("F0000001", "1,004 of 1,250 seats & more")
    [image] = message["blocks"]
    assert image["alt_text"] == "1,004 of 1,250 seats & more"
    assert message["text"] == "1,004 of 1,250 seats &amp; more"


def test_without_blocks_the_text_says_sentences_and_figures() -> None:
    said = only_text(Delivered(usage()))["text"]
    assert said.splitlines()[1] == "Seats sold: 1,250"


def test_where_there_is_nothing_but_text_the_figures_keep_what_they_rest_on() -> None:
    small_print = Stamped(("As of 21 Nov 2026.", "Rule: x."), made_up=False)
    delivered = Delivered(Reply((Figures((Figure("Sold", "12"),)), small_print)))
    assert only_text(delivered)["text"] == "Sold: 12\nAs of 21 Nov 2026.\nRule: x."
