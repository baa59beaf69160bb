"""Customers by what somebody types: who is listed, in which order, who is gone, who is nobody's."""

from datetime import date
from pathlib import Path

from analytics.questions.customer_overviews import CustomerOverview
from analytics.questions.customers import CustomerList, matching_customers
from analytics.tables import SUBSCRIPTION_INSIGHTS
from analytics.values import Unknown, Why
from analytics.warehouse.facts import Facts
from tests.questions.asking import FREE, november
from tests.questions.conftest import Told
from tests.questions.stamps import as_of
from tests.questions.subscribing import EVE, line
from tests.questions.subscribing import told as told_on
from tests.warehouse.rows import seats, tenant, use
from tests.warehouse.sights import sight

CRM = {"service": "crm", "service_name": "Microsoft Dynamics"}


LISTS = {
    "Contoso": [line("Contoso/1", quantity=5, created=date(2024, 3, 1))],
    "Fabrikam": [line("Fabrikam/2", "suspended", created=date(2025, 1, 9))],
    "Adatum": [line("Adatum/3", "deprovisioned", created=date(2023, 2, 2), deprovisioned=EVE)],
    "Litware": [line("Litware/4", quantity=7, created=date(2022, 5, 5))],
    "Lucerne": [],
}


def glanced(folder: Path) -> dict[str, CustomerOverview]:
    """What is known of those customers, Litware having left the list on the last day."""
    rows = [row for rows in LISTS.values() for row in rows]
    told_on(folder, *rows, customers=tuple(LISTS), day=EVE)
    stay = tuple(name for name in LISTS if name != "Litware")
    result = matching_customers(told_on(folder, *rows, customers=stay), "")
    return {each.customer.name: each for each in result.overviews}


def test_each_customer_is_told_at_a_glance(tmp_path: Path) -> None:
    found = glanced(tmp_path)
    states = {name: (each.state and each.state.value) for name, each in found.items()}
    assert states == {
        "Adatum": "ended",
        "Contoso": "active",
        "Fabrikam": "suspended",
        "Litware": None,
        "Lucerne": None,
    }
    assert {name for name, each in found.items() if each.counts_by_app} == {"Contoso", "Fabrikam"}
    assert {name for name, each in found.items() if each.counts_by_insights} == {"Contoso"}
    assert [name for name, each in found.items() if each.by_name_only] == ["Lucerne"]
    assert [name for name, each in found.items() if each.off_list] == ["Litware"]
    assert [each.own_seats for each in found.values()] == [0, 5, 0, 0, 0]


def test_since_is_the_first_order_and_else_the_first_sight_which_is_said(tmp_path: Path) -> None:
    found = glanced(tmp_path)
    assert (found["Contoso"].since, found["Contoso"].first_seen) == (date(2024, 3, 1), False)
    assert (found["Litware"].since, found["Litware"].first_seen) == (date(2022, 5, 5), False)
    assert (found["Lucerne"].since, found["Lucerne"].first_seen) == (EVE, True)


def test_seats_of_all_partners_are_those_that_usage_tells(told: Told) -> None:
    facts = told(seats(50), use(30, 50), seats(9, customer="Fabrikam", product=FREE))
    contoso, fabrikam = matching_customers(facts, "").overviews
    never = Unknown(Why.NEVER_CAME, SUBSCRIPTION_INSIGHTS.name)
    assert (contoso.all_seats, contoso.own_seats, contoso.state) == (50, never, None)
    assert (contoso.as_of, contoso.counts_by_app) == (november(20), None)
    assert fabrikam.all_seats in (0, Unknown(Why.NOT_MEASURED, "deployment"))


def test_names_are_in_the_order_in_which_people_look_for_them(told: Told) -> None:
    listed = ["abc", "ÆØÅ", "Åland", "École", "Shop 9", "Shop 10", "Shop 10a", "Zoo", "Ωmega"]
    facts = told(*(seats(1, customer=name) for name in reversed(listed)))
    assert names(matching_customers(facts, "")) == listed


def test_pages_hold_each_customer_once_and_end_at_the_last(told: Told) -> None:
    facts = told(*(seats(1, customer=f"Shop {number}") for number in range(1, 46)))
    pages = [matching_customers(facts, "", page) for page in (1, 2, 3)]
    listed = [name for page in pages for name in names(page)]
    assert listed == [f"Shop {number}" for number in range(1, 46)]
    assert [(page.page, page.pages, page.more) for page in pages] == [
        (1, 3, 25),
        (2, 3, 25),
        (3, 3, 40),
    ]
    for beyond in (4, 9999):
        assert names(matching_customers(facts, "", beyond)) == names(pages[-1])
    assert names(matching_customers(facts, "", 0)) == names(pages[0])
    found = [matching_customers(facts, "shop", page) for page in (1, 2, 3)]
    assert len({name for page in found for name in names(page)}) == 45


def test_a_limited_reader_turns_the_pages_of_their_own(told: Told) -> None:
    mine = [f"Shop {number}" for number in range(1, 46, 2)]
    rows = [seats(1, customer=f"Shop {number}") for number in range(1, 46)]
    facts = told(*rows, visible=frozenset(map(tenant, mine)))
    pages = [matching_customers(facts, "", page) for page in (1, 2)]
    assert [name for page in pages for name in names(page)] == mine
    assert pages[0].pages == 2


def names(result: CustomerList) -> list[str]:
    return [customer.name for customer in result.customers]


def test_without_a_word_they_come_by_name_whatever_its_case_and_accents(told: Told) -> None:
    facts = told(*(seats(1, customer=name) for name in ("Zeta", "Élan", "fabrikam", "Contoso")))
    assert names(matching_customers(facts, "")) == ["Contoso", "Élan", "fabrikam", "Zeta"]


def test_a_part_of_a_name_finds_in_the_order_of_the_index(told: Told) -> None:
    whole = ("Contoso Pharmaceuticals", "Fabrikam", "Contoso", "Alpine Contoso")
    facts = told(*(seats(1, customer=name) for name in whole))
    assert names(matching_customers(facts, "contoso")) == ["Contoso"]
    assert names(matching_customers(facts, "cont")) == ["Contoso", "Contoso Pharmaceuticals"]
    assert names(matching_customers(facts, "nobody at all")) == []


def test_a_tenants_id_finds_its_customer_in_any_case(told: Told) -> None:
    facts = told(seats(1), seats(1, customer="Fabrikam"))
    assert names(matching_customers(facts, tenant("Fabrikam").upper())) == ["Fabrikam"]


def test_twenty_are_shown_and_the_others_counted(told: Told) -> None:
    facts = told(*(seats(1, customer=f"Shop {number:03}") for number in range(75)))
    for said in ("", "shop"):  # of 50 hits at most the index gives the names
        result = matching_customers(facts, said)
        assert (len(result.customers), result.more) == (20, 55)
    assert names(matching_customers(facts, ""))[-1] == "Shop 019"


def test_whom_no_newest_snapshot_lists_is_shown_as_gone(told: Told) -> None:
    facts = told(
        seats(9, day=november(13), customer="Fabrikam"),
        seats(50, day=november(20)),
        use(3, 9, day=november(20), customer="Adatum"),
    )
    result = matching_customers(facts, "")
    assert names(result) == ["Adatum", "Contoso", "Fabrikam"]
    assert [customer.name for customer in result.gone] == ["Fabrikam"]


def test_the_list_is_as_old_as_the_newest_snapshots(told: Told) -> None:
    rows = [seats(1, day=november(13)), seats(1, day=november(20))]
    facts = told(*rows, seats(2, day=november(18), product="d", **CRM))
    assert matching_customers(facts, "nobody").stamp.rests_on == (
        *as_of("Microsoft Dynamics", november(18), None),
        *as_of("Microsoft Office 365", november(20), None),
    )


def test_a_limited_reader_finds_and_counts_their_customers_only(told: Told) -> None:
    rows = [seats(1), seats(1, customer="Contoso Hotels"), seats(1, customer="Fabrikam")]
    facts = told(*rows, visible=frozenset({tenant("Contoso Hotels")}))
    for said in ("", "contoso", tenant("Contoso Hotels")):
        result = matching_customers(facts, said)
        assert (names(result), result.more) == (["Contoso Hotels"], 0)
    assert names(matching_customers(facts, tenant("Contoso"))) == []


def test_a_reader_of_nobody_finds_nobody(sample: Facts) -> None:
    nobody = matching_customers(Facts(sample.generation, sight(())), "con")
    assert (nobody.customers, nobody.more, nobody.gone) == ((), 0, ())
