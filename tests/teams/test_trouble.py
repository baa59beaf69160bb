"""Teams refusing or losing one call after the other: whoever asked gets the answer once, or a kind
sentence, and the room nothing that it may not see.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from bot.delivery import Delivered, Delivery
from bot.teams.people import LEARN
from bot.teams.ports import ConnectorError, Conversation, Json
from bot.time_limits import Working
from bot.wiring import Installation
from handlers.chat.asking import Ask, UserRef
from handlers.messages.speaker import speaker
from tests.teams.activities import GROUP, IDS, TENANT, own_chat, payload
from tests.teams.reading_cards import buttons, card_of, texts
from tests.teams.recorder import Recorder
from tests.teams.talking import Chat, seat, talking
from tests.teams.test_people import reference

SAY = speaker("en")
USAGE = "<at>Seatwise</at> usage contoso"
CALLS = [(name, at) for name in ("send", "send targeted", "update", "open") for at in (0, 1)]
ERRORS = [ConnectorError(status) for status in (0, 400, 403, 404, 413, 429, 502)]
KIND = {SAY(name) for name in ("answer-lost", "private-failed", "answered-in-private")}


def refusing(
    *refused: tuple[str, int], error: ConnectorError
) -> Callable[[str, int], ConnectorError | None]:
    """These calls fail; a number below zero means all of that name."""
    return lambda name, at: error if {(name, at), (name, -1)} & {*refused} else None


def read(chat: Chat, who: str) -> list[str]:
    """Everything somebody reads, in the group and in their own chat."""
    rooms = (GROUP, own_chat(who))
    shown = [activity for room in rooms for activity in chat.recorder.seen_by(who, room)]
    return [a["text"] if "text" in a else texts(card_of(a))[0] for a in shown]


def answers(said: list[str]) -> list[str]:
    return [text for text in said if text.startswith("Contoso: ")]


@pytest.mark.parametrize("lost", [False, True], ids=["refused", "lost"])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: f"{error.status}")
@pytest.mark.parametrize("room", ["personal", "group"])
async def test_whatever_fails_first_the_asker_reads_one_answer_or_a_kind_sentence(
    chat: Chat, room: str, error: ConnectorError, *, lost: bool
) -> None:
    for call in CALLS:
        chat.recorder.calls.clear()
        chat.recorder.messages.clear()
        chat.recorder.fails = refusing(call, error=error)
        chat.recorder.lost = lost and error.is_unsure
        await chat.asked("ada", "usage contoso" if room == "personal" else USAGE, room)
        said = read(chat, "ada")
        assert len(answers(said)) <= 1, call
        assert len(answers(said)) == 1 or KIND & set(said), call
        assert answers(read(chat, "ben")) == [], call
        assert "Contoso" not in json.dumps(chat.recorder.seen_by("ben", GROUP)), call


async def test_a_card_that_is_refused_comes_without_its_picture(chat: Chat) -> None:
    chat.recorder.fails = refusing(("send", 0), error=ConnectorError(413))
    [card] = await chat.asked("ada", "usage contoso")
    assert "Image" not in {element["type"] for element in card["body"]}


async def test_where_no_card_is_taken_the_words_come_bare(chat: Chat) -> None:
    chat.recorder.fails = refusing(("send", 0), ("send", 1), error=ConnectorError(400))
    await chat.said({**payload("message_personal")})
    [shown] = chat.recorder.messages.values()
    assert shown.activity["textFormat"] == "plain"
    assert "Seats sold: 1,250" in shown.activity["text"]
    assert SAY("stamp-short-made-up") in shown.activity["text"]


async def test_where_a_room_takes_nothing_for_one_alone_it_comes_in_ones_own_chat(
    chat: Chat,
) -> None:
    chat.recorder.fails = refusing(("send targeted", -1), error=ConnectorError(400, "BadArgument"))
    await chat.asked("ada", USAGE, "group")
    assert read(chat, "ben") == [SAY("answered-in-private")]
    assert len(answers(read(chat, "ada"))) == 1
    assert chat.recorder.seen_by("ada", own_chat("ada")) != []


async def test_where_ones_own_chat_cannot_be_reached_either_nothing_is_shown(chat: Chat) -> None:
    calls = (("send targeted", -1), ("open", -1))
    chat.recorder.fails = refusing(*calls, error=ConnectorError(403))
    await chat.asked("ada", USAGE, "group")
    assert read(chat, "ada") == read(chat, "ben") == [SAY("private-failed")]


async def test_with_everything_failing_nothing_is_shown_and_nothing_is_logged_of_it(
    chat: Chat, capsys: pytest.CaptureFixture[str]
) -> None:
    chat.recorder.fails = lambda *_: ConnectorError(500, "Contoso")
    await chat.asked("ada", USAGE, "group")
    said = capsys.readouterr()
    assert chat.recorder.messages == {}
    assert "teams answer not taken" in said.out
    assert "Contoso" not in said.out + said.err
    assert "Ada" not in said.out + said.err


@pytest.mark.parametrize("label", ["button-share", "button-direct"])
async def test_whoever_shares_hears_that_it_failed(chat: Chat, label: str) -> None:
    chat.recorder.rooms[GROUP] = chat.recorder.rooms[GROUP][::2]
    await chat.said(payload("message_targeted"))
    message, card = chat.last("ada", "group")
    chat.recorder.fails = refusing(("send", -1), ("open", -1), error=ConnectorError(403))
    answer = await chat.pressed("ada", buttons(card)[SAY(label)], message, "group")
    failed = {"button-share": "share-failed", "button-direct": "direct-failed"}[label]
    assert answer["value"] == SAY(failed)
    assert read(chat, "cleo") == []


async def test_a_roster_that_cannot_be_listed_shows_the_room_nothing(chat: Chat) -> None:
    chat.recorder.fails = refusing(("members", -1), error=ConnectorError(403))
    await chat.asked("ada", USAGE, "group")
    assert read(chat, "ben") == []
    assert len(answers(read(chat, "ada"))) == 1


class Telling:
    """A delivery that always says first that it takes longer."""

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self.paint, self.press = delivery.paint, delivery.press

    async def ask(self, ask: Ask, working: Working | None = None) -> Delivered:
        if working:
            with suppress(ConnectorError):
                await working()
        return await self._delivery.ask(ask)


@pytest.mark.parametrize("lost", [False, True], ids=["refused", "lost"])
@pytest.mark.parametrize("error", ERRORS[::2], ids=lambda error: f"{error.status}")
@pytest.mark.parametrize("room", ["personal", "group"])
async def test_after_word_that_it_takes_longer_it_is_so_too(
    installation: Installation, room: str, error: ConnectorError, *, lost: bool
) -> None:
    await seat(installation)
    async with talking(installation, Recorder(), deliver=Telling) as chat:
        for call in CALLS:
            chat.recorder.calls.clear()
            chat.recorder.messages.clear()
            chat.recorder.fails = refusing(call, error=error)
            chat.recorder.lost = lost and error.is_unsure
            await chat.asked("ada", "usage contoso" if room == "personal" else USAGE, room)
            said = read(chat, "ada")
            assert len(answers(said)) <= 1, call
            assert len(answers(said)) == 1 or KIND & set(said), call
            assert "Contoso" not in json.dumps(chat.recorder.seen_by("ben", GROUP)), call


class Broken:
    """A delivery with a fault in it."""

    async def ask(self, ask: Ask, working: Any = None) -> Delivered:
        raise RuntimeError

    async def press(self, button: str, ask: Ask, working: Any = None) -> Delivered:
        raise RuntimeError

    async def paint(self, chart: Any, theme: str, *, compact: bool = False) -> bytes | None:
        raise RuntimeError


async def test_a_fault_of_ours_ends_in_words(installation: Installation) -> None:
    async with talking(installation, Recorder(), deliver=lambda _: Broken()) as chat:
        assert [texts(card) for card in await chat.asked("ada", "usage")] == [[SAY("answer-lost")]]
        answer = await chat.pressed("ada", {"verb": "press", "data": {"button": "b1"}}, "m0")
        assert answer["value"] == SAY("answer-lost")


class Stuck(Recorder):
    """Teams not answering who somebody is."""

    async def member(self, where: Conversation, person: str) -> Json | None:
        await asyncio.Event().wait()
        return None


async def test_names_that_do_not_come_are_not_waited_for(installation: Installation) -> None:
    async with talking(installation, Stuck()) as chat:
        await chat.kept.keep(reference(GROUP))
        async with asyncio.timeout(LEARN + 1):
            await chat.people.learn([UserRef("teams", TENANT, IDS[who]) for who in ("ada", "ben")])
