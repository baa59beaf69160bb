"""Messages and buttons on Teams: who sees what, where, and in which form."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.delivery import Delivered, Delivery
from bot.teams.app import add_teams
from bot.time_limits import Working
from bot.wiring import Installation
from handlers.chat.asking import Ask
from handlers.messages.speaker import speaker
from tests.teams.activities import CHANNEL, GROUP, own_chat, payload, pressing, spoken
from tests.teams.card_rules import pictures
from tests.teams.reading_cards import buttons, card_of
from tests.teams.recorder import Recorder, member
from tests.teams.talking import Chat, first, seat, seen, talking

SAY = speaker("en")
USAGE = "<at>Seatwise</at> usage contoso"
SHARE, DIRECT = SAY("button-share"), SAY("button-direct")


class Slow:
    """A delivery that takes longer than people wait: it says so, and then as long as it is held."""

    def __init__(self, delivery: Delivery, hold: asyncio.Event) -> None:
        self._delivery, self._hold = delivery, hold
        self.paint = delivery.paint

    async def ask(self, ask: Ask, working: Working | None = None) -> Delivered:
        if working:
            await working()
        await self._hold.wait()
        return await self._delivery.ask(ask)

    async def press(self, button: str, ask: Ask, working: Working | None = None) -> Delivered:
        await self._hold.wait()
        return await self._delivery.press(button, ask)


@pytest_asyncio.fixture
async def held() -> asyncio.Event:
    return asyncio.Event()


@pytest_asyncio.fixture
async def slow(installation: Installation, held: asyncio.Event) -> AsyncIterator[Chat]:
    await seat(installation)
    async with talking(installation, Recorder(), deliver=lambda d: Slow(d, held)) as there:
        yield there
        held.set()


async def test_a_question_in_ones_own_chat_is_answered_with_a_card_and_its_picture(
    chat: Chat,
) -> None:
    [card] = await chat.asked("ada", "usage contoso")
    assert first(card).startswith("Contoso: ")
    assert len(list(pictures(card))) == 1
    assert chat.recorder.typing == [own_chat("ada")]


async def test_a_message_is_acknowledged_before_it_is_answered(
    slow: Chat, held: asyncio.Event
) -> None:
    async with asyncio.timeout(1):
        assert await slow.teams.receive(spoken("ada", "whoami")) is None
    assert slow.recorder.messages == {}
    held.set()
    await slow.teams.drain()
    assert len(slow.recorder.messages) == 1


async def test_word_that_it_takes_longer_is_replaced_by_the_answer(
    slow: Chat, held: asyncio.Event
) -> None:
    await slow.teams.receive(spoken("ada", "usage contoso"))
    async with asyncio.timeout(5):
        await slow.recorder.shown.wait()
    assert seen(slow, "ada", own_chat("ada")) == [SAY("still-working")]
    held.set()
    await slow.teams.drain()
    [answer] = seen(slow, "ada", own_chat("ada"))
    assert answer.startswith("Contoso: ")


async def test_figures_that_not_all_may_see_come_to_the_asker_alone(chat: Chat) -> None:
    [card] = await chat.asked("ada", USAGE, "group")
    assert first(card).startswith("Contoso: ")
    assert seen(chat, "ben") == []


async def test_figures_that_all_may_see_stand_in_the_thread(chat: Chat) -> None:
    chat.recorder.rooms[CHANNEL] = [member("ada"), member("cleo")]
    await chat.asked("ada", USAGE, "channel")
    [shown] = chat.recorder.messages.values()
    assert (shown.room, shown.to) == (f"{CHANNEL};messageid=1699999999999", "")
    assert first(card_of(shown.activity)).startswith("Contoso: ")


async def test_what_was_asked_for_ones_own_eyes_is_answered_so(chat: Chat) -> None:
    chat.recorder.rooms[GROUP] = [member("ada"), member("cleo")]
    await chat.said(payload("message_targeted"))
    assert len(seen(chat, "ada")) == 1
    assert seen(chat, "cleo") == []


async def test_after_word_to_all_that_it_takes_longer_all_hear_that_it_went_to_one(
    slow: Chat, held: asyncio.Event
) -> None:
    held.set()
    await slow.asked("ada", USAGE, "group")
    assert seen(slow, "ben") == [SAY("sent-alone")]
    assert [text[:9] for text in seen(slow, "ada")] == ["Sent to y", "Contoso: "]


async def test_a_pressed_button_is_answered_by_the_card_that_takes_its_place(chat: Chat) -> None:
    await chat.asked("ada", "usage fabrikam")
    message, card = chat.last("ada")
    answer = await chat.pressed("ada", buttons(card)["Fabrikam Bikes"], message)
    assert (answer["statusCode"], answer["type"][-8:]) == (200, "adaptive")
    assert first(answer["value"]).startswith("Fabrikam Bikes: ")
    assert len(chat.recorder.messages) == 1


async def test_in_a_card_shown_to_one_the_answer_takes_its_place(chat: Chat) -> None:
    await chat.asked("ada", "<at>Seatwise</at> usage fabrikam", "group")
    message, card = chat.last("ada", "group")
    answer = await chat.pressed("ada", buttons(card)["Fabrikam Bikes"], message, "group")
    assert first(answer["value"]).startswith("Fabrikam Bikes: ")
    assert len(chat.recorder.messages) == 1


async def test_in_a_card_that_all_see_the_answer_is_a_message_to_the_presser(chat: Chat) -> None:
    await chat.asked("ada", "<at>Seatwise</at> help", "group")
    message, card = chat.last("cleo", "group")
    answer = await chat.pressed("cleo", buttons(card)["/usage 6 months"], message, "group")
    assert (answer["type"][-7:], answer["value"]) == ("message", SAY("sent-alone"))
    assert len(seen(chat, "ada")) == len(seen(chat, "ben")) == 1
    assert "336 of 1,440 measured seats" in seen(chat, "cleo")[-1]


async def test_a_card_nobody_remembers_counts_as_seen_by_all(chat: Chat) -> None:
    await chat.asked("ada", "<at>Seatwise</at> usage fabrikam", "group")
    _, card = chat.last("ada", "group")
    answer = await chat.pressed("ada", buttons(card)["Fabrikam Bikes"], "m77", "group")
    assert answer["value"] == SAY("sent-alone")


async def test_somebody_elses_button_is_refused_in_a_sentence(chat: Chat) -> None:
    await chat.asked("ada", "usage fabrikam")
    _, card = chat.last("ada")
    forwarded = buttons(card)["Fabrikam Bikes"]
    answer = await chat.pressed("ben", forwarded, "m0", "group")
    assert answer["value"] == SAY("button-foreign")
    assert seen(chat, "ben") == []


async def test_sharing_posts_to_the_room_and_says_so_to_the_presser(chat: Chat) -> None:
    activity = payload("message_targeted")
    chat.recorder.rooms[GROUP] = [member("ada"), member("cleo")]
    await chat.said(activity)
    message, card = chat.last("ada", "group")
    answer = await chat.pressed("ada", buttons(card)[SHARE], message, "group")
    assert answer["value"] == SAY("share-done")
    [shared] = seen(chat, "cleo")
    assert "Ada Lovelace" in shared


async def test_sharing_with_somebody_who_may_not_see_it_is_kept(chat: Chat) -> None:
    await chat.said(payload("message_targeted"))
    message, card = chat.last("ada", "group")
    answer = await chat.pressed("ada", buttons(card)[SHARE], message, "group")
    assert "Ben" in first(answer["value"])
    assert seen(chat, "ben") == []


async def test_what_is_sent_to_ones_messages_stands_in_ones_own_chat(chat: Chat) -> None:
    await chat.said(payload("message_targeted"))
    message, card = chat.last("ada", "group")
    answer = await chat.pressed("ada", buttons(card)[DIRECT], message, "group")
    assert answer["value"] == SAY("direct-done")
    assert seen(chat, "ada", own_chat("ada"))[0].startswith("Contoso: ")


async def test_a_press_that_takes_longer_is_answered_first_with_word_then_in_its_card(
    slow: Chat, held: asyncio.Event
) -> None:
    held.set()
    await slow.asked("ada", "usage fabrikam")
    message, card = slow.last("ada")
    held.clear()
    answer = await slow.teams.receive(pressing("ada", buttons(card)["Fabrikam Bikes"], message))
    assert first(answer["value"]) == SAY("still-working")
    held.set()
    await slow.teams.drain()
    [only] = seen(slow, "ada", own_chat("ada"))
    assert only.startswith("Fabrikam Bikes: ")


async def test_an_invoke_of_another_kind_has_no_effect(chat: Chat) -> None:
    for changes in ({"name": "task/fetch"}, {"value": None}, {"from": "29:ada"}):
        assert await chat.teams.receive({**payload("press"), **changes}) == {}
    assert chat.recorder.calls == []


@pytest.mark.parametrize(
    "name", ["message_edited", "message_deleted", "reaction", "message_of_bot"]
)
async def test_edits_deletions_reactions_and_bots_have_no_effect(chat: Chat, name: str) -> None:
    await chat.said(payload(name))
    assert chat.recorder.calls == []
    assert chat.recorder.typing == []


async def test_what_cannot_be_told_from_a_repetition_is_answered_in_words(chat: Chat) -> None:
    assert await chat.teams.report_unchecked(payload("message_personal")) is None
    await chat.teams.drain()
    assert seen(chat, "ada", own_chat("ada")) == [SAY("not-checked")]
    answer = await chat.teams.report_unchecked(payload("press"))
    assert answer is not None
    assert answer["value"] == SAY("not-checked")


async def test_teams_comes_to_its_address_and_its_answers_end_with_the_program(chat: Chat) -> None:
    async def receive(request: web.Request) -> web.Response:
        return web.json_response(await chat.teams.receive(await request.json()))

    app = web.Application()
    add_teams(app, chat.teams, receive)
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        await client.post("/teams/messages", json=payload("message_personal"))
    assert seen(chat, "ada", own_chat("ada"))[0].startswith("Contoso: ")
