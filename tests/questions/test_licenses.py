"""Seats sold, added and reduced: the worked example, edges, moves, and the identity of months."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from analytics.questions.licenses import Direction, NetChange, licenses
from analytics.questions.licenses.identities import (
    flow_faults,
    licence_checks,
    sum_faults,
)
from analytics.questions.topics import find_topics
from analytics.values import Customer, Period, Unknown, Why
from analytics.warehouse.facts import Facts
from tests.questions.asking import between, november
from tests.questions.licence_world import CASES, E5, figures, of_case, short, world
from tests.questions.subscribed import sub, told
from tests.warehouse.rows import tenant
from tests.warehouse.sights import sight

LATER = Unknown(Why.LATER, "subscription_insights")


def test_the_worked_example_has_its_numbers() -> None:
    result = of_case("worked example", between(1, 30))

    assert figures(result.flow) == (460, 15, 5, 470)
    assert result.total == 470
    assert [short(each) for each in result.events] == [
        ("s1", november(20), 475, 470, "comparison"),
        ("s1", november(12), 460, 475, "record"),
    ]
    found, logged = result.events
    assert (found.seen, found.logged, found.moment) == (november(13), True, None)
    assert (logged.moment, logged.who) == (datetime(2026, 11, 12), "ann@partner.example")  # noqa: DTZ001 as the column has it


def test_a_reader_who_sees_no_persons_is_not_told_who() -> None:
    viewer = Facts(world().generation, sight(persons=False))
    result = licenses(viewer, Customer(tenant("worked example"), ""), None)

    assert [each.who for each in result.events] == ["", ""]
    assert (result.names_persons, result.total, viewer.secrets) == (False, 470, set())


def test_the_newest_days_are_the_last_and_the_one_before_it() -> None:
    assert figures(of_case("newest").newest) == (12, 2, 1, 13)


def test_the_first_load_adds_nothing() -> None:
    result = of_case("first load")

    assert (result.known, figures(result.flow)) == (november(1), (15, 0, 0, 15))
    assert result.events == ()


def test_after_the_first_sync_alone_the_seats_are_known_and_no_change(tmp_path: Path) -> None:
    facts = told(tmp_path, {november(12): [sub("a", "s1", created=november(12))]})
    result = licenses(facts, None, None)

    assert figures(result.flow) == (LATER, LATER, LATER, 10)
    assert (result.total, result.events, flow_faults(result)) == (10, (), 0)


def test_a_customers_own_answer_is_their_part_of_all() -> None:
    joined = frozenset({tenant("joined")})
    alone = licenses(world().only(joined), Customer(tenant("joined"), ""), between(2, 30))

    assert figures(alone.flow) == figures(of_case("joined").flow)


@pytest.mark.parametrize(
    ("name", "flow", "events"),
    [
        ("bought", (10, 20, 0, 30), [("s2", november(11), 0, 20, "source")]),
        ("joined", (7, 20, 0, 27), [("s2", november(11), 0, 20, "source")]),
        ("found", (10, 5, 0, 15), [("s2", november(13), 0, 5, "comparison")]),
        ("converted", (0, 25, 0, 25), [("t", november(13), 0, 25, "comparison")]),
        ("suspended", (14, 0, 4, 10), [("s2", november(13), 4, 0, "comparison")]),
        ("left", (7, 0, 7, 0), [("s1", november(13), 7, 0, "comparison")]),
        ("unlisted number", (10, 0, 0, 10), []),
    ],
)
def test_what_comes_and_goes_counts_once(
    name: str, flow: tuple[int, ...], events: list[tuple[object, ...]]
) -> None:
    result = of_case(name)

    assert figures(result.flow) == flow
    assert [short(each) for each in result.events] == events


@pytest.mark.parametrize(
    "name",
    [
        *("nine days", "other difference", "other subscription", "failed record"),
        *("without before", "later record"),
    ],
)
def test_a_record_that_does_not_fit_dates_nothing(name: str) -> None:
    (event,) = of_case(name).events
    assert short(event) == ("s1", november(20), 460, 475, "comparison")


def test_a_record_of_another_customer_dates_nothing() -> None:
    assert short(of_case("unlogged").events[0])[1:] == (november(20), 11, 12, "comparison")


def test_a_record_eight_days_before_dates_its_change() -> None:
    assert [each.day for each in of_case("eight days").events] == [november(12)]


def test_the_log_is_said_to_have_no_record_only_where_it_was_searched() -> None:
    assert [(each.seen, each.logged) for each in of_case("unlogged").events] == [
        (november(13), True),
        (november(1), False),
    ]


def test_analytics_narrow_the_days_between_which_a_change_lies() -> None:
    (event,) = of_case("narrowed").events
    assert (event.seen, event.day) == (november(9), november(20))


def test_what_no_list_tells_is_told_by_the_analytics() -> None:
    assert figures(of_case("analysed").flow) == (10, 1, 0, 11)


def test_a_migration_is_moved_and_neither_added_nor_reduced() -> None:
    result = of_case("migrated")

    assert (figures(result.flow), result.moved) == ((30, 0, 0, 30), 30)
    assert [(each.source, each.product, each.change) for each in result.events] == [
        ("Microsoft 365 E3", "Office 365 E3", 30)
    ]
    for last in (9, 12, 13, 15):  # the seats are never gone, nor there twice
        assert figures(of_case("migrated", between(2, last)).flow) == (30, 0, 0, 30)


def test_an_upgrade_of_some_seats_is_moved() -> None:
    result = of_case("upgraded")

    assert figures(result.flow) == (150, 0, 0, 150)
    assert result.products == (NetChange("Microsoft 365 E3", 0, 0, -20), NetChange(E5, 0, 0, 20))


@pytest.mark.parametrize(
    ("name", "gained"), [("four days", 20), ("other seats", 21), ("other family", 20)]
)
def test_what_is_no_move_is_added_and_reduced(name: str, gained: int) -> None:
    result = of_case(name)

    assert figures(result.flow) == (100, gained, 20, 80 + gained)
    assert result.moved == 0


def test_what_was_carried_over_is_moved_whatever_it_is_called() -> None:
    result = of_case("carried over")
    assert (result.moved, result.flow.adds, result.flow.reductions) == (30, 0, 0)


def test_moves_of_two_customers_do_not_meet() -> None:
    assert figures(of_case("moves out").flow) == (33, 0, 33, 0)
    assert figures(of_case("moves in").flow) == (1, 33, 0, 34)


def test_a_product_has_what_moved_into_it(sample: Facts) -> None:
    contoso = next(each for each in sample.people.customers if each.name == "Contoso")
    (topic,) = find_topics(sample, contoso, "microsoft 365 e5")
    result = licenses(sample, contoso, Period(date(2026, 9, 1), november(22)), topic)

    assert (result.flow.start, result.flow.moved, result.flow.end) == (150, 20, 170)
    assert flow_faults(result) == 0


def test_trials_and_azure_plans_are_no_seats() -> None:
    result = of_case("no seats")
    assert (result.total, result.trials, result.flow.adds) == (10, 25, 0)


@pytest.mark.parametrize(
    ("name", "unusual"),
    [
        ("long ago", True),
        ("window over", True),
        ("window open", False),
        ("renewed", False),
        ("legacy", False),
        ("term over", False),
        ("term over before", True),
        ("given back", False),
        ("left", False),
    ],
)
def test_a_reduction_outside_of_the_window_is_marked(name: str, *, unusual: bool) -> None:
    newest = of_case(name).events[0]
    assert (newest.change < 0, newest.unusual) == (True, unusual)


def test_only_reductions_are_listed_on_request() -> None:
    result = of_case("worked example", between(1, 30), direction=Direction.REDUCED)

    assert (result.matches, [each.change for each in result.events]) == (1, [-5])
    assert figures(result.flow) == (460, 15, 5, 470)


def test_days_that_are_not_known_have_no_figures() -> None:
    early = of_case("bought", Period(date(2020, 1, 1), date(2020, 1, 31)))
    assert set(figures(early.flow)) == {LATER}
    late = of_case("bought", Period(date(2026, 12, 1), date(2026, 12, 2)))
    assert set(figures(late.flow)) == {Unknown(Why.NEVER_CAME, "subscription_insights")}


def test_a_limited_reader_is_told_of_their_customers() -> None:
    facts = world().only(frozenset({tenant("bought"), tenant("moves out")}))
    result = licenses(facts, None, between(2, 30))

    assert figures(result.flow) == (43, 20, 33, 30)
    assert [each.name for each in result.customers] == ["moves out", "bought"]


def test_all_cases_together_are_the_sums_of_each() -> None:
    some = [*CASES][::4]
    facts = world().only(frozenset(map(tenant, some)))
    own = [of_case(name) for name in some]

    assert sum_faults(licenses(facts, None, between(2, 30)), own) == 0
    assert [each.wrong for each in licence_checks(world())] == [0, 0]


def test_seats_of_the_made_up_partner_add_up(sample: Facts) -> None:
    assert [each.wrong for each in licence_checks(sample)] == [0, 0]


def test_a_month_that_does_not_add_up_is_a_fault() -> None:
    result = of_case("bought")
    last = result.months[-1]
    wrong = replace(last, flow=replace(last.flow, adds=21))

    assert flow_faults(result) == 0
    assert flow_faults(replace(result, months=(*result.months[:-1], wrong))) == 1
