"""What somebody is told who waits."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.wiring import Installation
from tests.program.delivering import Held
from tests.slack.speaking import mention, message, room
from tests.slack.standin import StandIn
from tests.slack.talking import Chat, talking
from tests.slack.test_failing import is_answer, read

STILL = "Still working on it…"


@pytest.fixture
def held(seated: Installation) -> Held:
    return Held(seated.backend.warehouses)


@pytest_asyncio.fixture
async def slow(seated: Installation, standin: StandIn, held: Held) -> AsyncIterator[Chat]:
    """The program whose figures come when they are let."""
    backend = replace(seated.backend, warehouses=held)
    async with talking(replace(seated, backend=backend), standin) as there:
        yield there


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
