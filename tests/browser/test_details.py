"""What lies behind an answer on the page: unfolded by hand or keyboard, and reported in words."""

import pytest
from playwright.async_api import expect

from analytics.values import OWN
from bot.store.reports import ReportStore
from handlers.messages.speaker import speaker
from tests.browser.conftest import Tab

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAY = speaker("en")
FOCUSED = "document.activeElement"
SAID = "120 were bought, <b>not</b> 100."


async def test_details_are_folded_until_they_are_pressed_and_nothing_is_asked_for_them(
    tab: Tab, served: list[tuple[str, int]]
) -> None:
    await tab.ask("/usage contoso")
    tables = tab.page.locator(tab.last("details table"))
    await expect(tables).to_have_count(2)
    await expect(tables.first).to_be_hidden()
    before = _asked(served)
    await tab.page.locator(tab.last("summary")).click()
    await expect(tables.first).to_be_visible()
    await expect(tables.last).to_be_visible()
    assert _asked(served) == before == ["/page/ask"]


def _asked(served: list[tuple[str, int]]) -> list[str]:
    """What the page asked the bot; its picture may come at any time."""
    return [path for path, _ in served if path in ("/page/ask", "/page/press")]


async def test_details_and_what_is_asked_next_are_reached_by_keyboard(tab: Tab) -> None:
    await tab.ask("/usage contoso")
    keyboard = tab.page.keyboard
    await keyboard.press("Shift+Tab")
    last = await tab.page.evaluate(f"{FOCUSED}.textContent")
    assert last == SAY("follow-export")
    for _ in range(10):
        await keyboard.press("Shift+Tab")
        if await tab.page.evaluate(f"{FOCUSED}.tagName") == "SUMMARY":
            break
    fold = tab.page.locator(tab.last("details"))
    await keyboard.press("Enter")
    await expect(fold).to_have_attribute("open", "")
    await keyboard.press("Space")
    await expect(fold).not_to_have_attribute("open", "")


async def test_this_looks_wrong_is_written_and_sent_by_keyboard_alone(
    tab: Tab, reports: ReportStore
) -> None:
    await tab.ask("/usage contoso")
    keyboard = tab.page.keyboard
    for _ in ("export", "looks wrong"):
        await keyboard.press("Shift+Tab")
    await keyboard.press("Enter")
    field = tab.page.get_by_label(SAY("report-prompt"))
    await expect(field).to_be_visible()
    await keyboard.press("Shift+Tab")
    await keyboard.press("Enter")
    assert await field.evaluate("field => field.validity.valueMissing")
    await field.focus()
    await keyboard.type(SAID)
    await keyboard.press("Tab")
    await keyboard.press("Enter")
    kept = tab.page.locator(tab.last("p"))
    await expect(kept).to_have_text(SAY("report-kept", number="1"))
    await expect(tab.page.locator(".bubble").last).to_contain_text(SAID)
    assert [each.report.said for each in await reports.all(OWN)] == [SAID]


async def test_words_of_blanks_alone_are_asked_for_again(tab: Tab) -> None:
    await tab.ask("/usage contoso")
    await tab.page.get_by_role("button", name=SAY("follow-wrong")).click()
    await tab.page.get_by_label(SAY("report-prompt")).fill("   ")
    await tab.page.get_by_role("button", name=SAY("report-send"), exact=True).last.click()
    await expect(tab.page.get_by_label(SAY("report-prompt"))).to_have_count(2)


async def test_unfolded_on_a_small_telephone_nothing_scrolls_sideways(narrow: Tab) -> None:
    for line in ("/usage contoso", "/usage"):
        await narrow.ask(line)
        await narrow.page.locator(narrow.last("summary")).click()
    await narrow.page.get_by_role("button", name=SAY("follow-wrong")).last.click()
    await expect(narrow.page.get_by_label(SAY("report-prompt"))).to_be_visible()
    width = "document.documentElement.scrollWidth - window.innerWidth"
    assert await narrow.page.evaluate(width) <= 0
