"""The page's doors: what another site, a rebound name or a broken payload gets to see. Nothing."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.page.app import add_page
from bot.page.guard import payload
from bot.page.ports import CompletionEntry, Surroundings
from handlers.chat.asking import UserRef, Via
from tests.platforms.answering import HOSTILE, Answering, surroundings

QUESTION = {"text": "/usage contoso", "as": "ada", "lang": "en"}


class Browser:
    """Speaks to the page as a browser that shows it would, unless a header is changed."""

    def __init__(
        self, client: TestClient[web.Request, web.Application], answering: Answering
    ) -> None:
        self.client = client
        self.answering = answering
        self.host = f"127.0.0.1:{client.port}"

    async def post(
        self, body: object, path: str = "/page/ask", **headers: str | None
    ) -> ClientResponse:
        changed = {name.replace("_", "-"): value for name, value in headers.items()}
        own = {"Origin": f"http://{self.host}", "Content-Type": "application/json", **changed}
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        kept = {name: value for name, value in own.items() if value is not None}
        return await self.client.post(path, data=sent, headers=kept)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    app, answering = web.Application(), Answering()
    app.router.add_get("/livez", _alive)
    add_page(app, surroundings(answering))
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        yield Browser(client, answering)


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="alive")


async def test_a_question_reaches_the_bot_as_the_person_chosen(browser: Browser) -> None:
    response = await browser.post({**QUESTION, "as": "cleo", "lang": "fr", "zone": "Europe/Paris"})
    assert response.status == 200
    assert (await response.json())["lang"] == "fr"
    (ask,) = browser.answering.asked
    assert ask.asker == UserRef("page", "demo", "cleo")
    assert (ask.text, ask.locale, ask.zone, ask.via) == (
        "/usage contoso",
        "fr",
        "Europe/Paris",
        Via.TYPED,
    )


async def test_every_question_has_its_own_id(browser: Browser) -> None:
    for _ in range(3):
        await browser.post(QUESTION)
    assert len({ask.id for ask in browser.answering.asked}) == 3


async def test_a_hostile_customer_name_arrives_as_text(browser: Browser) -> None:
    html = (await (await browser.post(QUESTION)).json())["html"]
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img src=x" not in html
    assert HOSTILE not in html


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "localhost:1",
        "127.0.0.1.nip.example:{port}",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/page.js", "/page/words", "/%70age.js", "/nowhere"])
async def test_a_name_rebound_to_this_machine_sees_nothing(
    browser: Browser, host: str, path: str
) -> None:
    named = host.format(port=browser.client.port)
    response = await browser.client.get(path, headers={"Host": named})
    assert response.status == 421
    assert await response.text() == "another host"


async def test_a_rebound_name_cannot_ask_with_its_own_origin(browser: Browser) -> None:
    host = f"evil.example:{browser.client.port}"
    response = await browser.post(QUESTION, Host=host, Origin=f"http://{host}")
    assert response.status == 421
    assert browser.answering.asked == []


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
async def test_the_names_of_this_machine_are_served(browser: Browser, name: str) -> None:
    host = f"{name}:{browser.client.port}"
    assert (await browser.client.get("/", headers={"Host": host})).status == 200


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "http://127.0.0.1:1",
        "https://{host}",
        "http://{host}/",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/page/ask", "/page/press"])
async def test_a_post_from_elsewhere_is_refused(
    browser: Browser, origin: str | None, path: str
) -> None:
    sent = origin and origin.format(host=browser.host)
    response = await browser.post({**QUESTION, "button": "button-1"}, path, Origin=sent)
    assert response.status == 403
    assert browser.answering.asked == []


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "whatever"])
async def test_a_post_that_the_browser_calls_foreign_is_refused(
    browser: Browser, site: str
) -> None:
    response = await browser.post(QUESTION, Sec_Fetch_Site=site)
    assert response.status == 403
    assert browser.answering.asked == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/json"])
async def test_a_form_is_no_question(browser: Browser, kind: str) -> None:
    assert (await browser.post(QUESTION, Content_Type=kind)).status == 415


async def test_a_packed_payload_is_not_unpacked(browser: Browser) -> None:
    assert (await browser.post(QUESTION, Content_Encoding="identity")).status == 415


async def test_a_large_payload_is_refused_by_its_announcement(browser: Browser) -> None:
    response = await browser.post({**QUESTION, "more": "x" * 65_536})
    assert (response.status, await response.text()) == (413, "too large")


async def test_a_large_payload_is_refused_without_an_announcement(browser: Browser) -> None:
    async def drops() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b" " * 1024

    headers = {"Origin": f"http://{browser.host}", "Content-Type": "application/json"}
    response = await browser.client.post("/page/ask", data=drops(), headers=headers)
    assert response.status == 413


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "not JSON"),
        (b"", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[" * 60_000, "not JSON"),
        (b"[]", "not an object"),
        ({**QUESTION, "text": "x" * 2001}, "text is too long"),
        ({**QUESTION, "text": " "}, "text is missing"),
        ({**QUESTION, "text": 7}, "text is missing"),
        ({**QUESTION, "text": "a\x00b"}, "text holds characters nobody can type"),
        ({**QUESTION, "text": "\ud800"}, "text holds characters nobody can type"),
        ({**QUESTION, "as": "mallory"}, "unknown person"),
        ({**QUESTION, "lang": "tlh"}, "unknown language"),
        ({"text": "/help"}, "as is missing"),
    ],
)
async def test_a_broken_payload_is_refused_in_a_few_words(
    browser: Browser, body: object, said: str
) -> None:
    response = await browser.post(body)
    assert (response.status, await response.text()) == (400, said)
    assert response.content_type == "text/plain"
    assert browser.answering.asked == []


async def test_the_longest_question_is_heard(browser: Browser) -> None:
    assert (await browser.post({**QUESTION, "text": "é" * 2000})).status == 200


async def test_an_unknown_zone_becomes_utc(browser: Browser) -> None:
    for zone in ("Europe", "../../etc/passwd", "x" * 5000, 7):
        await browser.post({**QUESTION, "zone": zone})
    assert [ask.zone for ask in browser.answering.asked] == ["UTC"] * 4


@pytest.mark.parametrize(
    "path", ["/", "/page.css", "/page/ask", "/page/picture/x/light.png", "/nowhere"]
)
async def test_every_answer_is_locked_down(browser: Browser, path: str) -> None:
    response = await browser.client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Server"] == "seatwise"


async def test_neighbours_of_the_page_are_left_alone(browser: Browser) -> None:
    response = await browser.client.get("/livez", headers={"Host": "probe.example"})
    assert await response.text() == "alive"
    assert "Content-Security-Policy" not in response.headers


async def test_the_page_holds_no_inline_script_and_no_outside_address(browser: Browser) -> None:
    html = await (await browser.client.get("/")).text()
    assert html.count("<script") == html.count('<script src="/') + 1 + html.count(
        '<script type="module" src="/'
    )
    assert " style=" not in html
    assert " onclick" not in html
    assert "//" not in html.replace("</", "")


async def test_a_command_cannot_end_the_data_block() -> None:
    answering = Answering()
    voices = surroundings(answering).voices
    hostile = CompletionEntry("/x", "/x", "</script><script>alert(1)</script><!--")
    app = web.Application()
    add_page(app, Surroundings(answering, voices, lambda _language: (hostile,), sample=True))
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        page = await (await client.get("/")).text()
    block = page.partition('id="data">')[2].partition("</script>")[0]
    assert json.loads(block)["commands"][0]["summary"] == hostile.summary


async def test_the_page_speaks_the_language_asked_for(browser: Browser) -> None:
    french = await (await browser.client.get("/?lang=fr")).text()
    assert '<html lang="fr"' in french
    assert "fr page-title" in french
    preferred = await browser.client.get(
        "/", headers={"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.8"}
    )
    assert '<html lang="fr"' in await preferred.text()
    unknown = await browser.client.get("/?lang=tlh", headers={"Accept-Language": "*;q=oops"})
    assert '<html lang="en"' in await unknown.text()


async def test_a_picture_is_had_by_its_id_in_each_theme_and_size(browser: Browser) -> None:
    html = (await (await browser.post(QUESTION)).json())["html"]
    light = html.rpartition('data-light="')[2].partition('"')[0]
    looks = ("light", "dark", "light-compact", "dark-compact")
    answers = [await browser.client.get(light.replace("light", look)) for look in looks]
    rules = {await each.read(): each.headers["Cache-Control"] for each in answers}
    assert {each.content_type for each in answers} == {"image/png"}
    assert list(rules.values()) == 4 * ["private, no-store"]
    assert [int.from_bytes(png[16:20], "big") for png in rules] == [1600, 1600, 1000, 1000]


@pytest.mark.parametrize("name", ["light", "light-compact", "light-huge", "blue", "..%2flight"])
async def test_a_guessed_picture_is_not_there(browser: Browser, name: str) -> None:
    for guess in (32 * "0", "0"):
        assert (await browser.client.get(f"/page/picture/{guess}/{name}.png")).status == 404


async def test_a_button_answers_its_owner_alone(browser: Browser) -> None:
    html = (await (await browser.post({**QUESTION, "text": "/usage"})).json())["html"]
    button = html.partition('data-button="')[2].partition('"')[0]
    mine = await browser.post({"button": button, "as": "ada", "lang": "en"}, "/page/press")
    assert "<figure>" in (await mine.json())["html"]
    theirs = await browser.post({"button": button, "as": "cleo", "lang": "en"}, "/page/press")
    assert "not yours" in (await theirs.json())["html"]
    assert browser.answering.asked[-1].asker.id == "cleo"
    assert (browser.answering.asked[-1].text, browser.answering.asked[-1].via) == ("", Via.PRESSED)


async def test_a_slow_payload_is_not_waited_for_for_ever() -> None:
    async def read(request: web.Request) -> web.Response:
        return web.Response(body=await payload(request, patience=0.05))

    async def drops() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(30)

    app = web.Application()
    app.router.add_post("/", read)
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        assert (await client.post("/", data=drops())).status == 408
