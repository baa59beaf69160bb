"""The pictures of growth and of shares: what is drawn is what is told, and adds up."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.charts.adoption import adoption_chart
from analytics.charts.drawing import stacked_columns, totals
from analytics.charts.drawing.canvas import NARROW
from analytics.charts.elements import Tone
from analytics.charts.growth import growth_chart
from analytics.charts.model import StackedColumns
from analytics.questions.adoption import AdoptionResult, adoption
from analytics.questions.growth import GrowthResult, growth
from analytics.questions.growth.counts import GrowthCount, unknown_count
from analytics.values import OWN, Unknown, Why
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.partners import facts_folder
from handlers.messages.speaker import speaker
from tests.warehouse.sights import sight

SAY = speaker("en")
LATER = Unknown(Why.LATER, "subscription_insights")


@pytest.fixture
def everybody(sample_facts: Path) -> Facts:
    generation = Warehouse(facts_folder(sample_facts, OWN)).current()
    assert generation
    return Facts(generation, sight())


@pytest.fixture
def grown(everybody: Facts) -> GrowthResult:
    return growth(everybody)


def drawn(result: GrowthResult) -> StackedColumns:
    chart = growth_chart(result, "title", SAY)
    assert chart is not None
    return chart


def with_months(result: GrowthResult, *counts: GrowthCount) -> GrowthResult:
    months = zip(result.months, counts, strict=False)
    return replace(result, months=tuple(replace(m, power_bi=count) for m, count in months))


def test_who_came_stands_above_and_who_left_below_in_colours_of_their_own(
    grown: GrowthResult,
) -> None:
    made = with_months(grown, GrowthCount(5, 3, 2, 4, 6), GrowthCount(6, 0, 0, 0, 6))
    first, second = drawn(made).columns

    assert [(each.tone, each.value) for each in first.portions or ()] == [
        (Tone.GAIN, 3.0),
        (Tone.OTHER, 2.0),
        (Tone.LOSS, -4.0),
    ]
    assert (second.portions, second.figure) == ((), "0")
    assert [key.label for key in drawn(made).legend] == ["new", "returned", "left", "customers"]


def test_the_running_month_is_hatched_and_the_line_is_the_customers(grown: GrowthResult) -> None:
    columns = drawn(grown).columns
    assert [each.partial for each in columns] == [False] * 11 + [True]
    assert [each.total for each in columns] == [m.power_bi.end for m in grown.months]


def test_a_month_of_which_nothing_is_known_is_a_gap_in_columns_and_line(
    grown: GrowthResult,
) -> None:
    known = GrowthCount(5, 1, 0, 0, 6)
    chart = drawn(with_months(grown, known, unknown_count(LATER), known, known))
    assert chart.columns[1].portions is None
    layout = stacked_columns.lay_out(chart)
    assert [len(run) for run in totals.lay_totals(layout.columns, layout.axes)] == [1, 2]


def test_a_single_month_is_no_picture(grown: GrowthResult) -> None:
    assert growth_chart(with_months(grown, GrowthCount(5, 1, 0, 0, 6)), "title", SAY) is None


@pytest.mark.parametrize("width", [800, NARROW])
def test_the_line_lies_above_the_columns_and_below_the_legend(
    grown: GrowthResult, width: int
) -> None:
    layout = stacked_columns.lay_out(drawn(grown), width)
    line = [y for run in totals.lay_totals(layout.columns, layout.axes) for _, y in run]
    assert max(line) < min(upper for block in layout.blocks for (_, upper), _ in [block.box])
    assert min(line) > layout.axes.legend.bottom


@pytest.fixture
def shares(everybody: Facts) -> AdoptionResult:
    return adoption(everybody)


def test_each_class_has_its_customers_as_a_column_and_an_outline(shares: AdoptionResult) -> None:
    chart = adoption_chart(shares, "title", SAY)
    assert chart is not None
    assert [each.count for each in chart.buckets] == [each.used for each in shares.classes]
    assert [each.outline for each in chart.buckets] == [e.assigned for e in shares.classes]
    tones = [each.tone for each in chart.buckets]
    assert tones == [*[Tone.MAIN] * 5, Tone.ALARM, Tone.BASE]
    assert chart.subtitle == f"{shares.in_classes} customers by share of seats"


def test_without_use_there_is_no_picture(shares: AdoptionResult) -> None:
    assert adoption_chart(replace(shares, by_use=False), "title", SAY) is None
