"""Mentions and direct messages, end to end; and all that has no effect."""

from typing import Any

import pytest

from analytics.values import OWN
from bot.slack.events import Spoken, event_of
from bot.slack.inbound import Reader
from handlers.chat.asking import Room, RoomKind
from tests.conftest import NOW
from tests.slack.speaking import event, happens, mention, message, room
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import Chat, buttons, kinds, texts

LATE = int(NOW.timestamp()) - 11 * 60


@pytest.fixture(autouse=True)
def a_private_channel_of_two(standin: StandIn) -> None:
    standin.people["UBOT"] = somebody("UBOT", "Seatwise", is_bot=True)
    standin.channels["C1"] = room("UADA", "UCLEO", is_private=True)


async def test_a_mention_is_answered_in_a_thread_where_everybody_may_see_it(
    chat: Chat, standin: StandIn
) -> None:
    standin.channels["C1"] = room("UADA", is_private=True)
    await happens(chat, mention("UADA", "usage contoso"))
    words, picture = standin.posted
    assert {words["channel"], picture["channel"]} == {"C1"}
    assert {words["thread_ts"], picture["thread_ts"]} == {"17.5"}
    assert "Contoso" in texts(words)[0]
    assert kinds(picture) == ["image"]
    assert standin.whispered == []


def test_a_channel_that_a_mention_names_is_a_room() -> None:
    said = event_of(mention("UADA", "usage <#C7|licences>"), "", NOW)
    assert isinstance(said, Spoken)
    ask = said.ask(Reader(), "a1", "")
    assert ask.rooms == {"#licences": Room("C7", RoomKind.GROUP, OWN)}


async def test_a_mention_in_a_thread_is_answered_in_that_thread(
    chat: Chat, standin: StandIn
) -> None:
    await happens(chat, mention("UADA", "help", thread_ts="12.25"))
    assert [post["thread_ts"] for post in standin.posted] == ["12.25"]


async def test_what_others_there_may_not_see_goes_to_the_asker_alone(
    chat: Chat, standin: StandIn
) -> None:
    standin.channels["C1"] = room("UADA", "UBEN", is_private=True)
    await happens(chat, mention("UADA", "usage contoso"))
    words, picture = standin.whispered
    assert {words["user"], picture["user"]} == {"UADA"}
    assert {words["channel"], picture["channel"]} == {"C1"}
    assert "Ben" in texts(words)[-2]
    assert standin.posted == []


@pytest.mark.parametrize(("thread", "seen_in"), [({}, []), ({"thread_ts": "12.25"}, ["12.25"])])
async def test_what_one_alone_sees_is_in_a_thread_only_where_there_is_one(
    chat: Chat, standin: StandIn, thread: dict[str, str], seen_in: list[str]
) -> None:
    await happens(chat, mention("UADA", "whoami", **thread))
    [said] = standin.whispered
    assert [said[name] for name in ("thread_ts",) if name in said] == seen_in


async def test_where_slack_takes_no_whisper_a_direct_message_says_why_it_comes(
    chat: Chat, standin: StandIn
) -> None:
    standin.broken["chat.postEphemeral"] = "user_not_in_channel"
    standin.channels["C1"] = room("UADA", "UBEN", is_private=True)
    await happens(chat, mention("UADA", "usage contoso"))
    words, _picture = standin.posted
    assert words["channel"] == "DUADA"
    assert "thread_ts" not in words
    assert texts(words)[0].startswith("Slack did not let me answer where you asked")
    assert texts(words)[1].startswith("Contoso: ")


async def test_in_a_direct_message_the_answer_is_a_message_that_stays(
    chat: Chat, standin: StandIn
) -> None:
    await happens(chat, message("UADA", "/usage contoso"))
    words, _picture = standin.posted
    assert words["channel"] == "DUADA"
    assert "thread_ts" not in words
    assert "Contoso" in texts(words)[0]


async def test_in_a_thread_of_a_direct_message_the_answer_is_there(
    chat: Chat, standin: StandIn
) -> None:
    await happens(chat, message("UADA", "whoami", thread_ts="3.5"))
    assert [post["thread_ts"] for post in standin.posted] == ["3.5"]


async def test_a_person_mentioned_is_not_taken_for_the_bot(chat: Chat, standin: StandIn) -> None:
    await happens(chat, message("UADA", "grant-analytics <@UBEN> as viewer for contoso"))
    [card] = standin.posted
    assert texts(card)[0].startswith("Ben (slack:T1:UBEN) has no right.")


async def test_a_card_in_a_direct_message_is_answered_by_one_that_stays(
    chat: Chat, standin: StandIn
) -> None:
    await happens(chat, message("UADA", "grant-analytics <@UBEN> as viewer for contoso"))
    [card] = standin.posted
    container = {"type": "message", "is_ephemeral": False}
    await chat.press("UADA", buttons(card)["Cancel"], channel="DUADA", container=container)
    await chat.drained()
    assert [texts(post)[0] for post in standin.posted[1:]] == ["Cancelled. Nothing was changed."]
    assert standin.answers == {}


async def test_the_bot_is_known_by_asking_where_an_event_does_not_name_it(
    chat: Chat, standin: StandIn
) -> None:
    for number in ("1", "2"):
        said = mention("UADA", "whoami", number)
        del said["authorizations"]
        await happens(chat, said)
    assert standin.calls["auth.test"] == 1
    assert len(standin.whispered) == 2


@pytest.mark.parametrize("again", ["the same", "marked as a retry"])
async def test_an_event_that_slack_sends_again_is_answered_once(
    chat: Chat, standin: StandIn, again: str
) -> None:
    said = message("UADA", "whoami")
    await happens(chat, said)
    chat.now = chat.now.replace(second=chat.now.second + 1)  # signed anew
    await happens(chat, said if again == "the same" else {**said, "retry_attempt": 1})
    assert len(standin.posted) == 1


@pytest.mark.parametrize(
    "payload",
    [
        message("UADA", "whoami", subtype="message_changed"),
        message("UADA", "whoami", subtype="message_deleted"),
        message("UADA", "whoami", subtype="channel_join"),
        message("UADA", "whoami", subtype="bot_message"),
        message("UADA", "whoami", edited={"user": "UADA", "ts": "18.0"}),
        message("UADA", "whoami", bot_id="B1"),
        message("UBOT", "whoami"),
        message("UADA", "whoami", channel="C1", channel_type="channel"),
        message("UADA", "whoami", channel="G1", channel_type="mpim"),
        mention("UADA", "whoami", channel="DUADA"),
        mention("UADA", "whoami", bot_id="B1"),
        {**message("UADA", "whoami"), "event_time": LATE},
        {**mention("UADA", "whoami"), "event_time": LATE},
        {**message("UADA", "whoami"), "event_time": "now"},
        event("reaction_added", "UADA", "1"),
        event("tokens_revoked", "UADA", "1"),
        event("message", "UADA", "1"),
        {"type": "event_callback", "event": {}},
        {"type": "event_callback", "event": "message"},
        message("not an id", "whoami"),
        message("UADA", "whoami", channel="elsewhere"),
        message("UADA", "whoami", thread_ts="<!here>"),
    ],
)
async def test_some_events_are_acknowledged_and_have_no_effect(
    chat: Chat, standin: StandIn, payload: dict[str, Any]
) -> None:
    await happens(chat, payload)
    assert standin.posted == standin.whispered == []
    assert standin.calls["users.info"] == 0


async def test_a_stranger_in_a_shared_channel_is_of_their_own_organisation(
    chat: Chat, standin: StandIn
) -> None:
    await happens(chat, mention("UADA", "whoami", user_team="T2"))
    [said] = standin.whispered
    assert "slack:T2:UADA" in texts(said)[0]
    await happens(chat, mention("UADA", "usage contoso", "2", user_team="T2"))
    assert "You don’t have access to" in texts(standin.whispered[1])[0]


async def test_an_envelope_of_another_workspace_makes_nobody_one_of_ours(
    chat: Chat, standin: StandIn
) -> None:
    said = mention("UADA", "whoami", user_team="T2")
    await happens(chat, {**said, "team_id": "T2", "enterprise_id": "E2"})
    [answer] = standin.whispered
    assert "slack:T2:UADA" in texts(answer)[0]


async def test_in_a_channel_with_strangers_nothing_of_a_customer_is_posted(
    chat: Chat, standin: StandIn
) -> None:
    standin.channels["C1"] = room("UADA", is_ext_shared=True)
    await happens(chat, mention("UADA", "usage contoso"))
    assert standin.posted == []
    assert standin.whispered[0]["user"] == "UADA"
    assert standin.calls["conversations.members"] == 0


async def test_whoever_comes_in_is_counted_before_the_next_answer(
    chat: Chat, standin: StandIn
) -> None:
    standin.channels["C1"] = room("UADA", is_private=True)
    await happens(chat, mention("UADA", "usage contoso"))
    assert len(standin.posted) == 2
    standin.channels["C1"] = room("UADA", "UBEN", is_private=True)
    await happens(chat, event("member_joined_channel", "UBEN", "2", channel="C1"))
    await happens(chat, mention("UADA", "usage contoso", "3"))
    assert len(standin.posted) == 2
    assert standin.whispered[0]["user"] == "UADA"


def test_a_command_is_read_by_the_name_it_has_in_slack() -> None:
    spoken = event_of(mention("UADA", "/csp-usage contoso"), "", NOW)
    assert isinstance(spoken, Spoken)
    assert spoken.ask(Reader(), "a1", "csp-").text == "/usage contoso"
