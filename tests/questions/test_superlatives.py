"""Who has the most, and whether that may be said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.questions.superlatives import Leader, extremes, leader

FIGURES = {"a": 3.0, "b": 9.0, "c": 5.0}


def test_the_leader_is_who_has_the_most_and_more_than_half_is_a_majority() -> None:
    assert leader(FIGURES, FIGURES.get) == Leader("b", 9.0, 0, majority=True)
    assert leader("ac", FIGURES.get) == Leader("c", 5.0, 0, majority=True)
    assert leader("abcc", FIGURES.get) == Leader("b", 9.0, 0, majority=False)


def test_of_equals_the_first_leads_and_the_others_are_counted() -> None:
    assert leader("cac", FIGURES.get) == Leader("c", 5.0, 1, majority=False)


@pytest.mark.parametrize("figures", [{}, {"a": 0.0}, {"a": None}, {"a": -1.0, "b": 0.0}])
def test_nobody_leads_with_nothing(figures: dict[str, float | None]) -> None:
    assert leader(figures, figures.get) is None


def test_extremes_are_two_that_differ() -> None:
    assert extremes(FIGURES, FIGURES.get) == ("a", "b")
    assert extremes("aa", FIGURES.get) is None
    assert extremes("", FIGURES.get) is None


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9), min_size=1))
def test_no_item_has_more_than_the_leader(figures: dict[str, int]) -> None:
    found = leader(figures, figures.get)
    assert (found.figure if found else 0) == max(figures.values())
    if found:
        assert found.majority is (found.figure > sum(figures.values()) / 2)
