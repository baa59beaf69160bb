"""A platform is on when all it needs is set, and never for lack of something."""

from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.environment import read_settings
from bot.platforms import add_platforms, lacking_for_slack, lacking_for_teams
from bot.settings import Settings
from bot.wiring import Installation, open_installation
from tests.conftest import NOW

TEAMS = {
    "SEATWISE_TEAMS_APP_ID": "5f0b3c8e-0000-4000-8000-00000000abcd",
    "SEATWISE_TEAMS_APP_PASSWORD": "a client secret",
    "SEATWISE_TEAMS_TENANT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "SEATWISE_TEAMS_OPENID_URL": "http://127.0.0.1:9/openid",
    "SEATWISE_TEAMS_LOGIN_URL": "http://127.0.0.1:9/",
}
NEEDED = ("SEATWISE_TEAMS_APP_ID", "SEATWISE_TEAMS_APP_PASSWORD", "SEATWISE_TEAMS_TENANT_ID")


def settings(home: Settings, **environment: str) -> Settings:
    return read_settings({"SEATWISE_DATA_DIR": str(home.data_dir), **environment})


async def asked(installation: Installation) -> int:
    """What the address of Teams answers to somebody without a token."""
    app = web.Application()
    add_platforms(app, installation)
    async with (
        TestClient(TestServer(app, host="127.0.0.1")) as client,
        client.post("/teams/messages", json={"type": "message"}) as answer,
    ):
        return answer.status


@pytest.mark.parametrize("missing", NEEDED)
async def test_without_any_of_these_teams_is_off(missing: str, sample_home: Settings) -> None:
    left = settings(sample_home, **{name: TEAMS[name] for name in TEAMS if name != missing})
    assert lacking_for_teams(left) == [missing]
    async with open_installation(left, {}, lambda: NOW) as installation:
        assert await asked(installation) == 404


async def test_with_all_of_them_it_is_on_and_lets_in_nobody_without_a_token(
    sample_home: Settings,
) -> None:
    whole = settings(sample_home, **TEAMS)
    assert lacking_for_teams(whole) == []
    async with open_installation(whole, {}, lambda: NOW) as installation:
        assert await asked(installation) == 401


def test_tenants_that_are_allowed_stand_in_for_the_bots_own(sample_home: Settings) -> None:
    environment = partial(settings, sample_home)
    several = {**TEAMS, "SEATWISE_TEAMS_TENANT_ID": ""}
    several["SEATWISE_TEAMS_ALLOWED_TENANTS"] = TEAMS["SEATWISE_TEAMS_TENANT_ID"]
    assert lacking_for_teams(environment(**several)) == []


def test_slack_is_off_until_it_has_its_tokens(sample_home: Settings) -> None:
    assert lacking_for_slack(settings(sample_home)) == [
        "SEATWISE_SLACK_BOT_TOKEN",
        "SEATWISE_SLACK_APP_TOKEN",
    ]
    http = {"SEATWISE_SLACK_MODE": "http", "SEATWISE_SLACK_BOT_TOKEN": "xoxb-1"}
    assert lacking_for_slack(settings(sample_home, **http)) == ["SEATWISE_SLACK_SIGNING_SECRET"]
