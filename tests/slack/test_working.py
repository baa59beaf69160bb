"""What somebody is told who waits."""

import json
import time
from dataclasses import replace

import pytest

from bot.wiring import Installation
from tests.program.delivering import Held
from tests.slack.speaking import mention, message, room
from tests.slack.standin import StandIn
from tests.slack.talking import Chat, talking
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


@pytest.mark.alone
async def test_that_word_comes_after_four_seconds(
    seated: Installation, standin: StandIn, held: Held
) -> None:
    patient = replace(seated, backend=replace(seated.backend, warehouses=held))
    async with talking(patient, standin) as chat:
        began = time.monotonic()
        await chat.command("UADA", "/usage contoso")
        await standin.until(lambda: read(standin))
        assert 4 <= time.monotonic() - began < 5
        held.gate.set()
        await chat.drained()
