"""All customers together, narrowed to a product or workload."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.questions.portfolio import portfolio
from analytics.questions.seats_on_day import SeatsOnDay
from analytics.questions.topics import Topic
from analytics.questions.usage import usage
from analytics.values import Period, Seats, total
from analytics.warehouse.facts import Facts
from tests.questions.asking import E5, FREE, NOT_MEASURED, between, november
from tests.questions.conftest import Told
from tests.warehouse.rows import E3, Line, opened, publish, seats, use

FABRIKAM = {"customer": "Fabrikam"}
E5_ALONE = Topic("Microsoft 365 E5", frozenset({E5}), None)
SHAREPOINT = Topic("SharePoint", frozenset({E3, FREE}), frozenset({"spo"}))


def test_totals_are_over_the_product_and_those_without_it_are_counted(told: Told) -> None:
    facts = told(
        *(seats(50, 40), seats(9, 2, product=E5), use(3, 9, product=E5)),
        *(seats(30, 5, **FABRIKAM), seats(4, 4, product=E5, customer="Adatum")),
    )
    result = portfolio(facts, None, E5_ALONE)

    assert [each.customer.name for each in result.customers] == ["Contoso", "Adatum"]
    assert (result.sold, result.assigned, result.unassigned, result.active) == (13, 6, 7, 3)
    assert (result.measured, result.idle, result.without_topic) == (9, 6, 1)
    assert result.topic == E5_ALONE


def test_a_workload_counts_its_own_use_and_leaves_free_products_out(told: Told) -> None:
    facts = told(
        *(seats(50, 40), use(30, 50), use(12, 50, workload="spo")),
        *(seats(900, 3, product=FREE), use(5, 900, workload="spo", product=FREE)),
    )
    result = portfolio(facts, None, SHAREPOINT)

    assert (result.sold, result.active, result.idle) == (50, 12, 38)
    assert [each.values for each in result.stamp.left_out] == [{"n": 1, "sold": 900}]


def test_a_free_product_that_is_named_counts(told: Told) -> None:
    facts = told(seats(50, 40), seats(900, 3, product=FREE))
    result = portfolio(facts, None, Topic("Fabric", frozenset({FREE}), None))

    assert (result.sold, result.assigned, result.stamp.left_out) == (900, 3, ())


def test_what_is_bought_first_within_the_period_is_a_change_of_who_was_known_before(
    told: Told,
) -> None:
    early = november(9)
    facts = told(
        *(seats(50, day=early), seats(50), seats(9, product=E5)),
        *(seats(7, product=E5, day=early, **FABRIKAM), seats(1, **FABRIKAM)),
        seats(3, product=E5, customer="Adatum"),
    )
    its = portfolio(facts, between(10, 30), E5_ALONE).change

    assert its
    assert (its.compared, its.added, its.gone, its.sold) == (2, 1, 0, 2)
    assert [(each.customer.name, each.sold_change) for each in its.most_sold] == [
        ("Contoso", 9),
        ("Fabrikam", -7),
    ]


def test_the_stamp_names_the_services_that_hold_the_topic(told: Told) -> None:
    crm = seats(7, service="crm", service_name="Dynamics", product="d", day=november(12))
    result = portfolio(told(seats(9, product=E5), crm), None, E5_ALONE)
    assert {each.service for each in result.stamp.rests_on} == {"Microsoft Office 365"}


COUNTS = st.integers(min_value=0, max_value=99)
WHERE = {
    "customer": st.sampled_from(["Contoso", "Fabrikam", "Adatum"]),
    "service": st.sampled_from(["o365", "crm"]),
    "product": st.sampled_from([E3, E5, FREE]),
}
SEATS = st.builds(seats, COUNTS, COUNTS, **WHERE)
USE = st.builds(use, COUNTS, COUNTS, **WHERE, workload=st.sampled_from(["exo", "spo"]))
TOPICS = [
    E5_ALONE,
    Topic("both", frozenset({E3, E5}), None),
    Topic("free", frozenset({FREE}), None),
    Topic("Exchange", frozenset({E3, E5}), frozenset({"exo"})),
    SHAREPOINT,
]


def added(
    facts: Facts, period: Period | None, topic: Topic, figure: Callable[[SeatsOnDay], Seats]
) -> Seats:
    """A figure of every customer's own answer, added up; unknown where it is of one."""
    answers = [usage(facts, each, period, topic).latest for each in facts.people.customers]
    figures = [figure(standing) for standing in answers if standing]
    return total(each for each in figures if each != NOT_MEASURED)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.label)
@pytest.mark.parametrize("period", [None, between(15, 25)], ids=["newest", "period"])
@given(lines=st.lists(SEATS, min_size=1, max_size=12), more=st.lists(USE, max_size=12))
@settings(max_examples=2, deadline=None, derandomize=True)
def test_totals_are_the_sums_over_the_customers_own_answers(
    topic: Topic, period: Period | None, lines: list[Line], more: list[Line]
) -> None:
    with TemporaryDirectory() as folder:
        publish(Path(folder), *lines, *more)
        facts = opened(Path(folder))
        together = portfolio(facts, period, topic)
        assert together.sold == added(facts, period, topic, lambda standing: standing.sold)
        assert together.assigned == added(facts, period, topic, lambda s: s.assigned)
        assert together.unassigned == added(facts, period, topic, lambda s: s.unassigned)
        active = 0 if together.active == NOT_MEASURED else together.active
        assert active == added(facts, period, topic, lambda standing: standing.active)
