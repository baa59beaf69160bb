"""Answers that leave the asker: shared in the channel, or sent to their own messages."""

from typing import Any

import pytest

from handlers.messages.speaker import speaker
from tests.slack.speaking import room
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import Chat, buttons, kinds, texts

SAY = speaker("en")


@pytest.fixture(autouse=True)
def a_private_channel(standin: StandIn) -> None:
    standin.people["UBOT"] = somebody("UBOT", "Seatwise", is_bot=True)
    standin.channels["C1"] = room("UADA", is_private=True)


async def pressed(chat: Chat, label: str, **more: Any) -> list[dict[str, Any]]:
    """Ada asks about Contoso and presses a button; gives what she alone is told."""
    answer, _picture = await chat.asked("UADA", "/usage contoso", 2)
    place = await chat.press("UADA", buttons(answer)[label], **more)
    await chat.drained()
    return chat.standin.answers.get(place, [])


async def test_a_share_is_posted_with_its_picture_and_the_presser_is_told(
    chat: Chat, standin: StandIn
) -> None:
    [told] = await pressed(chat, "Share here")
    words, picture = standin.posted
    assert told["text"] == "Shared here."
    assert words["channel"] == picture["channel"] == "C1"
    assert texts(words)[0].startswith("Ada Lovelace shares: /usage contoso")
    assert list(buttons(words)) == [SAY("details"), SAY("follow-wrong"), SAY("follow-export")]
    assert kinds(picture) == ["image"]


async def test_what_is_shared_from_a_thread_is_posted_in_it(chat: Chat, standin: StandIn) -> None:
    await pressed(chat, "Share here", container={"type": "message", "thread_ts": "12.5"})
    assert {post["thread_ts"] for post in standin.posted} == {"12.5"}


async def test_a_share_where_the_bot_is_no_member_is_not_made(chat: Chat, standin: StandIn) -> None:
    standin.channels.clear()
    [told] = await pressed(chat, "Share here")
    assert texts(told)[0].startswith("Not shown here: I cannot see who can read this conversation.")
    assert standin.posted == []


async def test_a_share_that_slack_does_not_take_is_told(chat: Chat, standin: StandIn) -> None:
    standin.broken["chat.postMessage"] = "restricted_action"
    [told] = await pressed(chat, "Share here")
    assert told["text"].startswith("I could not post it here, so only you have seen it.")


async def test_somebody_who_came_in_meanwhile_is_seen_before_a_share(
    chat: Chat, standin: StandIn
) -> None:
    answer, _picture = await chat.asked("UADA", "/usage contoso", 2)
    standin.channels["C1"] = room("UADA", "UBEN", is_private=True)
    [told] = await chat.pressed("UADA", buttons(answer)["Share here"])
    assert "Ben" in texts(told)[0]
    assert standin.posted == []


async def test_an_answer_is_sent_to_ones_own_messages(chat: Chat, standin: StandIn) -> None:
    [told] = await pressed(chat, "Send as a direct message")
    words, picture = standin.posted
    assert told["text"] == "Sent to your direct messages."
    assert words["channel"] == picture["channel"] == "DUADA"
    assert "Contoso" in texts(words)[0]


async def test_a_channel_open_to_all_takes_a_share_by_an_admins_decision_alone(
    chat: Chat, standin: StandIn
) -> None:
    standin.channels["C1"] = room("UADA")
    answer, _picture = await chat.asked("UADA", "/usage contoso", 2)
    [told] = await chat.pressed("UADA", buttons(answer)["Share here"])
    assert texts(told)[0].startswith("Not shown here: everybody in your organisation can read #gen")
    await chat.press("UADA", buttons(told)["Share anyway"])
    await chat.drained()
    assert standin.posted[0]["channel"] == "C1"


async def test_a_button_in_a_shared_summary_answers_its_presser_alone(
    chat: Chat, standin: StandIn
) -> None:
    standin.channels["C1"] = room("UADA", "UBEN", "UCLEO", is_private=True)
    answer, _picture = await chat.asked("UADA", "/usage contoso", 2)
    [told] = await chat.pressed("UADA", buttons(answer)["Share here"])
    await chat.press("UADA", buttons(told)["Share an anonymised summary"])
    await chat.drained()
    [summary] = standin.posted
    assert "Contoso" not in summary["text"]
    [mine] = buttons(summary).values()
    container = {"type": "message", "is_ephemeral": False}
    place = await chat.press("UBEN", mine, container=container)
    [said] = await standin.said(place)
    assert said["response_type"] == "ephemeral"
    assert "You don’t have access to" in texts(said)[0]


async def test_a_button_passed_on_to_another_channel_shares_nothing(
    chat: Chat, standin: StandIn
) -> None:
    standin.channels["C2"] = {**room("UADA", is_private=True), "id": "C2"}
    [told] = await pressed(chat, "Share here", channel="C2")
    assert texts(told)[0].startswith("This button was made for another conversation.")
    assert standin.posted == []
