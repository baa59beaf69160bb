"""What lies behind an answer on Teams: folded within the card, or behind a button that works."""

import json
from typing import Any

import pytest

from bot.delivery import Delivered
from bot.teams.cards import FOLDED
from bot.teams.inbound import WORDS
from bot.teams.outbound import LARGEST, CardContext, message
from bot.wiring import Installation
from handlers.chat.asking import View
from handlers.chat.reply import (
    Choice,
    Choices,
    Details,
    Headline,
    Paragraph,
    Part,
    Reply,
    Stamped,
    Table,
    TableColumn,
    every_choice,
)
from handlers.messages.speaker import speaker
from tests.program.generations import NEWER, publish_newer
from tests.teams.activities import GROUP
from tests.teams.card_rules import elements, fault
from tests.teams.reading_cards import buttons, card_of, folded, parts, texts
from tests.teams.recorder import member
from tests.teams.talking import Chat, first, seen

SAY = speaker("en")
DETAILS, WRONG = SAY("details"), SAY("follow-wrong")
COPILOT = "Microsoft 365 Copilot"
BUTTON = Choice(DETAILS, "/usage tenant", by_reader=True, view=View.DETAILS)
AGAIN = Choices("", (Choice("6 months", "/usage tenant 6 months"),))


def answer(rows: int) -> list[Part]:
    """An answer with a table behind it."""
    columns = (TableColumn("Customer"), TableColumn("Sold", numeric=True))
    lines = tuple((f"customer {at} of a name that is long", "1") for at in range(rows))
    behind = Details((Table("Behind it", columns, lines), Paragraph("Why.")), BUTTON)
    stamp = Stamped(("As of 21 Nov 2026",), made_up=False)
    return [Headline("Contoso: 5 of 10 measured seats are idle"), stamp, behind, AGAIN]


def card(found: list[Part]) -> dict[str, Any]:
    ids = {choice: f"id-{at}" for at, choice in enumerate(every_choice(found))}
    made = message(Delivered(Reply(tuple(found)), buttons=ids), CardContext(SAY, {}))
    assert fault(made) == ""
    return card_of(made)


def test_details_are_folded_within_the_card_and_shown_without_asking_the_bot() -> None:
    made = card(answer(8))
    [shows] = [e for e in elements(made) if e["type"] == "Action.ToggleVisibility"]
    [hidden] = [e for e in elements(made) if e.get("isVisible") is False]
    assert (shows["title"], shows["targetElements"]) == (DETAILS, [FOLDED])
    assert (hidden["type"], hidden["id"]) == ("Container", FOLDED)
    [behind, why] = folded(made)[DETAILS]
    assert isinstance(behind, Table)
    assert (len(behind.rows), why) == (8, Paragraph("Why."))
    assert list(buttons(made)) == ["6 months"]


def test_details_too_large_for_the_card_go_behind_a_button_and_nothing_else_is_lost() -> None:
    made = card(answer(300))
    assert len(json.dumps(made)) <= LARGEST
    assert folded(made) == {}
    assert buttons(made)[DETAILS]["data"] == {"button": "id-0", "stays": True}
    assert list(buttons(made)) == [DETAILS, "6 months"]
    assert texts(made) == ["Contoso: 5 of 10 measured seats are idle", "As of 21 Nov 2026"]
    assert SAY("answer-cut") not in texts(made)


async def test_every_answer_folds_its_details_within_28_kb(chat: Chat) -> None:
    for line in ("usage contoso", "usage", "usage fabrikam bikes 12 months"):
        await chat.asked("ada", line)
        [shown] = [*chat.recorder.messages.values()][-1:]
        assert fault(shown.activity) == "", line
        assert list(folded(card_of(shown.activity))) == [DETAILS], line


async def test_a_button_for_what_had_no_room_shows_the_figures_that_were_told(
    chat: Chat, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.teams.outbound.LARGEST", 5_500)
    [there] = await chat.asked("ada", "usage contoso")
    message_id, _ = chat.last("ada")
    assert folded(there) == {}
    monkeypatch.undo()
    publish_newer(installation)
    said = await _below(chat, buttons(there)[DETAILS], message_id)
    assert SAY("table-products") in texts(said)
    assert COPILOT in texts(said)
    assert NEWER not in texts(said)
    publish_newer(installation, times=2)
    renewed = await _below(chat, buttons(there)[DETAILS], message_id)
    assert first(renewed) == SAY("details-renewed")
    assert NEWER in texts(renewed)


async def _below(chat: Chat, button: dict[str, Any], message_id: str) -> dict[str, Any]:
    """The card that comes below the one with the button, which stays."""
    shown = await chat.pressed("ada", button, message_id)
    assert shown["value"] == SAY("answer-apart")
    below, made = chat.last("ada")
    assert below != message_id
    return made


async def test_what_is_asked_next_leaves_the_answer_where_it_is(chat: Chat) -> None:
    [there] = await chat.asked("ada", "usage contoso")
    message_id, _ = chat.last("ada")
    months = await _below(chat, buttons(there)[SAY("follow-months", n=6)], message_id)
    assert first(months).startswith("Contoso: ")
    assert SAY("follow-newest") in buttons(months)


async def test_in_a_group_any_reader_asks_for_themself_and_others_are_refused(chat: Chat) -> None:
    chat.recorder.rooms[GROUP] = [member("ada"), member("cleo")]
    await chat.asked("ada", "<at>Seatwise</at> usage contoso", "group")
    message_id, there = chat.last("ada", "group")
    wrong = buttons(there)[WRONG]
    before = len(seen(chat, "ada"))
    await chat.pressed("cleo", wrong, message_id, "group")
    assert seen(chat, "cleo")[-1].startswith(SAY("report-about", question="/usage Contoso"))
    assert len(seen(chat, "ada")) == before
    await chat.pressed("ben", wrong, message_id, "group")
    assert seen(chat, "ben")[-1].startswith(SAY("not-allowed", command="/usage"))


async def test_this_looks_wrong_asks_for_words_and_takes_them(chat: Chat) -> None:
    [there] = await chat.asked("ada", "usage contoso")
    message_id, _ = chat.last("ada")
    form = await _below(chat, buttons(there)[WRONG], message_id)
    message_id, _ = chat.last("ada")
    [field] = [e for e in form["body"] if e["type"] == "Input.Text"]
    assert (field["label"], field["maxLength"]) == (SAY("report-prompt"), 2000)
    send = buttons(form)[SAY("report-send")]
    again = await chat.pressed("ada", send, message_id)
    assert parts(again["value"]) == parts(form)
    typed = {**send, "data": {**send["data"], WORDS: "[x](https://evil.example) {{DATE()}}"}}
    kept = await chat.pressed("ada", typed, message_id)
    assert first(kept["value"]) == SAY("report-kept", number="1")
