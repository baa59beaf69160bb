"""A token that was just renewed and is refused: what was asked for fails, and nothing else."""

from pathlib import Path

from analytics.warehouse.marks import Reason
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept
from tests.partner_center.standin import Standin
from tests.syncing.fetching import fetched
from tests.syncing.test_fetching import COMPANY, TODAY, every_why, why
from tests.syncing.test_insights import NOW, synced


async def test_the_other_datasets_of_the_sign_in_go_on(tmp_path: Path) -> None:
    standin = Standin(COMPANY, "401-expired", "commercial/usage")
    its = await fetched(standin, tmp_path / "staging.duckdb")
    assert every_why(its) == {"usage": ["sync-why-token", "sync-why-totals-only"]}
    assert its.totals == {**COMPANY.totals(), "active": 0}


async def test_one_customer_who_is_refused_is_the_only_one_missing(tmp_path: Path) -> None:
    where = f"{COMPANY.tenants[2]}/subscribedskus"
    its = await fetched(Standin(COMPANY, "401-expired", where), tmp_path / "staging.duckdb")
    assert {*why(its)} == {"subscribed_skus"}
    counted = {"missing": "1", "of": "6", "why": "sync-why-token"}
    assert its.marks["subscribed_skus"].reasons == (Reason("sync-why-parts", counted),)


async def test_customers_are_not_asked_one_after_the_other_where_all_are_refused(
    tmp_path: Path,
) -> None:
    many = Company(20, seed=3, today=TODAY)
    standin = Standin(many, "401-expired", "/subscribedskus")
    its = await fetched(standin, tmp_path / "staging.duckdb")
    assert {*why(its)} == {"subscribed_skus"}
    assert standin.calls["subscribedskus"] <= 2 * (8 + 3)
    assert its.marks["subscribed_skus"].reasons[0].values["missing"] == "20"


async def test_a_report_of_insights_that_is_refused_leaves_the_others(tmp_path: Path) -> None:
    standin = Standin(Company(2, 1, NOW.date()), "401-expired", "datasetName=OfficeUsage")
    standin.reporting.after = 0
    its = await synced(standin, tmp_path / "staging.duckdb", keeper=Kept())
    lost = [name for name, mark in its.marks.items() if mark.reasons]
    assert lost == ["insights_office_usage"]
    assert [each.sentence for each in its.marks[lost[0]].reasons] == ["sync-why-token"]
