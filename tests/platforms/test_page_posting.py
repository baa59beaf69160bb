"""Letters on the page: they wait for their reader's next answer, and stand before it, once."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from analytics.values import OWN
from bot.delivery import Delivered
from bot.page.app import add_page
from bot.page.people import LETTERS
from bot.page.ports import Surroundings
from bot.page.posting import PagePoster
from bot.scheduled_posts import Address, FoundPost, Post, Poster, PostOutcome, Presence, Receipt
from handlers.chat.asking import Room, RoomKind, UserRef
from handlers.chat.reply import Choice, Choices, Notice, Paragraph, Reply
from tests.platforms.answering import HOSTILE, Answering, surroundings, usage
from tests.slack.letters import Going

ADA = UserRef("page", "demo", "ada")
HOME = Address(ADA, Room("", RoomKind.PRIVATE, OWN))
LINE = "en post-meanwhile"


def line(text: str) -> Delivered:
    return Delivered(Reply((Paragraph(text),)))


@dataclass
class Reading:
    """Somebody's browser, and the poster of what they read."""

    client: TestClient[web.Request, web.Application]
    around: Surroundings
    poster: Poster

    async def asks(self, who: str = "ada", text: str = "hello", **instead: str) -> str:
        """Asks, or presses; gives what is shown."""
        headers = {"Origin": str(self.client.make_url("/")).rstrip("/")}
        said = {"text": text, "as": who, "lang": "en", **instead}
        path = "/page/press" if "button" in instead else "/page/ask"
        async with self.client.post(path, json=said, headers=headers) as answer:
            assert answer.status == 200
            found: Any = json.loads(await answer.text())
            return str(found["html"])

    async def posted(self, said: Delivered, mark: str = "s1-1", to: Address = HOME) -> Receipt:
        return await self.poster.post(Post(to, said, mark), Going())


@pytest_asyncio.fixture
async def reading() -> AsyncIterator[Reading]:
    around = surroundings(Answering())
    app = web.Application()
    add_page(app, around)
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        yield Reading(client, around, PagePoster(around.mailbox))


async def test_a_letter_stands_before_the_next_answer_and_only_there(reading: Reading) -> None:
    assert await reading.posted(line("42 seats")) == Receipt(PostOutcome.SENT, message="s1-1")
    assert "42 seats" not in await reading.asks("cleo")
    shown = await reading.asks()
    assert shown.index(LINE) < shown.index("42 seats") < shown.index("<hr>")
    assert shown.index("<hr>") < shown.index("You asked: hello")
    again = await reading.asks()
    assert LINE not in again
    assert "42 seats" not in again


async def test_it_is_shown_at_a_press_too_after_words_about_rights(reading: Reading) -> None:
    await reading.posted(line("42 seats"))
    await reading.around.mailbox.tell(Notice(ADA, "notice-revoked", {}), HOME.room)
    shown = await reading.asks(button="none")
    assert shown.index("notice-revoked") < shown.index("42 seats") < shown.index("not yours")


async def test_its_pictures_and_buttons_are_there(reading: Reading) -> None:
    choice = Choice("Show", "/digest show 1")
    said = Delivered(usage(), buttons={choice: "b7"})
    parts = (*said.reply.parts, Choices("What next?", (choice,)))
    await reading.posted(replace(said, reply=Reply(parts)))
    shown = await reading.asks()
    assert 'data-button="b7"' in shown
    address = shown.partition('data-light="')[2].partition('"')[0]
    async with reading.client.get(address) as picture:
        assert (picture.status, picture.content_type) == (200, "image/png")


async def test_letters_wait_in_their_order_and_the_same_one_once(reading: Reading) -> None:
    for mark, text in (("a-1", "first"), ("a-2", "second"), ("a-1", "first once more")):
        await reading.posted(line(text), mark)
    shown = await reading.asks()
    assert shown.count("<hr>") == 2
    assert shown.index("first once more") < shown.index("second")


async def test_of_many_letters_the_oldest_go(reading: Reading) -> None:
    for number in range(LETTERS + 2):
        await reading.posted(line(f"number {number}."), f"a-{number}")
    shown = await reading.asks()
    assert "number 1." not in shown
    assert "number 2." in shown


async def test_what_is_in_it_is_escaped(reading: Reading) -> None:
    await reading.posted(line(HOSTILE))
    assert "<img src=x" not in await reading.asks()


async def test_the_page_has_no_rooms_and_nobody_else(reading: Reading) -> None:
    room = replace(HOME, room=Room("C1", RoomKind.GROUP, OWN))
    stranger = replace(HOME, person=UserRef("page", "demo", "mallory"))
    for to in (room, stranger):
        assert await reading.posted(line("x"), to=to) == Receipt(PostOutcome.REFUSED, "room-gone")


async def test_what_the_store_takes_back_is_not_left_there(reading: Reading) -> None:
    letter = Post(HOME, line("42 seats"), "s1-1")
    assert await reading.poster.post(letter, Going(says=False)) == Receipt(PostOutcome.LEFT)
    trouble = Going(trouble=OSError("disk full"))
    assert await reading.poster.post(letter, trouble) == Receipt(PostOutcome.FAILED)
    assert "42 seats" not in await reading.asks()


async def test_nothing_of_it_outlives_the_program(reading: Reading) -> None:
    await reading.posted(line("x"))
    since = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert await reading.poster.look(HOME, "s1-1", since) == FoundPost(Presence.ABSENT)


async def test_a_letter_is_replaced_until_its_reader_took_it(reading: Reading) -> None:
    await reading.posted(line("42 seats"))
    assert await reading.poster.replace(HOME, "s1-1", line("43 seats"))
    shown = await reading.asks()
    assert ("43 seats" in shown, "42 seats" in shown) == (True, False)
    assert not await reading.poster.replace(HOME, "s1-1", line("44 seats"))
