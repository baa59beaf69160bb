"""Rows that come twice, contradict one another, or are of another day: refused, and said."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.demo.at_scale import Size, stage_demo_data
from analytics.sources.partner_center.dataset_marks import Before
from analytics.tables import AUDIT, CUSTOMERS, DEPLOYMENT, ROLE_MEMBERS, USAGE, Dataset, Row
from analytics.values import TenantId
from analytics.warehouse.building.repeated_rows import RepeatedRows, SeveralDays
from analytics.warehouse.building.staging import Staging
from tests.partner_center.company import Company
from tests.partner_center.standin import Standin
from tests.syncing.fetching import Fetched, fetched
from tests.warehouse.rows import DAY, tenant
from tests.warehouse.staged import row

TODAY = date(2026, 11, 25)
YESTERDAY = TODAY - timedelta(days=1)
COMPANY = Company(4, seed=3, today=TODAY)
PAST = {str(TODAY - timedelta(days=back)): TODAY + timedelta(days=9) for back in range(2, 91)}
BEFORE = Before(
    {"activity": PAST, "azure_meters": dict.fromkeys(PAST, TODAY)},
    tenants=[TenantId(each) for each in COMPANY.tenants],
)
BUSY = next(
    seed for seed in range(99) if all(map(Company(4, seed, TODAY).audit, (TODAY, YESTERDAY)))
)
"""A partner in whose account something was done on both days."""
PLACES = {
    "customer_list": "/v1/customers?",
    "deployment": "commercial/deployment",
    "usage": "commercial/usage",
    "subscription_insights": "analytics/subscriptions",
    "azure_spend": "usagerecords",
    "activity": "auditrecords",
    "subscriptions": "/subscriptions",
    "subscribed_skus": "/subscribedskus",
    "role_members": "usermembers",
    "deployment_totals": "licenses/deployment",
}
"""Where each dataset with a key comes from."""
IN_PAGES = ("customer_list", "deployment", "usage", "subscription_insights")


def rows(its: Fetched, dataset: str) -> int:
    return int(its.one(f"SELECT count(*) FROM new_{dataset}"))  # noqa: S608 our tables


def reasons(its: Fetched, dataset: str) -> set[str]:
    """All reasons of a dataset, and those within them."""
    found = its.marks[dataset].reasons
    return {each for why in found for each in (why.sentence, why.values.get("why", ""))} - {""}


@pytest.mark.parametrize("fault", ["lost-first-page", "unstable-order"])
async def test_pages_that_lost_rows_and_doubled_others_are_refused(
    tmp_path: Path, fault: str
) -> None:
    its = await fetched(Standin(COMPANY, fault, page=3), tmp_path / "a.duckdb", before=BEFORE)
    for dataset in IN_PAGES:
        assert reasons(its, dataset) & {"sync-why-doubled", "sync-why-repeated", "sync-why-total"}
        assert its.marks[dataset].as_of is None
        assert rows(its, dataset) == 0


async def test_a_first_page_that_was_lost_once_comes_at_the_second_asking(tmp_path: Path) -> None:
    once = Standin(COMPANY, "lost-first-page", "analytics/subscriptions", times=1, page=4)
    its = await fetched(once, tmp_path / "a.duckdb", before=BEFORE)
    assert (reasons(its, "subscription_insights"), its.totals["insights"]) == (set(), 6)


async def test_rows_of_one_key_that_say_different_things_are_refused(tmp_path: Path) -> None:
    its = await fetched(Standin(COMPANY, "split-row"), tmp_path / "a.duckdb", before=BEFORE)
    for dataset in ("deployment", "usage", "azure_spend", "subscriptions", "subscribed_skus"):
        assert "sync-why-contradiction" in reasons(its, dataset)
    for dataset in PLACES.keys() - {"deployment_totals", "activity"}:
        assert reasons(its, dataset) & {"sync-why-contradiction", "sync-why-doubled"}
        assert rows(its, dataset) == 0


@pytest.mark.parametrize("years", ["2099", "2019"])
async def test_records_of_another_day_than_was_asked_for_are_refused(
    tmp_path: Path, years: str
) -> None:
    spoilt = Standin(Company(4, seed=BUSY, today=TODAY), f"dated-{years}")
    its = await fetched(spoilt, tmp_path / "a.duckdb", before=BEFORE)
    refused = {"sync-why-other-day", "sync-why-cell"}
    for dataset in ("activity", "azure_meters", "deployment", "usage"):
        assert reasons(its, dataset) & refused
        assert its.marks[dataset].as_of is None
    assert its.one("SELECT count(*) FROM new_azure_meters") == 0
    assert its.one("SELECT count(*) FROM new_activity WHERE moment >= '2099-01-01'") == 0


async def test_meters_that_come_again_on_a_later_page_are_refused(tmp_path: Path) -> None:
    """They have no key: equal rows of one page are as many facts."""
    spoilt = Standin(COMPANY, "lost-first-page", "usage/azure", page=4)
    its = await fetched(spoilt, tmp_path / "a.duckdb", before=BEFORE)
    assert "sync-why-doubled" in reasons(its, "azure_meters")
    assert its.one("SELECT count(*) FROM new_azure_meters") == 0


SOLD, MORE = (
    row(DEPLOYMENT, day=DAY, tenant=tenant("Contoso"), service="o365", sold=n) for n in (5, 7)
)
ELSE = row(DEPLOYMENT, day=DAY, tenant=tenant("Fabrikam"), service="o365", sold=5)
LATER = row(DEPLOYMENT, day=TODAY, tenant=tenant("Fabrikam"), service="o365", sold=5)
ADA, IDA = (row(ROLE_MEMBERS, role="r", member="1", member_name=name) for name in ("Ada", "Ida"))


@pytest.mark.parametrize(
    ("dataset", "pages", "announced", "differing"),
    [
        (DEPLOYMENT, [[SOLD, SOLD]], 2, False),
        (DEPLOYMENT, [[SOLD], [SOLD]], None, False),
        (DEPLOYMENT, [[SOLD, ELSE], [SOLD]], 3, False),
        (DEPLOYMENT, [[SOLD, MORE]], None, True),
        (DEPLOYMENT, [[SOLD], [ELSE, MORE]], 3, True),
        (ROLE_MEMBERS, [[ADA, IDA]], 2, True),
        (ROLE_MEMBERS, [[ADA], [ADA]], 2, False),
        (CUSTOMERS, [[row(CUSTOMERS, domain="a"), row(CUSTOMERS, domain="b")]], 2, True),
    ],
)
def test_a_part_in_which_a_key_comes_twice_is_not_ended(
    tmp_path: Path,
    dataset: Dataset,
    pages: list[list[Row]],
    announced: int | None,
    *,
    differing: bool,
) -> None:
    *first, last = pages
    with Staging(tmp_path / "staging.duckdb") as staging:
        for page in first:
            staging.add(dataset, "r", page, "more", announced)
        with pytest.raises(RepeatedRows) as caught:
            staging.add(dataset, "r", last, "", announced)
        assert caught.value.differing is differing
        assert not staging.part(dataset, "r").done


def test_equal_rows_on_one_page_without_a_total_are_one(tmp_path: Path) -> None:
    with Staging(tmp_path / "staging.duckdb") as staging:
        staging.add(DEPLOYMENT, "", [SOLD, SOLD, ELSE], "")
        assert staging.part(DEPLOYMENT, "").done


def test_licences_of_one_service_are_of_one_day(tmp_path: Path) -> None:
    other = row(DEPLOYMENT, day=TODAY, tenant=tenant("Fabrikam"), service="crm", sold=5)
    with Staging(tmp_path / "staging.duckdb") as staging:
        staging.add(DEPLOYMENT, "", [SOLD, other], "")
        with pytest.raises(SeveralDays):
            staging.add(USAGE, "", [row(USAGE, day=DAY), row(USAGE, day=TODAY, workload="x")], "")


def test_licences_of_several_days_are_taken_day_by_day(tmp_path: Path) -> None:
    with Staging(tmp_path / "staging.duckdb") as staging:
        staging.add(DEPLOYMENT, "", [SOLD], "")
        staging.add(DEPLOYMENT, str(TODAY), [LATER], "")
        assert all(part.done for part in staging.parts(DEPLOYMENT).values())
    for _ in stage_demo_data(tmp_path / "made-up.duckdb", Size(2, 3, DAY)):
        pass


def test_an_event_stands_on_one_day(tmp_path: Path) -> None:
    """Its key does not name the day, which is its part."""
    with Staging(tmp_path / "staging.duckdb") as staging:
        staging.add(AUDIT, str(YESTERDAY), [row(AUDIT, event="e", moment=YESTERDAY)], "")
        with pytest.raises(RepeatedRows):
            staging.add(AUDIT, str(TODAY), [row(AUDIT, event="e", moment=TODAY)], "")
