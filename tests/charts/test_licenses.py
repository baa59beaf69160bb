"""The picture of seats added and reduced: what is drawn is what is told, and adds up."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.charts.elements import Shade, Tone
from analytics.charts.licenses import licenses_chart
from analytics.charts.model import StackedColumns
from analytics.questions.licenses import LicensesResult, licenses
from analytics.questions.licenses.flows import SeatFlow
from analytics.values import OWN
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.partners import facts_folder
from handlers.messages.speaker import speaker
from tests.warehouse.sights import sight

SAY = speaker("en")


@pytest.fixture
def sold(sample_facts: Path) -> LicensesResult:
    generation = Warehouse(facts_folder(sample_facts, OWN)).current()
    assert generation
    return licenses(Facts(generation, sight()), None, None)


def drawn(result: LicensesResult) -> StackedColumns:
    chart = licenses_chart(result, "title", SAY)
    assert chart is not None
    return chart


def test_adds_stand_above_and_reductions_below_with_the_net_change_as_a_dot(
    sold: LicensesResult,
) -> None:
    last = replace(sold.months[-1], flow=SeatFlow(100, 9, 4, 0, 105))
    column = drawn(replace(sold, months=(*sold.months[:-1], last))).columns[-1]

    assert [(each.tone, each.value) for each in column.portions or ()] == [
        (Tone.GAIN, 9.0),
        (Tone.LOSS, -4.0),
    ]
    assert (column.net, column.partial) == (5.0, True)


def test_months_that_are_not_wholly_known_are_left_out(sold: LicensesResult) -> None:
    chart = drawn(sold)

    assert [each.label for each in chart.columns] == ["Sept", "Oct", "Nov"]
    assert [each.shade for each in chart.legend] == [Shade.SOLID, Shade.SOLID, Shade.DOT]


def test_what_moved_into_a_product_is_a_gain(sold: LicensesResult) -> None:
    last = replace(sold.months[-1], flow=SeatFlow(100, 0, 0, -20, 80))
    column = drawn(replace(sold, months=(*sold.months[:-1], last))).columns[-1]

    assert [(each.tone, each.value) for each in column.portions or ()] == [(Tone.LOSS, -20.0)]


def test_nothing_is_drawn_of_one_month_or_without_a_change(sold: LicensesResult) -> None:
    still = [replace(each, flow=SeatFlow(5, 0, 0, 0, 5)) for each in sold.months]

    assert licenses_chart(replace(sold, months=sold.months[-1:]), "title", SAY) is None
    assert licenses_chart(replace(sold, months=tuple(still)), "title", SAY) is None
