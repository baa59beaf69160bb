"""The default picture of usage: one bar a product, the most idle seats first."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.charts.row_kinds import SeatBars
from analytics.charts.seats_by_product import seats_by_product
from analytics.charts.usage import usage_chart
from analytics.demo.stories import made_up_tenant
from analytics.questions.seats_on_day import ProductSeats
from analytics.questions.usage import UsageResult, usage
from analytics.values import OWN, Period, Unknown, Why
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.partners import facts_folder
from handlers.messages.speaker import speaker
from tests.warehouse.sights import sight

SAY = speaker("en")


@pytest.fixture
def contoso(sample_facts: Path) -> UsageResult:
    generation = Warehouse(facts_folder(sample_facts, OWN)).current()
    assert generation
    facts = Facts(generation, sight())
    customer = facts.customer(made_up_tenant("Contoso"))
    assert customer
    return usage(facts, customer, None, None)


def _bars(result: UsageResult) -> SeatBars:
    assert result.latest
    found = seats_by_product(result, result.latest, SAY)
    assert found
    return found


def test_its_title_is_the_finding_and_its_rows_add_up_to_it(contoso: UsageResult) -> None:
    chart = _bars(contoso)
    assert contoso.latest
    idle, measured = contoso.latest.idle, contoso.latest.measured
    assert chart.title == f"Contoso: {idle} of {measured:,} measured seats are idle"
    rows = [row for row in chart.rows if row.active is not None]
    assert sum((row.sold or 0) - (row.active or 0) for row in rows) == idle
    assert sum(row.sold or 0 for row in rows) == measured


def test_the_most_idle_come_first_and_the_unmeasured_last(contoso: UsageResult) -> None:
    figures = [row.figure for row in _bars(contoso).rows]
    counts = [int(figure.split()[0]) for figure in figures[:-1]]
    assert counts == sorted(counts, reverse=True)
    assert figures[-1] == "45 not measured"
    assert _bars(contoso).rows[-1].active is None


def test_a_course_is_drawn_where_it_was_asked_for_or_something_moved(contoso: UsageResult) -> None:
    still = replace(contoso, change=None)
    assert isinstance(usage_chart(still, SAY), SeatBars)
    assert not isinstance(usage_chart(replace(still, period_asked=True), SAY), SeatBars)
    assert contoso.has_moved
    assert not isinstance(usage_chart(contoso, SAY), SeatBars)


def test_unknown_seats_are_no_bars(contoso: UsageResult) -> None:
    assert contoso.latest
    unknown = Unknown(Why.NEVER_CAME, "usage")
    latest = replace(contoso.latest, unknown=(unknown,))
    assert seats_by_product(contoso, latest, SAY) is None


def test_a_period_is_no_part_of_what_is_drawn(contoso: UsageResult) -> None:
    later = replace(contoso, period=Period(contoso.period.last, contoso.period.last))
    assert _bars(later) == _bars(contoso)


@pytest.mark.parametrize(("locale", "figure"), [("en", "120% used"), ("fr", "120 % utilisées")])
def test_more_people_than_seats_are_a_share_of_them_in_one_short_label(
    contoso: UsageResult, locale: str, figure: str
) -> None:
    assert contoso.latest
    over = ProductSeats(contoso.latest.products[0].id, 50, 50, 60)
    chart = seats_by_product(contoso, replace(contoso.latest, products=(over,)), speaker(locale))

    assert chart
    assert chart.rows[0].figure.replace("\N{NO-BREAK SPACE}", " ") == figure
