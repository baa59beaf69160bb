"""Results that contradict each other are found; those of right summaries agree."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.questions.activity import activity
from analytics.questions.activity.identities import activity_parts
from analytics.questions.activity.operations import ActivityFilter, ActivityOutcome
from analytics.questions.customers import matching_customers
from analytics.questions.identities import (
    activity_sums,
    customer_groups,
    identities,
    portfolio_rows,
    portfolio_sums,
    surplus_sums,
)
from analytics.questions.own_seats import OwnSeats, evenly, own_seats, sample
from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.tables import AZURE_SPEND, DEPLOYMENT, USAGE, Batch, Dataset
from analytics.values import Unknown, Why
from analytics.warehouse.building.build import build
from analytics.warehouse.building.check import Checked
from analytics.warehouse.facts import Facts
from tests.questions.asking import E5, FREE
from tests.questions.conftest import Told
from tests.warehouse.rows import E3, META, Line, batches, opened, publish, seats, use
from tests.warehouse.staged import row, sync

COUNTS = st.integers(min_value=0, max_value=99)
WHERE = {
    "day": st.sampled_from([date(2026, 11, day) for day in (6, 13, 20)]),
    "customer": st.sampled_from(["Contoso", "Fabrikam", "Adatum"]),
    "service": st.sampled_from(["o365", "crm"]),
    "channel": st.sampled_from(["reseller", "direct"]),
    "product": st.sampled_from([E3, E5, FREE]),
}
SEATS = st.builds(seats, COUNTS, COUNTS, **WHERE)
USE = st.builds(use, COUNTS, COUNTS, **WHERE, workload=st.sampled_from(["exo", "spo"]))
SHORT = st.dictionaries(st.tuples(WHERE["service"], WHERE["day"]), st.just(99), max_size=3)
EARLIER = date(2026, 11, 13)
NOT_KNOWN = Unknown(Why.NOT_WHOLE, DEPLOYMENT.name)
LINES = (
    seats(50, 40),
    seats(9, 12, product=E5),
    use(30, 50),
    seats(20, 5, customer="Fabrikam"),
    use(15, 20, customer="Fabrikam"),
)


def wrong(found: Sequence[Checked]) -> set[tuple[str, str]]:
    return {(each.dataset, each.what) for each in found if each.wrong}


def both_sides(facts: Facts) -> tuple[PortfolioResult, tuple[OwnSeats, ...]]:
    """The portfolio, and the own answers of all its customers."""
    everything = portfolio(facts)
    return everything, own_seats(facts, facts.people.customers, everything)


def test_the_made_up_partner_contradicts_itself_nowhere(sample: Facts) -> None:
    found = identities(sample)
    assert wrong(found) == set()
    assert {each.what for each in found} == {
        "check-portfolio-sums",
        "check-portfolio-rows",
        "check-surplus",
        "check-customer-groups",
        "check-activity-sums",
        "check-activity-parts",
        "check-share-sums",
        "check-growth-sums",
        "check-growth-standing",
        "check-subscription-sums",
        "check-subscription-lists",
        "check-subscriptions-left",
        "check-azure-sums",
        "check-azure-days",
        "check-licence-sums",
        "check-licence-standing",
        "check-renewal-cases",
        "check-renewal-sums",
    }
    _, own = both_sides(sample)
    assert len([each for each in own if each.seats]) > 50


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("sold = sold + 1", {("deployment", "check-portfolio-sums")}),
        ("sold = sold + 1", {("deployment", "check-portfolio-rows")}),
        ("assigned = sold + 5", {("deployment", "check-surplus")}),
        ("assigned = assigned - 1", {("deployment", "check-portfolio-sums")}),
        ("active = active + 1", {("usage", "check-portfolio-sums")}),
        ("active = active - 1", {("usage", "check-portfolio-rows")}),
        ("active = NULL", {("usage", "check-portfolio-sums"), ("usage", "check-portfolio-rows")}),
    ],
)
def test_a_generation_with_a_wrong_summary_contradicts_its_customers(
    tmp_path: Path, harm: str, found: set[tuple[str, str]]
) -> None:
    publish(tmp_path, *LINES)
    assert wrong(identities(opened(tmp_path))) == set()
    with duckdb.connect(tmp_path / "facts-000001.duckdb") as con:
        con.execute(f"UPDATE standing_pairs SET {harm}")  # noqa: S608  our own words
    assert found <= wrong(identities(opened(tmp_path)))


def test_figures_that_cancel_out_in_the_sum_are_found_in_the_rows(told: Told) -> None:
    everything, own = both_sides(told(*LINES))
    one, other = everything.customers
    swapped = (replace(one, customer=other.customer), replace(other, customer=one.customer))
    altered = replace(everything, customers=swapped)
    assert wrong(tuple(portfolio_sums(altered, own, ()))) == set()
    assert wrong(tuple(portfolio_rows(altered, own, ()))) == {
        ("deployment", "check-portfolio-rows"),
        ("usage", "check-portfolio-rows"),
    }


def test_unknown_beside_known_is_found_on_either_side(told: Told) -> None:
    everything, own = both_sides(told(*LINES))
    first, *others = everything.customers
    hidden = replace(everything, customers=(replace(first, sold=NOT_KNOWN), *others))
    assert wrong(tuple(portfolio_sums(hidden, own, ()))) == {("deployment", "check-portfolio-sums")}
    assert wrong(tuple(portfolio_rows(hidden, own, ()))) == {("deployment", "check-portfolio-rows")}

    one, *rest = own
    assert one.seats
    unsure = (replace(one, seats=replace(one.seats, unknown=(NOT_KNOWN,))), *rest)
    assert wrong(tuple(portfolio_sums(everything, unsure, ()))) >= {
        ("deployment", "check-portfolio-sums")
    }
    assert wrong(tuple(portfolio_sums(everything, own, [USAGE.name]))) == {
        ("usage", "check-portfolio-sums")
    }


def test_a_surplus_of_one_product_that_fills_seats_of_another_is_found(told: Told) -> None:
    everything, own = both_sides(told(*LINES))
    assert (everything.surplus, surplus_sums(everything, own).wrong) == (3, 0)
    first, *others = everything.customers
    assert isinstance(first.unassigned, int)
    filled = replace(first, unassigned=first.unassigned - 3)
    altered = replace(everything, customers=(filled, *others))
    assert surplus_sums(altered, own).wrong == 2


@pytest.mark.parametrize("group", ["left", "without", "short"])
def test_a_customer_in_no_group_or_in_two_is_found(told: Told, group: str) -> None:
    facts = told(*LINES)
    everything, listed = portfolio(facts), matching_customers(facts, "")
    assert customer_groups(everything, listed).wrong == 0
    assert customer_groups(replace(everything, **{group: 1}), listed).wrong == 1
    assert customer_groups(everything, replace(listed, more=1)).wrong == 1
    gone = replace(listed, gone=(everything.customers[0].customer,))
    assert customer_groups(everything, gone).wrong == 1


def test_records_that_their_kinds_days_or_failures_do_not_tell_are_found(sample: Facts) -> None:
    everything = activity(sample, None, None)
    failed = activity(sample, None, None, ActivityFilter(outcome=ActivityOutcome.FAILED))
    assert activity_parts(everything, failed).wrong == 0
    assert activity_parts(replace(everything, kinds=everything.kinds[1:]), failed).wrong == 1
    assert activity_parts(replace(everything, days=everything.days[1:]), failed).wrong == 1
    assert activity_parts(everything, replace(failed, total=7)).wrong == 1
    twice = replace(everything.newest[0], count=0)
    assert activity_parts(replace(everything, newest=(twice,)), failed).wrong == 1


def test_records_that_are_in_no_part_or_in_two_are_found(sample: Facts) -> None:
    everything = activity(sample, None, None)
    parts = [activity(sample, each, everything.period) for each in sample.people.customers]
    ((own,),) = sample.rows(
        "SELECT count(*) FROM {activity} WHERE tenant IS NULL AND moment::DATE >= $first",
        first=everything.period.first,
    )
    assert isinstance(own, int)
    assert isinstance(everything.total, int)
    assert activity_sums(everything, parts, own).wrong == 0
    assert activity_sums(everything, parts, own + 1).wrong == 1
    assert activity_sums(replace(everything, total=NOT_KNOWN), parts, own).wrong == 1
    unsure = replace(everything, total=NOT_KNOWN)
    assert activity_sums(unsure, [*parts, unsure], own).wrong == 0


@given(
    lines=st.lists(SEATS, max_size=12),
    more=st.lists(USE, min_size=1, max_size=12),
    short=SHORT,
    dataset=st.sampled_from([DEPLOYMENT, USAGE]),
)
@settings(max_examples=6, deadline=None, derandomize=True)
def test_right_summaries_of_any_rows_and_incomplete_days_agree(
    lines: list[Line],
    more: list[Line],
    short: dict[tuple[str, date], int],
    dataset: Dataset,
) -> None:
    with TemporaryDirectory() as folder:
        build(Path(folder), short_of(dataset, short, *lines, *more), META)
        assert wrong(identities(opened(Path(folder)))) == set()


INCOMPLETE = (*LINES, seats(7, 7, customer="Adatum"), use(5, 7, customer="Adatum", day=EARLIER))


def test_usage_in_an_incomplete_snapshot_alone_is_marked_and_not_wrong(tmp_path: Path) -> None:
    """Unknown in the customer's own answer, unmeasured in the portfolio, which is of whole days."""
    build(tmp_path, short_of(USAGE, {("o365", EARLIER): 99}, *INCOMPLETE), META)
    facts = opened(tmp_path)
    assert wrong(identities(facts)) == set()
    assert [each.missing for each in facts.generation.snapshots if each.missing] == [98]


def test_a_figure_made_of_an_incomplete_snapshot_is_wrong(tmp_path: Path) -> None:
    build(tmp_path, short_of(USAGE, {("o365", EARLIER): 99}, *INCOMPLETE), META)
    everything, own = both_sides(opened(tmp_path))
    adatum = everything.customers[-1]
    assert (adatum.customer.name, adatum.measured) == ("Adatum", 0)
    partly = {"usage": frozenset([adatum.customer.id])}
    told = replace(everything, customers=(*everything.customers[:-1], replace(adatum, idle=2)))
    assert wrong(tuple(portfolio_rows(everything, own, (), partly))) == set()
    assert wrong(tuple(portfolio_rows(told, own, (), partly))) == {
        ("usage", "check-portfolio-rows")
    }


def short_of(dataset: Dataset, short: dict[tuple[str, date], int], *lines: Line) -> list[Batch]:
    """The lines, with more rows announced of a dataset than came."""
    return [
        replace(each, incomplete=short) if each.dataset is dataset else each
        for each in batches(*lines)
    ]


def test_without_licences_and_records_nothing_is_found(tmp_path: Path) -> None:
    sync(tmp_path, EARLIER, {AZURE_SPEND: {"": [row(AZURE_SPEND, day=EARLIER)]}})
    assert wrong(identities(opened(tmp_path / "facts"))) == set()


def test_of_many_customers_two_hundred_and_the_ten_largest_are_asked(told: Told) -> None:
    facts = told(*(seats(each, customer=f"Customer {each}") for each in range(1, 402)))
    asked = {customer.name for customer in sample(facts.people.customers, portfolio(facts))}
    assert len(asked) in range(200, 211)
    assert {f"Customer {each}" for each in range(392, 402)} <= asked
    assert list(evenly(range(400))) == list(range(0, 400, 2))
    assert wrong(identities(facts)) == set()
