"""Shares of seats assigned and used: classes of customers, rankings, products, workloads."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.questions.adoption import CLASSES, AdoptionResult, AdoptionView, adoption
from analytics.questions.portfolio import portfolio
from analytics.questions.portfolio_change import CustomerSeats
from analytics.questions.stamp import Exclusion, free_products
from analytics.questions.topics import find_topics_of_all
from analytics.values import Seats, Share, Unknown, Why, total
from analytics.warehouse.facts import Facts
from handlers.chat.reply import Paragraph, Table
from handlers.commands.adoption import tell
from handlers.messages.speaker import speaker
from tests.questions.asking import E5, FREE, NOT_MEASURED, between, november
from tests.questions.conftest import Told
from tests.questions.test_identities import SEATS, USE
from tests.warehouse.rows import Line, opened, publish, seats, tenant, use

SAY = speaker("en")

SHARES = {"p": (0, 10), "v": (19, 100), "q": (2, 10), "r": (4, 10), "s": (10, 10), "t": (12, 10)}
"""Active of entitled seats, and as many assigned of sold ones."""

NO_SEATS = [seats(0, customer="u"), use(0, 0, customer="u")]


def having(customer: str, part: int, whole: int) -> list[Line]:
    """A customer with so many of its seats assigned, and so many used."""
    return [seats(whole, part, customer=customer), use(part, whole, customer=customer)]


def worked_example() -> list[Line]:
    rows = [line for name, share in SHARES.items() for line in having(name, *share)]
    return [*rows, *NO_SEATS]


def used(result: AdoptionResult) -> dict[str, Seats]:
    return {each.range: each.used for each in result.classes}


def assigned(result: AdoptionResult) -> dict[str, Seats]:
    return {each.range: each.assigned for each in result.classes}


def names(customers: Iterable[CustomerSeats]) -> list[str]:
    return [each.customer.name for each in customers]


def topic(facts: Facts, said: str) -> AdoptionResult:
    (found,) = find_topics_of_all(facts, said).topics
    return adoption(facts, topic=found)


def test_customers_are_in_fifths_with_more_than_all_and_no_seats_apart(told: Told) -> None:
    result = adoption(told(*worked_example()))
    expected = dict(zip(CLASSES, (2, 1, 1, 0, 1, 1, 1), strict=True))

    assert used(result) == assigned(result) == expected
    assert (result.in_classes, len(result.customers)) == (7, 7)
    assert (result.usage, result.deployment) == (Share(47, 150), Share(47, 150))


@pytest.mark.parametrize(
    ("part", "whole", "range_"),
    [
        (1, 5, "20-40"),
        (199, 1000, "0-20"),
        (3, 5, "60-80"),
        (4, 5, "80-100"),
        (7, 7, "80-100"),
        (8, 7, "over"),
        (0, 0, "none"),
    ],
)
def test_a_class_has_its_beginning_and_not_its_end_but_all_is_in_the_fifth(
    told: Told, part: int, whole: int, range_: str
) -> None:
    result = adoption(told(*having("Contoso", part, whole)))
    assert [each.range for each in result.classes if each.used] == [range_]
    assert [each.range for each in result.classes if each.assigned] == [range_]


def test_worst_and_best_have_ten_seats_or_more_and_equals_come_by_seats_then_name(
    told: Told,
) -> None:
    rows = [*having("One", 1, 1), *having("Nine", 0, 9), *having("B", 5, 10), *having("A", 5, 10)]
    rows += [*having("Large", 50, 100), *having("Full", 20, 20), *having("Beyond", 30, 20)]
    result = adoption(told(*rows))

    assert names(result.worst) == ["Large", "A", "B", "Full", "Beyond"]
    assert names(result.best) == ["Full", "Large", "A", "B"]
    assert names(result.over) == ["Beyond"]
    assert result.too_small == 2
    assert Exclusion("stamp-ranked", {"least": 10}) in result.stamp.left_out

    fewer = adoption(told(*rows), least_seats=9)
    assert (names(fewer.worst)[0], fewer.too_small) == ("Nine", 1)
    assert Exclusion("stamp-ranked", {"least": 9}) in fewer.stamp.left_out


def test_the_answer_is_narrowed_to_one_of_its_lists_or_says_that_it_is_empty(told: Told) -> None:
    rows = [each for at in range(20) for each in having(f"C{at:02}", at + 1, 40)]
    facts = told(*rows)
    offered = {each.label: each.text for each in tell(adoption(facts), SAY).follow_ups}
    assert offered["Worst 15"] == "/adoption worst"
    assert "By workload" not in offered  # there is one
    worst, over = (tell(adoption(facts, view=view), SAY) for view in list(AdoptionView)[:2])
    (listed,) = (each for each in worst.parts if isinstance(each, Table))
    assert [row[0] for row in listed.rows][:2] == ["C00", "C01"]
    assert len(listed.rows) == 15
    assert over.parts == (Paragraph("There is nothing in this list."),)
    assert "/adoption" in {each.text for each in over.follow_ups}


def test_seats_that_are_not_measured_are_in_no_class_by_use(told: Told) -> None:
    result = adoption(told(*having("Contoso", 5, 10), seats(50, 40, customer="Fabrikam")))

    assert (used(result)["40-60"], result.in_classes, result.unmeasured) == (1, 1, 1)
    assert assigned(result) == dict.fromkeys(CLASSES, 0) | {"40-60": 1, "80-100": 1}
    assert names(result.worst) == ["Contoso"]


def test_without_usage_rows_no_class_by_use_is_known_and_assigned_seats_rank(told: Told) -> None:
    result = adoption(told(seats(50, 40), seats(10, 1, customer="Fabrikam")))
    never = Unknown(Why.NEVER_CAME, "usage")

    assert set(used(result).values()) == {never}
    assert (result.usage, result.unmeasured, result.by_use) == (never, never, False)
    assert assigned(result)["0-20"] == 1
    assert names(result.worst) == ["Fabrikam", "Contoso"]
    assert result.workloads == ()


def test_without_seats_nothing_is_known(told: Told) -> None:
    result = adoption(told(use(30, 50)))
    never = Unknown(Why.NEVER_CAME, "deployment")

    assert {*used(result).values(), *assigned(result).values()} == {never}
    assert (result.products, result.workloads, result.worst, result.change) == ((), (), (), None)


def test_products_have_the_sums_of_their_customers_and_only_measured_seats_count_by_use(
    told: Told,
) -> None:
    rows = [*having("Contoso", 30, 50), seats(20, 20, customer="Fabrikam")]
    rows += [seats(9, 3, product=E5), use(2, 9, product=E5), use(9, 9, workload="spo", product=E5)]
    large, small = adoption(told(*rows)).products

    assert (large.customers, large.sold, large.assigned) == (2, 70, 50)
    assert (large.measured, large.active, large.usage) == (50, 30, Share(30, 50))
    assert (small.id, small.active, small.deployment) == (E5, 9, Share(3, 9))


def test_a_product_that_is_not_measured_has_no_share_used(told: Told) -> None:
    (product, other) = adoption(told(*having("Contoso", 3, 50), seats(9, 3, product=E5))).products
    assert (product.active, other.active, other.measured) == (3, NOT_MEASURED, 0)


def test_workloads_are_summed_over_customers_and_products_that_count(told: Told) -> None:
    free = {"product": FREE, "workload": "teams"}
    rows = [seats(50, 40), use(30, 50), use(10, 50, workload="teams"), use(5, 50, **free)]
    rows += [seats(10, 4, customer="Fabrikam"), use(4, 10, customer="Fabrikam")]
    result = adoption(told(*rows, seats(9_000, 1, product=FREE)))

    assert [(each.id, each.active, each.entitled) for each in result.workloads] == [
        ("teams", 10, 50),
        ("exo", 34, 60),
    ]
    assert result.stamp.left_out[:1] == free_products(1, 9_000)


def test_a_workload_asks_about_its_own_use_alone(told: Told) -> None:
    rows = [seats(50, 40), use(30, 50), use(10, 50, workload="teams", workload_name="Teams")]
    rows += [seats(20, 20, customer="Fabrikam"), use(20, 20, customer="Fabrikam")]
    result = topic(told(*rows), "teams")

    assert [each.id for each in result.workloads] == ["teams"]
    assert result.usage == Share(10, 50)
    assert used(result)["20-40"] == 1


def test_points_are_over_the_customers_known_on_both_days(told: Told) -> None:
    rows = [line for day, n in ((9, 20), (20, 30)) for line in _on(day, *having("A", n, 50))]
    rows += _on(20, *having("Newcomer", 0, 500)) + _on(9, *having("Leaver", 0, 500))
    moved = adoption(told(*rows), between(10, 20)).change

    assert moved is not None
    assert (moved.since, moved.compared, moved.measured) == (november(9), 1, 1)
    assert (moved.assigned, moved.used) == (20, 20)


def test_a_product_that_nobody_had_before_has_no_points(told: Told) -> None:
    rows = [line for day in (9, 20) for line in _on(day, *having("Contoso", 20, 50))]
    new = _on(20, seats(9, 3, product=E5), use(2, 9, product=E5))
    old, added = adoption(told(*rows, *new), between(10, 20)).products

    assert (old.assigned_change, old.used_change) == (0, 0)
    assert isinstance(added.assigned_change, Unknown)
    assert isinstance(added.used_change, Unknown)


def _on(day: int, *lines: Line) -> list[Line]:
    return [(dataset, {**cells, "day": november(day)}) for dataset, cells in lines]


def test_a_limited_reader_gets_their_customers_only(told: Told) -> None:
    facts = told(*worked_example(), visible=frozenset({tenant("q"), tenant("t")}))
    result = adoption(facts)

    assert (result.in_classes, used(result)["20-40"], used(result)["over"]) == (2, 1, 1)
    assert (names(result.worst), result.deployment) == (["q", "t"], Share(14, 20))
    assert [(each.customers, each.sold) for each in result.products] == [(2, 20)]
    assert [(each.active, each.entitled) for each in result.workloads] == [(14, 20)]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.one_of(SEATS, USE), min_size=1, max_size=14))
def test_classes_hold_each_customer_once_and_sums_are_the_portfolios(lines: list[Line]) -> None:
    with TemporaryDirectory() as folder:
        publish(Path(folder), *lines)
        facts = opened(Path(folder))
        result, together = adoption(facts), portfolio(facts)
        later = adoption(facts, between(1, 30))
    if isinstance(together.sold, Unknown):
        return
    assert total(each.assigned for each in result.classes) == len(together.customers)
    assert total(each.sold for each in result.products) == together.sold
    assert total(each.assigned for each in result.products) == together.assigned
    assert later.products == result.products or later.change != result.change
    if not isinstance(together.active, Unknown):
        assert total((result.in_classes, result.unmeasured)) == len(together.customers)
        active = [p.active for p in result.products if p.active != NOT_MEASURED]
        assert total(active) == together.active
        assert total(p.measured for p in result.products) == together.measured


def test_the_made_up_partner_adds_up_in_any_period(sample: Facts) -> None:
    for period in (None, between(1, 21)):
        result, together = adoption(sample, period), portfolio(sample, period)
        assert total((result.in_classes, result.unmeasured)) == len(together.customers)
        assert total(each.sold for each in result.products) == together.sold
        active = [p.active for p in result.products if p.active != NOT_MEASURED]
        assert total(active) == together.active
