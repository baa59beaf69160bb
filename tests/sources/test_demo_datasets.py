"""The made-up partner's datasets tell one story: the same customers, products and seats."""

import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.demo.contract_cases import NEWLY_BOUGHT, NOT_LISTED, PARTLY_OTHERS
from analytics.demo.contracts import EXTENDED, term_on
from analytics.demo.pages import ABSENT, STORIES
from analytics.demo.stories import made_up_tenant
from analytics.skus import SKUS, is_free
from analytics.tables import DATASETS, Cell
from analytics.values import OWN
from analytics.warehouse.building.check import check
from bot.demo_installation import demo_loads, make_sample
from bot.partners import facts_folder
from tests.conftest import NOW
from tests.sources.demo_reading import TODAY, loads, rows_of_load, told
from tests.warehouse.rows import opened

SOON = TODAY + timedelta(days=60)
PRODUCTS = {sku.part: sku.name for sku in SKUS.values()}
Seats = dict[tuple[Cell, Cell], int]
"""Seats by tenant and product's name."""


def names_of(name: str) -> set[tuple[Cell, Cell]]:
    return {(row["tenant"], row["customer"]) for row in told(name) if row["tenant"]}


def sold(day: date) -> Seats:
    """Paid seats in the snapshots that a load of that day finds newest."""
    newest = {"o365": day - timedelta(days=1), "crm": day - timedelta(days=4)}
    found: Seats = {}
    for row in told("deployment"):
        paid = row["sold"] and not is_free(str(row["product"]))
        if paid and row["day"] == newest[str(row["service"])]:
            found[row["tenant"], SKUS[str(row["product"])].name] = int(str(row["sold"]))
    return found


def day_in(row: dict[str, Cell], column: str) -> date:
    """A row's day; the first of all where there is none."""
    value = row[column]
    found = value.date() if isinstance(value, datetime) else value
    return found if isinstance(found, date) else date.min


def in_force(rows: Iterable[dict[str, Cell]]) -> Seats:
    """Seats of subscriptions in force, without trials and Azure."""
    found: Seats = defaultdict(int)
    for row in rows:
        if row["status"] == "active" and row["unit"] == "Licenses" and not row["trial"]:
            product = str(row["product_name"]).removesuffix(EXTENDED)
            found[row["tenant"], product] += int(str(row["quantity"]))
    return dict(found)


def partly_others() -> set[tuple[Cell, Cell]]:
    return {(made_up_tenant(customer), PRODUCTS[part]) for customer, part in PARTLY_OTHERS}


@pytest.mark.parametrize("back", [1, 2, 3])
def test_seats_of_our_subscriptions_are_those_that_licence_reports_count(back: int) -> None:
    load = loads()[-back]  # earlier ones were asked for between two weekly snapshots
    day = date.fromisoformat(load.meta["built"][:10])
    counted, ours = sold(day), in_force(rows_of_load(load, "subscriptions"))
    gone = {key for key in counted if key[0] == made_up_tenant(NOT_LISTED)} - ours.keys()
    bought = {(made_up_tenant(NEWLY_BOUGHT[0]), PRODUCTS[NEWLY_BOUGHT[1]])} - ours.keys()
    differing = {key for key in counted | ours if counted.get(key) != ours.get(key)}
    assert differing == partly_others() | gone | bought
    assert bool(bought) == (back > 1)
    assert all(0 < ours[key] < counted[key] for key in partly_others())


def test_products_in_tenants_have_the_seats_of_licence_reports() -> None:
    counted = {
        (row["tenant"], row["product"]): (row["sold"], row["assigned"])
        for row in told("deployment")
        if row["day"] == TODAY - timedelta(days=1 if row["service"] == "o365" else 4)
    }
    held = {
        (row["tenant"], row["product"]): (row["active"], row["assigned"])
        for row in told("subscribed_skus")
    }
    assert held.items() <= counted.items()
    assert len({tenant for tenant, _ in counted}) - len({tenant for tenant, _ in held}) == 3


def test_both_reports_of_subscriptions_tell_the_same_ones() -> None:
    listed = {row["subscription"]: row["quantity"] for row in told("subscriptions")}
    analysed = {row["subscription"]: row["quantity"] for row in told("subscription_insights")}
    open_orders = {r["subscription"] for r in told("subscriptions") if r["status"] == "pending"}
    azure = {row["subscription"] for row in told("subscriptions") if row["billing"] == "usage"}
    assert listed.keys() - analysed.keys() == open_orders
    both = listed.keys() & analysed.keys() - azure
    assert {each: listed[each] for each in both} == {each: analysed[each] for each in both}
    assert len(both) > 150


@pytest.mark.parametrize("name", [d.name for d in DATASETS if d.name not in ABSENT])
def test_every_dataset_names_only_customers_of_the_licence_reports(name: str) -> None:
    rows = told(name)
    tenants = {row["tenant"] for row in rows if row.get("tenant")}
    assert tenants <= {row["tenant"] for row in told("deployment")}
    if rows and {"tenant", "customer"} <= rows[0].keys():
        named = {(tenant, name) for tenant, name in names_of(name) if name != tenant}
        assert named <= names_of("deployment")


def test_every_changed_quantity_has_its_event() -> None:
    before: dict[Cell, Cell] = {}
    changed = set()
    for load in loads():
        now = {r["subscription"]: r["quantity"] for r in rows_of_load(load, "subscriptions")}
        changed |= {each for each in now if before and now[each] != before.get(each)}
        before = now
    logged = " ".join(str(row["new_value"]).lower() for row in told("activity"))
    assert len(changed) > 20
    assert {each for each in changed if str(each) not in logged} == set()


def test_each_dataset_has_its_own_rhythm() -> None:
    days = {name: {str(r[of])[:10] for r in told(name)} for name, of in (
        ("azure_spend", "day"), ("azure_meters", "day"), ("insights_customers", "month"),
        ("insights_seats", "month"), ("insights_teams_meetings", "day"), ("activity", "moment"),
    )}  # fmt: skip
    assert {name: len(each) for name, each in days.items() if name != "activity"} == {
        "azure_spend": 78,
        "azure_meters": 60,
        "insights_customers": 6,
        "insights_seats": 3,
        "insights_teams_meetings": 20,
    }
    assert len(days["activity"]) > 25
    assert sum(day < str(TODAY - timedelta(days=90)) for day in days["activity"]) == 1


def test_subscriptions_have_every_state_and_kind() -> None:
    rows = told("subscriptions")
    kinds = {
        "trial": [row for row in rows if row["trial"]],
        "auto-renew off": [row for row in rows if not row["auto_renew"]],
        "without end": [row for row in rows if str(row["ends"]) == "9999-12-31"],
        "legacy": [row for row in rows if ":" not in str(row["offer"])],
        "ends in 60 days": [row for row in rows if TODAY <= day_in(row, "ends") <= SOON],
        "window open": [row for row in rows if day_in(row, "cancellable_until") > TODAY],
        "reseller": [row for row in rows if row["reseller"]],
    }
    assert {name for name, found in kinds.items() if not found} == set()
    assert {row["status"] for row in rows} == {"active", "suspended", "deleted", "pending"}
    ended = [row for row in told("subscription_insights") if row["status"] == "deprovisioned"]
    assert {row["customer"] for row in ended} >= {"Tailspin Toys", "Juniper Dairy"}
    assert sum(row["converted"] is not None for row in told("subscription_insights")) == 1


def test_azure_is_in_two_currencies_and_one_that_is_not_stated_and_over_budget() -> None:
    rows = told("azure_spend")
    assert {row["currency"] for row in rows} == {"EUR", "SEK", ""}
    assert {row["locale"] for row in rows if not row["currency"]} == {"fr-FR"}
    assert any(float(str(row["budget_used"])) > 1 for row in rows)
    assert {row["budget"] is None for row in rows} == {True, False}
    costs = {
        row["day"]: Decimal(str(row["cost"])) for row in rows if row["customer"] == "Woodgrove Bank"
    }
    corrected = [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 21)]
    assert [costs[day] - costs[day - timedelta(days=1)] for day in corrected] == [-20] * 3


@pytest.mark.parametrize("name", ["azure_category_costs", "azure_subscription_costs"])
def test_parts_of_azure_plans_add_up_to_the_spend_of_each_day(name: str) -> None:
    """But for a customer's legacy subscription, which is no plan."""
    summed: dict[tuple[Cell, ...], Decimal] = defaultdict(Decimal)
    for row in told(name):
        summed[row["day"], row["tenant"], row["currency"]] += Decimal(str(row["cost"]))
    spent = {
        key: Decimal(str(row["cost"]))
        for row in told("azure_spend")
        if (key := (row["day"], row["tenant"], row["currency"])) in summed
    }
    assert summed == spent
    assert {row["currency"] for row in told(name)} == {"EUR", "SEK"}
    usage = [row for row in told("subscriptions") if row["billing"] == "usage"]
    plans = {row["subscription"] for row in usage if row["status"] == "active"}
    assert {row["plan"] for row in told(name)} == plans


def test_activity_has_failures_programs_and_events_of_no_customer() -> None:
    rows = told("activity")
    assert {row["status"] for row in rows} == {"succeeded", "failed", "progress"}
    assert sum(row["who"] == "" for row in rows) == 2
    assert [row["operation"] for row in rows if row["tenant"] is None] == ["add_user_member"]


def test_what_is_true_now_has_a_history(sample_facts: Path) -> None:
    folder = facts_folder(sample_facts, OWN)
    facts = opened(folder)
    spans = "SELECT count(DISTINCT since), count(until) > 0 FROM {{{}}}"
    assert facts.rows(spans.format("subscriptions")) == [(6, True)]
    assert facts.rows(spans.format("role_members")) == [(1, True)]
    litware = {"tenant": made_up_tenant(NOT_LISTED)}
    left = "SELECT until FROM {customer_list} WHERE tenant = $tenant"
    stands = "SELECT DISTINCT until FROM {subscriptions} WHERE tenant = $tenant AND until IS NULL"
    assert facts.rows(left, **litware) == [(TODAY - timedelta(days=7),)]
    assert facts.rows(stands, **litware) == []
    assert [each for each in check(folder) if each.wrong and each.fault] == []


@pytest.mark.alone
def test_it_is_built_within_six_seconds_of_processor_time(tmp_path: Path) -> None:
    """The quickest of three counts: on a shared machine one run says more of the others on it."""
    assert any(_build_seconds(tmp_path / str(at)) < 6 for at in range(3))


def _build_seconds(folder: Path) -> float:
    started = time.process_time()
    make_sample(folder, NOW)
    return time.process_time() - started


@pytest.mark.parametrize("today", [date(2027, 3, 15), date(2028, 2, 29), date(2026, 12, 31)])
def test_it_can_be_made_up_on_any_day(today: date) -> None:
    made = demo_loads(datetime(today.year, today.month, today.day, tzinfo=UTC), STORIES)
    held = {batch.dataset.name: len(batch.rows) for batch in made[-1].batches}
    assert {dataset.name for dataset in DATASETS} - held.keys() == set(ABSENT)
    assert min(held.values()) > 0
    tenants = {row["tenant"] for row in rows_of_load(made[-1], "deployment")}
    others = {row["tenant"] for row in rows_of_load(made[-1], "subscription_insights")}
    assert others <= tenants
    for batch in (batch for load in made for batch in load.batches if batch.dataset.key):
        keys = [tuple(row[at] for at in batch.dataset.key) for row in batch.rows]
        assert len(set(keys)) == len(keys), batch.dataset.name


@given(
    st.dates(date(2020, 1, 1), date(2024, 1, 1)),
    st.sampled_from(["P1M", "P1Y", "P3Y"]),
    st.integers(0, 2000),
)
def test_every_day_lies_in_one_term(created: date, term: str, later: int) -> None:
    day = created + timedelta(days=later)
    starts, ends = term_on(created, term, day)
    assert created <= starts <= day <= ends
    assert term_on(created, term, ends + timedelta(days=1))[0] == ends + timedelta(days=1)
