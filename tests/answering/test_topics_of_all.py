"""A product or workload alone is asked of all customers whom the asker may see."""

from datetime import date

import pytest

from analytics.questions.portfolio import PortfolioResult
from analytics.values import Period
from bot.wiring import Installation
from handlers.answer import answer
from tests.answering.asking import asked, replied, shown


async def result(installation: Installation, text: str, who: str = "ada") -> PortfolioResult:
    found = await answer(asked(text, who), installation.backend)
    assert isinstance(found.result, PortfolioResult), shown(found.reply)
    return found.result


@pytest.mark.parametrize(
    "text",
    [
        *("/usage copilot", "/usage all copilot", "/usage for all customers copilot"),
        *("/usage copilot for all customers", "/utilisation copilot", "/usage tous copilot"),
    ],
)
async def test_a_product_alone_is_a_topic_of_all_customers(
    installation: Installation, text: str
) -> None:
    found = await result(installation, text)
    assert found.topic
    assert found.topic.label == "Microsoft 365 Copilot"
    assert [each.customer.name for each in found.customers if each.sold] != []
    assert found.without_topic == 62 - len(found.customers)


async def test_a_topic_of_all_customers_has_a_period(installation: Installation) -> None:
    found = await result(installation, "/usage teams last quarter")
    assert found.topic
    assert found.topic.label == "Teams"
    assert found.period == Period(date(2026, 7, 1), date(2026, 9, 30))
    days = [each.day for each in found.stamp.rests_on]
    assert date(2026, 9, 1) < max(days) <= found.period.last


async def test_a_reader_of_some_customers_gets_theirs_alone(installation: Installation) -> None:
    found = await result(installation, "/usage teams", "cleo")
    assert {each.customer.name for each in found.customers} == {"Contoso", "Fabrikam Bikes"}


async def test_buttons_of_a_choice_ask_about_all_customers_and_keep_the_period(
    installation: Installation,
) -> None:
    reply = await replied(asked("/usage e3 last quarter", "ada"), installation.backend)
    lines = shown(reply).splitlines()
    assert lines[0] == "Several products fit “e3”. Which one do you mean, of all customers?"
    assert '[Office 365 E3]  /usage all "Office 365 E3" last quarter' in lines
    found = await result(installation, '/usage all "Office 365 E3" last quarter')
    assert found.topic
    assert found.topic.label == "Office 365 E3"


async def test_a_digest_of_a_topic_keeps_all(installation: Installation) -> None:
    reply = await replied(asked("/digest usage copilot every Monday 9:00"), installation.backend)
    assert '/usage all "copilot"' in shown(reply)
