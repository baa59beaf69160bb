"""Words that were not understood are named as what they were meant to be."""

import pytest

from analytics.demo.stories import made_up_tenant
from analytics.warehouse.name_index.everyday_words import PRODUCTS
from bot.wiring import Installation
from handlers.input.periods import is_like_period
from tests.answering.asking import asked, replied, shown

CONTOSO = made_up_tenant("Contoso")


async def lines(
    installation: Installation, text: str, who: str = "ada", locale: str = "en"
) -> list[str]:
    """The answer, line by line."""
    reply = await replied(asked(text, who, locale=locale), installation.backend)
    return shown(reply).splitlines()


@pytest.mark.parametrize("said", ["novembr", "01/09", "fy26", "ocotber", "13/13", "last quater"])
async def test_what_looks_like_a_period_is_called_one(
    installation: Installation, said: str
) -> None:
    (behind,) = await lines(installation, f"/usage contoso {said}")
    (alone,) = await lines(installation, f"/usage {said}")
    assert behind.startswith(f"I know Contoso, but could not read “{said}” as a period.")
    assert alone.startswith(f"I could not read “{said}” as a period")


@pytest.mark.parametrize("word", sorted(PRODUCTS))
def test_no_product_is_taken_for_a_period(word: str) -> None:
    assert is_like_period(word) is False


async def test_what_is_no_period_is_no_product_of_theirs(installation: Installation) -> None:
    (said,) = await lines(installation, "/usage contoso jam")
    assert said.startswith("Contoso has no product or workload called “jam”.")


@pytest.mark.parametrize(
    "said", ["contoso, proseware", "contoso and proseware", "contoso & proseware"]
)
async def test_several_customers_are_offered_one_by_one(
    installation: Installation, said: str
) -> None:
    assert (await lines(installation, f"/usage {said} last month"))[1:] == [
        f"[Contoso]  /usage {CONTOSO} last month",
        f"[Proseware]  /usage {made_up_tenant('Proseware')} last month",
    ]


async def test_a_customer_that_the_asker_may_not_see_is_no_part_of_a_choice(
    installation: Installation,
) -> None:
    said = [
        await lines(installation, f"/usage contoso, {hidden}", "cleo")
        for hidden in ("proseware", "nonsense")
    ]
    assert said[0] == [line.replace("nonsense", "proseware") for line in said[1]]
    assert said[0][0].startswith("Contoso has no product or workload called “proseware”.")


async def test_several_products_are_offered_one_by_one(installation: Installation) -> None:
    assert await lines(installation, "/usage contoso E3 and E5") == [
        "I can answer about one product or workload of Contoso at a time. Which one do you mean?",
        f"[Microsoft 365 E3]  /usage {CONTOSO} E3",
        f"[Microsoft 365 E5]  /usage {CONTOSO} E5",
    ]


@pytest.mark.parametrize("said", ["copilot", "e3", "teams", "for teams", "power bi", "m365"])
async def test_a_product_is_called_one_by_a_command_that_has_no_use_for_it(
    installation: Installation, said: str
) -> None:
    product = said.removeprefix("for ")
    assert await lines(installation, f"/activity {said}") == [
        f"“{product}” is a product or workload, not a customer. Write a customer’s name before it.",
        "",
        "Instead you can:",
        "[All customers]  /usage",
    ]


async def test_a_product_that_no_customer_has_is_said_to_be_none_of_theirs(
    installation: Installation,
) -> None:
    assert await lines(installation, "/usage visio plan 2", "cleo") == [
        "None of your customers has “visio plan 2”.",
        "",
        "Instead you can:",
        "[All customers]  /usage",
    ]


@pytest.mark.parametrize(
    "said", ["everyone", "all customers", "for all customers", "tous les clients", "All"]
)
async def test_all_customers_are_the_portfolio(installation: Installation, said: str) -> None:
    told = await lines(installation, f"/usage {said}")
    plain = [line.replace(f"/digest /usage {said}", "/digest /usage") for line in told]
    assert plain == await lines(installation, "/usage")


async def test_nothing_is_dropped_from_all_customers_but_one(installation: Installation) -> None:
    (said,) = await lines(installation, "/usage all customers except contoso")
    assert said.startswith("I know no customer called “all customers except contoso”")
