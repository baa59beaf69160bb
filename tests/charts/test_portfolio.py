"""The picture of all customers together: those with the most idle seats."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.charts.portfolio import ROWS, portfolio_chart
from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.values import OWN, Unknown, Why
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.partners import facts_folder
from handlers.messages.speaker import speaker
from tests.warehouse.sights import sight

SAY = speaker("en")


@pytest.fixture
def everybody(sample_facts: Path) -> PortfolioResult:
    generation = Warehouse(facts_folder(sample_facts, OWN)).current()
    assert generation
    return portfolio(Facts(generation, sight()))


def test_the_most_idle_come_first_with_their_own_figures(everybody: PortfolioResult) -> None:
    chart = portfolio_chart(everybody, SAY)
    assert chart
    values = [row.value for row in chart.rows]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]  # none is unknown
    first = everybody.customers[0]
    assert (chart.rows[0].label, chart.rows[0].value) == (first.customer.name, first.idle)
    assert len(chart.rows) == ROWS


def test_its_title_adds_up_with_active_seats_and_what_is_said_to_be_beyond(
    everybody: PortfolioResult,
) -> None:
    idle, measured, active = everybody.idle, everybody.measured, everybody.active
    assert isinstance(everybody.beyond, int)
    assert isinstance(idle, int)
    assert isinstance(active, int)
    assert isinstance(measured, int)
    assert active + idle == measured + everybody.beyond
    chart = portfolio_chart(everybody, SAY)
    assert chart
    assert chart.title == f"{idle:,} of {measured:,} measured seats are idle"


def test_one_customer_alone_and_unknown_seats_have_no_picture(everybody: PortfolioResult) -> None:
    assert portfolio_chart(replace(everybody, customers=everybody.customers[:1]), SAY) is None
    unknown = Unknown(Why.NEVER_CAME, "usage")
    assert portfolio_chart(replace(everybody, measured=unknown), SAY) is None
