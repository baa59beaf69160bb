"""The wall: what Seatwise may send to Microsoft at all, whoever in the program asks for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from analytics.sources.partner_center.wall import POSTS, UnlistedRequest, open_session
from tests.partner_center.company import Company
from tests.partner_center.connecting import access, connected
from tests.partner_center.standin import Standin
from tests.rules.source import files

TOKEN = {"Authorization": "Bearer abc"}
CUSTOMER = "/v1/customers/7d3a5f15-8f0e-4a8e-9c55-2c8d2b2b0f3e"
ELSEWHERE = "https://elsewhere.example/v1/customers"


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[str, list[str]]]:
    """An API that says yes to everything, and what reached it."""
    came: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        came.append(f"{request.method} {request.path}")
        return web.json_response({})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/"), came


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "post", "Merge"])
@pytest.mark.parametrize(
    "path",
    [
        f"{CUSTOMER}/orders",
        f"{CUSTOMER}/subscriptions/7",
        f"{CUSTOMER}/promotionEligibilities",
        "/webhooks/v1/registration",
        f"{POSTS[0]}/../../../../v1/customers",
        f"{POSTS[1]}/7",
        f"{POSTS[0]}?reportName=x",
    ],
)
async def test_what_is_not_on_the_list_is_not_sent(method: str, path: str) -> None:
    async with listening() as (api, came), open_session(access(api)) as session:
        with pytest.raises(UnlistedRequest):
            await session.request(method, f"{api}{path}", headers=TOKEN, json={})
    assert came == []


async def test_reports_are_defined_and_everything_is_read() -> None:
    async with listening() as (api, came), open_session(access(api)) as session:
        for path in POSTS:
            await session.post(f"{api}{path}", headers=TOKEN, json={})
        await session.get(f"{api}{CUSTOMER}/subscriptions", headers=TOKEN)
        await session.post(access(api).token_url, data={})
        await session.get(f"{api}/a/report?sig=b")
    assert [line.partition(" ")[0] for line in came] == ["POST", "POST", "GET", "POST", "GET"]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_token_goes_to_the_api_alone(method: str) -> None:
    async with listening() as (api, _), open_session(access(api)) as session:
        with pytest.raises(UnlistedRequest) as refused:
            await session.request(method, f"{ELSEWHERE}?sig=secret", headers=TOKEN)
    assert "secret" not in str(refused.value)


async def test_forms_and_downloads_go_to_their_own_addresses() -> None:
    async with listening() as (api, came), open_session(access(api)) as session:
        with pytest.raises(UnlistedRequest):
            await session.post(f"{api}/tenant/oauth2/token/else", data={"refresh_token": "x"})
        with pytest.raises(UnlistedRequest):
            await session.get("http://elsewhere.example/a/report")
    assert came == []


async def test_the_client_stands_behind_it() -> None:
    order = Call(f"{CUSTOMER}/orders", Paging.NONE, Bearer.APP)
    async with connected(Standin(Company(3, seed=1))) as client:
        with pytest.raises(UnlistedRequest):
            await client.send(order, {})


def test_nothing_of_analytics_opens_another_session() -> None:
    opened = [file.name for file in files("analytics") if "ClientSession(" in file.read_text()]
    assert opened == ["wall.py"]
