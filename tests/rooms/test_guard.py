"""An answer reaches a room only where everybody in it may see it."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.demo.pages import CLEO_SEES
from analytics.values import OWN
from analytics.warehouse.current_generation import Warehouse
from bot.partners import facts_folder
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.chat.accounts import AccountKind, Recency
from handlers.chat.asking import Reach, RoomKind
from handlers.chat.reply import Audience
from tests.answering.asking import audited, store_file
from tests.conftest import NOW
from tests.rooms.gathering import BOT, Gathering, finding, gathered, labels, ref, words

MINE = ["Send as a direct message", "Share here"]


async def test_a_question_for_the_asker_alone_stays_so_and_offers_what_to_do_with_it(
    installation: Installation,
) -> None:
    gathering = Gathering()
    said = await gathered(installation, gathering).asks("ada", "/usage contoso", Reach.ASKER)
    assert (said.reply.audience, labels(said)) == (Audience.ASKER, MINE)
    assert gathering.asked == []


@pytest.mark.parametrize("question", ["/usage contoso", "/usage fabrikam bikes 6 months"])
@pytest.mark.parametrize("who", ["ada", "cleo"])
async def test_asked_aloud_it_is_answered_aloud_where_all_may_see_it(
    installation: Installation, who: str, question: str
) -> None:
    said = await gathered(installation, Gathering()).asks(who, question)
    assert said.reply.audience is Audience.ROOM
    assert labels(said) == []


async def test_of_a_customer_that_somebody_may_not_see_only_the_asker_reads(
    installation: Installation,
) -> None:
    said = await gathered(installation, Gathering()).asks("ada", "/usage wide world importers")
    assert said.reply.audience is Audience.ASKER
    assert finding(said).startswith("Wide World Importers: ")
    assert "these people can read this channel but have no access to the figures: Cleo." in words(
        said
    )
    assert labels(said) == [
        "Send as a direct message",
        "Share an anonymised summary",
        "Share anyway",
    ]


async def test_all_customers_together_are_for_those_who_see_all(installation: Installation) -> None:
    talk = gathered(installation, Gathering())
    assert (await talk.asks("ada", "/usage")).reply.audience is Audience.ASKER
    assert (await talk.asks("cleo", "/usage")).reply.audience is Audience.ROOM


async def test_what_is_about_no_customer_is_not_for_a_reader_of_every_single_customer(
    installation: Installation, sample_facts: Path
) -> None:
    generation = Warehouse(facts_folder(sample_facts, OWN)).current()
    assert generation
    each = frozenset(generation.people.places)
    listed = Grant(Role.VIEWER, OWN, each, None, "", "operator", NOW)
    await installation.roles.give(ref("ben"), listed)
    talk = gathered(installation, Gathering(members=("ada", "ben")))
    said = await talk.asks("ada", "/activity 2026-11-13..2026-11-13")
    assert "your own account" in words(said)
    assert (said.reply.audience, said.why) == (Audience.ASKER, "room-others")


async def test_who_cannot_decide_for_others_is_not_offered_to(installation: Installation) -> None:
    said = await gathered(installation, Gathering(members=("cleo", "ben"))).asks(
        "cleo", "/usage contoso"
    )
    assert labels(said) == ["Send as a direct message", "Share an anonymised summary"]


@pytest.mark.parametrize(
    ("question", "offered"),
    [("/whoami", []), ("/who-has-analytics", ["Revoke Cleo…"]), ("/doctor", [])],
)
async def test_what_is_the_askers_own_business_never_leaves_them(
    installation: Installation, question: str, offered: list[str]
) -> None:
    said = await gathered(installation, Gathering(members=("ada",))).asks("ada", question)
    assert (said.reply.audience, labels(said)) == (Audience.ASKER, offered)


async def test_a_card_that_grants_never_leaves_the_admin(installation: Installation) -> None:
    talk = gathered(installation, Gathering(members=("ada",)))
    said = await talk.asks("ada", "/grant-analytics as viewer")
    assert said.reply.audience is Audience.ASKER


async def test_a_refusal_is_for_the_asker_alone(installation: Installation) -> None:
    said = await gathered(installation, Gathering()).asks("ben", "/usage contoso")
    assert said.reply.audience is Audience.ASKER
    assert "You don’t have access to /usage" in words(said)


async def test_help_is_for_everybody(installation: Installation) -> None:
    talk = gathered(installation, Gathering(RoomKind.PUBLIC, ("ada", "ben")))
    assert (await talk.asks("ben", "/help")).reply.audience is Audience.ROOM


@pytest.mark.parametrize("who", ["ada", "cleo"])
async def test_a_room_with_strangers_sees_nothing_whoever_asks(
    installation: Installation, who: str
) -> None:
    talk = gathered(installation, Gathering(RoomKind.SHARED, ("ada", "cleo")))
    said = await talk.asks(who, "/usage contoso")
    assert said.reply.audience is Audience.ASKER
    assert "people of other organisations" in words(said)
    assert labels(said) == ["Send as a direct message"]


@pytest.mark.parametrize("why", ["room-unknown", "room-too-large"])
async def test_a_room_whose_people_are_not_known_sees_nothing(
    installation: Installation, why: str
) -> None:
    talk = gathered(installation, Gathering(members=None, why=why))
    said = await talk.asks("ada", "/usage contoso")
    assert (said.reply.audience, labels(said)) == (Audience.ASKER, ["Send as a direct message"])


async def test_a_platform_that_does_not_answer_is_a_room_not_known(
    installation: Installation,
) -> None:
    said = await gathered(installation, Gathering(broken=True)).asks("ada", "/usage contoso")
    assert said.reply.audience is Audience.ASKER
    assert "cannot see who can read this conversation" in words(said)


async def test_a_public_room_can_be_read_by_all_so_nothing_is_shown_unasked(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(RoomKind.PUBLIC, ("ada", "cleo", "ben")))
    said = await talk.asks("ada", "/usage contoso")
    assert said.reply.audience is Audience.ASKER
    assert "everybody in your organisation can read #licences" in words(said)
    assert "without access to these figures: Ben." in words(said)


async def test_a_right_that_has_ended_is_none(installation: Installation) -> None:
    everything = Grant(Role.VIEWER, OWN, None, None, "", "operator", NOW)
    talk = gathered(installation, Gathering(members=("ada", "ben")))
    await installation.roles.give(ref("ben"), everything)
    assert (await talk.asks("ada", "/usage contoso")).reply.audience is Audience.ROOM
    ended = dataclasses.replace(everything, until=NOW - timedelta(minutes=1))
    await installation.roles.give(ref("ben"), ended)
    assert (await talk.asks("ada", "/usage contoso")).reply.audience is Audience.ASKER


async def test_bots_are_not_readers_but_a_person_who_is_not_known_is(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(members=("ada", BOT.id)))
    assert (await talk.asks("ada", "/usage contoso")).reply.audience is Audience.ROOM
    talk = gathered(installation, Gathering(members=("ada", "mallory")))
    assert (await talk.asks("ada", "/usage contoso")).reply.audience is Audience.ASKER


async def test_many_outsiders_are_named_as_far_as_one_reads_and_counted(
    installation: Installation,
) -> None:
    crowd = ("ada", *(f"person{n:02}" for n in range(25)))
    said = await gathered(installation, Gathering(members=crowd)).asks("ada", "/usage contoso")
    assert "Person18, Person19 and 5 others" in words(said)


async def test_the_audit_says_who_was_shown_what_and_what_kept_it_from_the_room(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering())
    await talk.asks("ada", "/usage contoso")
    await talk.asks("ada", "/usage wide world importers")
    first, second = audited(Path(store_file(installation.settings)))[-2:]
    assert (first["shown"], first["why"], first["customers"]) == ("room", "", [CLEO_SEES[0]])
    assert (second["shown"], second["why"]) == ("asker", "room-others")
    assert (first["address"], first["room"], first["reach"]) == ("a room", "group", "aloud")


async def test_a_list_that_goes_on_stays_with_the_asker_for_it_counts_others_too(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "cleo")))
    said = ("/customers contoso", "/customers fabrikam", "/customers")
    one, two, all_of_them = [await talk.asks("ada", text) for text in said]
    assert one.reply.audience is Audience.ROOM
    assert two.reply.audience is all_of_them.reply.audience is Audience.ASKER
    assert "have no access to the figures: Cleo." in words(two)
    assert "Page 1 of 4" in words(all_of_them)
    assert "read along" not in words(all_of_them)


@pytest.mark.parametrize("kind", [kind for kind in AccountKind if kind is not AccountKind.MEMBER])
async def test_whoever_is_no_member_any_more_is_an_outsider_whatever_they_were_given(
    installation: Installation, kind: AccountKind
) -> None:
    gathering = Gathering(members=("ada", "cleo"), kinds={"cleo": kind})
    said = await gathered(installation, gathering).asks("ada", "/usage contoso")
    assert said.reply.audience is Audience.ASKER
    assert "these people can read this channel but have no access to the figures: Cleo." in words(
        said
    )


@pytest.mark.parametrize("said", [Recency.LATELY, Recency.NEVER])
@pytest.mark.parametrize("who", ["ada", "cleo"])
async def test_a_room_waits_until_all_who_hold_a_right_there_are_members_for_certain(
    installation: Installation, who: str, said: Recency
) -> None:
    gathering = Gathering()
    talk = gathered(installation, gathering)
    alone = await talk.asks("ada", "/usage contoso", Reach.ASKER)
    gathering.said[who] = said
    shared = await talk.presses("ada", alone, "Share here")
    assert shared.reply.audience is Audience.ASKER
    assert "I could not confirm just now" in words(shared)
    assert finding(shared) == ""


async def test_nobody_shares_all_the_same_with_a_room_that_is_not_confirmed(
    installation: Installation,
) -> None:
    gathering = Gathering(members=("ada", "ben", "cleo"))
    talk = gathered(installation, gathering)
    kept = await talk.asks("ada", "/usage contoso")
    gathering.said["cleo"] = Recency.LATELY
    for button in ("Share an anonymised summary", "Share anyway"):
        shared = await talk.presses("ada", kept, button)
        assert (shared.reply.audience, labels(shared)) == (Audience.ASKER, [])
        assert "I could not confirm just now" in words(shared)
