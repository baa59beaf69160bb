"""The chart of subscriptions: new above zero, ended below, the running month hatched."""

from dataclasses import replace

import pytest

from analytics.charts.elements import Tone
from analytics.charts.subscriptions import FEWEST, subscriptions_chart
from analytics.questions.subscriptions import SubscriptionsResult, subscriptions
from analytics.values import Customer
from handlers.messages.speaker import speaker
from tests.questions.subscribing import asked, example_facts
from tests.warehouse.rows import tenant

SAY = speaker("en")


@pytest.fixture
def example() -> SubscriptionsResult:
    """What is told of the specification's rows."""
    return subscriptions(example_facts(), None, None)


def test_new_ones_are_above_and_ended_ones_below_and_the_running_month_is_partial(
    example: SubscriptionsResult,
) -> None:
    chart = subscriptions_chart(example, SAY)
    assert chart is not None
    assert [column.label for column in chart.columns][-3:] == ["Sept", "Oct", "Nov"]
    assert [column.partial for column in chart.columns] == [False] * 11 + [True]
    portions = {
        column.label: [(part.tone, part.value) for part in column.portions or ()]
        for column in chart.columns
    }
    assert portions["Nov"] == [(Tone.GAIN, 1), (Tone.LOSS, -1)]
    assert portions["Feb"] == [(Tone.GAIN, 0), (Tone.LOSS, -1)]
    assert chart.title == "2 new and 2 ended subscriptions in 12 months"
    assert chart.bottom < 0 < chart.top


def test_a_few_events_of_one_customer_are_no_picture(example: SubscriptionsResult) -> None:
    one = replace(example, customer=Customer(tenant("a"), "a"))
    assert subscriptions_chart(one, SAY) is None
    month = replace(example.months[0], new=FEWEST)
    assert subscriptions_chart(replace(one, months=(*one.months[1:], month)), SAY) is not None


def test_where_nothing_came_or_ended_there_is_no_picture() -> None:
    result = asked("far")
    assert subscriptions_chart(replace(result, customer=None), SAY) is None


def test_its_words_are_the_readers(example: SubscriptionsResult) -> None:
    chart = subscriptions_chart(example, speaker("fr"))
    assert chart is not None
    assert [key.label for key in chart.legend] == ["nouveaux", "terminés"]
    assert chart.columns[-1].label == "nov."
