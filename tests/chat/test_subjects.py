"""Whom a question is about, among the customers its asker may see."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analytics.demo.pages import CLEO_SEES
from analytics.demo.stories import made_up_tenant
from analytics.values import OWN, Customer, Period, TenantId
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.customer_details import CustomerDetails, OtherName
from analytics.warehouse.customer_directory import CustomerDirectory
from analytics.warehouse.facts import Facts
from analytics.warehouse.name_marks import look
from bot.partners import facts_folder
from handlers.chat.customer_search import find_subject, names_whole
from handlers.chat.refusals import (
    SeveralCustomers,
    UnknownCustomer,
    UnknownTopic,
)
from handlers.commands.usage import UsageArgs
from handlers.input.arguments import typed_args
from handlers.input.command_line import split
from tests.bench.company_names import company_names
from tests.chat.everyday import ENGLISH, FRENCH
from tests.warehouse.sights import sight


@pytest.fixture(scope="module")
def warehouse(sample_facts: Path) -> Warehouse:
    return Warehouse(facts_folder(sample_facts, OWN))


@pytest.fixture
def everybody(warehouse: Warehouse) -> Facts:
    """The facts as Ada sees them."""
    generation = warehouse.current()
    assert generation is not None
    return Facts(generation, sight())


@pytest.fixture
def cleos(everybody: Facts) -> Facts:
    """The facts as Cleo sees them: Contoso and Fabrikam Bikes."""
    return Facts(everybody.generation, sight(CLEO_SEES))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("contoso", "Contoso"),
        ("CONTOSO", "Contoso"),
        ("contoso pharmaceuticals", "Contoso Pharmaceuticals"),
        ("contoso pharma", "Contoso Pharmaceuticals"),
        ("fabrikam bikes", "Fabrikam Bikes"),
        ("wwi", "Wide World Importers"),
        ("lumiere", "Société Lumière d'Épicerie"),
    ],
)
def test_a_name_is_found_as_people_type_it(everybody: Facts, said: str, name: str) -> None:
    subject = find_subject(everybody, said)
    assert (subject.customer.name, subject.topic, subject.mended) == (name, None, None)


@pytest.mark.parametrize("written", [str, str.upper, "{{{}}}".format])
def test_a_tenants_guid_is_found_however_it_is_written(
    everybody: Facts, written: type[str]
) -> None:
    tenant = made_up_tenant("Proseware")
    assert find_subject(everybody, written(tenant)).customer == Customer(tenant, "Proseware")


def test_what_follows_the_name_is_a_workload_or_a_product_of_theirs(everybody: Facts) -> None:
    exchange = find_subject(everybody, "contoso exchange").topic
    copilot = find_subject(everybody, "contoso copilot").topic
    assert [topic and topic.label for topic in (exchange, copilot)] == [
        "Exchange",
        "Microsoft 365 Copilot",
    ]


def test_a_typo_is_mended_and_told(everybody: Facts) -> None:
    subject = find_subject(everybody, "prosware")
    assert (subject.customer.name, subject.mended) == ("Proseware", "prosware")


def test_a_name_that_fits_several_offers_them(everybody: Facts) -> None:
    with pytest.raises(SeveralCustomers) as several:
        find_subject(everybody, "fabrikam")
    names = [customer.name for customer in several.value.customers]
    assert (names, several.value.more) == (["Fabrikam Bikes", "Fabrikam Residences"], 0)


def test_where_very_many_fit_a_handful_is_offered_and_the_rest_counted(everybody: Facts) -> None:
    shops = [Customer(TenantId(f"t{n}"), f"Corner Shop {n}") for n in range(1, 71)]
    many = Facts(replace(everybody.generation, people=CustomerDirectory.of(shops)), sight())
    with pytest.raises(SeveralCustomers) as several:
        find_subject(many, "corner shop")
    assert (len(several.value.customers), several.value.more) == (8, 62)


def test_among_two_customers_the_same_name_fits_one(cleos: Facts) -> None:
    assert find_subject(cleos, "fabrikam").customer.name == "Fabrikam Bikes"


@pytest.mark.parametrize("said", ["proseware", "prosware", made_up_tenant("Proseware"), "zzz", ""])
def test_whom_one_may_not_see_is_as_unknown_as_whom_there_is_not(cleos: Facts, said: str) -> None:
    with pytest.raises(UnknownCustomer) as unknown:
        find_subject(cleos, said)
    assert unknown.value.values == {"name": said}


def test_a_known_name_with_an_unknown_topic_says_which_is_which(cleos: Facts) -> None:
    with pytest.raises(UnknownTopic) as unknown:
        find_subject(cleos, "contoso pharmaceuticals")
    assert unknown.value.values == {"customer": "Contoso", "topic": "pharmaceuticals"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_everyday_word_asks_no_customer_among_fifty_thousand(
    everybody: Facts, seed: int
) -> None:
    names = company_names(50_000, random.Random(seed))  # noqa: S311 a test must repeat itself
    whose = [Customer(TenantId(f"t{at:05}"), name) for at, name in enumerate(names)]
    many = Facts(replace(everybody.generation, people=CustomerDirectory.of(whose)), sight())
    assert min(len(ENGLISH), len(FRENCH)) >= 200
    met = {}
    for word in ENGLISH | FRENCH:
        try:
            met[word] = find_subject(many, word).customer.name
        except SeveralCustomers as several:
            met[word] = str(several.customers)
        except UnknownCustomer:
            continue
    assert met == {}


@pytest.mark.parametrize(
    ("said", "name", "topic"),
    [
        ("for contoso", "Contoso", None),
        ("at the customer Contoso", "Contoso", None),
        ("chez contoso", "Contoso", None),
        ("pour le client Contoso", "Contoso", None),
        ("for contoso for teams", "Contoso", "Teams"),
        ("exchange at contoso", "Contoso", "Exchange"),
        ("exchange de contoso", "Contoso", "Exchange"),
        ("for best for you", "Best For You Organics", None),
        ("first up", "First Up Consultants", None),
        ("the phone company", "The Phone Company", None),
        ("contoso ltd", "Contoso", None),
        ("Contoso GmbH exchange", "Contoso", "Exchange"),
        ("city power and light", "City Power & Light", None),
    ],
)
def test_words_beside_a_name_that_say_nothing_are_left_out(
    everybody: Facts, said: str, name: str, topic: str | None
) -> None:
    subject = find_subject(everybody, said)
    assert (subject.customer.name, subject.topic and subject.topic.label) == (name, topic)


@pytest.mark.parametrize(
    "said", ["you", "for", "for teams", "this", "pour vous", "who uses copilot"]
)
def test_a_function_word_is_no_customer(everybody: Facts, said: str) -> None:
    with pytest.raises(UnknownCustomer):
        find_subject(everybody, said)


@pytest.mark.parametrize("word", ["The One", "This", "October", "Pour"])
def test_a_customer_that_is_called_like_an_everyday_word_is_found_by_the_whole_name(
    everybody: Facts, word: str
) -> None:
    people = CustomerDirectory.of([Customer(TenantId("t1"), word), Customer(TenantId("t2"), "X Y")])
    facts = Facts(replace(everybody.generation, people=people), sight())
    assert find_subject(facts, word.lower()).customer.name == word


def test_a_former_name_finds_and_is_told(everybody: Facts) -> None:
    yarrow = Customer(TenantId("t1"), "Yarrow Holdings")
    details = CustomerDetails(others=(OtherName(yarrow.id, "Alder Works"),))
    people = CustomerDirectory.of([yarrow], details)
    facts = Facts(replace(everybody.generation, people=people), sight())
    subject = find_subject(facts, "alder works")
    assert (subject.customer, subject.former) == (yarrow, "alder works")


def subject_and_period(facts: Facts, text: str) -> tuple[str, Period | None]:
    """The customer and the period of `/usage` and this text."""
    typed = typed_args(UsageArgs, names_whole(facts, split(text)), date(2026, 11, 22))
    return find_subject(facts, " ".join(typed.rest)).customer.name, typed.period


PERIODS = {
    "": None,
    "october": Period(date(2026, 10, 1), date(2026, 10, 31)),
    "q3": Period(date(2026, 7, 1), date(2026, 9, 30)),
    "du 3 au 9 novembre": Period(date(2026, 11, 3), date(2026, 11, 9)),
    "last 90 days": Period(date(2026, 8, 25), date(2026, 11, 22)),
}
MONTHS_IN_NAMES = ("October", "Theresa May", "May & Sons", "7 Days", "Mars", "Q3", "Studio 2026")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_name_is_read_with_and_without_a_period_behind_it(
    everybody: Facts, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 a test must repeat itself
    demo = [customer.name for customer in everybody.people.customers]
    names = [*demo, *MONTHS_IN_NAMES, *company_names(5_000, chance)]
    whose = [Customer(TenantId(f"t{at:05}"), name) for at, name in enumerate(names)]
    many = Facts(replace(everybody.generation, people=CustomerDirectory.of(whose)), sight())
    tried = [name for name in (*demo, *MONTHS_IN_NAMES, *chance.sample(names, 200)) if look(name)]
    wrong = {
        (name, said): found
        for name in tried
        for said, period in PERIODS.items()
        if (found := subject_and_period(many, f"{name} {said}")) != (name, period)
    }
    assert wrong == {}
