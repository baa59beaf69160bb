"""Amounts in other units than people have a picture: each product, each customer, or the course."""

from datetime import date

import pytest

from analytics.charts.model import LineChart
from analytics.charts.row_kinds import Ranking
from analytics.questions.portfolio import portfolio
from analytics.questions.topics import find_topics_of_all
from analytics.values import Period
from analytics.warehouse.facts import Facts
from handlers.chat.reply import Picture, Reply
from handlers.commands.usage.all_customers import all_customers
from handlers.commands.usage.one_customer import one_customer
from handlers.messages.speaker import speaker
from tests.questions.asking import asked, between, november
from tests.questions.conftest import Told
from tests.warehouse.rows import seats

STORAGE = "99049c9c-6011-4908-bf17-15f496e6519d"
ROOMS = {
    "6070a4c8-34c6-4937-8dfb-39bbc6397a60": "Microsoft Teams Rooms Standard",
    "4cde982a-ede4-4409-9ae6-b003453c8ea6": "Microsoft Teams Rooms Pro",
}
SAY = speaker("en")


def of_one(facts: Facts, said: str, period: Period | None = None) -> Reply:
    return one_customer(asked(facts, period, said), SAY)


def of_all(facts: Facts, said: str) -> Reply:
    (topic,) = find_topics_of_all(facts, said).topics
    return all_customers(portfolio(facts, None, topic), SAY)


def pictures(reply: Reply) -> list[Picture]:
    return [part for part in reply.parts if isinstance(part, Picture)]


def test_a_customers_amount_is_one_bar_with_its_unit(told: Told) -> None:
    reply = of_one(told(seats(500, product=STORAGE)), "extra file storage")
    [shown] = pictures(reply)
    assert reply.headline == "Contoso (Office 365 Extra File Storage): 500 gigabytes"
    assert isinstance(shown.chart, Ranking)
    assert shown.chart.title == reply.headline
    assert [(row.value, row.figure, row.beside) for row in shown.chart.rows] == [
        (500.0, "500 gigabytes", "")
    ]
    assert shown.alt == (
        f"{reply.headline}. By product, as of 20 Nov 2026: Office 365 Extra File Storage "
        "(500 gigabytes)."
    )


def test_what_moved_and_a_period_asked_for_are_a_course(told: Told) -> None:
    days = (9, 13, 16, 20)
    rows = [seats(100 + day, product=STORAGE, day=november(day)) for day in days]
    [shown] = pictures(of_one(told(*rows), "extra file storage", between(10, 20)))
    assert isinstance(shown.chart, LineChart)
    assert "120 gigabytes" in shown.chart.title
    assert shown.chart.subtitle.startswith("Amount from ")
    assert "Sold from 109 to 120" in shown.alt


def test_all_customers_amounts_are_ranked(told: Told) -> None:
    names = ("Contoso", "Fabrikam", "Tailspin")
    rows = [
        seats(sold, 3, product=STORAGE, customer=name)
        for sold, name in zip((5, 500, 20), names, strict=True)
    ]
    reply = of_all(told(*rows), "extra file storage")
    [shown] = pictures(reply)
    assert isinstance(shown.chart, Ranking)
    assert reply.headline == "Office 365 Extra File Storage: 525 gigabytes in all"
    assert shown.chart.title == reply.headline
    assert [(row.label, row.figure, row.beside) for row in shown.chart.rows] == [
        ("Fabrikam", "500 gigabytes", "with 3 assigned"),
        ("Tailspin", "20 gigabytes", "with 3 assigned"),
        ("Contoso", "5 gigabytes", "with 3 assigned"),
    ]
    assert "Fabrikam (500 gigabytes with 3 assigned)" in shown.alt


def test_one_customer_alone_is_not_ranked(told: Told) -> None:
    assert pictures(of_all(told(seats(500, product=STORAGE)), "extra file storage")) == []


@pytest.mark.parametrize("sold", [0])
def test_where_there_is_none_nothing_is_drawn(told: Told, sold: int) -> None:
    facts = told(seats(sold, product=STORAGE), seats(3, day=date(2026, 11, 20)))
    assert pictures(of_one(facts, "extra file storage")) == []
