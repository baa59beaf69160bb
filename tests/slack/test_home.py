"""App Home: written when its owner looks, and anew when rights change; a welcome, once."""

import json
from typing import Any

from handlers.messages.speaker import speaker
from tests.slack.speaking import event, happens, interacts
from tests.slack.standin import StandIn
from tests.slack.talking import Chat, buttons, buttons_of, texts

SAY = speaker("en")
CARD = "/grant-analytics <@UBEN> as viewer for contoso"


async def opens(chat: Chat, who: str, number: str = "1", tab: str = "home") -> None:
    await happens(chat, event("app_home_opened", who, number, tab=tab, channel=f"D{who}"))


def page(standin: StandIn, who: str) -> dict[str, Any]:
    return standin.homes[who][-1]


def on_page(who: str, button: dict[str, Any]) -> dict[str, Any]:
    """A press on somebody's own page: no channel, and no address for an answer."""
    return {
        "type": "block_actions",
        "user": {"id": who, "team_id": "T1"},
        "team": {"id": "T1"},
        "container": {"type": "view", "view_id": "V1"},
        "trigger_id": f"{who}.{button['action_id']}",
        "actions": [button],
    }


async def test_a_page_says_what_its_owner_may_see_and_what_to_try(
    chat: Chat, standin: StandIn
) -> None:
    await opens(chat, "UCLEO")
    said = texts(page(standin, "UCLEO"))
    assert said[0] == "Mes droits"
    assert "slack:T1:UCLEO" in said[1]
    assert "À essayer" in said
    assert "Qui a des droits" not in said
    assert next(iter(buttons(page(standin, "UCLEO")))) == "Mes clients"


async def test_an_admins_page_shows_the_grants_and_opens_the_form(
    chat: Chat, standin: StandIn
) -> None:
    await opens(chat, "UADA")
    said = texts(page(standin, "UADA"))
    granted = said[said.index("Who has rights") + 1 :]
    assert any("(slack:T1:UCLEO)" in line for line in granted)
    found = buttons(page(standin, "UADA"))
    assert "Revoke slack:T1:UCLEO…" in found  # nobody has looked Cleo up
    await interacts(chat, on_page("UADA", found["Grant a right…"]))
    assert [form["callback_id"] for form in standin.forms] == ["grant-form"]


async def test_only_our_own_tab_is_written(chat: Chat, standin: StandIn) -> None:
    await opens(chat, "UADA", tab="messages")
    assert standin.homes == {}


async def test_somebody_is_welcomed_once_on_whichever_tab(chat: Chat, standin: StandIn) -> None:
    for number, tab in enumerate(("messages", "home", "home")):
        await opens(chat, "UBEN", str(number), tab)
    [welcome] = standin.posted
    assert welcome["channel"] == "DUBEN"
    assert texts(welcome)[0].startswith("Welcome.")
    assert buttons(welcome)
    await opens(chat, "UADA", "9")
    assert [post["channel"] for post in standin.posted] == ["DUBEN", "DUADA"]


async def test_the_same_opening_again_writes_nothing(chat: Chat, standin: StandIn) -> None:
    await opens(chat, "UADA")
    await opens(chat, "UADA")
    assert len(standin.homes["UADA"]) == len(standin.posted) == 1


async def test_my_customers_are_answered_by_a_direct_message(chat: Chat, standin: StandIn) -> None:
    await opens(chat, "UADA")
    standin.posted.clear()
    await interacts(chat, on_page("UADA", buttons(page(standin, "UADA"))["My customers"]))
    words, *_ = standin.posted
    assert words["channel"] == "DUADA"
    assert SAY("portfolio-choose") not in texts(words)  # it is behind the answer
    assert SAY("figure-sold") in words["text"]
    assert SAY("details") in buttons(words)


async def test_an_example_is_answered_by_a_direct_message(chat: Chat, standin: StandIn) -> None:
    await opens(chat, "UADA")
    standin.posted.clear()
    await interacts(chat, on_page("UADA", buttons(page(standin, "UADA"))["/seatwise whoami"]))
    [said] = standin.posted
    assert "slack:T1:UADA" in texts(said)[0]


async def test_whoever_has_no_right_learns_nothing_by_pressing(
    chat: Chat, standin: StandIn
) -> None:
    await opens(chat, "UADA")
    standin.posted.clear()
    await interacts(chat, on_page("UBEN", buttons(page(standin, "UADA"))["My customers"]))
    [said] = standin.posted
    assert said["channel"] == "DUBEN"
    assert "You don’t have access to" in texts(said)[0]


async def test_open_pages_are_written_anew_when_rights_change(chat: Chat, standin: StandIn) -> None:
    await opens(chat, "UADA", "1")
    await opens(chat, "UBEN", "2")
    before = texts(page(standin, "UBEN"))[1]
    [card] = await chat.asked("UADA", CARD)
    await chat.press("UADA", buttons(card)["Grant"])
    await chat.drained()
    assert "Contoso" not in before
    assert "Contoso" in texts(page(standin, "UBEN"))[1]
    assert any("Ben" in text for text in texts(page(standin, "UADA")))
    assert set(standin.homes) == {"UADA", "UBEN"}


async def test_pages_that_nobody_opened_are_not_written(chat: Chat, standin: StandIn) -> None:
    [card] = await chat.asked("UADA", CARD)
    await chat.press("UADA", buttons(card)["Grant"])
    await chat.drained()
    assert standin.homes == {}


async def test_a_page_that_slack_does_not_take_breaks_nothing(chat: Chat, standin: StandIn) -> None:
    standin.broken["views.publish"] = "fatal_error"
    await opens(chat, "UADA")
    [welcome] = standin.posted
    assert texts(welcome)[0].startswith("Welcome.")


DIGEST = "/digest usage contoso every Monday 9:00"


async def test_a_page_shows_its_owners_digests(chat: Chat, standin: StandIn) -> None:
    await opens(chat, "UADA")
    said = texts(page(standin, "UADA"))
    [asked] = await chat.asked("UADA", "/digest list")
    assert said[said.index("My digests") + 1] == texts(asked)[0]


async def test_an_open_page_is_written_anew_when_a_digest_is_saved_and_when_it_is_paused(
    chat: Chat, standin: StandIn
) -> None:
    await opens(chat, "UADA")
    [card] = await chat.asked("UADA", DIGEST)
    await chat.drained()
    assert len(standin.homes["UADA"]) == 1
    [saved] = await chat.pressed("UADA", buttons(card)["Save"])
    await chat.drained()
    assert "/usage Contoso" in shown(page(standin, "UADA"))
    await chat.pressed("UADA", buttons(saved)["Pause"])
    await chat.drained()
    assert len(standin.homes["UADA"]) == 3


async def test_buttons_of_a_page_have_ids_of_their_own(chat: Chat, standin: StandIn) -> None:
    [card] = await chat.asked("UADA", DIGEST)
    await chat.pressed("UADA", buttons(card)["Save"])
    await chat.drained()
    await opens(chat, "UADA")
    blocks = page(standin, "UADA")["blocks"]
    ids = [button["action_id"] for block in blocks for button in buttons_of(block)]
    assert len(ids) == len({*ids}) > 3


def shown(view: dict[str, Any]) -> str:
    return json.dumps(view, ensure_ascii=False)
