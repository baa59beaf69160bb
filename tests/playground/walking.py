"""What one does in the Playground: ask, see the chart, press a button, grant in a channel."""

from pathlib import Path

from playwright.async_api import expect

from tests.playground.driving import Playground


async def walk(playground: Playground, folder: Path) -> None:
    """Everything in one go, a screenshot after each; AssertionError where something is amiss."""
    await ask(playground)
    await _keep(playground, folder / "usage.png")
    await press(playground)
    await _keep(playground, folder / "pressed.png")
    await offer(playground)
    await _keep(playground, folder / "offered.png")
    await grant(playground)
    await _keep(playground, folder / "granted.png")


async def ask(playground: Playground) -> None:
    """A question in the personal chat is answered in words, with the chart inside the card."""
    await playground.enter("Personal Chat")
    card = await playground.say("usage contoso")
    await expect(card).to_contain_text("Contoso has")
    width, height = await playground.picture(card)
    assert 400 <= width <= 1000
    assert height <= 1000
    alt = await card.locator("img.ac-image").first.get_attribute("alt")
    assert "Assigned" in (alt or "")


async def press(playground: Playground) -> None:
    """Two customers are meant; the pressed one is answered."""
    card = await playground.say("usage fabrikam")
    label = await card.get_by_role("button").first.inner_text()
    await playground.press(card, label)
    await expect(playground.page.get_by_text("has 235 seats").first).to_be_visible()


async def offer(playground: Playground) -> None:
    """In a channel, whom a right is for is mentioned; the card says what would be."""
    await playground.enter("My Team - General")
    card = await playground.say("@Seatwise", " grant-analytics ", "@Ben Brewer", " as viewer")
    await expect(card).to_contain_text("Ben Brewer")
    await expect(card.get_by_role("button", name="Grant", exact=True)).to_be_visible()


async def grant(playground: Playground) -> None:
    """The pressed card says that it was done, and offers it no more."""
    await playground.press(playground.cards.last, "Grant")
    await expect(playground.page.get_by_role("button", name="Grant", exact=True)).to_have_count(0)


async def _keep(playground: Playground, path: Path) -> None:
    await playground.page.wait_for_timeout(500)  # until the Playground's own movements end
    await playground.page.screenshot(path=path)
