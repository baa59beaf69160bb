"""The client: every page of everything, or a reason why not."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from analytics.sources.partner_center.rate_limit import Throttle, retry_after
from analytics.sources.partner_center.trouble import (
    Absent,
    Denied,
    Nonsense,
    SignInLost,
    TokenRefused,
    Trouble,
    TryLater,
)
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept, Waits, connected
from tests.partner_center.faults import FAULTS
from tests.partner_center.standin import Standin

COMPANY = Company(90, seed=1)
CUSTOMERS = Call("/v1/customers", Paging.SEEK, Bearer.APP, size=40)
DEPLOYMENT = Call(
    "/partner/v1/analytics/commercial/deployment/license", Paging.TOP_SKIP, Bearer.USER, size=100
)
SPEND = Call("/v1/customers/usagerecords", Paging.NONE, Bearer.USER)

HARMLESS = {"mark", "doubled-row", "numbers-as-texts", "texts-as-numbers", "nothing-in-items"}
HARMLESS |= {"negative", "no-list", "hostile-names", "more-fields", "slow", "packed"}
"""Faults of items, which whoever reads them finds; a doubled row does not always change a sum."""


def standin(fault: str = "", times: int = 10**9, **more: object) -> Standin:
    return Standin(COMPANY, fault, times=times, **more)  # type: ignore[arg-type]  # a test's own words


async def items(call: Call, its: Standin, keeper: Kept | None = None) -> list[object]:
    async with connected(its, keeper) as client:
        return [item for page in [p async for p in client.pages(call)] for item in page.items]


@pytest.mark.parametrize(
    ("call", "whole"),
    [(CUSTOMERS, COMPANY.people), (DEPLOYMENT, COMPANY.deployment), (SPEND, COMPANY.spend)],
)
async def test_all_pages_come_in_order(call: Call, whole: list[dict[str, object]]) -> None:
    found = await items(call, standin(page=25))
    assert [str(each) for each in found][:1] == [str(found[0])]
    assert len(found) == len(whole)
    assert [sorted(each) for each in found] == [sorted(each) for each in whole]  # type: ignore[call-overload]  # items are objects


@pytest.mark.parametrize("call", [CUSTOMERS, DEPLOYMENT])
async def test_it_goes_on_where_it_stopped(call: Call) -> None:
    async with connected(standin(page=40)) as client:
        first = [page async for page in client.pages(call)]
        rest = [p async for p in client.pages(call, first[0].following)]
    assert rest == first[1:]


@pytest.mark.parametrize(
    "fault",
    ["500", "502", "503", "504", "408", "429-seconds", "429-junk", "429-date", "429-silent"],
)
@pytest.mark.parametrize("call", [CUSTOMERS, DEPLOYMENT])
async def test_what_passes_is_tried_again(call: Call, fault: str) -> None:
    assert len(await items(call, standin(fault, times=3))) in (90, 270)


@pytest.mark.parametrize("fault", ["reset", "cut-off", "half-json", "login-page", "empty", "204"])
async def test_so_is_what_came_broken(fault: str) -> None:
    assert len(await items(CUSTOMERS, standin(fault, times=2))) == 90


@pytest.mark.parametrize("fault", sorted(FAULTS.keys() - HARMLESS))
@pytest.mark.parametrize("call", [CUSTOMERS, DEPLOYMENT], ids=["seek", "top-skip"])
async def test_what_does_not_pass_is_a_trouble_and_nothing_else(call: Call, fault: str) -> None:
    with pytest.raises(Trouble):
        await items(call, standin(fault, page=40))


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("403", Denied),
        ("404", Absent),
        ("429-zero", TryLater),
        ("hang", TryLater),
        ("drip", TryLater),
        ("900420", SignInLost),
        ("900421", SignInLost),
        ("401-expired", TokenRefused),
        ("huge", Nonsense),
        ("bomb", Nonsense),
        ("redirect", Nonsense),
        ("endless", Nonsense),
        ("total-high", Nonsense),
        ("deep", Nonsense),
    ],
)
async def test_each_is_the_trouble_that_its_caller_can_act_on(
    fault: str, kind: type[Trouble]
) -> None:
    with pytest.raises(kind):
        await items(CUSTOMERS, standin(fault, page=40))


async def test_a_byte_order_mark_is_read_over() -> None:
    assert len(await items(CUSTOMERS, standin("mark"))) == 90


async def test_a_request_keeps_its_id_over_its_tries_and_all_have_the_same_correlation() -> None:
    its = standin("500", times=2, page=200)
    await items(SPEND, its)
    ids = [headers["MS-RequestId"] for headers in its.seen_headers]
    assert len(ids) == 3
    assert len({*ids}) == 1
    await items(DEPLOYMENT, its := standin(page=100))
    assert len({headers["MS-RequestId"] for headers in its.seen_headers}) == 3
    assert len({headers["MS-CorrelationId"] for headers in its.seen_headers}) == 1


async def test_a_token_that_ends_in_the_middle_is_renewed_and_the_new_one_kept_first() -> None:
    keeper, its = Kept(), standin(page=30)
    async with connected(its, keeper) as client:
        pages = client.pages(DEPLOYMENT)
        await anext(pages)
        its.access.clear()  # all of them ended
        assert sum([len(page.items) async for page in pages]) == 240
    assert len(keeper.kept) == 2
    assert keeper.token == keeper.kept[-1]


async def test_a_refused_sign_in_is_noted_and_not_asked_for_again_and_again() -> None:
    keeper, its = Kept(), standin(refused_sign_in="invalid_grant")
    with pytest.raises(SignInLost):
        await items(DEPLOYMENT, its, keeper)
    assert (keeper.refusals, its.calls["token"]) == (["sign-in-refused"], 1)


async def test_a_sign_in_without_mfa_is_noted_as_that() -> None:
    keeper = Kept()
    with pytest.raises(SignInLost):
        await items(DEPLOYMENT, standin(refused_sign_in="interaction_required"), keeper)
    assert keeper.refusals == ["mfa-missing"]


async def test_nobody_signed_in() -> None:
    with pytest.raises(SignInLost):
        await items(DEPLOYMENT, standin(), Kept(""))


async def test_the_app_alone_needs_no_refresh_token() -> None:
    assert len(await items(CUSTOMERS, standin(), Kept(""))) == 90


async def test_no_more_calls_a_minute_than_are_allowed() -> None:
    waits = Waits()
    throttle = Throttle(waits, waits.sleep, a_minute=5)
    for _ in range(11):
        await throttle.turn("partner")
    assert waits.now == pytest.approx(120)
    await throttle.turn("another partner")
    assert waits.now == pytest.approx(120)


async def test_whoever_is_told_to_wait_makes_the_others_of_the_same_key_wait() -> None:
    waits = Waits()
    throttle = Throttle(waits, waits.sleep)
    throttle.hold("partner", "partner/customer", seconds=57)
    await throttle.turn("partner")
    assert waits.now == 0
    await throttle.turn("partner", "partner/customer")
    assert waits.now == 57


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("57", 57),
        ("0", 0),
        ("1.5", 1.5),
        ("999999", 300),
        ("9" * 40, 300),
        ("-5", 2),
        ("soon", 2),
        ("", 2),
        (None, 2),
        ("٣", 2),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
    ],
)
def test_a_retry_after_is_obeyed_within_reason(said: str | None, seconds: float) -> None:
    assert retry_after(said, 1, datetime(2026, 11, 25, tzinfo=UTC)) == seconds


def test_a_retry_after_may_be_a_date() -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    later = format_datetime(now + timedelta(seconds=90), usegmt=True)
    assert retry_after(later, 0, now) == 90
