"""Subscriptions: what stands, came and went, what ends soon, and when it is not known."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from analytics.questions.subscription_filters import (
    SubscriptionEvent,
    SubscriptionFilter,
    SubscriptionTrait,
)
from analytics.questions.subscription_states import SubscriptionState
from analytics.questions.subscriptions import SubscriptionsResult, subscriptions
from analytics.tables import (
    CUSTOMERS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    Cell,
    Dataset,
    Row,
)
from analytics.values import Customer, Period, Unknown, Why
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark, Reason
from tests.warehouse.rows import opened, publish, seats, tenant
from tests.warehouse.staged import row, sync

TODAY = date(2026, 11, 30)
EVE = date(2026, 11, 29)
INSIGHTS = SUBSCRIPTION_INSIGHTS.name
OFFER = "CFQ7TTC0LH18:0001:CFQ7TTC0ABCD"


def line(name: str, status: str = "active", **cells: Cell) -> Row:
    """A line of the analytics: s1 of a, ten seats bought long ago, unless told otherwise."""
    whose, _, number = name.partition("/")
    usual: dict[str, Cell] = {
        "tenant": tenant(whose),
        "customer": whose,
        "subscription": number,
        "status": status,
        "product_name": "MICROSOFT 365 E3",
        "subscription_type": "Office",
        "auto_renew": True,
        "quantity": 10,
        "created": date(2024, 3, 1),
        "ends": date(2027, 2, 28),
    }
    return row(SUBSCRIPTION_INSIGHTS, **usual | cells)


def own(name: str, status: str = "active", **cells: Cell) -> Row:
    """The same subscription in the customer's own list."""
    whose, _, number = name.partition("/")
    usual: dict[str, Cell] = {
        "tenant": tenant(whose),
        "subscription": number,
        "status": status,
        "offer": OFFER,
        "product_name": "Microsoft 365 E3",
        "quantity": 10,
        "unit": "Licenses",
        "billing": "license",
        "term": "P1Y",
        "auto_renew": True,
        "trial": False,
        "ends": date(2027, 2, 28),
    }
    return row(SUBSCRIPTIONS, **usual | cells)


def told(
    folder: Path,
    *lines: Row,
    lists: dict[str, list[Row]] | None = None,
    customers: tuple[str, ...] | None = None,
    day: date = TODAY,
    marks: tuple[Mark, ...] = (),
) -> Facts:
    """Facts of a sync of that day, for a reader of everything."""
    given: dict[Dataset, dict[str, list[Row] | None]] = {SUBSCRIPTION_INSIGHTS: {"": list(lines)}}
    fetched = [Mark(INSIGHTS, day)]
    if lists is not None:
        given[SUBSCRIPTIONS] = {tenant(each): rows for each, rows in lists.items()}
        fetched.append(Mark(SUBSCRIPTIONS.name, day))
    if customers is not None:
        known = [row(CUSTOMERS, tenant=tenant(each), customer=each) for each in customers]
        given[CUSTOMERS] = {"": known}
        fetched.append(Mark(CUSTOMERS.name, day))
    sync(folder, day, given, *(marks or fetched))
    return opened(folder / "facts")


def reference(day: date) -> Iterator[Row]:
    """The rows of the specification's examples, as the analytics told them on a day."""
    yield line("a/s1", quantity=100)
    yield line("a/s2", "deprovisioned", deprovisioned=date(2026, 2, 9), ends=date(2026, 2, 9))
    yield line("b/s3", quantity=20, created=date(2026, 11, 15), ends=date(2027, 11, 14))
    yield line("c/s4", "suspended", quantity=30, ends=date(2026, 5, 31))
    yield line("d/s5", "deprovisioned", deprovisioned=date(2026, 11, 10), ends=date(2026, 11, 9))
    trial = date(2026, 12, 20)
    yield line("e/s6", quantity=25, created=date(2026, 9, 5), ends=trial, trial_ends=trial)
    plan: dict[str, Cell] = {"subscription_type": "Azure", "ends": date(9999, 12, 31)}
    yield line("f/s7", quantity=None, **plan)
    state = "active" if day < date(2026, 11, 21) else "suspended"
    yield line("g/s8", state, quantity=8, ends=date(2026, 11, 20))


@cache
def _reference_folder() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory()
    for day in (date(2026, 11, 20), date(2026, 11, 21), TODAY):
        told(Path(folder.name), *reference(day), day=day)
    return folder


@pytest.fixture
def example() -> SubscriptionsResult:
    """What is told of the reference rows on 30 November."""
    return subscriptions(opened(Path(_reference_folder().name) / "facts"), None, None)


def names(result: SubscriptionsResult) -> list[str]:
    return [each.subscription for each in result.rows]


def listed(facts: Facts, **words: object) -> list[str]:
    return names(subscriptions(facts, None, None, SubscriptionFilter(**words)))  # type: ignore[arg-type]


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
    assert names(example) == ["s4", "s8", "s6", "s1", "s3", "s7"]
    assert {each.subscription: each.ends for each in example.rows}["s7"] is None


def test_a_first_sync_dates_no_suspension_and_births_nothing(tmp_path: Path) -> None:
    rows = (line("a/1", "suspended"), line("a/2"), line("a/3", created=EVE))
    result = subscriptions(told(tmp_path, *rows), None, None)
    assert (result.suspended, result.suspended_in_period) == (1, 0)
    assert (result.new, result.new_since_yesterday, listed_new(result)) == (1, 1, 1)


def listed_new(result: SubscriptionsResult) -> int:
    """New ones of the last month shown."""
    return result.months[-1].new


def test_a_suspension_is_dated_by_its_own_edge_whatever_changes_later(tmp_path: Path) -> None:
    told(tmp_path, line("a/1"), line("a/2", "suspended"), day=date(2026, 11, 10))
    told(tmp_path, line("a/1", "suspended"), line("a/2", "suspended"), day=date(2026, 11, 12))
    more = line("a/1", "suspended", quantity=3), line("a/2", "suspended", quantity=3)
    facts = told(tmp_path, *more)
    for days, count in (
        (Period(date(2026, 11, 12), TODAY), 1),
        (Period(date(2026, 11, 13), TODAY), 0),
    ):
        result = subscriptions(facts, None, days)
        assert (result.suspended, result.suspended_in_period) == (2, count)
    found = subscriptions(facts, None, Period(date(2026, 11, 12), TODAY), SUSPENDED)
    assert names(found) == ["1"]


SUSPENDED = SubscriptionFilter(SubscriptionState.SUSPENDED)


@pytest.mark.parametrize(
    ("ends", "known"),
    [
        (date(9999, 12, 31), None),
        (date(2066, 12, 31), None),
        (date(2060, 1, 1), date(2060, 1, 1)),
        (None, None),
    ],
)
def test_an_end_far_ahead_is_none(tmp_path: Path, ends: date | None, known: date | None) -> None:
    result = subscriptions(told(tmp_path, line("a/1", ends=ends)), None, None)
    assert [each.ends for each in result.rows] == [known]
    assert (result.expiring, result.expired) == (0, 0)


def test_both_ends_of_each_window_are_in_it(tmp_path: Path) -> None:
    ends = [date(2026, 11, 29), TODAY, date(2026, 12, 30), date(2026, 12, 31)]
    made = [date(2026, 10, 31), date(2026, 11, 1), EVE, TODAY]
    rows = [
        line(f"a/{at}", ends=end, created=day)
        for at, (end, day) in enumerate(zip(ends, made, strict=True))
    ]
    result = subscriptions(told(tmp_path, *rows), None, None)
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


def test_a_customers_own_list_adds_what_the_analytics_lack(tmp_path: Path) -> None:
    moment = datetime(2026, 12, 4, 10, 12)  # noqa: DTZ001 as the column has it, in UTC
    mine = own("a/1", cancellable_until=moment, billing_cycle="annual", nickname="Sales")
    legacy = own("a/2", offer="796b6b5f-613c-4e24-a17c-eba730d49c02", term="")
    facts = told(tmp_path, line("a/1"), line("a/2"), line("a/3"), lists={"a": [mine, legacy]})
    one, two, three = subscriptions(facts, None, None).rows
    assert (one.product, one.nickname, one.term) == ("Microsoft 365 E3", "Sales", "P1Y")
    assert (one.billing_cycle, one.cancellable_until) == ("annual", date(2026, 12, 4))
    assert [each.legacy for each in (one, two, three)] == [False, True, None]
    assert listed(facts, trait=SubscriptionTrait.LEGACY) == ["2"]


def test_what_the_analytics_do_not_have_yet_is_said_and_not_counted(tmp_path: Path) -> None:
    facts = told(tmp_path, line("a/1"), lists={"a": [own("a/1"), own("a/2", "pending")]})
    result = subscriptions(facts, None, None)
    assert (result.total, result.not_analysed) == (1, 1)


def test_without_customers_own_lists_what_rests_on_them_is_unknown(tmp_path: Path) -> None:
    result = subscriptions(told(tmp_path, line("a/1")), None, None)
    never = Unknown(Why.NEVER_CAME, SUBSCRIPTIONS.name)
    assert (result.disputed, result.not_analysed) == (never, never)
    assert result.total == 1


def test_a_word_of_no_state_is_another_counted_apart_and_named(tmp_path: Path) -> None:
    rows = (line("a/1"), line("a/2", "warned", created=EVE), line("a/3", "frozen"))
    result = subscriptions(told(tmp_path, *rows), None, None)
    assert (result.total, result.other, result.ended, result.new) == (1, 2, 0, 0)
    (apart,) = result.stamp.left_out
    assert apart.values == {"n": 2, "words": "“frozen”, “warned”"}
    assert listed(opened(tmp_path / "facts"), state=SubscriptionState.OTHER) == ["2", "3"]


def test_what_stands_for_a_customer_who_left_the_list_is_not_counted(tmp_path: Path) -> None:
    rows = (line("a/1"), line("b/2"), line("b/3", "deprovisioned", deprovisioned=EVE))
    told(tmp_path, *rows, customers=("a", "b"), day=EVE)
    result = subscriptions(told(tmp_path, *rows, customers=("a",)), None, None)
    assert (result.total, result.ended_in_period, names(result)) == (1, 1, ["1"])
    assert [each.values for each in result.stamp.left_out] == [{"n": 1}]


def test_trials_are_told_apart_from_what_is_paid(tmp_path: Path) -> None:
    soon, past = date(2026, 12, 9), date(2026, 11, 9)
    rows = (
        line("a/1", quantity=25, trial_ends=soon, ends=soon),
        line("a/2", quantity=5, trial_ends=past, converted=past),
    )
    facts = told(tmp_path, *rows)
    result = subscriptions(facts, None, None)
    assert (result.trials_ending, result.converted) == (1, 1)
    assert (result.trial_seats, result.active_seats) == (25, 5)
    assert listed(facts, trait=SubscriptionTrait.TRIAL) == ["1"]
    assert listed(facts, event=SubscriptionEvent.CONVERTED) == ["2"]


def test_what_is_billed_by_usage_has_no_seats(tmp_path: Path) -> None:
    plan: dict[str, Cell] = {"subscription_type": "Azure", "quantity": None, "auto_renew": None}
    by_list = own("a/2", billing="usage", quantity=1, unit="Usage-based")
    facts = told(tmp_path, line("a/1", **plan), line("a/2"), lists={"a": [by_list]})
    result = subscriptions(facts, None, None)
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
    assert listed(_narrowed(), **words) == found


@cache
def _narrowed() -> Facts:
    lists = [
        own("a/1", ends=EVE),
        own("a/2", term="P1M", auto_renew=False, ends=date(2026, 12, 5)),
        own("a/3"),
        own("a/4", "deleted"),
    ]
    rows = (
        line("a/1", ends=EVE),
        line("a/2", ends=date(2026, 12, 5), auto_renew=False),
        line("a/3", created=EVE, renewed=EVE),
        line("a/4", "deprovisioned", deprovisioned=date(2026, 1, 3)),
    )
    return told(Path(_kept().name), *rows, lists={"a": lists})


@cache
def _kept() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


def test_months_are_those_of_the_sources_days_and_the_last_is_not_over(tmp_path: Path) -> None:
    ended = line("a/2", "deprovisioned", created=date(2025, 12, 1), deprovisioned=date(2026, 1, 31))
    older = line("a/3", created=date(2025, 11, 30))
    facts = told(tmp_path, line("a/1", created=EVE), ended, older, day=EVE)
    months = subscriptions(facts, None, None).months
    assert len(months) == 12
    assert {m.month: (m.new, m.ended) for m in months if m.new or m.ended} == {
        date(2025, 12, 1): (1, 0),
        date(2026, 1, 1): (0, 1),
        date(2026, 11, 1): (1, 0),
    }
    assert [m.month for m in months if m.partial] == [date(2026, 11, 1)]
    two_years = subscriptions(facts, None, Period(date(2024, 1, 1), date(2025, 12, 31)))
    assert len(two_years.months) == 24
    assert two_years.months[-1].month == date(2025, 12, 1)


def test_products_are_one_whatever_their_letters(tmp_path: Path) -> None:
    rows = [line("a/1"), line("b/2"), line("b/3", "suspended", product_name="VISIO")]
    facts = told(tmp_path, *rows, lists={"a": [own("a/1")]})
    products = subscriptions(facts, None, None).products
    assert [(each.product, each.active, each.suspended) for each in products] == [
        ("Microsoft 365 E3", 2, 0),
        ("VISIO", 0, 1),
    ]


def test_a_limited_reader_counts_their_own_alone(tmp_path: Path) -> None:
    told(tmp_path, line("a/1"), line("b/2"), customers=("a", "b"))
    facts = opened(tmp_path / "facts", frozenset({tenant("a")}))
    result = subscriptions(facts, None, None)
    assert (result.total, result.everyone, names(result)) == (1, False, ["1"])


def test_one_customers_answer_is_their_part_of_all(tmp_path: Path) -> None:
    facts = told(tmp_path, line("a/1"), line("b/2"), customers=("a", "b"))
    result = subscriptions(facts, Customer(tenant("b"), "b"), None)
    assert (result.total, names(result)) == (1, ["2"])


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
