"""kill -9 while digests are sent: none is lost, none comes twice where one can look, and where one
cannot, it says so.
"""

from pathlib import Path

import pytest

from tests.scheduler.killing import Killing
from tests.seeds import seeds
from tests.store.behind import Behind

KILLS = 15


@pytest.mark.parametrize("seed", seeds(5))
@pytest.mark.parametrize(
    ("behind", "replicas"), [("sqlite", 1), ("postgresql", 3)], indirect=["behind"]
)
async def test_killing_loses_nothing_and_doubles_nothing_without_a_word(
    behind: Behind, sample_facts: Path, replicas: int, seed: int
) -> None:
    damage = await Killing(behind.url, sample_facts, KILLS, replicas, seed).damage()
    assert (damage.lost, damage.doubled) == ([], [])
    assert damage.kills >= KILLS
    assert damage.repeats <= damage.kills + damage.unanswered
    assert damage.states["sent"] > KILLS
    assert damage.taken_over > 0  # how many is left to chance and to the machine
