"""Who reads along in a channel, as Slack counts it."""

from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from analytics.values import OWN
from bot.slack.api import SlackApi
from bot.slack.rooms import SlackRooms, kind_of
from handlers.chat.asking import Ask, Room, RoomKind, UserRef
from tests.slack.speaking import room
from tests.slack.standin import BOT, StandIn


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rooms(standin: StandIn, clock: Clock) -> SlackRooms:
    standin.channels["C1"] = room("UADA", "UBEN", is_private=True)
    return SlackRooms(SlackApi(BOT, standin.at("/api/")), clock)


def ask(tenant: str = "T1") -> Ask:
    where = Room("C1", RoomKind.GROUP, OWN)
    return Ask("a1", UserRef("slack", tenant, "UADA"), where, "/usage", "en", "UTC")


def refs(*ids: str, tenant: str = "T1") -> tuple[UserRef, ...]:
    return tuple(UserRef("slack", tenant, one) for one in ids)


async def test_a_private_channel_is_its_members(rooms: SlackRooms) -> None:
    crowd = await rooms.crowd(ask(), fresh=False)
    assert (crowd.name, crowd.kind, crowd.why) == ("#general", RoomKind.GROUP, "")
    assert crowd.members == refs("UADA", "UBEN", "UBOT")


async def test_members_are_of_the_organisation_that_the_asker_is_of(rooms: SlackRooms) -> None:
    crowd = await rooms.crowd(ask("E7"), fresh=False)
    assert crowd.members == refs("UADA", "UBEN", "UBOT", tenant="E7")


async def test_five_hundred_are_counted_page_by_page(rooms: SlackRooms, standin: StandIn) -> None:
    standin.channels["C1"] = room(*(f"U{n}" for n in range(499)))
    crowd = await rooms.crowd(ask(), fresh=False)
    assert crowd.members is not None
    assert len(crowd.members) == 500
    assert standin.calls["conversations.members"] == 3


async def test_more_are_too_many(rooms: SlackRooms, standin: StandIn) -> None:
    standin.channels["C1"] = room(*(f"U{n}" for n in range(9_000)))
    crowd = await rooms.crowd(ask(), fresh=False)
    assert (crowd.members, crowd.why) == (None, "room-too-large")
    assert standin.calls["conversations.members"] == 3


async def test_a_crowd_is_asked_for_once_in_five_minutes(
    rooms: SlackRooms, standin: StandIn, clock: Clock
) -> None:
    for seconds in (0, 299, 1):
        clock.now += seconds
        await rooms.crowd(ask(), fresh=False)
    assert standin.calls["conversations.info"] == 2


async def test_a_share_is_counted_anew(rooms: SlackRooms, standin: StandIn) -> None:
    for _ in range(3):
        await rooms.crowd(ask(), fresh=True)
    assert standin.calls["conversations.info"] == 3


async def test_a_channel_that_somebody_left_is_counted_anew(
    rooms: SlackRooms, standin: StandIn
) -> None:
    await rooms.crowd(ask(), fresh=False)
    rooms.forget("C1")
    await rooms.crowd(ask(), fresh=False)
    assert standin.calls["conversations.info"] == 2


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
@pytest.mark.parametrize("error", ["channel_not_found", "not_in_channel", "missing_scope"])
async def test_a_channel_that_the_bot_cannot_see_is_unknown(
    rooms: SlackRooms, standin: StandIn, method: str, error: str
) -> None:
    standin.broken[method] = error
    crowd = await rooms.crowd(ask(), fresh=True)
    assert (crowd.members, crowd.why) == (None, "room-unknown")


async def test_any_other_error_is_raised(rooms: SlackRooms, standin: StandIn) -> None:
    standin.broken["conversations.members"] = "fatal_error"
    with pytest.raises(SlackApiError):
        await rooms.crowd(ask(), fresh=True)


@pytest.mark.parametrize(
    ("channel", "tenant", "kind"),
    [
        ({"is_channel": True}, "T1", RoomKind.PUBLIC),
        ({"is_channel": True, "is_private": True}, "T1", RoomKind.GROUP),
        ({"is_mpim": True, "is_private": True}, "T1", RoomKind.GROUP),
        ({"is_private": True, "is_ext_shared": True}, "T1", RoomKind.SHARED),
        ({"is_private": True, "is_pending_ext_shared": True}, "T1", RoomKind.SHARED),
        ({"is_private": True, "pending_shared": ["T2"]}, "E1", RoomKind.SHARED),
        ({"is_channel": True, "is_shared": True}, "E1", RoomKind.SHARED),
        ({"is_private": True, "is_shared": True, "is_org_shared": True}, "T1", RoomKind.SHARED),
        ({"is_private": True, "is_shared": True, "is_org_shared": True}, "E1", RoomKind.GROUP),
        ({"is_channel": True, "is_shared": True, "is_org_shared": True}, "E1", RoomKind.PUBLIC),
        ({"is_channel": True, "is_org_shared": True, "is_ext_shared": True}, "E1", RoomKind.SHARED),
        ({}, "T1", RoomKind.SHARED),
    ],
)
def test_of_two_kinds_a_channel_is_the_more_open_one(
    channel: dict[str, Any], tenant: str, kind: RoomKind
) -> None:
    assert kind_of(channel, tenant) is kind
