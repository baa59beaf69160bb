"""kill -9 while digests are sent: none is lost, none comes twice where one can look, and where one
cannot, it says so.
"""

from pathlib import Path

import pytest

from tests.scheduler.killing import Killing
from tests.store.behind import Behind

KILLS = 15


@pytest.mark.parametrize(
    ("behind", "replicas"), [("sqlite", 1), ("postgresql", 3)], indirect=["behind"]
)
async def test_killing_loses_nothing_and_doubles_nothing_without_a_word(
    behind: Behind, sample_facts: Path, replicas: int
) -> None:
    damage = await Killing(behind.url, sample_facts, KILLS, replicas, seed=5).damage()
    assert (damage.lost, damage.doubled) == ([], [])
    assert damage.kills >= KILLS
    assert damage.repeats <= damage.kills + damage.hidden
    assert damage.states["sent"] > KILLS
    print(damage)
