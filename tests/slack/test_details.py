"""What lies behind an answer on Slack: a button in its row, and the figures as they were then."""

import json
from typing import Any

import pytest

from bot.wiring import Installation
from handlers.messages.speaker import speaker
from tests.program.generations import NEWER, NEWER_SOLD, publish_newer
from tests.slack.inputs import written
from tests.slack.speaking import room
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import Chat, buttons, kinds, texts

SAY, DIRE = speaker("en"), speaker("fr")
DETAILS, WRONG = SAY("details"), SAY("follow-wrong")
COPILOT = "Microsoft 365 Copilot"


def cells(message: dict[str, Any]) -> str:
    """Every cell of the message's tables, those that come as lines too."""
    shown = [b for b in message["blocks"] if b["type"] in ("table", "rich_text")]
    return json.dumps(shown, ensure_ascii=False)


async def pressed(chat: Chat, who: str, label: str, there: dict[str, Any]) -> dict[str, Any]:
    """What the presser of a message's button is answered."""
    [said] = await chat.pressed(who, buttons(there)[label])
    return said


async def test_the_headline_is_bold_and_no_character_of_it_is_markup(chat: Chat) -> None:
    words, _picture = await chat.asked("UADA", "/usage contoso", 2)
    [line] = words["blocks"][0]["elements"]
    assert (words["blocks"][0]["type"], line["type"]) == ("rich_text", "rich_text_section")
    [run] = line["elements"]
    assert (run["type"], run["style"]) == ("text", {"bold": True})
    assert run["text"].startswith("Contoso: ")


async def test_details_and_what_is_asked_next_stand_in_one_row(chat: Chat) -> None:
    words, _picture = await chat.asked("UADA", "/usage contoso", 2)
    row, offers = [block for block in words["blocks"] if block["type"] == "actions"]
    assert [button["text"]["text"] for button in row["elements"]] == [
        DETAILS,
        COPILOT,
        SAY("follow-months", n=6),
        SAY("follow-digest"),
        WRONG,
        SAY("follow-export"),
    ]
    assert len(offers["elements"]) == 2
    assert cells(words).count(COPILOT) == 1


async def test_details_are_of_the_figures_that_the_answer_told(
    chat: Chat, seated: Installation
) -> None:
    words, _picture = await chat.asked("UADA", "/usage contoso", 2)
    before = await pressed(chat, "UADA", DETAILS, words)
    publish_newer(seated)
    newest, _picture = await chat.asked("UADA", "/usage contoso", 2)
    after = await pressed(chat, "UADA", DETAILS, words)
    assert NEWER_SOLD in json.dumps(newest)
    assert after["blocks"] == before["blocks"]
    assert (NEWER in cells(after), COPILOT in cells(after)) == (False, True)


async def test_once_those_are_swept_it_says_so_and_shows_the_newest(
    chat: Chat, seated: Installation
) -> None:
    words, _picture = await chat.asked("UADA", "/usage contoso", 2)
    publish_newer(seated, times=2)
    after = await pressed(chat, "UADA", DETAILS, words)
    assert texts(after)[0] == SAY("details-renewed")
    assert NEWER in cells(after)


async def test_in_a_channel_the_presser_alone_reads_them_in_their_own_language(
    chat: Chat, standin: StandIn
) -> None:
    standin.people["UBOT"] = somebody("UBOT", "Seatwise", is_bot=True)
    standin.channels["C1"] = room("UADA", "UCLEO", is_private=True)
    answer, _picture = await chat.asked("UADA", "/usage contoso", 2)
    await chat.press("UADA", buttons(answer)[SAY("button-share")])
    await chat.drained()
    [there, _picture] = standin.posted
    assert list(buttons(there)) == [DETAILS, WRONG, SAY("follow-export")]
    container = {"type": "message", "is_ephemeral": False}
    place = await chat.press("UCLEO", buttons(there)[DETAILS], container=container)
    [said] = await standin.said(place)
    assert said["response_type"] == "ephemeral"
    assert DIRE("table-products") in texts(said)
    assert len(standin.posted) == 2
    place = await chat.press("UBEN", buttons(there)[DETAILS], container=container)
    [refused] = await standin.said(place)
    assert refused["response_type"] == "ephemeral"
    assert texts(refused)[0].startswith(SAY("not-allowed", command="/usage"))


async def test_this_looks_wrong_asks_for_words_and_takes_them(chat: Chat) -> None:
    words, _picture = await chat.asked("UADA", "/usage contoso", 2)
    form = await pressed(chat, "UADA", WRONG, words)
    assert kinds(form) == ["section", "input", "actions"]
    send = buttons(form)[SAY("report-send")]
    again = await chat.pressed("UADA", send)
    assert [kinds(one) for one in again] == [kinds(form)]
    place = await chat.press("UADA", send, state=written("<!channel> 120 were *bought*"))
    [kept] = await chat.standin.said(place)
    assert texts(kept) == [SAY("report-kept", number="1")]


@pytest.mark.parametrize(
    "state",
    [{}, {"values": None}, {"values": {"words": []}}, {"values": {"words": {"words": "x"}}}],
)
async def test_a_field_of_no_shape_is_an_empty_one(chat: Chat, state: dict[str, Any]) -> None:
    words, _picture = await chat.asked("UADA", "/usage contoso", 2)
    form = await pressed(chat, "UADA", WRONG, words)
    place = await chat.press("UADA", buttons(form)[SAY("report-send")], state=state)
    [again] = await chat.standin.said(place)
    assert kinds(again) == kinds(form)
