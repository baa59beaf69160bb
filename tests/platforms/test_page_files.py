"""Files on the page: a link that works once, in the browser that asked, for who may have it."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from http.cookies import SimpleCookie

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from analytics.values import OWN
from bot.page.app import add_page
from bot.page.guard import HEADERS
from bot.page.people import person
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.messages.speaker import speaker
from tests.conftest import NOW
from tests.platforms.answering import Answering, surroundings
from tests.program.handout import CONTENT, handing_out, kept

SAY = speaker("en")
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(installation: Installation) -> AsyncIterator[Client]:
    app = web.Application()
    lent = {"deliver": installation.delivery, "voices": {"en": SAY}}
    add_page(app, replace(surroundings(Answering()), **lent))
    with handing_out(installation, "Société <b>\u202e;\r\n.csv"):
        async with TestClient(TestServer(app, host="127.0.0.1")) as there:
            yield there


async def asked(client: Client, who: str = "ada") -> tuple[str, str]:
    """Asks for the file; gives its link, and the page's words."""
    host = f"http://127.0.0.1:{client.port}"
    body = {"text": "/handout", "as": who, "lang": "en"}
    async with client.post("/page/ask", json=body, headers={"Origin": host}) as response:
        html = (await response.json())["html"]
    [link] = re.findall(r'href="([^"]+)"', html)
    return link, html


async def refused(response: ClientResponse) -> str:
    assert response.status == 410
    assert response.headers["Content-Type"].startswith("text/plain")
    return await response.text()


async def test_a_link_hands_the_file_out_once_and_as_a_file(
    client: Client, installation: Installation
) -> None:
    link, html = await asked(client)
    assert "<b>" not in html
    response = await client.get(link)
    assert await response.read() == CONTENT
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert response.headers["Content-Type"] == "text/csv"
    shown = response.headers["Content-Disposition"]
    plain, escaped = "Soci_t_ _b__.csv", "Soci%C3%A9t%C3%A9%20_b_%3B.csv"
    assert shown == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{escaped}"
    assert [name for name in kept(installation) if name.endswith(".file")] == []
    assert await refused(await client.get(link)) == SAY("file-twice")


async def test_the_session_is_the_browsers_alone(client: Client) -> None:
    host = f"http://127.0.0.1:{client.port}"
    body = {"text": "/handout", "as": "ada", "lang": "en"}
    async with client.post("/page/ask", json=body, headers={"Origin": host}) as response:
        cookie = SimpleCookie(response.headers["Set-Cookie"])["seatwise-session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/page")
    assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")


async def test_another_browser_or_person_gets_nothing_and_takes_nothing(client: Client) -> None:
    link, _ = await asked(client)
    other = await client.get(link.replace("/ada/", "/cleo/"))
    assert await refused(other) == SAY("file-foreign")
    nobody = await client.get(link.replace("/ada/", "/eve/"))
    assert await refused(nobody) == SAY("file-gone")
    forged = await client.get(link[:-32] + "0" * 32)
    assert await refused(forged) == SAY("file-gone")
    jar = {cookie.key: cookie.value for cookie in client.session.cookie_jar}
    client.session.cookie_jar.clear()
    assert await refused(await client.get(link)) == SAY("file-foreign")
    async with client.get(link, cookies=jar) as response:
        assert await response.read() == CONTENT


async def test_a_right_that_changed_meanwhile_ends_the_file(
    client: Client, installation: Installation
) -> None:
    link, _ = await asked(client, "cleo")
    narrower = Grant(Role.VIEWER, OWN, frozenset(), None, "", "operator", NOW)
    await installation.roles.give(person("cleo").ref, narrower)
    assert await refused(await client.get(link)) == SAY("file-right-changed")


async def test_a_name_with_a_path_is_no_address(client: Client) -> None:
    for path in ("/page/file/ada/..%2f..%2fetc", "/page/file/ada/", "/page/file/ADA/" + "0" * 32):
        assert (await client.get(path)).status == 404
