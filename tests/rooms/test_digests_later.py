"""What becomes of a digest for a room when its people, or its owner, are others than before."""

import pytest

from analytics.values import OWN
from bot.wiring import Installation
from handlers.chat.asking import RoomKind
from handlers.chat.digests import State
from tests.answering.asking import store_file, tamper
from tests.rooms.digesting import asks, kept, only
from tests.rooms.gathering import Gathering, gathered, labels, ref, words


@pytest.mark.parametrize("reach", ["", " safe summary", " all the same"])
async def test_who_came_in_since_the_card_is_shown_before_anything_is_saved(
    installation: Installation, reach: str
) -> None:
    gathering = Gathering()
    talk = gathered(installation, gathering)
    card = await asks(talk, "ada", f"/digest usage contoso daily here{reach}")
    gathering.members = ("ada", "cleo", "ben")
    again = await talk.presses("ada", card, "Save")
    assert words(again).startswith("Something on this card has changed since")
    assert await kept(installation) == []


async def test_a_card_pressed_in_ones_own_chat_still_means_the_room(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering())
    card = await asks(talk, "ada", "/digest usage contoso daily here")
    await talk.presses("ada", card, "Save", address="ada's own chat")
    (plan,) = await kept(installation)
    assert plan.room.address == "a room"


async def test_after_a_rooms_people_changed_going_on_shows_who_would_see_it(
    installation: Installation,
) -> None:
    gathering = Gathering()
    talk = gathered(installation, gathering)
    await talk.presses("ada", await asks(talk, "ada", "/digest usage contoso daily here"), "Save")
    tamper(
        store_file(installation.settings),
        "UPDATE schedule SET state = 'paused', reason = 'room-audience', version = version + 1",
    )
    shown = await asks(talk, "ada", "/digest show 1")
    assert "The people who can read its channel" in words(shown)
    card = await talk.presses("ada", shown, "Resume")
    assert labels(card)[0] == "Resume"
    assert (await only(installation)).state is State.PAUSED
    await talk.presses("ada", card, "Resume")
    assert (await only(installation)).state is State.ACTIVE
    gathering.members = ("ada", "cleo", "ben")
    tamper(
        store_file(installation.settings),
        "UPDATE schedule SET state = 'paused', reason = 'room-audience', version = version + 1",
    )
    card = await asks(talk, "ada", "/digest resume 1")
    assert labels(card) == ["Send to me instead", "Anonymised summary", "Send anyway"]


async def test_an_admin_does_not_agree_for_an_owner_to_a_changed_room(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering())
    await talk.presses("cleo", await asks(talk, "cleo", "/digest usage contoso daily here"), "Save")
    tamper(
        store_file(installation.settings),
        "UPDATE schedule SET state = 'paused', reason = 'room-audience', version = version + 1",
    )
    assert (await asks(talk, "ada", "/digest resume 1")).why == "digest-not-yours"
    card = await asks(talk, "ada", "/digest take over 1")
    await talk.presses("ada", card, "Take over")
    digest = await only(installation)
    assert (digest.owner, digest.state) == (ref("ada"), State.ACTIVE)


async def test_whoever_is_not_in_its_room_takes_a_digest_over_to_themselves_only(
    installation: Installation,
) -> None:
    gathering = Gathering()
    talk = gathered(installation, gathering)
    await talk.presses("cleo", await asks(talk, "cleo", "/digest usage contoso daily here"), "Save")
    gathering.members = ("cleo",)
    assert (await asks(talk, "ada", "/digest take over 1")).why == "room-not-yours"
    card = await asks(talk, "ada", "/digest take over 1 to me")
    await talk.presses("ada", card, "Take over")
    digest = await only(installation)
    assert (digest.owner, digest.plan.room.kind) == (ref("ada"), RoomKind.PRIVATE)


async def test_a_partner_admin_chooses_the_room_that_hears_of_failures(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering())
    assert (await asks(talk, "cleo", "/digest ops here")).why == "not-allowed"
    said = await asks(talk, "ada", "/digest ops here")
    assert "From now on, failed digests are reported in #licences, to its 2 members" in words(said)
    ops = await installation.backend.digests.ops_room(OWN)
    assert ops is not None
    assert (ops.room.address, ops.name, ops.by) == ("a room", "#licences", ref("ada"))
    assert "are reported in #licences" in words(await asks(talk, "ada", "/digest ops"))
    await talk.presses("ada", said, "Stop alerts in this channel")
    assert await installation.backend.digests.ops_room(OWN) is None
