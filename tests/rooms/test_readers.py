"""Any reader of an answer in a room may ask for what lies behind it, and gets their own cut."""

import pytest

from bot.delivery import Delivered
from bot.wiring import Installation
from handlers.chat.asking import Reach
from handlers.chat.reply import Audience
from handlers.messages.speaker import speaker
from tests.rooms.digesting import asked_at_its_hour, asks, only
from tests.rooms.gathering import (
    Gathering,
    Talk,
    finding,
    for_readers,
    gathered,
    labels,
    words,
)
from tests.rooms.test_safe import everybody

SAY = speaker("en")
DETAILS, WRONG = SAY("details"), SAY("follow-wrong")


async def _shared(talk: Talk, question: str) -> Delivered:
    """Ada's answer, shared with all people of the room by her decision."""
    kept = await talk.asks("ada", question)
    if kept.reply.audience is Audience.ROOM:
        return kept
    return await talk.presses("ada", kept, SAY("button-anyway"))


async def _digest(installation: Installation, talk: Talk) -> Delivered:
    """Ada's digest about Contoso, as it stands in the room."""
    card = await asks(talk, "ada", "/digest usage contoso daily here")
    await talk.presses("ada", card, "Save")
    digest = await only(installation)
    return await asked_at_its_hour(installation, "ada", digest.plan)


@pytest.mark.parametrize("way", ["aloud", "shared", "digest"])
async def test_a_reader_asks_for_the_details_and_alone_reads_them(
    installation: Installation, way: str
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "cleo")))
    if way == "digest":
        there = await _digest(installation, talk)
    else:
        there = await talk.asks("ada", "/usage contoso", Reach.ALOUD)
    if way == "shared":
        mine = await talk.asks("ada", "/usage contoso", Reach.ASKER)
        there = await talk.presses("ada", mine, SAY("button-share"))
    assert there.reply.audience is Audience.ROOM
    for who in ("ada", "cleo"):
        behind = await talk.presses(who, there, DETAILS)
        assert behind.reply.audience is Audience.ASKER
        assert SAY("table-products") in words(behind)
        assert SAY("button-share") not in labels(behind)
        form = await talk.presses(who, there, WRONG)
        assert form.reply.audience is Audience.ASKER
        assert SAY("report-prompt") in words(form)


@pytest.mark.parametrize("label", [DETAILS, WRONG])
async def test_a_reader_without_the_right_is_refused(
    installation: Installation, label: str
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "ben", "cleo")))
    there = await _shared(talk, "/usage contoso")
    assert there.reply.audience is Audience.ROOM
    refused = await talk.presses("ben", there, label)
    assert (refused.reply.audience, refused.why) == (Audience.ASKER, "not-allowed")
    assert words(refused).startswith(SAY("not-allowed", command="/usage"))


@pytest.mark.parametrize("label", [DETAILS, WRONG])
async def test_a_reader_who_may_not_see_the_customer_learns_nothing(
    installation: Installation, label: str
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "cleo")))
    there = await _shared(talk, "/usage wide world importers")
    refused = await talk.presses("cleo", there, label)
    assert (refused.reply.audience, refused.why) == (Audience.ASKER, "unknown-customer")
    assert "Wide World" not in words(refused)


async def test_a_reader_with_fewer_customers_gets_their_own_cut(installation: Installation) -> None:
    names = await everybody(installation)
    talk = gathered(installation, Gathering(members=("ada", "cleo")))
    there = await _shared(talk, "/usage")
    behind = words(await talk.presses("cleo", there, DETAILS))
    own = words(await talk.asks("cleo", "/usage", Reach.ASKER))
    seen = {name for name in names.values() if name in behind}
    assert seen == {name for name in names.values() if name in own}
    assert 0 < len(seen) < 5
    assert all(part in own for part in behind.split("\n\n"))


async def test_of_a_shared_answer_no_button_is_its_sharers_alone_not_even_a_folded_one(
    installation: Installation,
) -> None:
    talk = gathered(installation, Gathering(members=("ada", "cleo")))
    alone = await talk.asks("ada", "/usage", Reach.ASKER)
    assert SAY("portfolio-choose") in words(alone)
    there = await _shared(talk, "/usage")
    assert finding(there) == finding(alone)
    assert for_readers(there) == dict.fromkeys([DETAILS, WRONG, SAY("follow-export")], True)
