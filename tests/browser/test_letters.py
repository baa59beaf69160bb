"""A digest that came for somebody on the page, with its picture, before their next answer."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import expect

from analytics.values import OWN
from bot.cli.demo import surroundings
from bot.demo_installation import NAMES, seat_people
from bot.page.app import add_page
from bot.page.people import person
from bot.scheduled_posts import Address, Post, PostOutcome
from bot.settings import Settings
from bot.wiring import open_installation
from handlers.chat.asking import Ask, Room, RoomKind, Via
from tests.browser.conftest import Tab
from tests.conftest import NOW
from tests.slack.letters import Going

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def page_app(sample_home: Settings) -> AsyncIterator[web.Application]:
    """The program, in which a digest of Ada's has just come due."""
    home, ada = Room("", RoomKind.PRIVATE, OWN), person("ada").ref
    async with open_installation(sample_home, NAMES, lambda: NOW) as installation:
        await seat_people(installation)
        app = web.Application()
        add_page(app, surroundings(installation, sample=True))
        ask = Ask("d1", ada, home, "/usage contoso", "en", "UTC", Via.SCHEDULED)
        letter = Post(Address(ada, home), await installation.delivery.answer_digest(ask), "d-1")
        receipt = await installation.posters["page"].post(letter, Going())
        assert receipt.fate is PostOutcome.SENT
        yield app


async def test_it_stands_before_the_next_answer_with_its_picture(tab: Tab) -> None:
    await tab.ask("/whoami")
    notice = tab.page.locator(tab.last(".notice"))
    await expect(notice).to_have_text("This arrived for you in the meantime:")
    box = await notice.bounding_box()
    assert box is not None
    assert box["height"] < 100
    image = tab.page.locator(tab.last("img"))
    await image.scroll_into_view_if_needed()
    await tab.page.locator(".card img").evaluate("image => image.decode()")
    await expect(tab.page.locator(tab.last("h2"))).to_contain_text("Contoso: ")
    await tab.ask("/whoami")
    await expect(tab.page.locator(tab.last(".notice"))).to_have_count(0)
