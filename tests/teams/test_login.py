"""The bot's own token: one request for all, never in anybody's way, used as long as it holds."""

import asyncio

import pytest

from bot.teams.auth.login import REST
from bot.teams.ports import ConnectorError
from tests.answering.asking import Log
from tests.teams.signing import PASSWORD, TENANT
from tests.teams.speaking import Bot, activity, speaking
from tests.teams.standin import Cloud

MESSAGE = {"type": "message", "text": "x"}


async def test_fifty_messages_at_once_cost_one_token(bot: Bot) -> None:
    places = [bot.cloud.conversation(f"a:{n}") for n in range(25)]
    await asyncio.gather(*(bot.adapter.connector.send(place, MESSAGE) for place in places))
    assert (len(bot.cloud.posted), len(bot.cloud.tokens)) == (25, 1)


async def test_a_login_that_hangs_stops_nothing_else(cloud: Cloud) -> None:
    cloud.stuck.add("login")
    async with speaking(cloud) as bot:
        waiting = asyncio.create_task(bot.adapter.connector.send(cloud.conversation(), MESSAGE))
        await bot.sent(activity(cloud.service_url))  # keys and connections are made
        loop = asyncio.get_running_loop()
        for _ in range(5):
            begun = loop.time()
            assert await bot.sent(activity(cloud.service_url)) == (200, b"")
            assert loop.time() - begun < 0.1
        assert not waiting.done()
        cloud.open.set()
        assert await waiting == "message-0"


async def test_without_a_token_nothing_is_sent_and_the_login_is_left_in_peace(
    cloud: Cloud, logged: Log
) -> None:
    cloud.broken["login"] = (500, "")
    async with speaking(cloud) as bot:
        for _ in range(20):
            with pytest.raises(ConnectorError) as refused:
                await bot.adapter.connector.send(cloud.conversation(), MESSAGE)
            assert (refused.value.status, refused.value.code) == (0, "NoToken")
    assert (cloud.calls["login"], cloud.calls["send"]) == (1, 0)
    (line,) = logged()
    assert PASSWORD not in str(line)


async def test_a_token_that_ran_out_is_asked_for_anew(cloud: Cloud) -> None:
    cloud.lasts = 0
    async with speaking(cloud) as bot:
        with pytest.raises(ConnectorError):
            await bot.adapter.connector.send(cloud.conversation(), MESSAGE)
        cloud.lasts = 3600
        await bot.adapter.connector.send(cloud.conversation(), MESSAGE)
    assert cloud.posted[0].activity == MESSAGE


async def test_a_token_that_teams_refused_is_not_used_again(bot: Bot) -> None:
    send = bot.adapter.connector.send
    await send(bot.cloud.conversation(), MESSAGE)
    bot.cloud.tokens[:] = ["another"]
    with pytest.raises(ConnectorError, match="401"):
        await send(bot.cloud.conversation(), MESSAGE)
    await send(bot.cloud.conversation(), MESSAGE)
    assert len(bot.cloud.posted) == 2


async def test_a_token_is_renewed_before_it_ends_though_nobody_asks(cloud: Cloud) -> None:
    cloud.lasts = 10
    async with speaking(cloud):
        await asyncio.sleep(REST + 1)
        assert len(cloud.tokens) == 2


async def test_a_multi_tenant_bot_gets_its_token_where_such_bots_do(cloud: Cloud) -> None:
    known = cloud.registration(tenant="", allowed_tenants=frozenset({TENANT}))
    async with speaking(cloud, registration=known) as bot:
        await bot.adapter.connector.send(cloud.conversation(), MESSAGE)
    assert cloud.forms[0]["tenant"] == "botframework.com"
