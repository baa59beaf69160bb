"""A product or workload in the place of a customer's name is one of all customers."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.demo.pages import CLEO_SEES
from analytics.questions.topics import find_topics_of_all
from analytics.values import OWN, Customer, TenantId
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.customer_directory import CustomerDirectory
from analytics.warehouse.facts import Facts
from analytics.warehouse.name_index.everyday_words import PRODUCTS
from bot.partners import facts_folder
from handlers.chat.customer_search import CustomerAndTopic
from handlers.chat.refusals import (
    CustomerOrTopic,
    SeveralTopicsOfAll,
    TopicOfNone,
    UnknownCustomer,
)
from handlers.chat.topic_search import find_customer_or_topic, find_topic_of_all
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


def meant(facts: Facts, said: str) -> tuple[str | None, str | None]:
    """The customer and the topic that a question is about."""
    subject = find_customer_or_topic(facts, said)
    customer = subject.customer.name if isinstance(subject, CustomerAndTopic) else None
    return customer, subject.topic.label if subject.topic else None


def among(facts: Facts, *names: str) -> Facts:
    """The same figures with further customers, who have none."""
    more = [Customer(TenantId(f"t{at}"), name) for at, name in enumerate(names)]
    people = CustomerDirectory.of([*facts.people.customers, *more])
    return Facts(replace(facts.generation, people=people), sight())


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("copilot", "Microsoft 365 Copilot"),
        ("teams", "Teams"),
        ("for teams", "Teams"),
        ("outlook", "Exchange"),
        ("microsoft 365 e3", "Microsoft 365 E3"),
        ("m365 e5", "Microsoft 365 E5"),
        ("copil", "Microsoft 365 Copilot"),
    ],
)
def test_a_product_or_workload_alone_is_a_topic_of_all_customers(
    everybody: Facts, said: str, topic: str
) -> None:
    assert meant(everybody, said) == (None, topic)


def test_a_product_that_several_names_fit_leaves_a_choice_of_all(everybody: Facts) -> None:
    with pytest.raises(SeveralTopicsOfAll) as several:
        find_customer_or_topic(everybody, "e3")
    offers = dict(several.value.offers)
    assert {"Microsoft 365 E3", "Office 365 E3"} <= offers.keys()
    assert offers["Microsoft 365 E3"] == 'all "Microsoft 365 E3"'


@pytest.mark.parametrize("said", ["copilot and teams", "copilot, teams"])
def test_several_topics_leave_a_choice_of_all(everybody: Facts, said: str) -> None:
    with pytest.raises(SeveralTopicsOfAll) as several:
        find_customer_or_topic(everybody, said)
    assert several.value.offers == (
        ("Microsoft 365 Copilot", 'all "copilot"'),
        ("Teams", 'all "teams"'),
    )


def test_a_customer_of_exactly_that_name_wins(everybody: Facts) -> None:
    assert meant(among(everybody, "Copilot"), "copilot") == ("Copilot", None)


@pytest.mark.parametrize("name", ["Copilot Consulting Ltd", "Copilot GmbH"])
def test_a_customer_whose_name_begins_so_leaves_a_choice_of_both(
    everybody: Facts, name: str
) -> None:
    with pytest.raises(CustomerOrTopic) as several:
        find_customer_or_topic(among(everybody, name), "copilot")
    assert several.value.offers == (("Microsoft 365 Copilot", 'all "copilot"'), (name, "t0"))


def test_a_mistyped_name_wins_over_no_product(everybody: Facts) -> None:
    near = among(everybody, "Copilod", "Teamz", "Exchanje")
    assert meant(near, "copilot") == (None, "Microsoft 365 Copilot")
    assert meant(near, "teams") == (None, "Teams")
    assert meant(near, "exchange") == (None, "Exchange")


@pytest.mark.parametrize(
    ("said", "name", "topic"),
    [
        ("contoso", "Contoso", None),
        ("contoso exchange", "Contoso", "Exchange"),
        ("exchange at contoso", "Contoso", "Exchange"),
        ("prosware", "Proseware", None),
    ],
)
def test_a_customers_name_is_read_as_before(
    everybody: Facts, said: str, name: str, topic: str | None
) -> None:
    assert meant(everybody, said) == (name, topic)


@pytest.mark.parametrize("said", ["you", "for", "this", "pour vous", "1", "365", "zzz", ""])
def test_a_function_word_or_a_number_is_no_topic(everybody: Facts, said: str) -> None:
    with pytest.raises(UnknownCustomer):
        find_customer_or_topic(everybody, said)


def test_an_everyday_word_is_no_topic(everybody: Facts) -> None:
    words = (ENGLISH | FRENCH) - PRODUCTS
    assert [word for word in words if find_topics_of_all(everybody, word).topics] == []


def test_a_topic_is_looked_for_in_what_the_reader_may_see(everybody: Facts, cleos: Facts) -> None:
    assert meant(everybody, "visio plan 2")[1] == "Visio Plan 2"
    with pytest.raises(TopicOfNone) as none:
        find_customer_or_topic(cleos, "visio plan 2")
    assert none.value.values["topic"] == "visio plan 2"


def test_all_beside_a_topic_is_left_out_and_the_choice_replaces_it(
    everybody: Facts,
) -> None:
    found = find_topic_of_all(everybody, "copilot", "all copilot")
    assert found
    assert (found.topic.label, found.said_topic) == ("Microsoft 365 Copilot", "copilot")
    assert find_topic_of_all(everybody, "saints church", "all saints church") is None
    with pytest.raises(SeveralTopicsOfAll) as several:
        find_topic_of_all(everybody, "e3", "all e3")
    assert several.value.values == {"name": "all e3"}
