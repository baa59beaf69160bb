"""Names that look alike: each reader sees every customer under a name of its own."""

import random
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.tables import DATASETS, Batch
from analytics.tables.customers import CUSTOMERS
from analytics.values import Customer, TenantId
from analytics.warehouse.building.build import build
from analytics.warehouse.customer_details import CustomerDetails
from analytics.warehouse.customer_directory import CustomerDirectory
from analytics.warehouse.facts import Facts
from analytics.warehouse.name_marks import look
from tests.bench.company_names import company_names
from tests.warehouse.rows import META, batches, opened, seats

ONE = TenantId("1b4e28ba-2fa1-41d2-883f-0016d3cca427")
TWO = TenantId("2b4e28ba-2fa1-41d2-883f-0016d3cca427")
OTHER = TenantId("9c4e28ba-2fa1-41d2-883f-0016d3cca427")


def names(
    customers: dict[TenantId, str],
    visible: set[TenantId] | None = None,
    details: CustomerDetails | None = None,
) -> list[str]:
    """The names shown to a reader of these customers, in order of id."""
    every = [Customer(tenant, name) for tenant, name in sorted(customers.items())]
    cut = CustomerDirectory.of(every, details).cut_to(
        None if visible is None else frozenset(visible)
    )
    return [customer.name for customer in cut.customers]


def synced(folder: Path, *customers: tuple[TenantId, str, str]) -> Facts:
    """Facts of a customer list: id, name and domain."""
    rows = tuple((tenant, name, domain, "reseller") for tenant, name, domain in customers)
    build(folder, [Batch(CUSTOMERS, rows), *batches(seats(5, customer="Proseware"))], META)
    return opened(folder)


def test_a_name_alone_stays_as_it_is() -> None:
    assert names({ONE: "Contoso", TWO: "Contoso Ltd"}) == ["Contoso", "Contoso Ltd"]


@pytest.mark.parametrize("other", ["Contoso", "CONTOSO", "Contoso ", "Contóso", "contoso!"])
def test_names_that_look_alike_carry_the_beginning_of_the_id(other: str) -> None:
    shown = names({ONE: "Contoso", TWO: other})
    assert shown == ["Contoso (1b4e28ba…)", f"{other} (2b4e28ba…)"]


def test_the_domain_comes_first(tmp_path: Path) -> None:
    twins = ((ONE, "Contoso", "contoso0.onmicrosoft.com"), (TWO, "Contoso", "Contoso17.com"))
    facts = synced(tmp_path, *twins)
    shown = {customer.id: customer.name for customer in facts.people.customers}
    assert (shown[ONE], shown[TWO]) == (
        "Contoso (contoso0.onmicrosoft.com)",
        "Contoso (contoso17.com)",
    )
    assert facts.customer(TWO) == Customer(TWO, "Contoso (contoso17.com)")
    assert {customer.name for customer in facts.find("contoso")[1]} == {shown[ONE], shown[TWO]}


def test_facts_cut_to_one_of_two_keep_the_name_that_the_reader_knows(tmp_path: Path) -> None:
    facts = synced(tmp_path, (ONE, "Contoso", "c0.example"), (TWO, "Contoso", "c17.example"))
    for cut in (facts.only(frozenset({TWO})), facts.only(frozenset({ONE, TWO}))):
        assert cut.customer(TWO) == facts.customer(TWO)
        assert set(cut.people.customers) <= set(facts.people.customers)
        assert cut.seen != facts.seen


def test_a_domain_that_two_claim_tells_neither() -> None:
    details = CustomerDetails({ONE: "contoso.com", TWO: "contoso.com", OTHER: "contoso.net"})
    assert names({ONE: "Contoso", TWO: "Contoso", OTHER: "Contoso"}, details=details) == [
        "Contoso (1b4e28ba…)",
        "Contoso (2b4e28ba…)",
        "Contoso (contoso.net)",
    ]


def test_without_domains_the_days_of_first_and_last_licences_tell(tmp_path: Path) -> None:
    days = {ONE: (7, 13), TWO: (14, 20)}
    lines = [
        seats(9, tenant=tenant, day=date(2026, 11, day))
        for tenant, both in days.items()
        for day in both
    ]
    build(tmp_path, batches(*lines), META)
    assert [customer.name for customer in opened(tmp_path).people.customers] == [
        "Contoso (… – 2026-11-13)",
        "Contoso (2026-11-14 – …)",
    ]


def test_the_beginnings_of_ids_that_are_the_same_are_not_enough() -> None:
    near = TenantId(ONE[:-1] + "8")
    assert names({ONE: "Contoso", near: "Contoso"}) == [f"Contoso ({ONE})", f"Contoso ({near})"]


def test_a_customer_called_like_another_with_its_mark_is_told_apart_too() -> None:
    forged = {ONE: "Contoso", TWO: "Contoso", OTHER: "Contoso (1b4e28ba…)"}
    assert names(forged) == [f"Contoso ({ONE})", "Contoso (2b4e28ba…)", "Contoso (1b4e28ba…)"]


def test_a_mark_is_not_cut_off_a_button() -> None:
    shown = names({ONE: "Contoso " * 20, TWO: "Contoso " * 20})
    assert [len(name) for name in shown] == [75, 75]
    assert [name[-12:] for name in shown] == [" (1b4e28ba…)"[-12:], " (2b4e28ba…)"[-12:]]


CUSTOMER_NAMES = st.dictionaries(
    st.uuids().map(lambda each: TenantId(str(each))),
    st.sampled_from(["Contoso", "CONTOSO ", "Contoso (x)", "Fabrikam", "***", "* * *"])
    | st.text(max_size=12),
    min_size=1,
    max_size=12,
)


@given(CUSTOMER_NAMES, st.data())
def test_no_two_look_alike_and_what_is_hidden_changes_nothing(
    customers: dict[TenantId, str], data: st.DataObject
) -> None:
    visible = data.draw(st.sets(st.sampled_from(sorted(customers))))
    domains = data.draw(st.dictionaries(st.sampled_from(sorted(customers)), st.just("x.com")))
    details = CustomerDetails(domains)
    shown = names(customers, visible, details)
    assert len({look(name) for name in shown}) == len(visible)
    alone = {tenant: customers[tenant] for tenant in visible}
    assert shown == names(alone, details=details)


def test_every_table_that_names_customers_carries_their_ids_where_the_source_has_them() -> None:
    named = [dataset for dataset in DATASETS if "customer" in {c.name for c in dataset.columns}]
    assert len(named) > 3
    assert [d.name for d in named if "tenant" not in {c.name for c in d.columns}] == [
        "insights_resellers"  # ResellerPerformance has a customer's name alone
    ]


@pytest.mark.alone
def test_fifty_thousand_customers_are_cut_to_a_reader_in_no_time() -> None:
    chance = random.Random(7)  # noqa: S311 a test must repeat itself
    made_up = company_names(50_000, chance)
    made_up[::100] = made_up[1::100]  # 500 pairs of namesakes
    every = [Customer(TenantId(f"{at:08}"), name) for at, name in enumerate(made_up)]
    directory = CustomerDirectory.of(every)
    some = frozenset(customer.id for customer in every[:5_000])
    directory.cut_to(frozenset())  # what is kept for all readers is made once
    took = []
    for visible in (some, None):
        started = time.thread_time()
        marked = len(directory.cut_to(visible).marked)
        took.append((marked, time.thread_time() - started))
    assert [marked for marked, _ in took] == [100, 1_000]
    assert took[0][1] < 0.1
    assert took[1][1] < 0.5
