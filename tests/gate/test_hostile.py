"""Ten thousand hostile requests over a few connections: no effect, no trouble, nothing written."""

import asyncio
import gc
import tracemalloc
from collections import Counter

import pytest

from tests.answering.instruments import Log
from tests.gate.attacking import attack
from tests.gate.hostility import hostile
from tests.gate.serving import Served
from tests.gate.signing import BODY, signed
from tests.gate.talking import Said, sent
from tests.seeds import seeds

CONNECTIONS = 4


async def _attacked(port: int, seed: int, count: int) -> list[Said]:
    """Answers to so many requests, over a few connections at once."""
    each = count // CONNECTIONS
    attacks = (attack(port, hostile(seed + n, each)) for n in range(CONNECTIONS))
    return [said for answers in await asyncio.gather(*attacks) for said in answers]


@pytest.mark.parametrize("seed", seeds(1))
async def test_ten_thousand_hostile_requests_come_to_nothing(
    served: Served, logged: Log, capfd: pytest.CaptureFixture[str], seed: int
) -> None:
    answers = await _attacked(served.port, seed, count=10_000)
    statuses = Counter(said.status for said in answers)
    assert (sum(statuses.values()), set(statuses)) == (10_000, {400, 401, 415})
    assert {said.body for said in answers if said.status != 400} == {b""}
    assert sum(served.refused().values()) == 10_000
    assert (served.effects, logged(), capfd.readouterr()) == ([], [], ("", ""))
    assert await sent(served.port, bytes(signed())) == Said(200, b"", {})
    assert served.effects == [BODY]


async def test_hostile_requests_leave_nothing_in_memory(served: Served) -> None:
    """A hundred bytes each would be seen."""
    tracemalloc.start()
    sizes: list[int] = []
    for _ in range(3):
        await _attacked(served.port, seed=5, count=1_000)
        gc.collect()
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert sizes[2] - sizes[1] < 50_000
