"""Payloads into questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.values import OWN
from bot.slack.inbound import (
    Reader,
    UnreadablePayload,
    answer_url,
    asker,
    button_press,
    read_mentions,
    typed_question,
)
from handlers.chat.asking import Room, RoomKind, UserRef, Via
from handlers.input.command_line import read_command

COMMAND = {"command": "/usage", "user_id": "U1", "team_id": "T1", "channel_id": "C1"}
PRESS = {"user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}, "channel": {"id": "C1"}}


@pytest.mark.parametrize(
    ("typed_text", "text", "people"),
    [
        ("<@U123|ben b>", "/usage  <@U123>", ["<@U123>"]),
        ("<@W123>", "/usage  <@W123>", ["<@W123>"]),
        ("a<@U1>,<@U2|x>", "/usage a <@U1> , <@U2>", ["<@U1>", "<@U2>"]),
        ("<!subteam^S1|@the team>", "/usage @the-team", []),
        ("<!here> <!channel|channel>", "/usage @here @channel", []),
        ("<#C1|my room>", "/usage  #my-room", []),
        ("<https://contoso.com|contoso.com>", "/usage contoso.com", []),
        ("&lt;@U123&gt;", "/usage &lt;@U123&gt;", []),
        ("<@u123> <@U12 3> @ben", "/usage @u123 @U12 3 @ben", []),
    ],
)
def test_marks_become_words_and_only_ids_are_people(
    typed_text: str, text: str, people: list[str]
) -> None:
    ask = typed_question({**COMMAND, "text": typed_text}, Reader(), "a1")
    assert ask.text == text
    assert ask.mentions == {word: UserRef("slack", "T1", word[2:-1]) for word in people}


@given(st.text(alphabet="<@U1|>!#^ a&;lt", max_size=40))
def test_every_mention_is_one_word_of_what_the_bot_reads(text: str) -> None:
    said = read_mentions(text, UserRef("slack", "T1", "U0"))
    read = read_command(f"/usage {said.text}", {"usage"})
    assert read is not None
    assert {*said.people, *said.rooms} <= set(read.words)


@given(st.lists(st.tuples(st.integers(1, 3), st.text(max_size=12)), max_size=4))
def test_every_channel_is_one_word_whatever_it_is_called(named: list[tuple[int, str]]) -> None:
    text = " ".join(f"<#C{number}|{label}>" for number, label in named)
    said = read_mentions(text, UserRef("slack", "T1", "U0"))
    read = read_command(f"/digest usage {said.text}", {"digest"})
    assert read is not None
    assert set(said.rooms) <= set(read.words)


def test_channels_are_rooms_by_their_id() -> None:
    text = "usage <#C1|general> <#C2|general> <#C1|general> <#C3> <#C4|>"
    ask = typed_question({**COMMAND, "text": text}, Reader(), "a1")
    rooms = {"#general": "C1", "#C2": "C2", "#C3": "C3", "#C4": "C4"}
    assert ask.rooms == {word: Room(c, RoomKind.GROUP, OWN) for word, c in rooms.items()}
    assert ask.text.split() == ["/usage", "usage", "#general", "#C2", "#general", "#C3", "#C4"]


@pytest.mark.parametrize("text", ["#general", "&lt;#C1|general&gt;", "<#c1|x>", "<#D1|x>"])
def test_what_only_looks_like_a_channel_is_no_room(text: str) -> None:
    assert typed_question({**COMMAND, "text": text}, Reader(), "a1").rooms == {}


def test_a_prefix_is_dropped_from_the_commands_name() -> None:
    payload = {**COMMAND, "command": "/csp-usage", "text": "contoso"}
    assert typed_question(payload, Reader(), "a1", "csp-").text == "/usage contoso"


def test_language_and_zone_are_the_readers() -> None:
    ask = typed_question(COMMAND, Reader("fr", "Europe/Paris"), "a1")
    assert (ask.locale, ask.zone, ask.text) == ("fr", "Europe/Paris", "/usage")


@pytest.mark.parametrize(
    ("channel", "name", "kind"),
    [
        ("C1", "general", RoomKind.GROUP),
        ("D1", "directmessage", RoomKind.PRIVATE),
        ("D1", "", RoomKind.PRIVATE),
        ("G1", "mpdm-a--b-1", RoomKind.GROUP),
    ],
)
def test_a_direct_message_is_private(channel: str, name: str, kind: RoomKind) -> None:
    payload = {**COMMAND, "channel_id": channel, "channel_name": name}
    assert typed_question(payload, Reader(), "a1").room.kind is kind


def test_a_person_is_keyed_by_enterprise_where_there_is_one() -> None:
    assert asker({**COMMAND, "enterprise_id": "E1"}) == UserRef("slack", "E1", "U1")
    assert asker({**PRESS, "enterprise": {"id": "E1"}}) == UserRef("slack", "E1", "U1")
    assert asker({**PRESS, "enterprise": None}) == UserRef("slack", "T1", "U1")


def test_whoever_presses_from_another_organisation_is_of_their_own_team() -> None:
    payload = {**PRESS, "user": {"id": "U1", "team_id": "T2"}}
    assert asker(payload) == UserRef("slack", "T2", "U1")


def test_a_button_is_its_value() -> None:
    payload = {**PRESS, "actions": [{"type": "button", "action_id": "press-0", "value": "b1"}]}
    what = button_press(payload, Reader(), "a1")
    assert (what.button, what.ask.via, what.ask.text) == ("b1", Via.PRESSED, "")


def test_a_person_picked_is_a_question_that_mentions_them() -> None:
    action = {
        "type": "users_select",
        "action_id": "pick|/grant-analytics|as viewer | or so",
        "selected_user": "U2",
    }
    what = button_press({**PRESS, "actions": [action]}, Reader(), "a1")
    assert what.button == ""
    assert what.ask.text == "/grant-analytics <@U2> as viewer | or so"
    assert what.ask.mentions == {"<@U2>": UserRef("slack", "T1", "U2")}
    assert what.ask.via is Via.TYPED


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {**COMMAND, "user_id": "U1:T2"},
        {**COMMAND, "user_id": None},
        {**COMMAND, "team_id": "", "user_id": "U1"},
        {**COMMAND, "team_id": ["T1"]},
        {**PRESS, "user": "U1"},
    ],
)
def test_a_payload_without_a_person_is_no_question(payload: dict[str, object]) -> None:
    with pytest.raises(UnreadablePayload):
        asker(payload)


@pytest.mark.parametrize(
    "actions",
    [
        None,
        [],
        ["x"],
        [{"type": "button", "value": 3}],
        [{"type": "users_select", "action_id": "other", "selected_user": "U2"}],
        [{"type": "users_select", "action_id": "pick|/grant|", "selected_user": None}],
    ],
)
def test_an_action_of_nobody_is_no_question(actions: object) -> None:
    with pytest.raises(UnreadablePayload):
        button_press({**PRESS, "actions": actions}, Reader(), "a1")


@pytest.mark.parametrize("url", [None, "", "file:///etc/passwd", 3])
def test_without_an_address_there_is_no_answer(url: object) -> None:
    with pytest.raises(UnreadablePayload):
        answer_url({"response_url": url})
