"""A digest from its row to the channel: the program as it is wired, with Slack on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from analytics.values import OWN
from bot.environment import read_settings
from bot.platforms import add_platforms
from bot.settings import Settings
from bot.wiring import Installation, open_installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Reach, Room, RoomKind, UserRef
from handlers.chat.digests import Plan, RunState
from handlers.messages.speaker import speaker
from tests.conftest import NOW
from tests.scheduler.endings import ended
from tests.slack.letters import ADA
from tests.slack.speaking import room
from tests.slack.standin import BOT, StandIn
from tests.slack.talking import SECRET, kinds, texts
from tests.slack.test_memberships import STATES

TO_ROOM = Room("C7", RoomKind.GROUP, OWN)
TO_ME = Room("", RoomKind.PRIVATE, OWN)


def plan(where: Room) -> Plan:
    reach = Reach.ASKER if where == TO_ME else Reach.ROOM
    said = ("/usage contoso", "/usage Contoso", "0 9 * * 1", "Europe/Paris", "en")
    return Plan(*said, where, "#licences", reach)


@asynccontextmanager
async def running(
    standin: StandIn, home: Settings, now: datetime = NOW
) -> AsyncIterator[Installation]:
    """The program, with its scheduler, until it stops."""
    environment = {
        "SEATWISE_DATA_DIR": str(home.data_dir),
        "SEATWISE_SLACK_MODE": "http",
        "SEATWISE_SLACK_BOT_TOKEN": BOT,
        "SEATWISE_SLACK_SIGNING_SECRET": SECRET,
        "SEATWISE_SLACK_API_URL": standin.at("/api/"),
    }
    async with open_installation(read_settings(environment), {}, lambda: now) as installation:
        admin = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
        await installation.roles.give(ADA, admin)
        app = web.Application()
        add_platforms(app, installation)
        app.cleanup_ctx.append(installation.scheduler.run_beside)
        async with TestServer(app, host="127.0.0.1"):
            yield installation


@pytest.mark.parametrize("where", [TO_ROOM, TO_ME], ids=["room", "me"])
async def test_a_digest_that_is_due_is_posted_once_with_its_picture(
    standin: StandIn, sample_home: Settings, where: Room
) -> None:
    standin.channels["C7"] = room("UADA", id="C7", name="licences", is_private=True)
    async with running(standin, sample_home) as installation:
        [digest] = await installation.backend.digests.save([plan(where)], ADA, OWN, NOW)
        await installation.backend.digests.run_now(digest, ADA, NOW)
        installation.scheduler.wake()
        await standin.until(lambda: standin.posted)
    [message] = standin.posted
    assert message["channel"] == (where.address or "DUADA")
    assert "image" in kinds(message)
    assert set(standin.marks.values()) == {1}


async def test_a_digest_whose_answer_was_lost_is_looked_for_by_the_program_that_comes_after(
    standin: StandIn, sample_home: Settings
) -> None:
    standin.clock = NOW.timestamp
    standin.failing["chat.postMessage"] = "lost"
    async with running(standin, sample_home) as installation:
        [digest] = await installation.backend.digests.save([plan(TO_ME)], ADA, OWN, NOW)
        await installation.backend.digests.run_now(digest, ADA, NOW)
        await standin.until(lambda: standin.posted)
    standin.failing.clear()
    async with running(standin, sample_home, NOW + timedelta(minutes=1)) as installation:
        await standin.until(lambda: standin.calls["conversations.history"])
        async with asyncio.timeout(10):
            while (  # noqa: ASYNC110 a row of the store has no event
                await installation.backend.digests.history(digest, 1)
            )[0].at is None:
                await asyncio.sleep(0.05)
        [run] = await installation.backend.digests.history(digest, 1)
    assert (run.state, run.repeated) == (RunState.SENT, False)
    assert standin.calls["chat.postMessage"] == 1


@pytest.mark.parametrize("state", STATES)
async def test_a_digest_whose_owner_is_no_member_any_more_pauses_and_tells_an_admin_why(
    standin: StandIn, sample_home: Settings, state: str
) -> None:
    standin.people["UADA"] |= STATES[state]
    reason = {"single-channel guest": "guest"}.get(state, state)
    async with running(standin, sample_home) as installation:
        admin = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
        await installation.roles.give(UserRef("slack", "T1", "UBEN"), admin)
        [digest] = await installation.backend.digests.save([plan(TO_ME)], ADA, OWN, NOW)
        await installation.backend.digests.run_now(digest, ADA, NOW)
        installation.scheduler.wake()
        run = await ended(installation, digest)
        await standin.until(lambda: standin.posted)
    assert (run.state, run.reason) == (RunState.FAILED, f"owner-{reason}")
    [told] = standin.posted
    assert told["channel"] == "DUBEN"
    assert speaker("en")(f"run-why-owner-{reason}") in "\n".join(texts(told))
    assert "seats sold" not in told["text"].lower()


async def test_a_digest_waits_while_slack_does_not_say_who_its_owner_is(
    standin: StandIn, sample_home: Settings
) -> None:
    standin.broken["users.info"] = "internal_error"
    async with running(standin, sample_home) as installation:
        [digest] = await installation.backend.digests.save([plan(TO_ME)], ADA, OWN, NOW)
        await installation.backend.digests.run_now(digest, ADA, NOW)
        installation.scheduler.wake()
        await standin.until(lambda: standin.calls["users.info"])
        await asyncio.sleep(0.2)
        [run] = await installation.backend.digests.history(digest, 1)
    assert run.state is RunState.PENDING
    assert standin.posted == []
