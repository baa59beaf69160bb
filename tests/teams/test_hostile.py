"""Ten thousand hostile requests to the address of Teams: no effect, no trouble, nothing written."""

import asyncio
from collections import Counter

import pytest

from tests.answering.asking import Log
from tests.gate.attacking import attack
from tests.seeds import seeds
from tests.teams.hostility import hostile
from tests.teams.speaking import Bot, activity

CONNECTIONS = 4
COUNT = 10_000


@pytest.mark.parametrize("seed", seeds(0))
async def test_ten_thousand_hostile_requests_come_to_nothing(
    bot: Bot, logged: Log, capfd: pytest.CaptureFixture[str], seed: int
) -> None:
    url = bot.cloud.service_url
    each = COUNT // CONNECTIONS
    attacks = (attack(bot.port, hostile(url, seed + n, each)) for n in range(CONNECTIONS))
    answers = [said for some in await asyncio.gather(*attacks) for said in some]
    statuses = Counter(said.status for said in answers)
    assert (sum(statuses.values()), set(statuses)) == (COUNT, {400, 401, 415})
    assert {said.body for said in answers if said.status != 400} == {b""}
    assert sum(bot.refused().values()) == COUNT
    assert (bot.taken, logged(), capfd.readouterr()) == ([], [], ("", ""))
    assert bot.cloud.keys.calls["document"] <= 2
    sent = activity(url)
    assert await bot.sent(sent) == (200, b"")
    assert bot.taken == [sent]
