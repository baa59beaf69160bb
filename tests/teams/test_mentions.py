"""Mentions of Teams: who is meant by them, and that they are no words of the question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.inbound import message_question
from handlers.chat.asking import Reach
from handlers.input.command_line import CommandLine, read_command
from tests.teams.activities import COMMANDS, account, at, read, said, spoken


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<at>Seatwise</at> usage contoso", "Seatwise"),
        ("Seatwise usage contoso", "Seatwise"),
        ("usage contoso <at>Seat &amp; Wise</at>", "Seat & Wise"),
        ("usage contoso", None),
        ("usage contoso", ""),
        ("usage contoso", 3),
    ],
)
def test_a_mention_of_the_bot_without_its_text_is_answered(text: str, name: object) -> None:
    [entity] = at("bot")
    del entity["text"]
    entity["mentioned"]["name"] = name
    found = said(spoken("ada", text, "group", entities=[entity]))
    assert read(spoken("ada", text, "group", entities=[entity])) == CommandLine(
        "usage", ("contoso",)
    )
    assert (found.ask.reach, found.named) == (Reach.ALOUD, {})


def test_a_person_is_mentioned_without_the_entitys_text_by_the_marked_name_alone() -> None:
    entities = at("ben")
    entities[0]["text"] = None
    assert said(spoken("ada", "grant <at>ben</at>", entities=entities)).named == {
        "<@29:ben>": "29:ben"
    }
    assert said(spoken("ada", "grant ben", entities=entities)).named == {}


@pytest.mark.parametrize(
    "text",
    [
        "usage contoso",
        "/usage contoso",
        "<at>Seatwise</at> usage contoso",
        "<at>Seatwise</at>\u00a0/usage\u00a0 contoso",
        "<at>Seatwise</at>&nbsp;usage contoso\n",
        "usage <at>Seatwise</at> contoso",
        "USAGE  contoso <at>Seatwise</at>",
    ],
)
def test_however_teams_writes_it_it_is_the_usage_of_contoso(text: str) -> None:
    assert read(spoken("ada", text, entities=at("bot"))) == CommandLine("usage", ("contoso",))


def test_the_bot_is_known_by_its_id_whatever_the_sender_calls_it() -> None:
    [entity] = at("bot")
    renamed = {**entity, "text": "<at>grant-analytics R&amp;D</at>"}
    activity = spoken("ada", "<at>grant-analytics R&amp;D</at> usage x", entities=[renamed])
    assert read(activity) == CommandLine("usage", ("x",))


def test_somebody_mentioned_is_one_word_and_an_account_not_yet_a_person() -> None:
    text = "<at>Seatwise</at> grant-analytics <at>ben</at> as viewer"
    found = said(spoken("ada", text, "group", entities=at("bot", "ben")))
    assert found.named == {"<@29:ben>": "29:ben"}
    assert found.ask.mentions == {}
    wanted = CommandLine("grant-analytics", ("<@29:ben>", "as", "viewer"))
    assert read_command(found.ask.text, COMMANDS) == wanted


def test_two_of_one_name_stay_two_people() -> None:
    one, other = at("ben", "ben")
    other["mentioned"]["id"] = "29:ben2"
    found = said(spoken("ada", "grant <at>ben</at> and <at>ben</at>", entities=[one, other]))
    assert list(found.named) == ["<@29:ben>", "<@29:ben2>"]


def test_mentions_are_found_in_whatever_order_they_are_listed() -> None:
    entities = at("bot", "ben")[::-1]
    found = said(spoken("ada", "<at>Seatwise</at> grant <at>ben</at>", "group", entities=entities))
    assert list(found.named) == ["<@29:ben>"]


def test_a_name_that_is_escaped_in_the_text_alone_is_a_mention() -> None:
    [entity] = at("ben")
    entity["text"] = "<at>ben & sons</at>"
    found = said(spoken("ada", "grant <at>ben &amp; sons</at>", entities=[entity]))
    assert list(found.named) == ["<@29:ben>"]


@pytest.mark.parametrize(
    "text",
    ["grant <at>ben</at>", "grant &lt;at&gt;ben&lt;/at&gt;", "grant @ben", "grant <@29:ben>"],
)
def test_what_only_looks_like_a_mention_mentions_nobody(text: str) -> None:
    assert said(spoken("ada", text, entities=[])).named == {}


def test_a_mention_that_stands_nowhere_mentions_nobody() -> None:
    assert said(spoken("ada", "grant ben", entities=at("ben"))).named == {}


@pytest.mark.parametrize("shown", ["g", "", "<at>ben", 3, "grant", "<at>a</at><at>b</at>"])
def test_a_mention_of_another_shape_mentions_nobody(shown: object) -> None:
    [entity] = at("ben")
    entity["text"] = shown
    found = said(spoken("ada", "grant <at>ben</at>", entities=[entity]))
    assert (found.named, found.ask.text) == ({}, "grant <at>ben</at>")


@given(st.text(alphabet="<>at/ @benSeatwise&;", max_size=60))
def test_every_mention_is_one_word_of_what_the_bot_reads(text: str) -> None:
    found = message_question(spoken("ada", f"usage {text}", entities=at("bot", "ben")), "a1")
    assert found is not None
    words = read_command(found.ask.text, COMMANDS)
    assert set(found.named) <= {word for word in found.ask.text.split()}
    assert words is not None
    assert set(found.named.values()) <= {account("ben")}
