"""The Playground as a person uses it: chats, mentions, cards and their buttons."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Locator, Page, Route

_ON_THIS_MACHINE = ("http://127.0.0.1", "http://localhost", "data:", "blob:")
_SEND = re.compile("^(Send Message|Post)$")
_LOADED = "image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])"


class Playground:
    """One open Playground; its person is Ada."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def enter(self, chat: str) -> None:
        """`Personal Chat`, `Group Chat` or `My Team - General`."""
        await self.page.get_by_role("treeitem", name=chat).click()

    async def say(self, *words: str) -> None:
        """Writes and sends; words that begin with @ are mentioned."""
        # A channel has a box for a new post above, and one for each thread below.
        await self.page.get_by_role("textbox").first.click()
        for word in words:
            await self._write(word)
        await self.page.get_by_role("button", name=_SEND).first.click()

    async def _write(self, word: str) -> None:
        if not word.startswith("@"):
            await self.page.keyboard.type(word)
            return
        await self.page.keyboard.type("@")
        menu = self.page.locator("#typeahead-menu")
        await menu.get_by_role("menuitem", name=word.removeprefix("@")).click()

    async def asked(self, text: str, *words: str) -> Locator:
        """Says it, and gives the card that says this in return."""
        await self.say(*words)
        return await self.card(text)

    async def card(self, text: str) -> Locator:
        """The card that says this, once it is there; others may come before or after it."""
        found = self.page.locator(".ac-adaptiveCard", has_text=text).last
        await found.wait_for()
        return found

    async def picture(self, card: Locator) -> tuple[int, int]:
        """Width and height of a card's picture, once the browser has read it."""
        width, height = await card.locator("img.ac-image").first.evaluate(_LOADED)
        return width, height

    async def press(self, card: Locator, label: str) -> None:
        """Presses a card's button; a card that is replaced is another element afterwards."""
        await card.get_by_role("button", name=label).first.click()


@asynccontextmanager
async def opened(chromium: Browser, address: str) -> AsyncIterator[Playground]:
    """The Playground in a tab of its own, in which nothing leaves this machine."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 1100}, locale="en-GB")
    page = await context.new_page()
    await page.route("**/*", _stay_here)
    await page.goto(address)
    # Its log has no name of its own: the second button after its heading puts it away.
    await page.get_by_text("Log Panel").locator("xpath=following::button[2]").click()
    yield Playground(page)
    await context.close()


async def _stay_here(route: Route) -> None:
    """It asks for its fonts at an address of Microsoft's; others stand in."""
    if route.request.url.startswith(_ON_THIS_MACHINE):
        await route.continue_()
    else:
        await route.abort()
