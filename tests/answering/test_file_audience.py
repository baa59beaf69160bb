"""A reply with a file is the asker's alone, whatever the command or the asker wished."""

from dataclasses import replace

import pytest

from analytics.values import OWN
from bot.page.people import person
from bot.wiring import Installation
from handlers.answer import answer
from handlers.chat.asking import Ask, Reach, Room, RoomKind, Via, View
from handlers.chat.reply import Audience, attachments, spoken_lines
from handlers.messages.speaker import speaker
from tests.program.handout import handing_out, kept

ROOM = Room("C1", RoomKind.GROUP, OWN)
ASK = Ask("a1", person("ada").ref, ROOM, "/handout", "en", "UTC")


@pytest.mark.parametrize("folded", [False, True])
async def test_no_reach_and_no_room_makes_a_file_anothers(
    installation: Installation, *, folded: bool
) -> None:
    with handing_out(installation, folded=folded):
        for reach in Reach:
            for kind in RoomKind:
                ask = replace(ASK, reach=reach, room=replace(ROOM, kind=kind))
                reply = (await answer(ask, installation.backend)).reply
                assert reply.audience is Audience.DIRECT
                assert reply.safe is None
        behind = await answer(replace(ASK, view=View.DETAILS), installation.backend)
        assert behind.reply.audience is Audience.DIRECT


async def test_a_digest_carries_no_file_and_says_so(installation: Installation) -> None:
    with handing_out(installation):
        found = await answer(replace(ASK, via=Via.SCHEDULED), installation.backend)
    assert list(attachments(found.reply.parts)) == []
    assert list(spoken_lines(found.reply.parts)) == [speaker("en")("file-not-scheduled")]
    assert kept(installation) == []


async def test_a_question_that_is_not_audited_hands_out_no_file(installation: Installation) -> None:
    class Broken:
        """A journal that writes nothing."""

        async def record(self, entry: object) -> None:
            raise OSError

    backend = replace(installation.backend, journal=Broken())  # type: ignore[arg-type]
    with handing_out(installation):
        found = await answer(ASK, backend)
    assert list(attachments(found.reply.parts)) == []
