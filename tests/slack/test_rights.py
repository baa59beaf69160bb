"""Rights given and taken on Slack, end to end."""

import pytest

from tests.slack.speaking import happens, user_change
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import Chat, buttons, kinds, texts

CARD = "/grant-analytics <@UBEN|ben (the boss)> as viewer for contoso because audit season"


async def test_a_right_is_given_by_the_button_of_a_card_and_the_person_is_told(
    chat: Chat, standin: StandIn
) -> None:
    [card] = await chat.asked("UADA", CARD)
    assert texts(card)[0].startswith("Ben (slack:T1:UBEN) has no right.")
    [said] = await chat.pressed("UADA", buttons(card)["Grant"])
    assert texts(said)[0].startswith("Saved: Ben is a report viewer for Contoso")
    assert texts(said)[0].endswith("Ben was told.")
    [post] = standin.posted
    assert post["channel"] == "DUBEN"
    assert "Ada Lovelace" in post["text"]
    [who] = await chat.asked("UBEN", "/whoami")
    assert "Reason: audit season" in texts(who)[0]


async def test_the_button_that_gives_is_the_one_that_stands_out(chat: Chat) -> None:
    [card] = await chat.asked("UADA", CARD)
    [elements] = [block["elements"] for block in card["blocks"] if block["type"] == "actions"]
    assert [(e["text"]["text"], e.get("style")) for e in elements] == [
        ("Grant", "primary"),
        ("Cancel", None),
        ("With people’s names", None),
    ]


async def test_nobody_but_the_asker_presses_a_card(chat: Chat, standin: StandIn) -> None:
    [card] = await chat.asked("UADA", CARD)
    [said] = await chat.pressed("UBEN", buttons(card)["Grant"])
    [who] = await chat.asked("UBEN", "/whoami")
    assert kinds(said) == ["section"]
    assert "viewer" not in texts(said)[0] + texts(who)[0]
    assert standin.posted == []


async def test_the_same_signed_press_twice_is_one_grant(chat: Chat, standin: StandIn) -> None:
    [card] = await chat.asked("UADA", CARD)
    place, body = chat.press_body("UADA", buttons(card)["Grant"])
    for _ in range(3):
        assert await chat.sent(body) == ""
    await chat.drained()
    assert len(standin.answers[place]) == len(standin.posted) == 1


async def test_the_same_id_in_another_workspace_is_another_person(chat: Chat) -> None:
    [card] = await chat.asked("UADA", CARD)
    place = await chat.press("UADA", buttons(card)["Grant"], team="T2")
    [said] = await chat.standin.said(place)
    assert "Saved" not in texts(said)[0]


async def test_an_account_that_closed_since_the_card_is_given_nothing(
    chat: Chat, standin: StandIn
) -> None:
    [card] = await chat.asked("UADA", CARD)
    standin.people["UBEN"]["deleted"] = True
    await happens(chat, user_change(standin.people["UBEN"]))
    [said] = await chat.pressed("UADA", buttons(card)["Grant"])
    assert "the account is closed. Nothing was changed." in texts(said)[0]
    [who] = await chat.asked("UBEN", "/whoami")
    assert "viewer" not in texts(who)[0]


async def test_whoever_cannot_be_looked_up_is_given_nothing(chat: Chat, standin: StandIn) -> None:
    await chat.asked("UADA", "/whoami")
    standin.broken["users.info"] = "internal_error"
    [said] = await chat.asked("UADA", CARD)
    del standin.broken["users.info"]
    [who] = await chat.asked("UBEN", "/whoami")
    assert texts(said)[0].startswith("I could not confirm just now whether slack:T1:UBEN")
    assert "Nothing was changed; please try again in a minute." in texts(said)[0]
    assert "viewer" not in texts(who)[0]


@pytest.mark.parametrize(
    ("mention", "said"),
    [
        ("<@UGONE|gone>", "Gone"),
        ("<@UBOT>", "Robot"),
        ("<@UGUEST|a b c>", "Guest"),
        ("<@USTRANGER>", "Stranger"),
        ("<@UNOBODY1>", "slack:T1:UNOBODY1"),
        ("<@UBEN> <@UCLEO|cleo as admin>", "2"),
        ("<@UADA>", "own right"),
    ],
)
async def test_some_are_refused_with_words(chat: Chat, mention: str, said: str) -> None:
    [answer] = await chat.asked("UADA", f"/grant-analytics {mention} as viewer")
    assert kinds(answer) == ["section"]
    assert said in texts(answer)[0]


@pytest.mark.parametrize(
    "who", ["<!subteam^S1|@the team>", "<!here>", "<#C1|general>", "@ben", "ben"]
)
async def test_groups_channels_and_names_grant_nothing_but_offer_to_pick(
    chat: Chat, who: str
) -> None:
    [answer] = await chat.asked("UADA", f"/grant-analytics {who} as viewer for contoso")
    [select] = [block["accessory"] for block in answer["blocks"] if "accessory" in block]
    assert select["type"] == "users_select"
    [card] = await chat.pressed("UADA", {**select, "selected_user": "UBEN"})
    assert texts(card)[0].startswith("Ben (slack:T1:UBEN) has no right.")
    assert "report viewer for Contoso" in texts(card)[0]


async def test_a_name_of_a_person_written_as_markup_is_no_mention(chat: Chat) -> None:
    [answer] = await chat.asked("UADA", "/grant-analytics &lt;@UBEN&gt; as viewer")
    assert "accessory" in answer["blocks"][1]


async def test_somebody_is_told_in_their_own_language(chat: Chat, standin: StandIn) -> None:
    [card] = await chat.asked("UADA", "/revoke-analytics <@UCLEO>")
    await chat.pressed("UADA", buttons(card)["Revoke"])
    [post] = standin.posted
    assert post["channel"] == "DUCLEO"
    assert "vos droits" in post["text"].lower() or "vous" in post["text"].lower()


async def test_the_asker_hears_that_somebody_could_not_be_told(
    chat: Chat, standin: StandIn
) -> None:
    standin.granted.remove("chat:write")
    [card] = await chat.asked("UADA", CARD)
    [said] = await chat.pressed("UADA", buttons(card)["Grant"])
    assert texts(said)[0].startswith("Saved: ")
    assert texts(said)[0].endswith("I could not tell Ben; please do.")


async def test_a_person_of_the_grid_is_one_of_ours_by_their_enterprise(
    chat: Chat, standin: StandIn
) -> None:
    home = {"enterprise_id": "E7"}
    standin.people["WGRID"] = somebody("WGRID", "Grid", team_id="T9", enterprise_user=home)
    [card] = await chat.asked("UADA", "/grant-analytics <@WGRID> as viewer")
    assert "Grid" in texts(card)[0]
    assert buttons(card) == {}
