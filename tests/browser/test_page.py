"""The page in a real browser, used as a person would use it."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Route, expect

from tests.browser.conftest import Tab

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOADED = "image => image.complete && image.naturalWidth > 0"
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
FOCUSED = "document.activeElement.id"


async def until_loaded(tab: Tab) -> None:
    image = tab.page.locator(tab.last("img"))
    await image.scroll_into_view_if_needed()
    for _ in range(100):
        if await image.evaluate(LOADED):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the picture did not come")


async def test_a_question_typed_with_completion_is_answered_with_a_chart(tab: Tab) -> None:
    await tab.page.keyboard.type("/us")
    option = tab.page.get_by_role("option").first
    await expect(option).to_contain_text("/usage")
    await tab.page.keyboard.press("Tab")
    await expect(tab.page.locator("#question")).to_have_value("/usage ")
    await tab.page.keyboard.type("contoso")
    await tab.page.keyboard.press("Enter")
    image = tab.page.locator(tab.last("img"))
    assert "Assigned from 1,093 to 1,119" in (await image.get_attribute("alt") or "")
    await until_loaded(tab)
    await expect(tab.page.locator(tab.last("h2"))).to_contain_text("Contoso: ")
    await expect(tab.page.locator(tab.last("dl dd.value")).first).to_have_text("1,250")
    await expect(tab.page.locator(tab.last("footer .pill"))).to_have_text("Made-up data")
    assert await tab.page.locator(tab.last("dl")).count() == 3
    assert await tab.page.locator(tab.last("table")).count() == 3
    await expect(tab.page.locator(tab.last("table:visible"))).to_have_count(1)
    assert await tab.page.evaluate(FOCUSED) == "question"


async def test_a_hostile_name_is_shown_as_text_and_runs_nothing(tab: Tab) -> None:
    await tab.ask("<img src=x onerror=document.title='owned'>")
    await expect(tab.page.locator(".bubble")).to_contain_text("<img src=x")
    assert "owned" not in await tab.page.title()


async def test_a_pressed_choice_is_answered(tab: Tab) -> None:
    await tab.ask("/usage fabrikam")
    choice = tab.page.locator(tab.last(".choices button")).first
    label = await choice.inner_text()
    await choice.click()
    await tab.page.locator(tab.last("img")).wait_for()
    await expect(tab.page.locator(".bubble").last).to_contain_text(label)
    await expect(tab.page.locator(tab.last("h2"))).to_contain_text("Fabrikam Bikes: ")
    await expect(tab.page.locator(tab.last("dl dd.value")).first).to_have_text("235")
    assert await tab.page.evaluate(FOCUSED) == "question"


async def test_a_button_shown_to_ada_does_not_answer_ben(tab: Tab) -> None:
    await tab.ask("/usage")
    await tab.page.locator("label.person", has_text="Ben").click()
    await tab.page.locator(".choices button:visible").first.click()
    await expect(tab.page.locator(".answer.card")).to_have_count(2)
    assert await tab.page.locator(tab.last(":is(img, dl, table)")).count() == 0


async def test_ben_is_refused_in_words(tab: Tab) -> None:
    await tab.page.locator("label.person", has_text="Ben").click()
    await tab.ask("/usage contoso")
    assert await tab.page.locator(tab.last(":is(img, dl, table)")).count() == 0
    refusal = tab.page.locator(tab.last("p"))
    await expect(refusal.first).to_have_text("You don’t have access to /usage.")
    await expect(refusal.last).to_contain_text("Ada Lovelace. Send them your id: page:demo:ben")
    assert await tab.page.locator(".trouble").count() == 0


async def test_a_suggestion_is_asked_by_one_press(tab: Tab) -> None:
    await tab.page.locator(".chip").first.click()
    await tab.page.locator(".answer.card").wait_for()
    await expect(tab.page.locator("#greeting")).to_be_hidden()


async def test_french_is_spoken_from_then_on_and_the_conversation_stays(tab: Tab) -> None:
    await tab.ask("/whoami")
    greeting = await tab.page.locator("h1").text_content()
    await tab.page.locator('#languages label[lang="fr"]').click()
    await expect(tab.page.locator("html")).to_have_attribute("lang", "fr")
    assert await tab.page.locator("h1").text_content() != greeting
    await tab.ask("/whoami")
    answers = tab.page.locator(".answer.card")
    assert [await answer.get_attribute("lang") for answer in await answers.all()] == ["en", "fr"]
    assert tab.page.url == f"{tab.address}/?lang=fr"


async def test_the_dark_theme_swaps_the_picture_and_is_remembered(tab: Tab) -> None:
    await tab.ask("/usage contoso")
    await until_loaded(tab)
    image = tab.page.locator(tab.last("img"))
    light = await image.get_attribute("src") or ""
    await tab.page.locator('#themes label:has([value="dark"])').click()
    assert await image.get_attribute("src") == light.replace("light.png", "dark.png")
    await until_loaded(tab)
    await tab.page.reload()
    assert await tab.page.locator("html").get_attribute("data-theme") == "dark"
    assert await tab.page.locator('[value="dark"]').is_checked()


async def test_the_automatic_theme_follows_the_system(tab: Tab) -> None:
    await tab.ask("/usage contoso")
    await tab.page.emulate_media(color_scheme="dark")
    picture = tab.page.locator(tab.last('img[src$="dark.png"]'))
    await expect(picture).to_have_count(1)
    await until_loaded(tab)


async def test_a_picture_that_does_not_come_leaves_its_words(tab: Tab) -> None:
    await tab.page.route("**/page/picture/**", lambda route: route.fulfill(status=404))
    await tab.ask("/usage contoso")
    await expect(tab.page.locator(tab.last("figure img"))).to_have_count(0)
    assert len(await tab.page.locator(tab.last("figure p")).last.inner_text()) > 20
    assert all("404" in trouble for trouble in tab.troubles)
    tab.troubles.clear()


async def test_everything_can_be_done_by_keyboard(tab: Tab) -> None:
    keyboard, question = tab.page.keyboard, tab.page.locator("#question")
    assert await tab.page.evaluate(FOCUSED) == "question"
    await keyboard.type("/")
    await expect(question).to_have_attribute("aria-expanded", "true")
    await keyboard.press("ArrowDown")
    active = await question.get_attribute("aria-activedescendant")
    assert await tab.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    await keyboard.press("Escape")
    await expect(question).to_have_attribute("aria-expanded", "false")
    await question.fill("/whoami")
    await keyboard.press("Enter")
    await tab.page.locator(".answer.card").wait_for()
    await keyboard.press("ArrowUp")
    await expect(question).to_have_value("/whoami")
    await keyboard.press("ArrowDown")
    await expect(question).to_have_value("")


async def test_the_speaker_and_a_choice_are_reached_by_keyboard(tab: Tab) -> None:
    keyboard = tab.page.keyboard
    await tab.page.locator('[name="as"][value="ada"]').focus()
    await keyboard.press("ArrowDown")
    assert await tab.page.locator('[value="ben"]').is_checked()
    await keyboard.press("ArrowUp")
    await tab.page.locator("#question").focus()
    await tab.ask("/usage")
    await keyboard.press("Shift+Tab")
    assert await tab.page.evaluate("document.activeElement.matches('.choices button')")
    await keyboard.press("Enter")
    await expect(tab.page.locator(".answer.card")).to_have_count(2)


async def test_a_slow_answer_is_announced(tab: Tab) -> None:
    async def dawdle(route: Route) -> None:
        await asyncio.sleep(0.8)
        await route.continue_()

    await tab.page.route("**/page/ask", dawdle)
    await tab.page.locator("#question").fill("/whoami")
    await tab.page.keyboard.press("Enter")
    await expect(tab.page.locator(".answer.working")).to_be_visible()
    assert await tab.page.locator("#talk").get_attribute("aria-busy") == "true"
    assert await tab.page.locator("#status").inner_text() != ""
    await expect(tab.page.locator(".answer.card")).to_be_visible()
    assert await tab.page.locator("#talk").get_attribute("aria-busy") == "false"


async def test_a_bot_that_is_gone_is_told_in_words(tab: Tab) -> None:
    await tab.page.route("**/page/ask", lambda route: route.abort())
    await tab.ask("/whoami")
    assert len(await tab.page.locator(".answer.trouble").inner_text()) > 10
    assert await tab.page.evaluate(FOCUSED) == "question"
    assert all("ERR_FAILED" in trouble for trouble in tab.troubles)
    tab.troubles.clear()


async def test_a_small_telephone_never_scrolls_sideways(narrow: Tab) -> None:
    assert await narrow.page.evaluate(OVERFLOW) <= 0
    await narrow.page.keyboard.type("/")
    assert await narrow.page.evaluate(OVERFLOW) <= 0
    await narrow.ask("/usage contoso")
    await narrow.ask("/usage")
    await narrow.ask("x" * 400)
    assert await narrow.page.evaluate(OVERFLOW) <= 0


WHOLE = """image => {
  const shown = image.getBoundingClientRect(), figure = image.closest('figure');
  return [image.currentSrc.split('/').pop(), image.naturalWidth,
          shown.right <= innerWidth && figure.scrollWidth <= figure.clientWidth];
}"""
"""The picture taken, its pixels, and whether all of it is in view without scrolling."""


async def test_a_small_telephone_shows_a_whole_compact_picture_in_its_theme(narrow: Tab) -> None:
    await narrow.ask("/usage contoso")
    await until_loaded(narrow)
    image = narrow.page.locator(narrow.last("img"))
    assert await image.evaluate(WHOLE) == ["light-compact.png", 1000, True]
    await narrow.page.locator('#themes label:has([value="dark"])').click()
    await until_loaded(narrow)
    assert await image.evaluate(WHOLE) == ["dark-compact.png", 1000, True]


async def test_a_wide_window_shows_the_whole_picture(tab: Tab) -> None:
    await tab.ask("/usage contoso")
    await until_loaded(tab)
    assert await tab.page.locator(tab.last("img")).evaluate(WHOLE) == ["light.png", 1600, True]


async def test_a_rebound_name_is_shown_nothing(chromium: Browser, address: str) -> None:
    page = await chromium.new_page()
    response = await page.goto(address.replace("127.0.0.1", "rebound.example"))
    assert response is not None
    assert (response.status, await page.inner_text("body")) == (421, "another host")
    await page.close()


async def test_another_site_cannot_ask_in_a_persons_name(
    tab: Tab, served: list[tuple[str, int]]
) -> None:
    async def innocent(_request: web.Request) -> web.Response:
        return web.Response(text="<p>kittens</p>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/", innocent)
    send = """address => fetch(`${address}/page/ask`, {method: 'POST', mode: 'no-cors',
        body: '{"text": "/whoami", "as": "ada", "lang": "en"}'})
        .then(() => 'sent', () => 'blocked')"""
    async with TestServer(app, host="127.0.0.1") as elsewhere:
        page = await tab.page.context.new_page()
        await page.goto(str(elsewhere.make_url("/")))
        assert await page.evaluate(send, tab.address) == "blocked"
        await page.close()
    assert served[-1] == ("/page/ask", 403)
