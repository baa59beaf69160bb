"""What is fetched: everything, and again no more than has to be."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.request import TRIES
from analytics.tables import DATASETS
from analytics.values import Program, TenantId
from analytics.warehouse.building.build import build
from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.fetched_parts import known_parts
from analytics.warehouse.marks import Mark, Reason
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept
from tests.partner_center.standin import Standin
from tests.syncing.fetching import Fetched, Killed, Noted, fetched, quiet
from tests.warehouse.rows import META

TODAY = date(2026, 11, 25)
YESTERDAY = TODAY - timedelta(days=1)
COMPANY = Company(6, seed=3, today=TODAY)
QUIET = quiet(TODAY)
"""For what is not about the activity or Azure."""
TOTALS = {"deployment_totals", "usage_totals"}
INSIGHTS = {dataset.name for dataset in DATASETS if dataset.endpoint.startswith("/insights/")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "staging.duckdb"


def why(its: Fetched) -> dict[str, str]:
    """The first reason of the datasets that are not complete."""
    return {name: said[0] for name, said in every_why(its).items()}


def every_why(its: Fetched) -> dict[str, list[str]]:
    """All reasons of the datasets that are not complete and were asked for."""
    return {
        name: [reason.sentence for reason in mark.reasons]
        for name, mark in its.marks.items()
        if mark.reasons and name not in INSIGHTS and mark.state is not FetchState.NOT_ASKED
    }


async def test_a_first_fetch_is_all_there_is(file: Path) -> None:
    its = await fetched(Standin(COMPANY), file)
    assert its.totals == COMPANY.totals()
    assert why(its) == {}
    assert {its.marks[name].as_of for name in its.marks.keys() - INSIGHTS - TOTALS} == {TODAY}
    assert {its.marks[name].state for name in TOTALS} == {FetchState.NOT_ASKED}
    assert its.unfinished == 0


async def test_calls_are_counted_for_each_dataset(file: Path) -> None:
    standin = Standin(COMPANY)
    its = await fetched(standin, file)
    counted = {name: mark.calls for name, mark in its.marks.items()}
    assert counted["customer_list"] == counted["azure_spend"] == 1
    assert (counted["subscriptions"], counted["activity"]) == (6, 90)
    assert sum(counted.values()) == sum(standin.calls.values()) - standin.calls["token"]


BIG = 14
"""Calls for the four datasets of many pages, where nothing disturbs them: `page=5`."""


async def test_pages_are_asked_for_once(file: Path) -> None:
    undisturbed = await fetched(Standin(COMPANY, page=5), file, before=Before(QUIET))
    names = ("customer_list", "deployment", "usage", "subscription_insights")
    assert sum(undisturbed.marks[name].calls for name in names) == BIG


@pytest.mark.parametrize("pages", [1, 7, 30, 110])
async def test_what_was_fetched_before_the_process_ended_is_not_asked_for_again(
    file: Path, pages: int
) -> None:
    standin, keeper = Standin(COMPANY, page=5), Kept()
    with pytest.raises(Killed):
        await fetched(standin, file, watch=Noted(stop_after=pages), keeper=keeper)
    its = await fetched(standin, file, keeper=keeper)
    assert its.totals == COMPANY.totals()
    assert why(its) == {}
    big = ("/v1/customers", "/partner/v1/analytics/commercial/deployment/license")
    big += ("/partner/v1/analytics/commercial/usage/license", "/partner/v1/analytics/subscriptions")
    assert sum(standin.calls[path] for path in big) <= BIG + 1


async def test_the_next_day_asks_for_little(file: Path) -> None:
    first = await fetched(Standin(COMPANY), file)
    parts = {
        name: dict.fromkeys((part for part in _parts(first, name)), TODAY)
        for name in ("activity", "azure_meters", "subscriptions", "subscribed_skus")
    }
    later = Company(6, seed=3, today=TODAY + timedelta(days=1))
    before = Before(parts, first.marks, [TenantId(t) for t in COMPANY.tenants])
    again = await fetched(Standin(later), file.with_name("next.duckdb"), before=before)
    steps = again.watch.began_with
    assert (steps["activity"], steps["azure_meters"]) == (3, 7)
    named = {
        str(r["customerId"]) for d in range(3) for r in later.audit(later.today - timedelta(d))
    }
    assert steps["subscriptions"] == steps["subscribed_skus"] == len(named)


def _parts(its: Fetched, dataset: str) -> list[str]:
    with duckdb.connect(its.file, read_only=True) as con:
        rows = con.execute("SELECT part FROM part WHERE dataset = ?", [dataset]).fetchall()
    return [part for (part,) in rows]


async def test_customers_are_asked_for_again_after_a_week(file: Path) -> None:
    week = dict.fromkeys(COMPANY.tenants, TODAY - timedelta(days=7))
    before = Before(quiet(TODAY, subscriptions=week))
    assert (await fetched(Standin(COMPANY), file, before=before)).watch.began_with[
        "subscriptions"
    ] == 6


@pytest.mark.parametrize("fault", ["500", "404", "403"])
async def test_a_customer_who_could_not_be_had_is_asked_for_again_the_next_day(
    tmp_path: Path, fault: str
) -> None:
    """Else the dataset would be called complete until the customer's turn in a week."""
    whose, facts = COMPANY.tenants[0], tmp_path / "facts"
    tenants = [TenantId(tenant) for tenant in COMPANY.tenants]
    quiet = {str(TODAY - timedelta(days=back)): TODAY + timedelta(days=9) for back in range(95)}
    for day, spoilt in enumerate(("", fault, "")):
        standin = Standin(COMPANY, spoilt, f"{whose}/subscriptions")
        known = known_parts(facts) | {"activity": quiet, "azure_meters": quiet}
        if day == 1:  # as if its activity had said so
            del known["subscriptions"][whose]
        staged = tmp_path / f"{day}.duckdb"
        its = await fetched(standin, staged, before=Before(known, {}, tenants))
        build(facts, (), META, staged=staged)
    assert its.watch.began_with["subscriptions"] == 1


async def test_customers_without_gdap_are_left_out_and_counted(file: Path) -> None:
    its = await fetched(
        Standin(COMPANY, no_gdap=frozenset(COMPANY.tenants[:4])), file, before=Before(QUIET)
    )
    assert why(its) == {"subscribed_skus": "sync-why-no-gdap"}
    assert its.marks["subscribed_skus"].reasons[0].values == {"missing": "4", "of": "6"}
    assert its.one("SELECT count(*) FROM new_subscribed_skus") == 2


async def test_an_indirect_reseller_is_asked_for_nothing(file: Path) -> None:
    standin = Standin(COMPANY)
    its = await fetched(standin, file, program=Program.INDIRECT_RESELLER)
    assert {*why(its).values()} == {"sync-why-not-for-program"}
    assert sum(standin.calls.values()) == 0


async def test_a_lost_sign_in_stops_what_needs_it_and_nothing_else(file: Path) -> None:
    keeper, standin = Kept(), Standin(COMPANY, refused_sign_in="invalid_grant")
    its = await fetched(standin, file, keeper=keeper)
    assert {*why(its).values()} <= {"sync-why-sign-in", "sync-why-parts"}
    assert "customer_list" not in why(its)
    assert its.totals["activity"] == COMPANY.totals()["activity"]
    assert standin.calls["token"] == 2  # the app's own, and the one that was refused


async def test_a_login_that_hangs_is_waited_for_once_by_all(file: Path) -> None:
    standin = Standin(COMPANY, "hang", "oauth2/token")
    its = await fetched(standin, file)
    words = {"sync-why-login-away", "sync-why-parts", "sync-why-customers"}
    words |= {"sync-why-subscriptions"}
    assert {*why(its).values()} == words
    assert standin.calls["token"] == 2 * 2 * TRIES  # of the app and of the person
    assert sum(standin.calls.values()) == standin.calls["token"]


async def test_where_licences_cannot_be_had_the_old_totals_are_and_it_is_said(file: Path) -> None:
    refused = Standin(COMPANY, "403", where="commercial/deployment")
    its = await fetched(refused, file, before=Before(QUIET))
    assert every_why(its)["deployment"] == ["sync-why-denied", "sync-why-totals-only"]
    assert its.one("SELECT sum(sold) FROM new_deployment_totals") == COMPANY.totals()["sold"]


async def test_what_failed_is_as_it_was_on_its_day(file: Path) -> None:
    before = Before(QUIET, {"usage": Mark("usage", YESTERDAY)})
    its = await fetched(Standin(COMPANY, "500", where="commercial/usage"), file, before=before)
    assert its.marks["usage"].as_of == YESTERDAY
    assert its.one("SELECT count(*) FROM new_usage") == 0


async def test_some_days_that_failed_are_counted(file: Path) -> None:
    its = await fetched(Standin(COMPANY, "500", where="startDate=2026-11-2"), file)
    (reason,) = its.marks["activity"].reasons
    counted = {"missing": "6", "of": "90", "why": "sync-why-fault", "status": "500"}
    assert reason == Reason("sync-why-parts", counted)


@pytest.mark.parametrize(
    ("where", "words"),
    [("/v1/customers?", "sync-why-customers"), ("startDate=2026-11-25", "sync-why-activity")],
)
async def test_whose_subscriptions_changed_is_not_known_without_what_tells_it(
    file: Path, where: str, words: str
) -> None:
    its = await fetched(Standin(COMPANY, "500", where=where), file, before=Before(QUIET))
    assert why(its)["subscriptions"] == why(its)["subscribed_skus"] == words
    assert its.marks["subscriptions"].reasons[0].values["why"] == "sync-why-fault"
    assert its.marks["subscriptions"].as_of is None


async def test_customers_without_gdap_do_not_hide_that_nobody_knew_whom_to_ask(file: Path) -> None:
    standin = Standin(COMPANY, "500", "/v1/customers?", no_gdap=frozenset(COMPANY.tenants[:4]))
    before = Before(
        QUIET,
        marks={"subscribed_skus": Mark("subscribed_skus", YESTERDAY)},
        tenants=[TenantId(tenant) for tenant in COMPANY.tenants],
    )
    its = await fetched(standin, file, before=before)
    assert every_why(its)["subscribed_skus"] == ["sync-why-customers", "sync-why-no-gdap"]
    assert its.marks["subscribed_skus"].as_of == YESTERDAY


async def test_parts_that_failed_are_graver_than_customers_without_gdap(file: Path) -> None:
    where, closed = f"{COMPANY.tenants[5]}/subscribed", frozenset(COMPANY.tenants[:4])
    spoilt = Standin(COMPANY, "500", where, no_gdap=closed)
    its = await fetched(spoilt, file, before=Before(QUIET))
    assert every_why(its)["subscribed_skus"] == ["sync-why-parts", "sync-why-no-gdap"]
    assert its.marks["subscribed_skus"].as_of is None


@pytest.mark.parametrize("dataset", ["deployment", "usage"])
async def test_licences_that_cannot_be_all_of_them_are_dropped_and_the_old_date_stays(
    file: Path, dataset: str
) -> None:
    before = Before(QUIET, {dataset: Mark(dataset, YESTERDAY)})
    spoilt = Standin(COMPANY, "row-for-row", f"commercial/{dataset}")
    its = await fetched(spoilt, file, before=before)
    assert every_why(its)[dataset] == ["sync-why-doubled", "sync-why-totals-only"]
    assert its.marks[dataset].as_of == YESTERDAY
    assert its.totals["sold" if dataset == "deployment" else "active"] == 0


async def test_licences_that_are_all_there_at_the_second_asking_are_complete(file: Path) -> None:
    once = Standin(COMPANY, "row-for-row", "commercial/deployment", times=1)
    its = await fetched(once, file)
    assert (why(its), its.totals) == ({}, COMPANY.totals())


async def test_a_partner_without_licences_is_complete(file: Path) -> None:
    without = Standin(COMPANY, "no-rows", "commercial/deployment")
    its = await fetched(without, file, before=Before(QUIET))
    assert why(its) == {}
    assert its.marks["deployment"].as_of == TODAY


async def test_doubled_licences_that_a_dead_process_left_are_fetched_again(file: Path) -> None:
    once, keeper = Standin(COMPANY, "row-for-row", "commercial/deployment", times=1), Kept()
    watch = Noted(stop_after=2)  # customers, then deployment
    with pytest.raises(Killed):
        await fetched(once, file, watch=watch, keeper=keeper)
    its = await fetched(once, file, keeper=keeper)
    assert (why(its), its.totals) == ({}, COMPANY.totals())


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("nothing-in-items", "sync-why-cell"),
        ("texts-as-numbers", "sync-why-cell"),
    ],
)
async def test_roles_without_ids_leave_the_members_that_were_known(
    file: Path, fault: str, why: str
) -> None:
    before = Before(QUIET, {"role_members": Mark("role_members", YESTERDAY)})
    its = await fetched(Standin(COMPANY, fault, "/v1/roles"), file, before=before)
    assert every_why(its)["role_members"] == [why]
    assert its.marks["role_members"].as_of == YESTERDAY
