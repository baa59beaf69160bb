"""Where the bot's token may go: to Microsoft's connectors, from an activity and from the store."""

from dataclasses import replace

import pytest

from bot.teams.auth.service_urls import is_service_url
from bot.teams.ports import ConnectorError
from tests.teams.signing import claims, token
from tests.teams.speaking import Bot, activity

GOOD = (
    "https://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net/de/7c0e9b7e-0000-4000-8000-00000000b001/",
    "https://SMBA.trafficmanager.net:443/amer",
    "https://europe.api.botframework.com",
    "https://smba.infra.gcc.teams.microsoft.com/teams",
    "https://smba.infra.gov.teams.microsoft.us/teams",
    "https://smba.infra.dod.teams.microsoft.us/teams",
    "https://x.botframework.azure.us/",
    "https://x.botframework.azure.cn/",
)
HOSTILE = (
    "http://smba.trafficmanager.net/emea/",
    "ftp://smba.trafficmanager.net/",
    "//smba.trafficmanager.net/",
    "smba.trafficmanager.net",
    "https://smba.trafficmanager.net.example/",
    "https://smba.trafficmanager.net@example.org/",
    "https://user:pass@smba.trafficmanager.net/",
    "https://example.org/smba.trafficmanager.net/",
    "https://example.org#smba.trafficmanager.net",
    "https://example.org?.botframework.com",
    "https://evilbotframework.com/",
    "https://botframework.com.example/",
    "https://.botframework.com/",
    "https://smba.trafficmanager.net:8443/",
    "https://smba.trafficmanager.net:0/",
    "https://smba.trafficmanager.net:99999/",
    "https://smba.trafficmanager.net./",
    "https://smba.trafficmanager.net/../x",
    "https://smba.trafficmanager.net/%2e%2e/",
    "https://smba.trafficmanager.net/?x=",
    "https://smba.trafficmanager.net/\r\nHost: example.org",
    "https://smba.trafficmanager.net\t/",
    "https://smba.trafficmanager.net\\@example.org/",
    "https://\uff53mba.trafficmanager.net/",
    "https://smba.trafficmanager.n\u0435t/",
    "https://169.254.169.254/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]:443/",
    "https://2130706433/",
    "https://localhost/",
    "http://127.0.0.2/",
    "http://127.0.0.1.example/",
    "https://" + "a." * 2000 + "botframework.com/",
    "",
)


@pytest.mark.parametrize("url", GOOD)
def test_microsofts_connectors_are_known(url: str) -> None:
    assert is_service_url(url)
    assert is_service_url(url, local=True)


@pytest.mark.parametrize("url", HOSTILE)
def test_no_other_address_is(url: str) -> None:
    assert not is_service_url(url)
    assert not is_service_url(url, local=True)


@pytest.mark.parametrize("url", ["http://127.0.0.1:56150/_connector", "http://localhost:1/x"])
def test_this_machine_is_only_where_the_key_server_is_on_it(url: str) -> None:
    assert is_service_url(url, local=True)
    assert not is_service_url(url)


@pytest.mark.parametrize("url", [url for url in HOSTILE if url])
async def test_an_activity_from_elsewhere_is_refused_though_signed(bot: Bot, url: str) -> None:
    bearer = "Bearer " + token(claims(url))
    assert await bot.sent(activity(url), bearer) == (401, b"")
    assert (bot.taken, sum(bot.refused().values())) == ([], 1)


@pytest.mark.parametrize("url", HOSTILE)
async def test_a_poisoned_reference_from_the_store_is_not_used(bot: Bot, url: str) -> None:
    where = replace(bot.cloud.conversation(), service_url=url)
    with pytest.raises(ConnectorError) as refused:
        await bot.adapter.connector.send(where, {"type": "message"})
    assert (refused.value.status, refused.value.code) == (0, "BadServiceUrl")
