"""A digest for a room: who would read it there is looked at before it is saved."""

from dataclasses import replace

import pytest

from analytics.values import OWN, PartnerId
from bot.wiring import Installation
from handlers.chat.asking import Ask, Reach, Room, RoomKind
from handlers.chat.reply import Audience
from tests.rooms.digesting import asked_at_its_hour, asks, kept
from tests.rooms.gathering import Gathering, gathered, labels, ref, words

CARD = ["Save", "Send me a preview", "Cancel"]
FOREIGN = "/digest usage wide world importers daily here"
"""About a customer that Cleo may not see."""


async def test_where_everybody_may_see_it_it_is_saved_for_the_room(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering())
    card = await asks(talk, "ada", "/digest usage contoso daily here")
    assert "It goes to #licences: all of its 2 members may see it." in words(card)
    assert (card.reply.audience, labels(card)) == (Audience.ASKER, CARD)
    await talk.presses("ada", card, "Save")
    (plan,) = await kept(installation)
    assert (plan.room, plan.room_name) == (Room("a room", RoomKind.GROUP, OWN), "#licences")
    assert (plan.reach, plan.confirms) == (Reach.ROOM, "")
    run = await asked_at_its_hour(installation, "ada", plan)
    assert run.reply.audience is Audience.ROOM


async def test_without_a_word_about_where_it_goes_to_its_owner_alone(
    installation: Installation,
) -> None:
    gathering = Gathering()
    talk = gathered(installation, gathering)
    card = await asks(talk, "ada", "/digest usage contoso daily")
    await talk.presses("ada", card, "Save")
    (plan,) = await kept(installation)
    assert (plan.room.kind, plan.room.address, plan.reach) == (RoomKind.PRIVATE, "", Reach.ASKER)
    assert gathering.asked == []


async def test_where_somebody_may_not_see_it_nothing_can_be_saved_for_the_room(
    installation: Installation,
) -> None:
    card = await asks(gathered(installation, Gathering()), "ada", FOREIGN)
    assert "these people can read this channel but have no access to the figures: Cleo." in words(
        card
    )
    assert labels(card) == ["Send to me instead", "Anonymised summary", "Send anyway"]
    assert not any(choice.confirms for choice in card.buttons)


async def test_who_is_no_admin_is_not_offered_to_decide_for_others(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(members=("cleo", "ben")))
    for text in ("/digest usage daily here", "/digest usage daily here all the same"):
        card = await asks(talk, "cleo", text)
        assert labels(card) == ["Send to me instead", "Anonymised summary"]


async def test_to_me_instead_is_a_card_of_its_own(installation: Installation) -> None:
    talk = gathered(installation, Gathering())
    card = await talk.presses("ada", await asks(talk, "ada", FOREIGN), "Send to me instead")
    assert "Only you will see it" in words(card)
    await talk.presses("ada", card, "Save")
    (plan,) = await kept(installation)
    assert (plan.room.kind, plan.reach) == (RoomKind.PRIVATE, Reach.ASKER)


async def test_a_safe_summary_goes_to_the_room_without_names(installation: Installation) -> None:
    talk = gathered(installation, Gathering())
    card = await talk.presses("ada", await asks(talk, "ada", FOREIGN), "Anonymised summary")
    assert "A summary without customers’ names or amounts goes to #licences" in words(card)
    await talk.presses("ada", card, "Save")
    (plan,) = await kept(installation)
    assert plan.reach is Reach.SAFE
    run = await asked_at_its_hour(installation, "ada", plan)
    assert run.reply.audience is Audience.ROOM
    assert "Wide World" not in words(run)


async def test_all_the_same_holds_for_those_who_were_shown_and_nobody_else(
    installation: Installation,
) -> None:
    gathering = Gathering()
    talk = gathered(installation, gathering)
    card = await talk.presses("ada", await asks(talk, "ada", FOREIGN), "Send anyway")
    assert "by your decision also to those without access: Cleo." in words(card)
    await talk.presses("ada", card, "Save")
    (plan,) = await kept(installation)
    assert plan.reach is Reach.ANYWAY
    run = await asked_at_its_hour(installation, "ada", plan)
    assert run.reply.audience is Audience.ROOM
    gathering.members = ("ada", "cleo", "ben")
    run = await asked_at_its_hour(installation, "ada", plan)
    assert (run.reply.audience, run.why) == (Audience.ASKER, "room-others")


async def test_each_of_several_is_agreed_to_by_itself(installation: Installation) -> None:
    talk = gathered(installation, Gathering())
    text = "/digest usage each contoso, wide world importers daily here all the same"
    card = await asks(talk, "ada", text)
    await talk.presses("ada", card, "Save")
    contoso, foreign = await kept(installation)
    assert (contoso.reach, foreign.reach) == (Reach.ROOM, Reach.ANYWAY)
    for plan in (contoso, foreign):
        run = await asked_at_its_hour(installation, "ada", plan)
        assert run.reply.audience is Audience.ROOM


async def test_of_several_everybody_who_may_not_see_one_of_them_is_named(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "ben", "cleo")))
    text = "/digest usage each contoso, wide world importers daily here"
    for more in ("", " all the same"):
        assert "Ben and Cleo" in words(await asks(talk, "ada", f"{text}{more}"))


@pytest.mark.parametrize(
    ("gathering", "why"),
    [
        (Gathering(RoomKind.SHARED), "room-shared"),
        (Gathering(members=None, why="room-unknown"), "room-unknown"),
        (Gathering(members=None, why="room-too-large"), "room-too-large"),
        (Gathering(broken=True), "room-unknown"),
        (Gathering(members=("cleo", "ben")), "room-not-yours"),
    ],
)
async def test_rooms_that_nothing_goes_to(
    installation: Installation, gathering: Gathering, why: str
) -> None:
    talk = gathered(installation, gathering)
    for text in ("/digest usage contoso daily here", "/digest ops here"):
        assert (await asks(talk, "ada", text)).why == why
    assert await kept(installation) == []
    assert await installation.backend.digests.ops_room(OWN) is None


async def test_a_public_room_is_everybodys(installation: Installation) -> None:
    talk = gathered(installation, Gathering(RoomKind.PUBLIC))
    card = await asks(talk, "ada", "/digest usage contoso daily here")
    assert "everybody in your organisation can read #licences" in words(card)
    assert labels(card) == ["Send to me instead", "Anonymised summary", "Send anyway"]


async def test_what_is_for_the_asker_alone_goes_to_no_room(installation: Installation) -> None:
    talk = gathered(installation, Gathering(members=("ada",)))
    for text in ("/digest whoami daily here", "/digest doctor daily here"):
        assert (await asks(talk, "ada", text)).why == "digest-alone"


async def test_a_room_is_chosen_from_the_platforms_list_and_never_by_its_name(
    installation: Installation,
) -> None:
    gathered(installation, Gathering())
    ask = Ask("r1", ref("ada"), Room("own", RoomKind.PRIVATE, OWN), "", "en", "UTC")
    picked = {"<#C7>": Room("C7", RoomKind.GROUP, OWN, thread="99.1")}
    typed = replace(ask, text="/digest usage contoso daily <#C7>", rooms=picked)
    card = await installation.delivery.ask(typed)
    buttons = {choice.label: button for choice, button in card.buttons.items()}
    await installation.delivery.press(buttons["Save"], ask)
    (plan,) = await kept(installation)
    assert plan.room == Room("C7", RoomKind.GROUP, OWN)
    for word in ("#licences", "room:C7", "<#C8>"):
        named = await installation.delivery.ask(
            replace(ask, text=f"/digest usage contoso daily {word}")
        )
        assert named.why in {"room-unpicked", "unreadable-when"}


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ("usage fabrikam", "Fabrikam Bikes"),
        ("usge contoso", "/digest usage contoso daily <#C7>"),
    ],
)
async def test_a_chosen_room_stays_chosen_when_the_question_is_mended(
    installation: Installation, asked: str, label: str
) -> None:
    gathered(installation, Gathering())
    ask = Ask("r1", ref("ada"), Room("own", RoomKind.PRIVATE, OWN), "", "en", "UTC")
    rooms = {"<#C7>": Room("C7", RoomKind.GROUP, OWN)}
    typed = replace(ask, text=f"/digest {asked} daily <#C7>", rooms=rooms)
    offered = await installation.delivery.ask(typed)
    buttons = {choice.label: button for choice, button in offered.buttons.items()}
    card = await installation.delivery.press(buttons[label], ask)
    assert "#licences" in words(card)


async def test_a_room_of_another_partner_is_none_of_ours(installation: Installation) -> None:
    gathered(installation, Gathering())
    ask = Ask("r1", ref("ada"), Room("own", RoomKind.PRIVATE, OWN), "", "en", "UTC")
    rooms = {"#x": Room("C7", RoomKind.GROUP, PartnerId("rival"))}
    said = await installation.delivery.ask(
        replace(ask, text="/digest usage contoso daily #x", rooms=rooms)
    )
    assert said.why == "room-not-yours"
