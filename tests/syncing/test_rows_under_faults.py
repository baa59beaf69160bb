"""Every fault, on a first day and on the next: each row of each dataset is true, or it is said."""

from pathlib import Path

import pytest

from tests.partner_center.standin import Standin
from tests.seeds import are_long, seeds
from tests.syncing.beset import (
    PAGE,
    SHORT,
    SLOW,
    SMALL,
    Beset,
    beset,
    company,
    its_verdicts,
    mixtures,
    runs,
    wrong,
)
from tests.syncing.verdicts import Verdict

SEED = 0
AGES = (0, 1)
"""Days after the first."""
OF_PLANS = {"azure_category_costs", "azure_subscription_costs"}
"""Datasets that rest on the subscriptions."""
MIXED = [(seed, spots) for seed in seeds(SEED, 5) for spots in mixtures(seed)]
"""Many faults at once, each in all calls of its own place."""
ALONE = runs(seeds(SEED, 5)) if are_long() else [(fault, SEED, 1) for fault in SHORT]
"""Faults that come alone, the seed and the day. Those of lists that are short always do."""


@pytest.mark.parametrize("age", AGES)
async def test_without_a_fault_every_row_is_true(tmp_path: Path, age: int) -> None:
    found = await its_verdicts(tmp_path, Standin(company(SMALL, SEED, age), page=PAGE))
    assert set(found.values()) == {Verdict.TRUE}


@pytest.mark.parametrize(
    ("fault", "where", "datasets"),
    [
        ("falling-total", "analytics/subscriptions", {"subscription_insights"}),
        ("401-expired", "auditrecords", {"activity", *OF_PLANS}),
        ("negative-money", "usagerecords", set()),
    ],
)
async def test_what_is_marked_is_what_did_not_come(
    tmp_path: Path, fault: str, where: str, datasets: set[str]
) -> None:
    standin = Beset(company(SMALL, SEED, 1), page=PAGE, spots=[(fault, where)])
    found = await its_verdicts(tmp_path, standin)
    assert {name for name, its in found.items() if its is Verdict.MARKED} == datasets
    assert wrong(found, [fault]) == []


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize(("seed", "spots"), MIXED)
async def test_no_row_is_wrong_without_a_word_among_many_faults(
    tmp_path: Path, seed: int, spots: list[tuple[str, str]], age: int
) -> None:
    faults = {fault for fault, _ in spots}
    standin = Beset(company(SMALL, seed, age), page=PAGE, spots=spots)
    standin.times = 40 if faults & SLOW else standin.times
    assert wrong(await its_verdicts(tmp_path, standin), faults) == []


@pytest.mark.parametrize(("fault", "seed", "age"), ALONE)
async def test_no_row_is_wrong_without_a_word_with_one_fault(
    tmp_path: Path, fault: str, seed: int, age: int
) -> None:
    assert wrong(await its_verdicts(tmp_path, beset(fault, seed, age)), [fault]) == []
