"""What one does in the Playground: ask, see the chart, press a button, grant in a channel."""

from pathlib import Path

from playwright.async_api import Locator, expect

from tests.playground.driving import Playground


async def walk(playground: Playground, folder: Path) -> None:
    """Everything in one go, a screenshot after each; AssertionError where something is amiss."""
    for name, step in (("usage", ask), ("pressed", press), ("offered", offer), ("granted", grant)):
        shown = await step(playground)
        await shown.evaluate("card => card.scrollIntoView({block: 'start'})")
        await playground.page.wait_for_timeout(500)  # until the Playground's own movements end
        await playground.page.screenshot(path=folder / f"{name}.png")


async def ask(playground: Playground) -> Locator:
    """A question in the personal chat is answered in words, with the chart inside the card."""
    await playground.enter("Personal Chat")
    card = await playground.asked("Contoso: ", "usage contoso")
    width, height = await playground.picture(card)
    assert 400 <= width <= 1000
    assert height <= 1000
    alt = await card.locator("img.ac-image").first.get_attribute("alt")
    assert "Assigned" in (alt or "")
    return card


async def press(playground: Playground) -> Locator:
    """Two customers are meant; the pressed one's answer replaces the choice."""
    card = await playground.asked("Fabrikam", "usage fabrikam")
    label = await card.get_by_role("button").first.inner_text()
    await playground.press(card, label)
    return await playground.card(f"{label}: ")


async def offer(playground: Playground) -> Locator:
    """In a channel, whom a right is for is mentioned; the card says what would be."""
    await playground.enter("My Team - General")
    words = ("@Seatwise", " grant-analytics ", "@Ben Brewer", " as viewer")
    card = await playground.asked("Ben Brewer", *words)
    await expect(card.get_by_role("button", name="Grant", exact=True)).to_be_visible()
    return card


async def grant(playground: Playground) -> Locator:
    """The pressed card says that it was done, and offers it no more."""
    await playground.press(await playground.card("Ben Brewer"), "Grant")
    card = await playground.card("Saved: Ben Brewer is a report viewer")
    await expect(card.get_by_role("button", name="Grant", exact=True)).to_have_count(0)
    return card
