"""Azure costs by category and by subscription: which plans are asked, and what is kept of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.item_rows import rows_of
from analytics.sources.partner_center.summed_rows import SummedRows
from analytics.sources.partner_center.trouble import Nonsense
from analytics.tables import AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS, Dataset, Row
from analytics.values import TenantId
from analytics.warehouse.building.agreements import agreements
from analytics.warehouse.building.check import check
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.erasure import erase
from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.fetched_parts import known_parts
from analytics.warehouse.marks import Mark, Reason
from tests.partner_center.azure_costs import meter_records, resource_records
from tests.partner_center.company import Company, Item
from tests.partner_center.documented import body
from tests.partner_center.standin import Standin
from tests.syncing.days import DAY, START, first_day
from tests.syncing.fetching import fetched

TODAY = START.date()
COMPANY = Company(6, seed=3, today=TODAY, azure=5)
"""Its customers 1, 2, 4 and 5 have an Azure plan."""
PLANS = [tenant for tenant in COMPANY.tenants if COMPANY.plan(tenant)]
COSTS = ("azure_category_costs", "azure_subscription_costs")
NEWEST = "SELECT max(day) FROM {azure_category_costs}"
COUNTED = (
    "SELECT count(*) FROM new_azure_category_costs",
    "SELECT count(*) FROM new_azure_subscription_costs",
)
SPENT = (
    "SELECT sum(cost) FROM new_azure_spend WHERE currency = 'SEK'",
    "SELECT sum(cost) FROM new_azure_category_costs",
    "SELECT sum(cost) FROM new_azure_subscription_costs",
)
QUIET = Before(
    {
        name: {str(TODAY - timedelta(days=back)): TODAY + 9 * DAY for back in range(1, 95)}
        for name in ("activity", "azure_meters")
    }
)
"""Days of these are known already: 150 calls less."""
GIVEN = {"fetched": str(TODAY), "customer-id": PLANS[0], "plan-id": COMPANY.plan(PLANS[0])}


def later(days: int) -> Company:
    return replace(COMPANY, today=TODAY + timedelta(days=days))


def summed(*pages: Sequence[Item], dataset: Dataset = AZURE_CATEGORY_COSTS) -> list[Row]:
    """The rows of a plan whose records come on these pages."""
    sums = SummedRows(dataset)
    for items in pages:
        numbers = [
            {k: Decimal(str(v)) if isinstance(v, float) else v for k, v in item.items()}
            for item in items
        ]
        sums.add(numbers, rows_of(dataset, numbers, GIVEN, TODAY))
    return sums.rows


def costs(rows: Sequence[Row], dataset: Dataset = AZURE_CATEGORY_COSTS) -> dict[object, Any]:
    """Costs by what is behind the plan in the key."""
    name, cost = dataset.at("plan") + 1, dataset.at("cost")
    found: dict[object, Any] = {}
    for row in rows:
        found[row[name]] = found.get(row[name], 0) + row[cost]
    return found


async def test_the_first_fetch_asks_every_plan_twice_and_adds_its_records(tmp_path: Path) -> None:
    standin = Standin(COMPANY)
    its = await fetched(standin, tmp_path / "staging.duckdb", before=QUIET)
    assert (standin.calls["meterusagerecords"], standin.calls["resourceusagerecords"]) == (4, 4)
    assert {name: its.marks[name] for name in COSTS} == {
        name: Mark(name, TODAY, calls=4) for name in COSTS
    }
    assert list(map(its.one, COUNTED)) == [12, 8]
    assert len({round(its.one(sql), 6) for sql in SPENT}) == 1


async def test_of_more_plans_than_set_the_dearest_are_asked_and_it_is_said(tmp_path: Path) -> None:
    standin = Standin(COMPANY)
    its = await fetched(standin, tmp_path / "staging.duckdb", before=QUIET, azure_plans=1)
    reason = Reason("sync-why-azure-plans", {"asked": "1", "of": "4"})
    assert [its.marks[name].reasons for name in COSTS] == [(reason,), (reason,)]
    assert its.marks[COSTS[0]].state is FetchState.LIMITED
    assert standin.calls["meterusagerecords"] == 1
    assert its.marks[COSTS[0]].without_counts.reasons == (
        Reason("sync-why-azure-plans-uncounted", {}),
    )


async def test_plans_that_are_closed_to_the_account_are_counted(tmp_path: Path) -> None:
    where = f"{COMPANY.plan(PLANS[1])}/meterusagerecords"
    its = await fetched(Standin(COMPANY, "403", where), tmp_path / "staging.duckdb", before=QUIET)
    reason = Reason("sync-why-denied-plans", {"missing": "1", "of": "4"})
    assert its.marks[COSTS[0]] == Mark(COSTS[0], TODAY, (reason,), calls=4)
    assert its.one("SELECT count(DISTINCT tenant) FROM new_azure_category_costs") == 3
    assert its.marks[COSTS[1]].reasons == ()


async def test_which_plans_there_are_is_not_known_without_the_subscriptions(tmp_path: Path) -> None:
    its = await fetched(
        Standin(COMPANY, "500", "/v1/customers?"), tmp_path / "staging.duckdb", before=QUIET
    )
    (reason,) = its.marks[COSTS[0]].reasons
    assert (reason.sentence, reason.values["why"]) == ("sync-why-subscriptions", "sync-why-fault")
    assert its.marks[COSTS[0]].as_of is None


async def test_plans_are_asked_once_a_day(tmp_path: Path) -> None:
    days = await first_day(tmp_path, COMPANY)
    again, next_day = Standin(COMPANY), Standin(later(1))
    await days.sync(again, START + timedelta(hours=3))
    await days.sync(next_day, START + DAY)
    assert [each.calls["meterusagerecords"] for each in (again, next_day)] == [0, 4]
    by_day = "SELECT day, count(*) FROM {azure_category_costs} GROUP BY day ORDER BY day"
    assert days.rows(by_day) == [(TODAY, 12), (TODAY + DAY, 12)]
    assert days.why(COSTS[0]) == []


async def test_a_plan_that_failed_is_asked_again_and_the_others_keep_their_rows(
    tmp_path: Path,
) -> None:
    days, tomorrow = await first_day(tmp_path, COMPANY), START + DAY
    where = f"{COMPANY.plan(PLANS[0])}/meterusagerecords"
    await days.sync(Standin(later(1), "500", where), tomorrow)
    assert days.why(COSTS[0]) == ["sync-why-parts"]
    assert days.marks[COSTS[0]].as_of == TODAY
    again = Standin(later(1))
    await days.sync(again, tomorrow + timedelta(hours=3))
    assert again.calls["meterusagerecords"] == 1
    counted = "SELECT count(*), count(DISTINCT plan) FROM {newest_azure_category_costs}"
    assert days.rows(counted) == [(12, 4)]
    assert days.why(COSTS[0]) == []


async def test_what_came_agrees_with_the_spend_of_the_day(tmp_path: Path) -> None:
    days = await first_day(tmp_path, COMPANY)
    found = {each.pair.what: (each.same, each.wrong) for each in agreements(days.folder)}
    assert (found["check-azure-categories"], found["check-azure-subscriptions"]) == ((4, 0), (4, 0))
    assert [each for each in check(days.folder) if each.wrong and each.fault] == []


@pytest.mark.parametrize(("back", "why"), [(1, ["sync-why-kept"]), (6, [])])
async def test_half_a_list_waits_for_a_second_one_unless_a_new_month_begins(
    tmp_path: Path, back: int, why: list[str]
) -> None:
    days, now = await first_day(tmp_path, COMPANY), START + back * DAY
    await days.sync(Standin(later(back), "half", "/meterusagerecords"), now)
    assert days.why(COSTS[0]) == why
    assert days.rows(NEWEST) == [(TODAY if why else now.date(),)]


async def test_an_erased_customer_leaves_no_plan_behind(tmp_path: Path) -> None:
    days = await first_day(tmp_path, COMPANY)
    erase(days.folder, ErasedList().with_customer(TenantId(PLANS[0]), ()))
    assert days.rows("SELECT count(DISTINCT plan) FROM {azure_category_costs}") == [(3,)]
    parts = known_parts(days.folder)[COSTS[0]]
    assert [part for part in parts if PLANS[0] in part] == []
    assert len(parts) == 3


@pytest.mark.parametrize(
    ("dataset", "sample", "kept"),
    [
        (AZURE_CATEGORY_COSTS, "meterusagerecords--azure-plan", ["Bandwidth", "Storage"]),
        (AZURE_SUBSCRIPTION_COSTS, "resourceusagerecords", ["{entitlemen-id}", "{entitlement-id}"]),
    ],
)
def test_documented_examples_are_read(dataset: Dataset, sample: str, kept: list[str]) -> None:
    items = body(f"get__v1__customers__customer-id__subscriptions__subscription-id__{sample}.json")
    found = costs(summed(items["items"], dataset=dataset), dataset)
    assert sorted(map(str, found)) == kept
    whole = sum(Decimal(str(each["totalCost"])) for each in items["items"])
    assert sum(found.values()) == whole


def test_records_of_one_category_are_added_exactly() -> None:
    items = meter_records(COMPANY, PLANS[0])
    items[0]["totalCost"], items[1]["totalCost"] = Decimal("0.123456789012345678"), 7
    found = costs(summed(items))
    rest = sum(Decimal(str(each["totalCost"])) for each in items[2:3])
    assert found["Storage"] == Decimal("7.123456789012345678") + rest


@pytest.mark.parametrize("dataset", [AZURE_CATEGORY_COSTS, AZURE_SUBSCRIPTION_COSTS])
def test_pages_and_the_order_of_records_change_nothing(dataset: Dataset) -> None:
    told = meter_records if dataset is AZURE_CATEGORY_COSTS else resource_records
    items = told(COMPANY, PLANS[0])
    whole = summed(items, dataset=dataset)
    assert sorted(summed(items[2:], items[:2], dataset=dataset), key=str) == sorted(whole, key=str)
    assert len(whole) < len(items)


def test_dollars_that_one_record_lacks_are_unknown() -> None:
    items = meter_records(COMPANY, PLANS[0])
    del items[0]["usdTotalCost"]
    at = AZURE_CATEGORY_COSTS.at("cost_usd")
    assert [row[at] is None for row in summed(items)] == [True, False, False]


def test_a_record_that_comes_twice_is_refused() -> None:
    items = meter_records(COMPANY, PLANS[0])
    for pages in ([[*items, items[0]]], [items, [{**items[0], "totalCost": 1}]]):
        with pytest.raises(Nonsense) as caught:
            summed(*pages)
        assert (caught.value.because, caught.value.values) == ("sync-why-doubled", {"rows": "1"})


def test_resources_that_differ_in_case_are_two() -> None:
    items = resource_records(COMPANY, PLANS[0])
    twin = {**items[0], "resourceUri": str(items[0]["resourceUri"]).lower()}
    assert len(summed([*items, twin], dataset=AZURE_SUBSCRIPTION_COSTS)) == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"category": None}, "category"),
        ({"currencyCode": ""}, "currencyCode"),
        ({"totalCost": None}, "totalCost"),
        ({"totalCost": "much"}, "totalCost"),
        ({"lastModifiedDate": "soon"}, "lastModifiedDate"),
    ],
)
def test_what_is_no_record_of_an_azure_plan_is_refused(changes: Item, field: str) -> None:
    with pytest.raises(Nonsense) as caught:
        summed([{**meter_records(COMPANY, PLANS[0])[0], **changes}])
    assert caught.value.values == {"field": field}


async def test_a_plan_that_ended_is_asked_for_until_the_month_is_over(tmp_path: Path) -> None:
    days, asked = await first_day(tmp_path, COMPANY), list[int]()
    for back in (1, 6):
        standin = Standin(Ended(6, 3, TODAY + back * DAY, azure=5))
        await days.sync(standin, START + back * DAY)
        asked.append(standin.calls["meterusagerecords"])
    assert asked == [4, 3]


class Ended(Company):
    """The same partner, the first of whose plans has ended."""

    def subscriptions(self, tenant: str) -> list[Item]:
        ended = self.places[tenant] == 1
        return [
            {
                **each,
                "status": "deleted" if ended and each["billingType"] == "usage" else each["status"],
            }
            for each in super().subscriptions(tenant)
        ]

    def audit(self, day: date) -> list[Item]:
        """Each day names the customer whose plan ended, so that it is asked again."""
        return [{**each, "customerId": self.tenants[1]} for each in super().audit(day)] or [
            {
                "id": f"ended-{day}",
                "customerId": self.tenants[1],
                "operationType": "delete",
                "operationDate": f"{day}T01:00:00Z",
            }
        ]
