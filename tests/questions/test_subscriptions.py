"""Subscriptions: what stands, came and went, what ends soon, and when it is not known."""

from datetime import date
from pathlib import Path

import pytest

from analytics.questions.subscriptions import SubscriptionsResult, subscriptions
from analytics.questions.subscriptions.filters import SubscriptionEvent, SubscriptionTrait
from analytics.questions.subscriptions.states import SubscriptionState
from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS
from analytics.values import Period, Unknown, Why
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark, Reason
from handlers.commands.subscriptions.rows import subscription_table
from handlers.messages.speaker import speaker
from tests.questions.subscribing import (
    EVE,
    SECOND,
    TODAY,
    asked,
    everyday_facts,
    example_facts,
    line,
    listed,
    own,
    told,
)
from tests.warehouse.rows import opened, publish, seats, tenant
from tests.warehouse.sights import sight

INSIGHTS = SUBSCRIPTION_INSIGHTS.name


@pytest.fixture
def example() -> SubscriptionsResult:
    """What is told of the specification's rows on 30 November."""
    return subscriptions(example_facts(), None, None)


def test_the_example_of_the_specification_has_its_numbers(example: SubscriptionsResult) -> None:
    assert (example.total, example.active, example.suspended) == (6, 4, 2)
    assert (example.expiring, example.expired) == (1, 2)
    assert (example.new, example.ended_in_period, example.suspended_in_period) == (1, 1, 1)
    assert example.churn == 2
    assert (example.day, example.period) == (TODAY, Period(date(2026, 11, 1), TODAY))


def test_the_example_tells_the_rest_of_the_figures(example: SubscriptionsResult) -> None:
    assert (example.ended, example.other, example.trials_ending) == (2, 0, 1)
    assert (example.active_seats, example.suspended_seats, example.trial_seats) == (120, 38, 25)
    assert (example.by_usage, example.not_renewing, example.new_since_yesterday) == (1, 0, 0)
    assert example.usage_share.value == 1 / 6  # type: ignore[union-attr]  # it is known
    ends = {each.subscription: each.ends for each in example.rows}
    assert list(ends) == ["s4", "s8", "s6", "s1", "s3", "s7"]
    assert ends["s7"] is None


def test_a_first_sync_dates_no_suspension_and_births_nothing(tmp_path: Path) -> None:
    rows = (line("a/1", "suspended"), line("a/2"), line("a/3", created=EVE))
    result = subscriptions(told(tmp_path, *rows), None, None)
    assert (result.suspended, result.suspended_in_period) == (1, 0)
    assert (result.new, result.new_since_yesterday, result.months[-1].new) == (1, 1, 1)
    assert result.seen_since == TODAY


def test_a_suspension_is_dated_by_its_own_edge_whatever_changes_later() -> None:
    since, after = Period(SECOND, TODAY), Period(date(2026, 11, 13), TODAY)
    assert asked("held").suspended == 2
    assert asked("held", since).suspended_in_period == 1
    assert asked("held", after).suspended_in_period == 0
    assert listed("held", since, state=SubscriptionState.SUSPENDED) == ["1"]


def test_an_end_far_ahead_is_none() -> None:
    result = asked("far")
    assert {each.ends: each.count for each in result.rows} == {None: 3, date(2060, 1, 1): 1}
    assert (result.expiring, result.expired) == (0, 0)


def test_what_differs_in_nothing_but_its_seats_is_one_line_with_its_number() -> None:
    result = asked("far")
    together = result.rows[-1]
    assert (together.subscription, together.count, together.quantity) == ("1", 3, 30)
    assert result.matches == sum(each.count for each in result.rows) == 4
    (listed_table,) = subscription_table(result, speaker("en"))
    names = [row[0] for row in listed_table.rows]
    assert names == ["Microsoft 365 E3", "Microsoft 365 E3 (3 subscriptions)"]


def test_both_ends_of_each_window_are_in_it() -> None:
    result = asked("window")
    assert (result.expired, result.expiring) == (1, 2)
    assert (result.new, result.new_since_yesterday) == (3, 2)


def test_the_source_that_was_fetched_later_tells_the_state(tmp_path: Path) -> None:
    lists = {"a": [own("a/1", "suspended", quantity=7), own("a/2", "none"), own("a/3", "deleted")]}
    lines = (line("a/1"), line("a/2"), line("a/3"))
    result = subscriptions(told(tmp_path, *lines, lists=lists), None, None)
    assert (result.active, result.suspended, result.ended, result.other) == (1, 1, 1, 0)
    assert (result.disputed, result.suspended_seats) == (2, 7)
    later = told(tmp_path, *lines, day=date(2026, 12, 1))
    result = subscriptions(later, None, None)
    assert (result.active, result.suspended, result.ended, result.disputed) == (3, 0, 0, 2)
    assert result.active_seats == 30


def test_a_customers_own_list_adds_what_the_analytics_lack() -> None:
    one, two, three = asked("own").rows
    assert (one.product, one.nickname, one.term) == ("Microsoft 365 E3", "Sales", "P1Y")
    assert (one.billing_cycle, one.cancellable_until) == ("annual", date(2026, 12, 4))
    assert [each.legacy for each in (one, two, three)] == [False, True, None]
    assert listed("own", trait=SubscriptionTrait.LEGACY) == ["2"]


def test_what_the_analytics_do_not_have_yet_is_said_and_not_counted() -> None:
    assert (asked("own").total, asked("own").not_analysed) == (3, 1)


def test_without_customers_own_lists_what_rests_on_them_is_unknown() -> None:
    result = subscriptions(example_facts(), None, None)
    never = Unknown(Why.NEVER_CAME, SUBSCRIPTIONS.name)
    assert (result.disputed, result.not_analysed) == (never, never)


def test_a_word_of_no_state_is_another_counted_apart_and_named() -> None:
    result = asked("odd")
    assert (result.total, result.other, result.ended, result.new) == (1, 2, 0, 0)
    (apart,) = result.stamp.left_out
    assert apart.values == {"n": 2, "words": "“frozen”, “warned”"}
    assert listed("odd", state=SubscriptionState.OTHER) == ["2", "3"]


def test_what_stands_for_a_customer_who_left_the_list_is_not_counted() -> None:
    result = asked("left")
    assert (result.total, result.ended_in_period, result.rows) == (0, 1, ())
    assert [each.values for each in result.stamp.left_out] == [{"n": 1}]
    assert listed("left", state=SubscriptionState.ENDED) == ["2"]


def test_trials_are_told_apart_from_what_is_paid() -> None:
    result = asked("trying")
    assert (result.trials_ending, result.converted) == (1, 1)
    assert (result.trial_seats, result.active_seats) == (25, 5)
    assert listed("trying", trait=SubscriptionTrait.TRIAL) == ["1"]
    assert listed("trying", event=SubscriptionEvent.CONVERTED) == ["2"]


def test_what_is_billed_by_usage_has_no_seats() -> None:
    result = asked("azure")
    assert (result.by_usage, result.active_seats, result.not_renewing) == (2, 0, 0)
    assert [each.quantity for each in result.rows] == [None, None]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"state": SubscriptionState.ENDED}, ["4"]),
        ({"event": SubscriptionEvent.NEW}, ["3"]),
        ({"event": SubscriptionEvent.EXPIRING}, ["2"]),
        ({"event": SubscriptionEvent.EXPIRED}, ["1"]),
        ({"event": SubscriptionEvent.RENEWED}, ["3"]),
        ({"trait": SubscriptionTrait.MONTHLY}, ["2"]),
        ({"trait": SubscriptionTrait.ANNUAL}, ["1", "3"]),
        ({"trait": SubscriptionTrait.TRIENNIAL}, []),
        ({"trait": SubscriptionTrait.NOT_RENEWING}, ["2"]),
        ({"trait": SubscriptionTrait.BY_USAGE}, []),
        ({"state": SubscriptionState.ACTIVE, "trait": SubscriptionTrait.MONTHLY}, ["2"]),
        ({}, ["1", "2", "3"]),
    ],
)
def test_words_narrow_the_list(words: dict[str, object], found: list[str]) -> None:
    assert listed("words", **words) == found
    assert asked("words", **words).matches == len(found)


def test_months_are_those_of_the_sources_days_and_the_last_is_not_over() -> None:
    months = asked("months").months
    assert len(months) == 12
    assert {m.month: (m.new, m.ended) for m in months if m.new or m.ended} == {
        date(2025, 12, 1): (1, 0),
        date(2026, 1, 1): (0, 1),
        date(2026, 11, 1): (1, 0),
    }
    assert [m.month for m in months if m.partial] == [date(2026, 11, 1)]
    two_years = asked("months", Period(date(2024, 1, 1), date(2025, 12, 31))).months
    assert (len(two_years), two_years[-1].month) == (24, date(2025, 12, 1))


def test_seats_of_add_ons_are_counted_apart() -> None:
    result = asked("named")
    assert (result.active, result.active_seats, result.addon_seats) == (2, 10, 4)


def test_products_are_one_whatever_their_letters() -> None:
    products = asked("named").products
    assert [(each.product, each.active, each.suspended) for each in products] == [
        ("Microsoft 365 E3", 2, 0),
        ("Visio", 0, 1),
    ]


def test_a_limited_reader_counts_their_own_alone() -> None:
    facts = Facts(everyday_facts().generation, sight((tenant("words"), tenant("own"))))
    result = subscriptions(facts, None, None)
    assert (result.total, result.everyone) == (6, False)
    assert {each.customer.id for each in result.rows} == {tenant("words"), tenant("own")}


def test_analytics_that_never_came_are_unknown_and_never_nought(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    result = subscriptions(opened(tmp_path), None, None)
    never = Unknown(Why.NEVER_CAME, INSIGHTS)
    assert (result.total, result.churn, result.new, result.matches) == (never,) * 4
    assert (result.rows, result.products, result.months) == ((), (), ())


def test_analytics_that_never_came_whole_are_unknown(tmp_path: Path) -> None:
    late = Mark(INSIGHTS, None, (Reason("sync-why-unfinished"),))
    result = subscriptions(told(tmp_path, line("a/1"), marks=(late,)), None, None)
    assert result.total == Unknown(Why.NOT_WHOLE, INSIGHTS)
    assert result.stamp.incomplete == (INSIGHTS, SUBSCRIPTIONS.name)
