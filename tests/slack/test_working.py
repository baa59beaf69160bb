"""What somebody is told who waits."""

import json

import pytest

from tests.program.delivering import Held
from tests.slack.speaking import mention, message, room
from tests.slack.standin import StandIn
from tests.slack.talking import Chat
from tests.slack.test_failing import is_answer, read

STILL = "Still working on it…"


@pytest.mark.parametrize("how", ["command", "mention", "message"])
async def test_whoever_waits_is_told_once_and_then_answered(
    slow: Chat, standin: StandIn, held: Held, how: str
) -> None:
    standin.channels["C1"] = room("UADA", is_private=True)
    if how == "command":
        await slow.command("UADA", "/usage contoso")
    else:
        said = {"mention": mention, "message": message}[how]("UADA", "usage contoso")
        await slow.sent(json.dumps(said), "application/json")
    await standin.until(lambda: read(standin))
    assert [told["text"] for told in read(standin)] == [STILL]
    held.gate.set()
    await slow.drained()
    assert sorted(is_answer(told) for told in read(standin)) == [False, True]
