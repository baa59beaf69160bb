"""The key server: down, slow, lying, elsewhere, with new keys; and how often it is asked."""

import asyncio
import json

import pytest

from bot.teams.auth.keys import REFRESHED_EVERY, REST
from tests.answering.asking import Log
from tests.teams.signing import claims, jwk, token
from tests.teams.speaking import Bot, activity, speaking
from tests.teams.standin import Cloud


def bearer(cloud: Cloud, key: str = "first") -> str:
    return "Bearer " + token(claims(cloud.service_url), key)


async def test_keys_and_token_are_fetched_before_anybody_asks(bot: Bot) -> None:
    for _ in range(200):
        await asyncio.sleep(0 if bot.cloud.tokens and bot.cloud.keys.calls["keys"] else 0.01)
    assert (len(bot.cloud.tokens), bot.cloud.keys.calls["keys"]) == (1, 1)
    await bot.sent(activity(bot.cloud.service_url))
    assert bot.cloud.keys.calls == {"document": 1, "keys": 1}


async def test_without_a_key_server_nobody_can_be_known_and_that_is_said(
    cloud: Cloud, logged: Log
) -> None:
    cloud.keys.status = 500
    async with speaking(cloud) as bot:
        for _ in range(20):
            assert await bot.sent(activity(cloud.service_url)) == (503, b"")
        assert (bot.taken, bot.refused()) == ([], {"keys": 20})
        assert await bot.sent(activity(cloud.service_url), "Bearer a.b.c") == (401, b"")
    assert cloud.keys.calls["document"] == 1
    assert [line["event"] for line in logged()] == ["keys of teams not fetched"]


async def test_keys_that_were_fetched_serve_on_while_their_server_is_down(bot: Bot) -> None:
    await bot.sent(activity(bot.cloud.service_url))
    bot.cloud.keys.status = 500
    assert await bot.sent(activity(bot.cloud.service_url)) == (200, b"")
    assert await bot.sent(activity(bot.cloud.service_url), bearer(bot.cloud, "new")) == (401, b"")


def rested(bot: Bot) -> None:
    """The last fetch is long enough ago."""
    bot.clock.now += REST


async def test_keys_rotated_in_mid_flight_are_fetched_once(bot: Bot) -> None:
    await bot.sent(activity(bot.cloud.service_url))
    bot.cloud.keys.keys = [jwk("second"), jwk("third")]
    rested(bot)
    sent = [activity(bot.cloud.service_url) for _ in range(20)]
    names = ["second", "third"] * 10
    said = await asyncio.gather(
        *(bot.sent(one, bearer(bot.cloud, n)) for one, n in zip(sent, names, strict=True))
    )
    assert said == [(200, b"")] * 20
    assert bot.cloud.keys.calls["document"] == 2
    assert await bot.sent(activity(bot.cloud.service_url)) == (401, b"")  # "first" is gone


async def test_unknown_keys_by_the_hundred_cost_one_fetch(bot: Bot) -> None:
    await bot.sent(activity(bot.cloud.service_url))
    rested(bot)
    strange = [
        bot.sent(
            activity(bot.cloud.service_url),
            f"Bearer {token(claims(bot.cloud.service_url), 'stranger', kid=f'k{n}')}",
        )
        for n in range(100)
    ]
    assert await asyncio.gather(*strange) == [(401, b"")] * 100
    assert bot.cloud.keys.calls["document"] == 2


async def test_a_key_server_that_hangs_stops_nobody_who_is_known(cloud: Cloud) -> None:
    async with speaking(cloud) as bot:
        await bot.sent(activity(cloud.service_url))
        cloud.keys.open.clear()
        rested(bot)
        waiting = asyncio.create_task(
            bot.sent(activity(cloud.service_url), bearer(cloud, "stranger"))
        )
        await asyncio.sleep(0.05)
        begun = asyncio.get_running_loop().time()
        assert await bot.sent(activity(cloud.service_url)) == (200, b"")
        assert asyncio.get_running_loop().time() - begun < 0.1
        assert not waiting.done()
        cloud.keys.open.set()
        assert await waiting == (401, b"")


DOCUMENTS = {
    "no JSON": b"<html>Sign in</html>",
    "a list": b"[]",
    "empty": b"",
    "no UTF-8": b"\xff\xfe\xff",
    "no address of keys": b"{}",
    "keys at plain http": json.dumps({"jwks_uri": "http://example.org/keys"}).encode(),
    "keys in a file": json.dumps({"jwks_uri": "file:///etc/passwd"}).encode(),
    "keys at a number": json.dumps({"jwks_uri": 1}).encode(),
    "far too deep": b"[" * 100_000,
    "far too large": b'{"x": "' + b"x" * 2_000_000 + b'"}',
}


@pytest.mark.parametrize("body", DOCUMENTS.values(), ids=DOCUMENTS)
async def test_a_document_one_cannot_believe_is_no_key_server(cloud: Cloud, body: bytes) -> None:
    cloud.keys.body = body
    async with speaking(cloud) as bot:
        assert await bot.sent(activity(cloud.service_url)) == (503, b"")
        assert cloud.keys.calls["keys"] == 0


async def test_a_redirecting_key_server_is_not_followed(cloud: Cloud) -> None:
    cloud.keys.redirects = cloud.at("/keys")
    async with speaking(cloud) as bot:
        assert await bot.sent(activity(cloud.service_url)) == (503, b"")
        assert cloud.keys.calls["keys"] == 0


async def test_keys_that_cannot_be_used_are_left_out(cloud: Cloud) -> None:
    cloud.keys.keys = [
        {},
        {"kid": "a", "kty": "EC"},
        {"kid": "b", "kty": "RSA", "n": "AQAB", "e": "AQAB", "endorsements": ["msteams"]},
        {**jwk("first"), "endorsements": "msteams"},
        {**jwk("second"), "endorsements": None},
        jwk("third"),
    ]
    async with speaking(cloud) as bot:
        statuses = []
        for name in ("first", "second", "third"):
            statuses.append((await bot.sent(activity(cloud.service_url), bearer(cloud, name)))[0])
        assert statuses == [401, 401, 200]


def test_a_day_is_the_longest_a_withdrawn_key_serves() -> None:
    assert REFRESHED_EVERY <= 24 * 3600
