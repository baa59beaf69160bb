"""A digest in a room after a restart: nobody has spoken there since, and who reads it is known."""

from dataclasses import replace

import pytest

from analytics.values import OWN
from bot.delivery import Delivered
from bot.wiring import Installation
from handlers.chat.asking import Ask, Reach, Room, RoomKind, UserRef, Via
from handlers.chat.reply import Audience
from tests.teams.activities import (
    CHANNEL,
    ELSEWHERE,
    GROUP,
    IDS,
    TENANT,
    Activity,
    at,
    payload,
    spoken,
)
from tests.teams.recorder import Recorder, member
from tests.teams.talking import Chat, seat, talking
from tests.teams.test_people import asked, people, ref, reference

ADA = UserRef("teams", TENANT, IDS["ada"])
TEAM = str(payload("install_team")["channelData"]["team"]["id"])
ROOMS = {"group": GROUP, "channel": CHANNEL}


async def scheduled(chat: Chat, address: str) -> Delivered:
    """Ada's digest for a room comes due."""
    ask = Ask("d1", ADA, Room(address, RoomKind.GROUP, OWN), "/usage contoso", "en", "UTC")
    return await chat.delivery.answer_digest(replace(ask, via=Via.SCHEDULED, reach=Reach.ROOM))


def mention(room: str, **channel: str) -> Activity:
    said = spoken("ada", "<at>Seatwise</at> help", room, entities=at("bot"))
    if channel:
        said["channelData"]["channel"] |= channel
    return said


async def spoken_then_restarted(
    installation: Installation, recorder: Recorder, said: Activity, address: str
) -> Delivered:
    async with talking(installation, recorder) as before:
        await before.said(said)
    async with talking(installation, recorder) as after:
        return await scheduled(after, address)


@pytest.mark.parametrize("room", ["group", "channel"])
async def test_it_is_for_the_room_where_all_may_see_it(
    installation: Installation, room: str
) -> None:
    await seat(installation)
    recorder = Recorder({ROOMS[room]: [member("ada"), member("cleo")]})
    found = await spoken_then_restarted(installation, recorder, mention(room), ROOMS[room])
    assert (found.reply.audience, found.why) == (Audience.ROOM, "")


async def test_somebody_who_may_not_see_it_keeps_it_from_the_room(
    installation: Installation,
) -> None:
    await seat(installation)
    found = await spoken_then_restarted(installation, Recorder(), mention("group"), GROUP)
    assert (found.reply.audience, found.why) == (Audience.ASKER, "room-others")


async def test_a_channel_that_was_shared_once_is_shared_after_a_restart_whoever_is_listed(
    installation: Installation,
) -> None:
    await seat(installation)
    recorder = Recorder({CHANNEL: [member("ada"), member("cleo")]})
    async with talking(installation, recorder) as before:
        await before.said(mention("channel", membershipType="shared"))
    said = mention("channel")
    found = await spoken_then_restarted(installation, recorder, said, CHANNEL)
    assert (found.reply.audience, found.why) == (Audience.ASKER, "room-shared")


async def test_a_channel_that_nobody_spoke_in_is_unknown_though_its_team_is_kept(
    installation: Installation,
) -> None:
    await seat(installation)
    recorder = Recorder({TEAM: [member("ada")]})
    found = await spoken_then_restarted(installation, recorder, payload("install_team"), CHANNEL)
    assert (found.reply.audience, found.why) == (Audience.ASKER, "room-unknown")


async def test_a_room_that_nobody_wrote_in_since_the_start_is_counted_as_it_was_kept() -> None:
    kept = replace(reference(GROUP), name="Licence desk", shared=False)
    crowd = await people(Recorder(), kept).crowd(asked(), fresh=True)
    assert (crowd.kind, crowd.name) == (RoomKind.GROUP, "Licence desk")
    assert crowd.members == (ref("ada"), ref("ben"), ref("cleo"))
    recorder = Recorder({GROUP: [member("ada"), member("sam")]})
    assert (await people(recorder, kept).crowd(asked(), fresh=True)).kind is RoomKind.SHARED
    assert (await people(recorder, kept).crowd(asked(tenant=ELSEWHERE), fresh=True)).why


async def test_a_kept_channel_is_shared_where_it_was_and_unknown_where_nobody_knows() -> None:
    shared = replace(reference(CHANNEL), name="Partners", shared=True)
    crowd = await people(Recorder(), shared).crowd(asked(CHANNEL), fresh=True)
    assert (crowd.kind, crowd.members, crowd.why) == (RoomKind.SHARED, None, "room-shared")
    crowd = await people(Recorder(), reference(CHANNEL)).crowd(asked(CHANNEL), fresh=True)
    assert (crowd.members, crowd.why) == (None, "room-unknown")
