"""A national cloud has its own issuer, in and out."""

from bot.teams.auth.openid_documents import issuer
from tests.teams.signing import ISSUER, claims, token
from tests.teams.speaking import Bot, activity


def test_each_cloud_has_its_issuer() -> None:
    path = "/v1/.well-known/openidconfiguration"
    found = {
        end: issuer(f"https://login.botframework.{end}{path}")
        for end in ("com", "azure.us", "azure.cn")
    }
    assert found == {
        "com": ISSUER,
        "azure.us": "https://api.botframework.us",
        "azure.cn": "https://api.botframework.azure.cn",
    }
    assert issuer(f"https://login.botframework.azure.us.example{path}") == ISSUER


async def test_a_token_of_another_cloud_is_none(bot: Bot) -> None:
    said = claims(bot.cloud.service_url, iss="https://api.botframework.us")
    assert await bot.sent(activity(bot.cloud.service_url), "Bearer " + token(said)) == (401, b"")
