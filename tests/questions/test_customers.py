"""Customers by what somebody types: who is listed, in which order, who is gone, who is nobody's."""

from analytics.questions.customers import CustomerList, matching_customers
from analytics.warehouse.facts import Facts
from tests.questions.asking import november
from tests.questions.conftest import Told
from tests.questions.stamps import as_of
from tests.warehouse.rows import seats, tenant, use
from tests.warehouse.sights import sight

CRM = {"service": "crm", "service_name": "Microsoft Dynamics"}


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
