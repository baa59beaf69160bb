"""Customers gained and lost, by both definitions: the worked example, edges, and the identity."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.questions.growth import DefinedGrowth, GrowthResult, growth
from analytics.questions.growth.counts import GrowthCount
from analytics.questions.growth.identities import growth_identities
from analytics.questions.growth.moves import CustomerMove
from analytics.values import Period, Seats, Unknown, Why
from analytics.warehouse.facts import Facts
from tests.questions.asking import between, november
from tests.questions.subscribed import Line, rewritten, sub, told
from tests.run_cache import built_once
from tests.seeds import are_long
from tests.warehouse.rows import tenant

NOVEMBER = between(1, 30)
LATER = Unknown(Why.LATER, "subscription_insights")
NEVER = date(9999, 12, 31)

BEFORE = {
    "s1": sub("a", "s1", quantity=100),
    "s2": sub("a", "s2", "deprovisioned", deprovisioned=date(2026, 2, 9)),
    "s4": sub("c", "s4", "suspended", quantity=30, ends=date(2026, 5, 31)),
    "s5": sub("d", "s5", "deprovisioned", quantity=7, deprovisioned=november(10)),
    "s6": sub("e", "s6", created=date(2026, 9, 5), quantity=25),
    "s7": sub("f", "s7", product_name="AZURE PLAN", quantity=None, ends=NEVER),
    "s8": sub("g", "s8", quantity=8, ends=november(20)),
}
SINCE = {
    **BEFORE,
    "s3": sub("b", "s3", created=november(15), quantity=20),
    "s8": sub("g", "s8", "suspended", quantity=8, ends=november(20)),
}
EXAMPLE = {november(12): [*BEFORE.values()], november(21): [*SINCE.values()]}
EXAMPLE[november(30)] = [*SINCE.values()]


def counts(growth: DefinedGrowth) -> tuple[Seats, ...]:
    """Start, new, returned, churned and end."""
    count = growth.count
    return count.start, count.new, count.returned, count.churned, count.end


def moves(moves: tuple[CustomerMove, ...]) -> dict[str, date]:
    return {each.customer.name: each.day for each in moves}


@pytest.fixture
def example(tmp_path: Path) -> Facts:
    return told(tmp_path, EXAMPLE)


def test_by_the_power_bi_app_one_came_and_one_left_in_november(example: Facts) -> None:
    result = growth(example, NOVEMBER).power_bi

    assert counts(result) == (6, 1, 0, 1, 6)
    assert moves(result.came) == {"b": november(15)}
    assert moves(result.left) == {"d": november(10)}
    (left,) = result.left
    assert (left.since, left.seats, left.product) == (date(2024, 3, 1), 7, "Microsoft 365 E3")


def test_by_insights_only_what_was_seen_counts(example: Facts) -> None:
    result = growth(example, NOVEMBER).insights

    assert result.days == between(13, 30)
    assert counts(result) == (4, 1, 0, 1, 4)
    assert moves(result.came) == {"b": november(15)}
    assert moves(result.left) == {"g": november(21)}


def test_products_count_customers_with_an_active_subscription(example: Facts) -> None:
    products = growth(example, NOVEMBER).products
    assert [(each.product, each.customers, each.earlier) for each in products] == [
        ("Microsoft 365 E3", 3, LATER),
        ("Azure Plan", 1, LATER),
    ]


def test_months_before_the_first_sync_are_known_by_the_days_subscriptions_tell(
    example: Facts,
) -> None:
    months = {each.month: each for each in growth(example).months}

    assert len(months) == 12
    september = months[date(2026, 9, 1)]
    assert (september.power_bi, september.over) == (GrowthCount(5, 1, 0, 0, 6), True)
    assert september.insights == GrowthCount(LATER, LATER, LATER, LATER, LATER)
    assert months[date(2026, 11, 1)].insights == GrowthCount(LATER, LATER, LATER, LATER, 4)


def test_after_the_first_sync_alone_nobody_is_new(tmp_path: Path) -> None:
    facts = told(tmp_path, {november(12): [*BEFORE.values()]})
    result = growth(facts, between(11, 12))

    assert counts(result.power_bi) == (5, 0, 0, 0, 5)
    assert counts(result.insights) == (LATER, LATER, LATER, LATER, 4)
    assert (result.insights.came, result.insights.left) == ((), ())


def test_who_comes_back_is_returned_and_not_new(tmp_path: Path) -> None:
    ended = sub("a", "s1", "deprovisioned", deprovisioned=november(5))
    again = sub("a", "s2", created=november(20))
    days = {
        november(3): [sub("a", "s1")],
        november(6): [ended],
        november(21): [ended, again],
    }
    result = growth(told(tmp_path, days), NOVEMBER)

    assert counts(result.power_bi) == (1, 0, 1, 1, 1)
    assert counts(result.insights) == (1, 0, 1, 1, 1)
    assert [each.returned for each in result.power_bi.came] == [True]


def test_who_moves_to_another_subscription_neither_leaves_nor_comes(tmp_path: Path) -> None:
    moved = sub("a", "old", "deprovisioned", deprovisioned=november(9))
    days = {
        november(3): [sub("a", "old")],
        november(10): [moved, sub("a", "new", created=november(9))],
    }
    result = growth(told(tmp_path, days), NOVEMBER)

    assert counts(result.power_bi) == (1, 0, 0, 0, 1)
    assert counts(result.insights) == (1, 0, 0, 0, 1)


def test_a_rename_is_no_growth_and_two_of_one_name_are_two(tmp_path: Path) -> None:
    days = {
        november(3): [sub("a", "s1"), sub("b", "s2")],
        november(10): [{**sub("a", "s1"), "customer": "b"}, sub("b", "s2")],
    }
    result = growth(told(tmp_path, days), NOVEMBER)

    assert counts(result.power_bi) == counts(result.insights) == (2, 0, 0, 0, 2)


def test_an_old_subscription_that_is_seen_late_makes_nobody_new(tmp_path: Path) -> None:
    days = {november(3): [sub("a", "s1")], november(10): [sub("a", "s1"), sub("b", "s2")]}
    result = growth(told(tmp_path, days), NOVEMBER)

    assert counts(result.power_bi) == (2, 0, 0, 0, 2)
    assert counts(result.insights) == (1, 0, 1, 0, 2)


def test_a_subscription_without_a_day_of_purchase_makes_nobody_new(tmp_path: Path) -> None:
    line = sub("a", "s1", created=None, starts=None)
    result = growth(told(tmp_path, {november(3): [line]}), NOVEMBER)

    assert counts(result.power_bi) == (1, 0, 0, 0, 1)
    assert [each.sentence for each in result.stamp.left_out] == ["stamp-undated"]


def test_who_left_the_partners_list_has_left_though_subscriptions_stand(tmp_path: Path) -> None:
    both = [sub("a", "s1"), sub("b", "s2")]
    days = {november(3): both, november(10): both}
    result = growth(told(tmp_path, days, unlisted={november(10): ["b"]}), NOVEMBER)

    assert counts(result.power_bi) == counts(result.insights) == (2, 0, 0, 1, 1)
    assert moves(result.power_bi.left) == {"b": november(10)}


def test_an_unknown_state_counts_nowhere_and_is_named(tmp_path: Path) -> None:
    lines = [sub("a", "s1"), sub("b", "s2", "warned")]
    result = growth(told(tmp_path, {november(3): lines}), NOVEMBER)

    assert counts(result.power_bi)[-1] == 1
    (said,) = result.stamp.left_out
    assert said.values == {"n": 1, "words": "“warned”"}


def test_a_limited_reader_gets_the_growth_of_their_customers(tmp_path: Path) -> None:
    facts = told(tmp_path, EXAMPLE, visible=frozenset({tenant("a"), tenant("b"), tenant("g")}))
    result = growth(facts, NOVEMBER)

    assert counts(result.power_bi) == (2, 1, 0, 0, 3)
    assert counts(result.insights) == (2, 1, 0, 1, 2)
    assert (result.seen, result.everyone) == (3, False)


def test_the_rate_is_the_last_full_month_against_the_first(example: Facts) -> None:
    rate = growth(example, Period(date(2026, 8, 1), november(29))).power_bi.rate
    assert rate is not None
    assert (rate.first, rate.before) == (date(2025, 12, 1), 5)
    assert (rate.last, rate.after) == (date(2026, 10, 1), 6)


def test_days_that_are_not_known_have_no_figures(example: Facts) -> None:
    early = growth(example, Period(date(2020, 1, 1), date(2020, 1, 31)))
    assert set(counts(early.power_bi)) == {LATER}
    late = growth(example, Period(date(2026, 12, 1), date(2026, 12, 2)))
    assert set(counts(late.power_bi)) == {Unknown(Why.NEVER_CAME, "subscription_insights")}


DAYS = [november(day) for day in (3, 9, 16, 24)]
STATES = st.sampled_from(["active", "suspended", "deprovisioned", "gone"])
HISTORY = st.lists(STATES, min_size=len(DAYS), max_size=len(DAYS))
BOUGHT = st.integers(min_value=-40, max_value=20)


@st.composite
def worlds(draw: st.DrawFn) -> Mapping[date, list[Line]]:
    days: dict[date, list[Line]] = {day: [] for day in DAYS}
    for number in range(draw(st.integers(1, 5))):
        customer, bought = draw(st.sampled_from("abc")), november(1) + timedelta(draw(BOUGHT))
        for day, state in zip(DAYS, draw(HISTORY), strict=True):
            if state != "gone" and bought <= day:
                ended = {"deprovisioned": day} if state == "deprovisioned" else {}
                line = sub(customer, f"s{number}", state, created=bought, starts=bought, **ended)
                days[day].append(line)
    return days


def _empty_generation() -> Path:
    return built_once("growth", make_empty) / "facts"


def make_empty(folder: Path) -> None:
    told(folder, {DAYS[-1]: []})


@settings(max_examples=200 if are_long() else 20, deadline=None)
@given(worlds(), st.integers(1, 24), st.integers(0, 20))
def test_each_end_is_the_start_with_who_came_and_without_who_left(
    days: Mapping[date, list[Line]], first: int, length: int
) -> None:
    with TemporaryDirectory() as folder:
        facts = rewritten(_empty_generation(), Path(folder), days)
        whole = growth(facts, NOVEMBER)
        result = growth(facts, Period(november(first), november(min(first + length, 30))))
    for each in (whole, result):
        for defined in (each.power_bi, each.insights):
            _adds_up(defined.count)
        _contains(each)
    for month in whole.months:
        _adds_up(month.power_bi)
        _adds_up(month.insights)


def _adds_up(count: GrowthCount) -> None:
    if all(isinstance(each, int) for each in (count.start, count.new, count.churned)):
        assert isinstance(count.net, int)
        assert isinstance(count.start, int)
        assert count.end == count.start + count.net


def _contains(result: GrowthResult) -> None:
    """By the app there are never fewer customers than by Insights."""
    wide, narrow = result.power_bi.count, result.insights.count
    for one, other in ((wide.end, narrow.end),):
        if isinstance(one, int) and isinstance(other, int):
            assert one >= other


def test_growth_of_the_made_up_partner_is_that_of_its_subscriptions(sample: Facts) -> None:
    assert [each.wrong for each in growth_identities(sample)] == [0, 0]
