"""All customers together at the end of a period, and what changed since its eve."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.questions.portfolio_change import CustomerSeats, PortfolioChange
from analytics.questions.results import figures_word
from analytics.questions.stamp import free_products
from analytics.questions.usage import usage
from analytics.values import Customer, Seats, Unknown, Why
from tests.questions.asking import E5, FREE, between, november
from tests.questions.conftest import Told
from tests.questions.stamps import as_of
from tests.warehouse.rows import E3, Line, opened, publish, seats, tenant, use

FABRIKAM = {"customer": "Fabrikam"}
ADATUM = {"customer": "Adatum"}
CRM = {"service": "crm", "service_name": "Microsoft Dynamics", "product": "d"}
LATER = Unknown(Why.LATER, "deployment")
BOTH = (november(9), november(20))


def moved(rows: tuple[CustomerSeats, ...], figure: str) -> dict[str, Seats]:
    return {each.customer.name: getattr(each, figure) for each in rows}


def change(result: PortfolioResult) -> PortfolioChange:
    assert result.change is not None
    return result.change


def test_figures_are_those_of_the_periods_end(told: Told) -> None:
    facts = told(
        *(seats(10 + day, day, day=november(day)) for day in (6, 13, 20)),
        *(use(day, 30, day=november(day)) for day in (6, 13, 20)),
    )
    result = portfolio(facts, between(10, 19))

    assert (result.sold, result.assigned, result.active, result.idle) == (23, 13, 13, 10)
    assert result.stamp.rests_on == as_of("Microsoft Office 365", november(13), november(13))
    assert portfolio(facts).sold == 30


def test_a_change_is_over_the_customers_of_both_days_and_counts_the_others(told: Told) -> None:
    rows = [
        *(seats(sold, 5, day=day) for sold, day in zip((50, 62), BOTH, strict=True)),
        *(use(active, 50, day=day) for active, day in zip((40, 45), BOTH, strict=True)),
        seats(30, 1, day=BOTH[0], **FABRIKAM),
        *(
            seats(20, assigned, day=day, **ADATUM)
            for assigned, day in zip((9, 2), BOTH, strict=True)
        ),
        seats(7, 7, customer="Proseware"),
    ]
    result = portfolio(told(*rows), between(10, 30))
    its = change(result)

    assert (its.compared, its.added, its.gone, its.unlike) == (2, 1, 1, 0)
    assert (its.since, its.sold, its.assigned, its.active) == (november(9), 12, -7, 5)
    assert its.measured == 1
    assert moved(its.most_sold, "sold_change") == {"Contoso": 12}
    assert moved(its.most_idle, "idle_change") == {"Contoso": 7}
    assert moved(result.customers, "sold_change") == {
        "Contoso": 12,
        "Adatum": 0,
        "Proseware": LATER,
    }
    assert (result.left, result.sold) == (1, 89)


def test_a_customer_of_a_service_that_was_first_read_within_the_period_is_not_compared(
    told: Told,
) -> None:
    rows = [seats(10, day=day) for day in BOTH]
    rows += [seats(5 + day.day, day=day, **FABRIKAM) for day in BOTH]
    its = change(portfolio(told(*rows, seats(8, **FABRIKAM, **CRM)), between(10, 30)))

    assert (its.compared, its.unlike, its.sold) == (1, 1, 0)


def test_idle_seats_of_a_product_measured_on_one_day_only_are_no_change(told: Told) -> None:
    rows = [seats(10, day=day) for day in BOTH]
    rows += [seats(10, day=day, product=E5) for day in BOTH]
    rows += [use(2, 10, day=day) for day in BOTH]
    result = portfolio(told(*rows, use(3, 10, product=E5)), between(10, 30))

    assert (result.idle, change(result).measured, change(result).active) == (
        15,
        0,
        Unknown(Why.NOT_MEASURED, "usage"),
    )
    assert moved(result.customers, "idle_change") == {"Contoso": Unknown(Why.NOT_MEASURED, "usage")}


def test_at_most_five_are_named_the_largest_first_and_ties_by_name(told: Told) -> None:
    moves = {"Ade": 1, "Bo": -9, "Cy": 3, "Di": 3, "Eve": 0, "Flo": 2, "Gus": 1}
    rows = [seats(20, day=BOTH[0], customer=name) for name in moves]
    rows += [seats(20 + by, day=BOTH[1], customer=name) for name, by in moves.items()]
    its = change(portfolio(told(*rows), between(10, 30)))

    assert list(moved(its.most_sold, "sold_change").items()) == [
        ("Bo", -9),
        ("Cy", 3),
        ("Di", 3),
        ("Flo", 2),
        ("Ade", 1),
    ]


def test_without_a_period_the_change_is_over_ninety_days(told: Told) -> None:
    days = (date(2026, 8, 21), date(2026, 8, 22), date(2026, 8, 23), november(20))
    facts = told(*(seats(sold, day=day) for sold, day in zip((3, 5, 9, 11), days, strict=True)))
    result = portfolio(facts)

    assert (change(result).since, change(result).sold) == (date(2026, 8, 22), 6)
    contoso = Customer(tenant("Contoso"), "Contoso")
    alone = usage(facts, contoso, None, None).change
    assert alone
    assert (alone.since, alone.sold) == (date(2026, 8, 22), 6)


def test_no_change_is_told_where_nothing_is_so_old(told: Told) -> None:
    result = portfolio(told(seats(3, day=november(9)), seats(5)))
    assert result.change is None
    assert moved(result.customers, "sold_change") == {"Contoso": LATER}


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [(1, 5, Why.LATER), (14, 19, Why.NOT_IN_PERIOD), (21, 29, Why.NOT_IN_PERIOD)],
)
def test_a_period_without_a_snapshot_is_unknown_and_never_nought(
    told: Told, first: int, last: int, why: Why
) -> None:
    rows = [seats(9, 4, day=november(day)) for day in (6, 13, 20)]
    rows += [use(3, 9, day=november(day)) for day in (6, 13, 20)]
    result = portfolio(told(*rows), between(first, last))

    assert (result.sold, result.left, result.active) == (
        Unknown(why, "deployment"),
        Unknown(why, "deployment"),
        Unknown(why, "usage"),
    )
    assert result.change is None


def test_a_customer_of_a_service_without_a_snapshot_in_the_period_is_counted_apart(
    told: Told,
) -> None:
    rows = [seats(9, day=november(16)), seats(5, day=november(6), **FABRIKAM, **CRM)]
    facts = told(*rows)
    result = portfolio(facts, between(10, 20))
    fabrikam = Customer(tenant("Fabrikam"), "Fabrikam")

    assert (result.sold, result.stale, result.left, result.without) == (9, 1, 0, 0)
    assert usage(facts, fabrikam, between(10, 20), None).latest is None


def test_free_products_of_the_period_are_set_apart(told: Told) -> None:
    rows = [seats(9, day=november(6)), seats(500, day=november(6), product=FREE)]
    result = portfolio(told(*rows, seats(700, product=FREE)), between(1, 10))

    assert (result.sold, result.stamp.left_out) == (9, free_products(1, 500))


def test_a_limited_reader_gets_the_period_of_their_customers_only(told: Told) -> None:
    rows = [seats(9, day=day) for day in BOTH]
    rows += [seats(20 + day.day, day=day, **FABRIKAM) for day in BOTH]
    rows += [seats(4, day=november(18), **ADATUM, **CRM)]
    result = portfolio(told(*rows, visible=frozenset({tenant("Fabrikam")})), between(10, 30))

    assert (result.sold, change(result).sold, change(result).compared) == (40, 11, 1)
    assert {each.service for each in result.stamp.rests_on} == {"Microsoft Office 365"}


def test_what_moved_before_does_not_make_other_figures_of_today(told: Told) -> None:
    here = portfolio(told(seats(5, day=november(9)), seats(9)), between(10, 30))
    there = portfolio(told(seats(7, day=november(9))), between(10, 30))

    assert (change(here).sold, change(there).sold) == (4, 2)
    assert figures_word(here) == figures_word(there)


COUNTS = st.integers(min_value=0, max_value=99)
WHERE = {
    "customer": st.sampled_from(["Contoso", "Fabrikam", "Adatum"]),
    "channel": st.sampled_from(["reseller", "direct"]),
    "product": st.sampled_from([E3, E5, FREE]),
    "day": st.sampled_from([november(day) for day in (6, 13, 20)]),
}
SEATS = st.builds(seats, COUNTS, COUNTS, **WHERE)
USE = st.builds(use, COUNTS, COUNTS, **WHERE, workload=st.sampled_from(["exo", "spo"]))


def figures(result: PortfolioResult) -> object:
    rows = [
        (c.customer, c.sold, c.assigned, c.unassigned, c.measured, c.idle) for c in result.customers
    ]
    totals = (result.sold, result.assigned, result.unassigned, result.active, result.measured)
    return rows, totals, result.stamp.left_out


@given(lines=st.lists(SEATS, min_size=1, max_size=12), more=st.lists(USE, max_size=12))
@settings(max_examples=6, deadline=None, derandomize=True)
def test_a_period_shows_what_was_the_newest_then(lines: list[Line], more: list[Line]) -> None:
    every = [*lines, *more, seats(1, day=november(6)), use(1, 1, day=november(6))]
    upto = [line for line in every if str(line[1]["day"]) <= "2026-11-13"]
    with TemporaryDirectory() as folder:
        publish(Path(folder) / "all", *every)
        publish(Path(folder) / "then", *upto)
        asked = portfolio(opened(Path(folder) / "all"), between(1, 15))
        assert figures(asked) == figures(portfolio(opened(Path(folder) / "then")))


@given(lines=st.lists(SEATS, min_size=1, max_size=12), more=st.lists(USE, max_size=12))
@settings(max_examples=6, deadline=None, derandomize=True)
def test_the_change_is_the_sum_of_the_customers_own_changes(
    lines: list[Line], more: list[Line]
) -> None:
    whole = [seats(0, day=november(day), customer="Last") for day in (6, 13, 20)]
    with TemporaryDirectory() as folder:
        publish(Path(folder), *lines, *more, *whole)
        facts = opened(Path(folder))
        result = portfolio(facts, between(14, 20))
        sums = 0
        for each in result.customers:
            own = usage(facts, each.customer, between(14, 20), None).change
            if isinstance(each.sold_change, int) and own:
                assert each.sold_change == own.sold
            sums += each.sold_change if isinstance(each.sold_change, int) else 0
        assert change(result).sold == sums
