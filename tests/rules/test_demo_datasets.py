"""The made-up partner has every dataset, and in each secret column something to look for."""

from collections import defaultdict
from functools import cache

import pytest

from analytics.demo.pages import ABSENT
from analytics.demo.planted import planted_values
from analytics.tables import DATASETS, Secrecy
from tests.sources.demo_reading import loads

SECRET = [
    (dataset.name, column.name)
    for dataset in DATASETS
    for column in dataset.columns
    if column.secrecy is not Secrecy.OPEN and dataset.name not in ABSENT
]


@cache
def cells() -> dict[tuple[str, str], set[str]]:
    """Every text that stands in each column of the made-up partner, over all its loads."""
    found = defaultdict(set)
    for batch in (batch for load in loads() for batch in load.batches):
        for column, values in zip(
            batch.dataset.columns, zip(*batch.rows, strict=True), strict=True
        ):
            texts = {str(value) for value in set(values) if value is not None and value != ""}
            found[batch.dataset.name, column.name] |= texts
    return found


def test_each_dataset_has_rows_or_a_reason_why_not() -> None:
    held = {batch.dataset.name for batch in loads()[-1].batches if batch.rows}
    assert held | set(ABSENT) == {dataset.name for dataset in DATASETS}
    assert held & set(ABSENT) == set()
    assert [name for name, reason in ABSENT.items() if len(reason.split()) < 4] == []


def test_each_column_of_money_or_persons_has_something_planted() -> None:
    assert sorted(planted_values()) == sorted(SECRET)


@pytest.mark.parametrize("secret", SECRET, ids=".".join)
def test_what_is_planted_stands_in_its_column_alone(secret: tuple[str, str]) -> None:
    word = str(planted_values()[secret])
    assert {where for where, texts in cells().items() if any(word in t for t in texts)} == {secret}
