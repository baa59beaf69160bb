"""A digest from its row to Teams: the program as it is wired, started where nobody has spoken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from analytics.values import OWN
from bot.environment import read_settings
from bot.platforms import add_platforms
from bot.settings import Settings
from bot.wiring import Installation, open_installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Reach, Room, RoomKind
from handlers.chat.digests import Plan, RunState
from tests.conftest import NOW
from tests.scheduler.endings import ended
from tests.teams.signing import APP, PASSWORD, TENANT
from tests.teams.standin import Cloud, member
from tests.teams.test_posting import ADA, OWN_CHAT, ROOM, kept

TO_ROOM = Room(ROOM, RoomKind.GROUP, OWN)
TO_ME = Room("", RoomKind.PRIVATE, OWN)


@asynccontextmanager
async def running(cloud: Cloud, home: Settings) -> AsyncIterator[Installation]:
    """The program, with its scheduler, until it stops."""
    environment = {
        "SEATWISE_DATA_DIR": str(home.data_dir),
        "SEATWISE_TEAMS_APP_ID": APP,
        "SEATWISE_TEAMS_APP_PASSWORD": PASSWORD,
        "SEATWISE_TEAMS_TENANT_ID": TENANT,
        "SEATWISE_TEAMS_OPENID_URL": cloud.at("/openid"),
        "SEATWISE_TEAMS_LOGIN_URL": cloud.at("/"),
    }
    async with open_installation(read_settings(environment), {}, lambda: NOW) as installation:
        admin = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
        await installation.roles.give(ADA, admin)
        for conversation in (kept(cloud, ROOM), kept(cloud, OWN_CHAT, ADA)):
            await installation.conversations.keep(conversation)
        app = web.Application()
        add_platforms(app, installation)
        app.cleanup_ctx.append(installation.scheduler.run_beside)
        async with TestServer(app, host="127.0.0.1"):
            yield installation


def weekly(where: Room) -> Plan:
    reach = Reach.ASKER if where == TO_ME else Reach.ROOM
    said = ("/usage contoso", "/usage Contoso", "0 9 * * 1", "Europe/Paris", "en")
    return Plan(*said, where, "Licences", reach)


@pytest.mark.parametrize("where", [TO_ROOM, TO_ME], ids=["room", "me"])
async def test_a_digest_that_is_due_is_posted_once_with_its_picture(
    cloud: Cloud, sample_home: Settings, where: Room
) -> None:
    cloud.people[ROOM] = cloud.people[OWN_CHAT] = [member("ada")]
    async with running(cloud, sample_home) as installation:
        [digest] = await installation.backend.digests.save([weekly(where)], ADA, OWN, NOW)
        await installation.backend.digests.run_now(digest, ADA, NOW)
        installation.scheduler.wake()
        [posted] = await cloud.said(where.address or OWN_CHAT)
    assert "data:image/png;base64" in str(posted.activity)
    assert len(cloud.posted) == 1


@pytest.mark.parametrize(
    ("ada", "reason"),
    [
        ([member("ada", userRole="guest")], "owner-guest"),
        ([member("ada", userRole="bot")], "owner-bot"),
        ([member("ada", tenantId="another")], "owner-stranger"),
        ([], "owner-unknown"),
    ],
)
async def test_a_digest_whose_owner_is_no_member_any_more_pauses_and_says_why(
    cloud: Cloud, sample_home: Settings, ada: list[dict[str, object]], reason: str
) -> None:
    cloud.people[ROOM] = cloud.people[OWN_CHAT] = ada
    async with running(cloud, sample_home) as installation:
        [digest] = await installation.backend.digests.save([weekly(TO_ME)], ADA, OWN, NOW)
        await installation.backend.digests.run_now(digest, ADA, NOW)
        installation.scheduler.wake()
        run = await ended(installation, digest)
    assert (run.state, run.reason) == (RunState.FAILED, reason)
    assert cloud.posted == []


async def test_a_digest_waits_while_teams_does_not_say_who_its_owner_is(
    cloud: Cloud, sample_home: Settings
) -> None:
    cloud.broken["member"] = (403, "BotNotInConversationRoster")
    async with running(cloud, sample_home) as installation:
        [digest] = await installation.backend.digests.save([weekly(TO_ME)], ADA, OWN, NOW)
        await installation.backend.digests.run_now(digest, ADA, NOW)
        installation.scheduler.wake()
        async with asyncio.timeout(10):
            while not cloud.calls["member"]:  # noqa: ASYNC110 the program calls when it does
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.2)
        [run] = await installation.backend.digests.history(digest, 1)
    assert run.state is RunState.PENDING
    assert cloud.posted == []
