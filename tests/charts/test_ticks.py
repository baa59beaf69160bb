"""Axis ticks: round, few, and never below what they must show."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.charts.ticks import count_ticks, day_ticks, month_labels, share_ticks, signed_ticks
from tests.charts.plain import PlainWords

WORDS = PlainWords()
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_seats_of_contoso_get_an_axis_to_1500_in_steps_of_500() -> None:
    top, ticks = count_ticks(1250, WORDS)

    assert top == 1500
    assert [tick.label for tick in ticks] == ["0", "500", "1,000", "1,500"]


@pytest.mark.parametrize("top", [0, -5, float("nan"), float("inf"), float("-inf")])
def test_an_axis_without_seats_still_counts_to_three(top: float) -> None:
    highest, ticks = count_ticks(top, WORDS)

    assert highest == 3
    assert [tick.at for tick in ticks] == [0, 1, 2, 3]


@settings(max_examples=300, deadline=None)
@given(st.floats(0, 1e15))
def test_counts_have_four_to_six_whole_even_round_ticks_up_to_the_top(top: float) -> None:
    highest, ticks = count_ticks(top, WORDS)
    steps = {after.at - before.at for before, after in pairwise(ticks)}

    assert 4 <= len(ticks) <= 6
    assert ticks[0].at == 0
    assert highest == ticks[-1].at >= top
    assert len(steps) == 1
    assert str(int(steps.pop())).rstrip("0") in {"1", "2", "5"}


@pytest.mark.parametrize(
    ("top", "labels"),
    [
        (0.4, ["0%", "25%", "50%", "75%", "100%"]),
        (1.0, ["0%", "25%", "50%", "75%", "100%"]),
        (1.25, ["0%", "25%", "50%", "75%", "100%", "125%"]),
        (1.42, ["0%", "50%", "100%", "150%"]),
        (6.0, ["0%", "200%", "400%", "600%"]),
        (float("nan"), ["0%", "25%", "50%", "75%", "100%"]),
    ],
)
def test_shares_step_by_quarters_then_halves_then_whole_hundreds(
    top: float, labels: list[str]
) -> None:
    assert [tick.label for tick in share_ticks(top, WORDS)[1]] == labels


@settings(max_examples=200, deadline=None)
@given(st.floats(0, 1e6))
def test_shares_always_reach_the_top_and_100_percent_within_six_ticks(top: float) -> None:
    highest, ticks = share_ticks(top, WORDS)

    assert highest == ticks[-1].at >= max(top, 1.0)
    assert 4 <= len(ticks) <= 6


def test_a_single_day_has_a_single_tick() -> None:
    day = date(2026, 11, 20)

    ticks = day_ticks(day, day, WORDS)

    assert [(tick.at, tick.label) for tick in ticks] == [(day.toordinal(), "20 Nov")]


def test_a_month_is_labelled_by_days_from_its_first_to_its_last_without_the_year() -> None:
    labels = [tick.label for tick in day_ticks(date(2026, 11, 1), date(2026, 11, 30), WORDS)]

    days = ["1 Nov", "5 Nov", "10 Nov", "15 Nov", "20 Nov", "25 Nov"]
    assert labels == [*days, "30 Nov"]


def test_ninety_days_are_labelled_by_both_ends_and_the_months_between() -> None:
    labels = [tick.label for tick in day_ticks(date(2026, 9, 3), date(2026, 11, 28), WORDS)]

    assert labels == ["3 Sep", "Oct", "Nov", "28 Nov"]


def test_of_several_years_each_is_written_with_its_last_tick() -> None:
    two = day_ticks(date(2024, 12, 20), date(2026, 11, 20), WORDS)

    assert [tick.label for tick in two] == [
        *("20 Dec 2024", "Jan", "Jul 2025", "Jan", "Jul", "20 Nov 2026"),
    ]


@settings(max_examples=300, deadline=None)
@given(DAYS, st.integers(0, 20_000))
def test_days_are_few_in_order_and_within_the_period(first: date, span: int) -> None:
    last = first + timedelta(days=span)

    places = [tick.at for tick in day_ticks(first, last, WORDS)]

    assert 1 <= len(places) <= 9
    assert places == sorted(set(places))
    assert places[0] == first.toordinal()
    assert places[-1] == last.toordinal()


def test_the_calendars_whole_length_has_ticks_too() -> None:
    assert 1 <= len(day_ticks(date.min, date.max, WORDS)) <= 9


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-11-20 is after 2026-11-19"):
        day_ticks(date(2026, 11, 20), date(2026, 11, 19), WORDS)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (-9, 14, ["−10", "−5", "0", "+5", "+10", "+15"]),
        (0, 0, ["0", "+1", "+2", "+3"]),
        (-1250, 0, ["−1,500", "−1,000", "−500", "0"]),
        (float("nan"), 2, ["0", "+1", "+2", "+3"]),
    ],
)
def test_gains_and_losses_share_round_steps_and_0(
    low: float, high: float, labels: list[str]
) -> None:
    bottom, top, ticks = signed_ticks(low, high, WORDS)

    assert [tick.label for tick in ticks] == labels
    assert (bottom, top) == (ticks[0].at, ticks[-1].at)


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**15), 0), st.integers(0, 10**15))
def test_signed_ticks_enclose_both_ends_in_at_most_eight_even_steps(low: int, high: int) -> None:
    bottom, top, ticks = signed_ticks(low, high, WORDS)

    assert bottom <= low
    assert top >= high
    assert 4 <= len(ticks) <= 8
    assert 0.0 in [tick.at for tick in ticks]
    assert len({after.at - before.at for before, after in pairwise(ticks)}) == 1


def test_months_are_named_without_their_year_which_is_their_group() -> None:
    months = [date(2025, 12, 1), date(2026, 1, 1)]

    assert month_labels(months, WORDS) == (("Dec", "2025"), ("Jan", "2026"))
