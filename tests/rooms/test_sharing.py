"""Sharing is a second act: pressed, looked at anew, authorized anew, audited."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.values import OWN
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import Reach, RoomKind
from handlers.chat.reply import Audience
from handlers.messages.speaker import speaker
from tests.answering.asking import audited, store_file
from tests.conftest import NOW
from tests.rooms.gathering import Gathering, finding, for_readers, gathered, labels, ref, words

SAY = speaker("en")
VIEWER = Grant(Role.VIEWER, OWN, None, None, "", "operator", NOW)


async def test_an_answer_is_shared_with_a_room_where_all_may_see_it(
    installation: Installation,
) -> None:
    gathering = Gathering()
    talk = gathered(installation, gathering)
    mine = await talk.asks("ada", "/usage contoso", Reach.ASKER)
    shared = await talk.presses("ada", mine, "Share here")
    assert shared.reply.audience is Audience.ROOM
    assert words(shared).startswith("Ada shares: /usage contoso")
    assert labels(shared) == []
    offered = [SAY("details"), SAY("follow-wrong"), SAY("follow-export")]
    assert for_readers(shared) == dict.fromkeys(offered, True)
    assert shared.done == "Shared here."
    assert "only you have seen it" in shared.failed
    assert gathering.asked == [True]


async def test_an_answer_is_sent_to_ones_own_messages(installation: Installation) -> None:
    talk = gathered(installation, Gathering(RoomKind.SHARED))
    mine = await talk.asks("ada", "/usage contoso", Reach.ASKER)
    sent = await talk.presses("ada", mine, "Send as a direct message")
    assert sent.reply.audience is Audience.DIRECT
    assert finding(sent).startswith("Contoso: ")
    assert sent.done == "Sent to your direct messages."


@pytest.mark.parametrize("label", ["Share here", "Send as a direct message"])
async def test_a_button_that_is_pressed_twice_at_once_sends_once(
    installation: Installation, label: str
) -> None:
    talk = gathered(installation, Gathering())
    mine = await talk.asks("ada", "/usage contoso", Reach.ASKER)
    both = await asyncio.gather(*(talk.presses("ada", mine, label) for _ in range(2)))
    sent = [one.reply.audience is not Audience.ASKER for one in both]
    assert sorted(sent) == [False, True]
    assert words(both[sent.index(False)]).startswith("You just pressed this")


async def test_who_came_in_between_asking_and_sharing_is_seen(installation: Installation) -> None:
    gathering = Gathering()
    talk = gathered(installation, gathering)
    mine = await talk.asks("ada", "/usage contoso", Reach.ASKER)
    gathering.members = ("ada", "cleo", "ben")
    kept = await talk.presses("ada", mine, "Share here")
    assert kept.reply.audience is Audience.ASKER
    assert "have no access to the figures: Ben." in words(kept)
    assert finding(kept) == ""
    assert "Contoso" not in words(kept)
    assert labels(kept) == ["Share an anonymised summary", "Share anyway"]


async def test_a_partner_admin_may_share_all_the_same_and_it_is_audited(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "ben", "cleo")))
    kept = await talk.asks("ada", "/usage wide world importers")
    assert "have no access to the figures: Ben and Cleo." in words(kept)
    shared = await talk.presses("ada", kept, "Share anyway")
    assert shared.reply.audience is Audience.ROOM
    assert "by a partner admin’s decision: /usage wide world importers" in words(shared)
    row = audited(Path(store_file(installation.settings)))[-1]
    assert (row["shown"], row["reach"], row["why"]) == ("room", "anyway", "room-others")
    assert row["outsiders"] == ["page:demo:ben", "page:demo:cleo"]


async def test_who_came_in_after_the_names_were_shown_is_named_before_anything_is_shared(
    installation: Installation,
) -> None:
    gathering = Gathering(members=("ada", "cleo"))
    talk = gathered(installation, gathering)
    kept = await talk.asks("ada", "/usage wide world importers")
    gathering.members = ("ada", "cleo", "ben")
    again = await talk.presses("ada", kept, "Share anyway")
    assert again.reply.audience is Audience.ASKER
    assert "have changed since the answer; nothing was shared" in words(again)
    assert "Cleo and Ben" in words(again)
    shared = await talk.presses("ada", again, "Share anyway")
    assert shared.reply.audience is Audience.ROOM


async def test_a_room_that_became_public_since_is_asked_about_again(
    installation: Installation,
) -> None:
    gathering = Gathering(members=("ada", "cleo"))
    talk = gathered(installation, gathering)
    kept = await talk.asks("ada", "/usage wide world importers")
    gathering.kind = RoomKind.PUBLIC
    again = await talk.presses("ada", kept, "Share anyway")
    assert again.reply.audience is Audience.ASKER
    assert "everybody in your organisation" in words(again)


async def test_a_room_that_strangers_joined_since_is_never_shared_with(
    installation: Installation,
) -> None:
    gathering = Gathering(members=("ada", "ben"))
    talk = gathered(installation, gathering)
    kept = await talk.asks("ada", "/usage contoso")
    gathering.kind = RoomKind.SHARED
    for label in ("Share anyway", "Share an anonymised summary"):
        again = await talk.presses("ada", kept, label)
        assert again.reply.audience is Audience.ASKER
        assert "people of other organisations" in words(again)


async def test_an_admin_who_is_none_any_more_decides_for_nobody(installation: Installation) -> None:
    talk = gathered(installation, Gathering(members=("ada", "ben")))
    kept = await talk.asks("ada", "/usage contoso")
    await installation.roles.give(ref("dan"), replace(VIEWER, role=Role.ADMIN))
    await installation.roles.give(ref("ada"), VIEWER)
    again = await talk.presses("ada", kept, "Share anyway")
    assert again.reply.audience is Audience.ASKER
    assert labels(again) == ["Share an anonymised summary"]


async def test_who_lost_the_right_shares_nothing(installation: Installation) -> None:
    talk = gathered(installation, Gathering())
    mine = await talk.asks("cleo", "/usage contoso", Reach.ASKER)
    await installation.roles.give(ref("cleo"), replace(VIEWER, until=NOW))
    for label in ("Share here", "Send as a direct message"):
        refused = await talk.presses("cleo", mine, label)
        assert refused.reply.audience is Audience.ASKER
        assert "You don’t have access to /usage" in words(refused)


async def test_the_safe_summary_is_shared_and_each_reader_may_ask_for_more(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "ben", "cleo")))
    kept = await talk.asks("ada", "/usage contoso")
    shared = await talk.presses("ada", kept, "Share an anonymised summary")
    assert shared.reply.audience is Audience.ROOM
    assert "Contoso" not in words(shared)
    assert re.search(r"\d%", words(shared))
    cleos = await talk.presses("cleo", shared, "Show what I can see")
    assert (cleos.reply.audience, finding(cleos)[:9]) == (Audience.ASKER, "Contoso: ")
    bens = await talk.presses("ben", shared, "Show what I can see")
    assert "You don’t have access to /usage" in words(bens)


@pytest.mark.parametrize("label", ["Share here", "Send as a direct message"])
async def test_a_card_that_was_forwarded_shows_a_stranger_nothing(
    installation: Installation, label: str
) -> None:
    talk = gathered(installation, Gathering())
    mine = await talk.asks("ada", "/usage contoso", Reach.ASKER)
    for who in ("ben", "cleo", "mallory"):
        said = await talk.presses(who, mine, label)
        assert words(said).startswith("This button belongs to another person.")


async def test_a_report_viewers_answer_is_shared_by_an_admin_as_their_own_question(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "ben", "cleo")))
    cleos = await talk.asks("cleo", "/usage contoso")
    assert "Share anyway" not in labels(cleos)
    pressed = await talk.presses("ada", cleos, "Share an anonymised summary")
    assert words(pressed).startswith("This button belongs to another person.")
    adas = await talk.asks("ada", "/usage contoso")
    shared = await talk.presses("ada", adas, "Share anyway")
    assert shared.reply.audience is Audience.ROOM
    row = audited(Path(store_file(installation.settings)))[-1]
    assert (row["who"], row["outsiders"]) == ("page:demo:ada", ["page:demo:ben"])


async def test_a_card_that_was_forwarded_shares_nothing_elsewhere(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering())
    mine = await talk.asks("ada", "/usage contoso", Reach.ASKER)
    said = await talk.presses("ada", mine, "Share here", address="another room")
    assert words(said).startswith("This button was made for another conversation.")
