"""One call: what is tried again and what never, who waits for whom, and what is believed."""

import asyncio
import gzip
import json
from typing import Any

import pytest
from aiohttp import web

from analytics.sources.partner_center.answers import json_object
from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from analytics.sources.partner_center.request import AT_ONCE, TRIES
from analytics.sources.partner_center.trouble import (
    Denied,
    Nonsense,
    SignInLost,
    TokenRefused,
    Trouble,
    TryLater,
)
from analytics.values import TenantId
from tests.partner_center.connecting import Waits, throttled
from tests.partner_center.scripted import Script, refused

ONE = Call("/v1/usagesummary", Paging.NONE, Bearer.USER)
QUERY = Call("/insights/v1/mpn/ScheduledQueries", Paging.NONE, Bearer.INSIGHTS)
FINE: dict[str, Any] = {"id": "fine"}


def about(customer: str) -> Call:
    path = f"/v1/customers/{customer}/subscriptions"
    return Call(path, Paging.NONE, Bearer.APP, customer=TenantId(customer))


async def test_a_get_is_tried_five_times() -> None:
    script = Script([refused(500)])
    async with script.client() as client:
        with pytest.raises(TryLater):
            await client.one(ONE)
        assert client.calls == {ONE.path: TRIES}
    assert len(script.asked) == TRIES
    assert len(script.waits.waited) == TRIES - 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 204])
async def test_a_post_that_may_have_been_done_is_not_sent_again(status: int) -> None:
    script = Script([refused(status), FINE])
    async with script.client() as client:
        with pytest.raises(TryLater):
            await client.send(QUERY, {"Name": "x"})
    assert len(script.asked) == 1


@pytest.mark.parametrize("first", [refused(429, Retry_After="3"), refused(401)])
async def test_a_post_that_was_surely_not_done_is(first: web.Response) -> None:
    script = Script([first, FINE])
    async with script.client() as client:
        assert await client.send(QUERY, {"Name": "x"}) == FINE
    assert [await request.json() for request in script.asked] == [{"Name": "x"}] * 2


@pytest.mark.parametrize("answer", [refused(400), refused(418), refused(302, Location="/v1/x")])
async def test_what_would_end_the_same_is_not_tried_again(answer: web.Response) -> None:
    script = Script([answer])
    async with script.client() as client:
        with pytest.raises(Nonsense):
            await client.one(ONE)
    assert len(script.asked) == 1


async def test_an_expired_token_is_renewed_once() -> None:
    script = Script([refused(401), FINE])
    async with script.client() as client:
        assert await client.one(ONE) == FINE
    assert [request.headers["Authorization"] for request in script.asked] == [
        "Bearer access-1",
        "Bearer access-2",
    ]


@pytest.mark.parametrize(
    ("code", "kind"), [(400, Denied), ("401", TokenRefused), (None, TokenRefused)]
)
async def test_a_new_token_that_is_refused_too_ends_it(code: object, kind: type[Trouble]) -> None:
    script = Script([refused(401, code)])
    async with script.client() as client:
        with pytest.raises(kind):
            await client.one(ONE)
    assert (len(script.asked), script.tokens) == (2, 2)


async def test_missing_mfa_is_noted_with_the_sign_in_that_lacks_it() -> None:
    script = Script([refused(401, 900421)])
    async with script.client() as client:
        with pytest.raises(SignInLost, match="mfa"):
            await client.one(ONE)
    assert script.keeper.refusals == ["mfa-missing"]
    assert len(script.asked) == 1


async def test_of_the_app_alone_no_sign_in_is_noted() -> None:
    script = Script([refused(401, 900421)])
    async with script.client() as client:
        with pytest.raises(SignInLost):
            await client.one(about("a"))
    assert script.keeper.refusals == []


async def test_a_customer_that_must_wait_holds_no_other_up_until_a_second_one_must() -> None:
    waits = Waits()
    throttle = throttled(waits)
    throttle.hold("p", "p/a", seconds=57)
    await throttle.turn("p", "p/b")
    assert waits.now == 0
    throttle.hold("p", "p/b", seconds=20)
    await throttle.turn("p", "p/c")
    assert waits.now == 20
    await throttle.turn("p", "p/a")
    assert waits.now == 57
    throttle.hold("p", "p/c", seconds=5)  # those before are over
    await throttle.turn("p", "p/a")
    assert waits.now == 57


async def test_a_partner_that_must_wait_waits_with_all_its_customers() -> None:
    waits = Waits()
    throttle = throttled(waits)
    throttle.hold("p", seconds=9)
    await throttle.turn("p", "p/a")
    assert waits.now == 9


async def test_the_wait_that_is_asked_for_is_waited() -> None:
    script = Script([refused(429, Retry_After="57"), FINE])
    async with script.client() as client:
        await client.one(about("a"))
    assert script.waits.now >= 57


async def test_no_more_than_a_few_requests_run_at_once_and_those_behind_lose_no_time() -> None:
    """The last wait longer for their turn than a request may take."""
    running, most = 0, 0

    async def slow(_request: web.Request) -> web.StreamResponse:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.2)
        running -= 1
        return web.json_response(FINE)

    script = Script([FINE])
    script.api = slow  # type: ignore[method-assign]  # a slower server
    async with script.client(patience=0.9) as client:
        calls = [client.one(about(str(number))) for number in range(5 * AT_ONCE)]
        assert await asyncio.gather(*calls) == [FINE] * len(calls)
    assert most == AT_ONCE


async def test_packed_answers_are_unpacked() -> None:
    packed = gzip.compress(json.dumps(FINE).encode())
    answer = web.Response(body=packed, headers={"Content-Encoding": "gzip"})
    script = Script([answer])
    async with script.client() as client:
        assert await client.one(ONE) == FINE
    assert script.asked[0].headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "nonsense"])
async def test_what_is_packed_wrongly_is_no_answer(encoding: str) -> None:
    script = Script([web.Response(body=b"\x1f\x8bnothing", headers={"Content-Encoding": encoding})])
    async with script.client() as client:
        with pytest.raises((Nonsense, TryLater)):
            await client.one(ONE)


def test_names_full_of_brackets_are_names() -> None:
    rows = ",".join('{"name": "[[{ \\" [\\\\"}' for _ in range(500))
    assert len(json_object(f'{{"items": [{rows}]}}'.encode())["items"]) == 500  # type: ignore[arg-type]  # a list


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_what_is_nested_without_sense_is_no_answer(opening: str) -> None:
    with pytest.raises(Nonsense):
        json_object(f'{{"items": {opening * 5000}'.encode())


def test_a_number_of_a_million_digits_is_no_answer() -> None:
    with pytest.raises(Nonsense):
        json_object(b'{"items": ' + b"9" * 1_000_000 + b"}")
