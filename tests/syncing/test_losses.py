"""Lists that came whole and are short: kept until a second fetch agrees, and said so."""

from pathlib import Path

from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.marks import Reason
from tests.partner_center.company import Company
from tests.partner_center.standin import Standin
from tests.partner_center.two_services import TwoServices
from tests.syncing.days import DAY, START, first_day

LARGE = Company(15, seed=3, today=START.date())
SMALL = Company(3, seed=3, today=START.date())
ROWS = {
    "customer_list": 15,
    "subscription_insights": 22,
    "deployment": 45,
    "usage": 75,
    "azure_spend": 15,
}


def fewer(customers: int, days: int = 1) -> Company:
    """The same partner a few days later, with the first customers alone."""
    return Company(customers, seed=3, today=(START + days * DAY).date())


def kept(listed: int, standing: int, day: str = "2026-11-25") -> Reason:
    return Reason("sync-why-kept", {"day": day, "listed": str(listed), "standing": str(standing)})


async def test_lists_that_lost_more_than_a_third_keep_the_old_rows(tmp_path: Path) -> None:
    days = await first_day(tmp_path, LARGE)
    await days.sync(Standin(fewer(15), "half", page=1000), START + DAY)
    first = {name: days.marks[name].reasons[0] for name in ROWS}
    assert first == {name: kept(rows // 2, rows) for name, rows in ROWS.items()}
    assert days.why("deployment") == days.why("usage") == ["sync-why-kept"]
    assert {days.marks[name].as_of for name in ROWS} == {START.date()}
    assert {name: days.count(name) for name in ROWS} == ROWS


async def test_a_fetch_known_to_be_broken_never_replaces_a_good_one(tmp_path: Path) -> None:
    days = await first_day(tmp_path, LARGE)
    before = days.rows("SELECT max(day), sum(sold) FROM {newest_deployment}")
    await days.sync(Standin(fewer(15), "lost-first-page", "analytics/", page=30), START + DAY)
    assert days.rows("SELECT max(day), sum(sold) FROM {newest_deployment}") == before
    for dataset in ("deployment", "usage"):
        assert days.why(dataset) == ["sync-why-doubled", "sync-why-totals-only"]
        assert days.marks[dataset].as_of == START.date()


async def test_empty_lists_where_something_stood_are_not_believed(tmp_path: Path) -> None:
    days = await first_day(tmp_path, SMALL)
    stood = {name: days.count(name) for name in (*ROWS, "role_members")}
    await days.sync(Standin(fewer(3), "no-rows"), START + DAY)
    assert {days.why(name)[0] for name in stood} == {"sync-why-kept", "sync-why-empty"}
    assert days.why("azure_meters") == ["sync-why-kept"]
    assert {days.marks[name].as_of for name in stood} == {START.date()}
    assert {name: days.count(name) for name in stood} == stood
    assert min(stood.values()) > 0


async def test_a_new_partners_empty_lists_are_believed_at_once(tmp_path: Path) -> None:
    days = await first_day(tmp_path, Company(0, seed=3, today=START.date()))
    asked = ("customer_list", "subscriptions", "subscription_insights", "deployment", "usage")
    assert {days.marks[name].as_of for name in asked} == {START.date()}
    assert days.why("customer_list") == days.why("deployment") == []


async def test_a_true_loss_is_believed_within_two_syncs_and_said(tmp_path: Path) -> None:
    days = await first_day(tmp_path, LARGE)
    await days.sync(Standin(fewer(9)), START + DAY)
    assert days.marks["customer_list"].reasons == (kept(9, 15),)
    assert (days.count("customer_list"), days.count("deployment")) == (15, 45)
    await days.sync(Standin(fewer(9, 2)), START + 2 * DAY)
    assert days.why("customer_list") == days.why("deployment") == []
    assert (days.count("customer_list"), days.count("deployment")) == (9, 27)
    assert days.count("subscription_insights") == days.count("subscriptions") == 13
    ((ended,),) = days.rows("SELECT count(*) FROM {customer_list} WHERE until = '2026-11-27'")
    assert ended == 6


async def test_a_customer_who_comes_back_is_asked_for_again(tmp_path: Path) -> None:
    days = await first_day(tmp_path, SMALL)
    for back, customers in enumerate((2, 3), 1):
        await days.sync(Standin(fewer(customers, back)), START + back * DAY)
        assert days.count("subscribed_skus") == customers
    assert days.count("subscriptions") == 4
    spans = "SELECT since::VARCHAR, until::VARCHAR FROM {subscribed_skus} WHERE tenant = '%s'"
    found = days.rows(spans % SMALL.tenants[2] + " ORDER BY since")
    assert found == [("2026-11-25", "2026-11-26"), ("2026-11-27", None)]


async def test_a_partner_who_has_lost_everybody_has_nobodys_subscriptions(tmp_path: Path) -> None:
    days = await first_day(tmp_path, SMALL)
    for back, stands in enumerate((3, 0), 1):
        await days.sync(Standin(fewer(3, back), "no-rows", "/v1/customers?"), START + back * DAY)
        assert (days.count("customer_list"), days.count("subscribed_skus")) == (stands, stands)


async def test_roles_that_are_gone_end_their_members_at_the_second_asking(
    tmp_path: Path,
) -> None:
    days = await first_day(tmp_path, SMALL)
    for back, stands in enumerate((6, 3), 1):
        await days.sync(Standin(fewer(3, back), "half", "/v1/roles", times=1), START + back * DAY)
        assert days.count("role_members") == stands
        assert days.why("role_members") == (["sync-why-kept"] if stands == 6 else [])


async def test_a_service_gone_from_the_licences_is_marked_with_the_day_of_its_figures(
    tmp_path: Path,
) -> None:
    days = await first_day(tmp_path, TwoServices(3, seed=3, today=START.date()))
    seats = days.rows("SELECT sum(sold) FROM {newest_deployment} WHERE service = 'crm'")
    synced = await days.sync(Standin(fewer(3)), START + DAY)
    mark = days.marks["deployment"]
    assert mark.as_of == (START + DAY).date()
    assert days.why("deployment") == days.why("usage") == ["sync-why-service-gone"]
    assert mark.reasons[0].values["day"] == "2026-11-22"
    assert (mark.state, synced.complete) == (FetchState.KEPT, True)
    again = days.rows("SELECT sum(sold) FROM {newest_deployment} WHERE service = 'crm'")
    assert again == seats != [(None,)]
