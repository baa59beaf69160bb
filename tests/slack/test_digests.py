"""Digests as they are made on Slack: a channel is chosen from Slack's own list."""

import pytest

from tests.slack.speaking import happens, mention, room
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import Chat, buttons, texts

WEEKLY = "usage contoso every Monday 9:00"


@pytest.fixture(autouse=True)
def a_channel_of_its_own(standin: StandIn) -> None:
    standin.people["UBOT"] = somebody("UBOT", "Seatwise", is_bot=True)
    standin.channels["C7"] = room("UADA", id="C7", name="licences", is_private=True)


def said(message: dict[str, object]) -> str:
    return "\n".join(texts(message))


async def test_a_channel_that_was_chosen_from_the_list_is_where_it_goes(chat: Chat) -> None:
    [card] = await chat.asked("UADA", f"/digest {WEEKLY} <#C7|licences>")
    assert "#licences" in said(card)
    [saved] = await chat.pressed("UADA", buttons(card)["Save"])
    [shown] = await chat.pressed("UADA", buttons(saved)["Show"])
    assert "#licences" in said(shown)


async def test_a_channel_that_was_typed_is_not_guessed(chat: Chat) -> None:
    [answer] = await chat.asked("UADA", f"/digest {WEEKLY} #licences")
    assert "Save" not in buttons(answer)


async def test_a_channel_is_named_in_a_mention_too(chat: Chat, standin: StandIn) -> None:
    standin.channels["C1"] = room("UADA", is_private=True)
    await happens(chat, mention("UADA", f"digest {WEEKLY} <#C7|licences>"))
    [card] = [*standin.posted, *standin.whispered]
    assert "#licences" in said(card)
