"""Rights given on Teams: to whom the roster knows, by who may, and by nothing that is typed."""

import pytest

from tests.teams.activities import CHANNEL, GROUP, IDS, at, own_chat
from tests.teams.reading_cards import buttons, texts
from tests.teams.recorder import member
from tests.teams.talking import Chat, first, seen


async def test_a_right_given_in_a_channel_is_confirmed_alone_and_told_to_whom_it_is_given(
    chat: Chat,
) -> None:
    text = "<at>Seatwise</at> grant-analytics <at>ben</at> as viewer for contoso"
    await chat.asked("ada", text, "channel", entities=at("bot", "ben"))
    message, card = chat.last("ada", "channel")
    assert IDS["ben"] in first(card)
    answer = await chat.pressed("ada", buttons(card)["Grant"], message, "channel")
    assert texts(answer["value"])[-1] == "Ben was told."
    assert seen(chat, "ben", CHANNEL) == []
    assert len(seen(chat, "ben", own_chat("ben"))) == 1
    [usage] = await chat.asked("ben", "usage contoso")
    assert first(usage).startswith("Contoso: ")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (("gus",), "Gus"),
        (("sam",), "Sam"),
        (("ben", "cleo"), "2 were mentioned"),
        (("nobody",), "There is no person"),
        (("ada",), "You cannot change your own right"),
    ],
)
async def test_whom_no_right_can_be_given(chat: Chat, named: tuple[str, ...], said: str) -> None:
    chat.recorder.rooms[GROUP] += [member("gus"), member("sam")]
    marks = " ".join(f"<at>{who}</at>" for who in named)
    text = f"<at>Seatwise</at> grant-analytics {marks} as viewer"
    [card] = await chat.asked("ada", text, "group", entities=at("bot", *named))
    assert said in " ".join(texts(card))
    assert buttons(card) == {}


async def test_another_bot_is_given_no_right(chat: Chat) -> None:
    entities = at("bot", "ben")
    entities[1]["mentioned"]["id"] = "28:another"
    text = "<at>Seatwise</at> grant-analytics <at>ben</at> as viewer"
    [card] = await chat.asked("ada", text, "group", entities=entities)
    assert buttons(card) == {}
    assert "28:another" in first(card)


async def test_in_a_group_somebody_is_chosen_from_its_people(chat: Chat) -> None:
    await chat.asked("ada", "<at>Seatwise</at> grant-analytics as viewer", "group")
    message, card = chat.last("ada", "group")
    [chooser] = [element for element in card["body"] if element["type"] == "Input.ChoiceSet"]
    assert {"title": "Ben", "value": IDS["ben"]} in chooser["choices"]
    [go] = buttons(card).values()
    picked = {**go, "data": {**go["data"], "person": IDS["ben"]}}
    answer = await chat.pressed("ada", picked, message, "group")
    assert list(buttons(answer["value"])) == ["Grant", "Cancel", "With people’s names"]


@pytest.mark.parametrize("person", ["ffffffff-0000-4000-8000-000000000000", "ben@contoso.com"])
async def test_whom_no_roster_knows_is_nobody_whatever_the_client_says(
    chat: Chat, person: str
) -> None:
    data = {"before": "/grant-analytics", "after": "as viewer", "person": person}
    answer = await chat.pressed("ada", {"verb": "pick", "data": data}, "m0")
    assert "There is no person" in first(answer["value"])
