"""What people mean: a workload, a product, or nothing that this customer has."""

import pytest

from analytics.questions.named_products import product_name
from analytics.questions.topics import Topic, find_topics, workload_name
from tests.questions.asking import CONTOSO, FREE, asked, between, latest, november, topic_of
from tests.questions.conftest import Told
from tests.warehouse.rows import E3, seats, tenant, use

PLAN = "4b9405b0-7788-4568-add1-99614e613b69"
"""Exchange Online (Plan 1)."""
PRO = "f8a1db68-be16-40ed-86d5-cb42ce701560"
"""Power BI Pro."""

ROWS = (
    seats(50, 40),
    use(30, 50),
    use(20, 50, workload="spo", workload_name="SharePoint"),
    use(68, 50, workload="yammer", workload_name="Viva Engage"),
    seats(9, 9, product=PLAN, product_name="EXCHANGE ONLINE (PLAN 1)"),
    use(8, 9, product=PLAN, product_name="EXCHANGE ONLINE (PLAN 1)"),
    seats(4, 1, product=PRO, product_name="POWER BI PRO"),
    seats(10_000, 3, product=FREE, product_name="POWER BI STANDARD"),
)


@pytest.mark.parametrize("said", ["exchange", "Exchange", "EXO", "outlook", " exchange "])
def test_a_workload_is_meant_by_its_name_its_code_or_what_people_say(told: Told, said: str) -> None:
    assert topic_of(told(*ROWS), said) == Topic(
        "Exchange", frozenset({E3, PLAN}), frozenset({"exo"})
    )


def test_a_workload_narrows_seats_to_the_products_that_carry_it(told: Told) -> None:
    standing = latest(told(*ROWS), said="exchange")

    assert (standing.sold, standing.assigned, standing.active) == (59, 49, 38)
    assert [(w.id, w.active, w.entitled) for w in standing.workloads] == [("exo", 38, 59)]


def test_onedrive_counts_with_sharepoint(told: Told) -> None:
    facts = told(*ROWS)

    assert topic_of(facts, "onedrive") == topic_of(facts, "sharepoint")
    assert latest(facts, said="onedrive").workloads[0].active == 20


@pytest.mark.parametrize("name", ["Viva Engage", "Microsoft Viva Engage"])
@pytest.mark.parametrize("said", ["viva engage", "Engage", "yammer"])
def test_viva_engage_has_two_names(told: Told, said: str, name: str) -> None:
    facts = told(*ROWS, use(68, 50, workload="yammer", workload_name=name))
    assert topic_of(facts, said).workloads == frozenset({"yammer"})


def test_a_makers_name_alone_is_no_workload(told: Told) -> None:
    facts = told(seats(5), use(1, 5, workload="w", workload_name="Microsoft Viva Engage"))
    assert find_topics(facts, CONTOSO, "microsoft") == ()


@pytest.mark.parametrize("said", ["office 365 e3", "Office 365 E3", "ENTERPRISEPACK", "office e3"])
def test_a_product_is_meant_by_its_name_its_part_number_or_words_of_it(
    told: Told, said: str
) -> None:
    assert topic_of(told(*ROWS), said) == Topic("Office 365 E3", frozenset({E3}), None)


def test_a_product_narrows_seats_and_keeps_all_its_workloads(told: Told) -> None:
    standing = latest(told(*ROWS), said="office 365 e3")

    assert (standing.sold, standing.assigned, standing.active) == (50, 40, 30)
    assert [w.id for w in standing.workloads] == ["spo", "exo", "yammer"]


def test_exchange_is_the_workload_and_exchange_online_the_product(told: Told) -> None:
    assert topic_of(told(*ROWS), "exchange online").products == frozenset({PLAN})


def test_words_of_paid_and_free_products_mean_the_paid(told: Told) -> None:
    facts = told(*ROWS)
    assert topic_of(facts, "power bi").products == frozenset({PRO})
    assert topic_of(facts, "power bi standard").products == frozenset({FREE})


@pytest.mark.parametrize("said", ["dynamics", "excel", "", "!?", "xchange", "365e3"])
def test_what_the_customer_has_nothing_of_is_no_topic(told: Told, said: str) -> None:
    assert find_topics(told(*ROWS), CONTOSO, said) == ()


def test_a_topic_is_looked_for_in_what_this_customer_has(told: Told) -> None:
    facts = told(*ROWS, seats(5, customer="Fabrikam", product="v", product_name="VISIO"))
    assert find_topics(facts, CONTOSO, "visio") == ()


def test_a_topic_of_a_forbidden_customer_is_none(told: Told) -> None:
    facts = told(*ROWS, visible=frozenset({tenant("Fabrikam")}))
    assert find_topics(facts, CONTOSO, "exchange") == ()


def test_a_product_that_the_customer_had_once_is_a_topic_without_seats_now(told: Told) -> None:
    facts = told(*ROWS, seats(6, product="v", product_name="VISIO", day=november(13)))

    assert latest(facts, said="visio").sold == 0
    assert latest(facts, between(1, 13), said="visio").sold == 6


def test_a_product_is_called_by_its_public_name_then_the_sources_then_its_code(told: Told) -> None:
    facts = told(
        *ROWS, seats(5, product="v", product_name="VISIO"), seats(5, product="w", product_name="")
    )
    assert [product_name(facts, p) for p in (E3, "v", "w")] == ["Office 365 E3", "VISIO", "w"]
    assert asked(facts).names["v"] == "VISIO"


def test_a_topic_rests_on_the_services_that_hold_it(told: Told) -> None:
    crm = seats(7, service="crm", product="d", product_name="DYNAMICS", day=november(12))
    facts = told(*(seats(50, day=november(day)) for day in (9, 16)), crm, use(30, 50))
    result = asked(facts, between(10, 16), "office 365 e3")

    assert {each.service for each in result.stamp.rests_on} == {"Microsoft Office 365"}
    assert asked(facts, between(10, 16)).change is None  # Dynamics was first read within the period
    assert result.change is not None
    assert result.change.sold == 0


@pytest.mark.parametrize(
    ("former", "name"),
    [
        *(("Yammer", "Viva Engage"), ("Microsoft Dynamics CRM", "Dynamics 365")),
        *(("SKYPE FOR BUSINESS", "Skype for Business"), ("Exchange", "Exchange")),
    ],
)
def test_a_workload_is_called_by_its_name_of_today_and_found_by_both(
    told: Told, former: str, name: str
) -> None:
    facts = told(seats(5), use(3, 5, workload="w", workload_name=former))

    assert workload_name(facts, "w") == name
    for said in (former, name):
        assert topic_of(facts, said) == Topic(name, frozenset({E3}), frozenset({"w"}))


@pytest.mark.parametrize(
    "said",
    ["Microsoft Copilot for Microsoft 365", "Copilot for Microsoft 365", "Microsoft 365 Copilot"],
)
def test_copilot_has_one_name_and_is_found_by_its_earlier_ones(told: Told, said: str) -> None:
    copilot = "639dec6b-bb19-468b-871c-c5c441c4b0cb"
    facts = told(seats(5, product=copilot, product_name="MICROSOFT COPILOT FOR MICROSOFT 365"))

    assert product_name(facts, copilot) == "Microsoft 365 Copilot"
    assert topic_of(facts, said) == Topic("Microsoft 365 Copilot", frozenset({copilot}), None)


@pytest.mark.parametrize("said", ["exchange", "e3", "offic", "exchange online", "fabric", "power"])
def test_the_words_of_a_topic_find_it_again(told: Told, said: str) -> None:
    facts = told(*ROWS)
    topic = topic_of(facts, said)
    assert topic_of(facts, topic.words) == topic


def test_a_product_called_as_a_workload_is_found_again_by_what_was_typed(told: Told) -> None:
    copilot = "639dec6b-bb19-468b-871c-c5c441c4b0cb"
    name = {"product": copilot, "product_name": "MICROSOFT COPILOT FOR MICROSOFT 365"}
    workload = {"workload": "copilot", "workload_name": "Microsoft 365 Copilot"}
    facts = told(seats(5, **name), use(1, 5, **workload), use(3, 5, **workload, **name))
    topic = topic_of(facts, "Microsoft Copilot for Microsoft 365")

    assert (topic.label, topic.workloads) == ("Microsoft 365 Copilot", None)
    assert topic_of(facts, topic.label).workloads == frozenset({"copilot"})
    assert topic_of(facts, topic.words) == topic
