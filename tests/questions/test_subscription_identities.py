"""Answers about subscriptions agree with one another, and with plain SQL over the rows."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.questions.subscriptions import SubscriptionsResult, subscriptions
from analytics.questions.subscriptions.identities import (
    subscription_checks,
    subscription_lists,
    subscription_sums,
)
from analytics.tables import Cell, Row
from analytics.warehouse.facts import Facts
from tests.questions.subscribing import TODAY, everyday_facts, example_facts, line, told

DAYS = st.sampled_from([TODAY + timedelta(days=n) for n in (-700, -31, -30, -1, 0, 30, 31, 400)])
LINES = st.fixed_dictionaries(
    {
        "whose": st.sampled_from("abc"),
        "status": st.sampled_from(["active", "suspended", "deprovisioned", "warned"]),
        "created": DAYS,
        "ends": DAYS,
        "deprovisioned": DAYS,
        "product_name": st.sampled_from(["X", "Y"]),
        "quantity": st.one_of(st.none(), st.integers(0, 9)),
    }
)


def line_of(at: int, cells: dict[str, Cell]) -> Row:
    """A line of a customer, with the cells drawn."""
    its = dict(cells)
    whose, status = its.pop("whose"), str(its.pop("status"))
    gone = {} if status == "deprovisioned" else {"deprovisioned": None}
    return line(f"{whose}/{at}", status, **its | gone)


def wrong(facts: Facts) -> list[str]:
    return [each.what for each in subscription_checks(facts) if each.wrong]


@given(drawn=st.lists(LINES, min_size=1, max_size=9))
@settings(max_examples=5, deadline=None, derandomize=True)
def test_answers_of_any_rows_agree(drawn: list[dict[str, Cell]]) -> None:
    with TemporaryDirectory() as folder:
        rows = [line_of(at, cells) for at, cells in enumerate(drawn)]
        assert wrong(told(Path(folder), *rows)) == []


def test_answers_of_the_small_worlds_agree() -> None:
    assert wrong(example_facts()) == []
    assert wrong(everyday_facts()) == []


@pytest.fixture
def example() -> SubscriptionsResult:
    """What is told of the specification's rows."""
    return subscriptions(example_facts(), None, None)


@pytest.mark.parametrize("name", ["active", "suspended", "ended", "new", "expiring"])
def test_a_sum_that_is_not_that_of_its_parts_is_found(
    example: SubscriptionsResult, name: str
) -> None:
    assert subscription_sums(example, [example]).wrong == 0
    assert subscription_sums(replace(example, **{name: 99}), [example]).wrong == 1


def test_a_list_that_is_not_what_is_counted_is_found(example: SubscriptionsResult) -> None:
    ending = replace(example, matches=example.expiring)
    assert subscription_lists(example, ending).wrong == 0
    assert subscription_lists(replace(example, products=()), ending).wrong == 1
    assert subscription_lists(replace(example, matches=5), ending).wrong == 1
    assert subscription_lists(example, example).wrong == 1
