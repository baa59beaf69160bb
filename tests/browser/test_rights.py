"""Rights given and taken back on the page, by hand."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Tab

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def press(tab: Tab, label: str) -> None:
    answers = await tab.page.locator(".answer.card").count()
    await tab.page.locator(tab.last(".choices button"), has_text=label).click()
    await tab.page.locator(".answer.card").nth(answers).wait_for()


async def speak_as(tab: Tab, name: str) -> None:
    await tab.page.locator("label.person", has_text=name).click()


async def test_a_granted_right_is_told_to_whoever_got_it_and_works(tab: Tab) -> None:
    await tab.ask("/grant-analytics @ben as viewer for contoso until 2026-12-31")
    await expect(tab.page.locator(tab.last("p")).first).to_have_text(
        "Ben (page:demo:ben) has no right."
    )
    await press(tab, "Grant")
    await expect(tab.page.locator(tab.last("p")).last).to_have_text("Ben was told.")
    await speak_as(tab, "Ben")
    await tab.ask("/usage contoso")
    await expect(tab.page.locator(tab.last(".notice"))).to_contain_text("Ada Lovelace has changed")
    await expect(tab.page.locator(tab.last("img"))).to_have_count(1)


async def test_a_name_alone_opens_the_picker_and_a_role_is_chosen(tab: Tab) -> None:
    await tab.ask("/grant-analytics cleo")
    await expect(tab.page.locator(tab.last(".people button"))).to_have_text(
        ["Ada Lovelace", "Ben", "Cleo"]
    )
    await press(tab, "Cleo")
    roles = tab.page.locator(tab.last(".choices button"))
    await expect(roles).to_have_count(3)
    await expect(roles.first).to_have_text("Partner admin: sees everything and can give rights")
    await press(tab, "Executive report viewer")
    await press(tab, "Cancel")
    await expect(tab.page.locator(tab.last("p"))).to_have_text("Cancelled. Nothing was changed.")


async def test_adas_card_does_nothing_for_ben(tab: Tab) -> None:
    await tab.ask("/grant-analytics @ben as admin")
    await speak_as(tab, "Ben")
    await press(tab, "Grant")
    await expect(tab.page.locator(tab.last("p"))).to_contain_text("belongs to another person")
