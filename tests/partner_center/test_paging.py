"""Pages: how the next one is asked for, where they end, and when they are not believed."""

from typing import Any

import pytest

from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from analytics.sources.partner_center.trouble import Nonsense
from tests.partner_center.scripted import Script, customers, licences

SEEK = Call("/v1/customers", Paging.SEEK, Bearer.APP, {"filter": "{}"}, size=2)
SKIP = Call("/partner/v1/analytics/commercial/usage/license", Paging.TOP_SKIP, Bearer.USER, size=2)
OFFSET = Call("/v1/invoices", Paging.OFFSET, Bearer.APP, size=2)
LINK = Call("/insights/v1/mpn/ScheduledReport", Paging.NEXT_LINK, Bearer.INSIGHTS)


async def ids(call: Call, script: Script, following: str = "", most: int = 1000) -> list[Any]:
    async with script.client() as client:
        pages = client.pages(call, following, most)
        return [item["id"] for page in [p async for p in pages] for item in page.items]


async def refusal(call: Call, *answers: Any, most: int = 1000) -> str:
    with pytest.raises(Nonsense) as caught:
        await ids(call, Script([*answers]), most=most)
    return caught.value.because


async def test_seek_hands_the_token_back_as_a_header_and_keeps_the_question() -> None:
    script = Script([customers(1, 2, after="one two=="), customers(3)])
    assert await ids(SEEK, script) == ["1", "2", "3"]
    first, second = script.asked
    assert dict(first.query) == {"filter": "{}", "size": "2"}
    assert dict(second.query) == {"filter": "{}", "size": "2", "seekOperation": "Next"}
    assert second.headers["MS-ContinuationToken"] == "one two=="


async def test_a_token_may_stand_in_the_answer_itself() -> None:
    first = {**customers(1, after="link"), "continuationToken": "body"}
    first["links"]["next"]["headers"] = []
    script = Script([first, customers(2)])
    assert await ids(SEEK, script) == ["1", "2"]
    assert script.asked[1].headers["MS-ContinuationToken"] == "body"


async def test_an_empty_page_in_the_middle_is_not_the_end() -> None:
    pages = [customers(1, total=2, after="a"), customers(total=2, after="b"), customers(2, total=2)]
    assert await ids(SEEK, Script([*pages])) == ["1", "2"]


async def test_skip_goes_by_the_links_number_and_never_to_its_host() -> None:
    link = "https://elsewhere.example/partner/v1/analytics?top=2&skip=2"
    script = Script([licences(1, 2, link=link), licences(4)])
    assert await ids(SKIP, script) == ["1", "2", "4"]
    assert [request.query.get("skip") for request in script.asked] == [None, "2"]
    assert {request.host for request in script.asked} == {script.asked[0].host}


async def test_skip_goes_by_what_came_where_the_link_has_no_number() -> None:
    script = Script([licences(1, link="x"), licences(2, 3, link="x?skip="), licences(4)])
    assert await ids(SKIP, script) == ["1", "2", "3", "4"]
    assert [request.query.get("skip") for request in script.asked] == [None, "1", "3"]


async def test_a_row_that_comes_twice_hides_no_lost_one() -> None:
    """By our own count the second page would begin one row too late, and the sum be right."""
    first, second = licences(1, 2, 1, total=4, link="x?skip=2"), licences(3, 4, total=4)
    script = Script([first, second])
    with pytest.raises(Nonsense, match="total"):
        await ids(SKIP, script)
    assert script.asked[1].query["skip"] == "2"


async def test_a_total_that_is_not_reached_asks_for_more_though_there_is_no_link() -> None:
    script = Script([licences(1, total=2), licences(2, total=2)])
    assert await ids(SKIP, script) == ["1", "2"]


async def test_a_full_page_is_not_taken_for_the_last_one() -> None:
    script = Script([licences(1, 2), licences(3, 4), licences()])
    assert await ids(SKIP, script) == ["1", "2", "3", "4"]


async def test_offset_follows_the_link_though_the_total_is_of_the_page() -> None:
    script = Script([customers(1, 2, total=2, after="x"), customers(3, total=1)])
    assert await ids(OFFSET, script) == ["1", "2", "3"]
    assert script.asked[1].query["offset"] == "2"


async def test_the_next_links_query_is_taken_and_its_host_is_not() -> None:
    link = "https://elsewhere.example/insights/v1/mpn/ScheduledReport?skip=1&x=%3D"
    pages = [{"value": [{"id": "1"}], "nextLink": link}, {"value": [{"id": "2"}], "nextLink": None}]
    script = Script(pages)
    assert await ids(LINK, script) == ["1", "2"]
    assert dict(script.asked[1].query) == {"skip": "1", "x": "="}
    assert script.asked[1].host == script.asked[0].host


async def test_a_link_to_another_path_is_not_followed() -> None:
    said = {"value": [{"id": "1"}], "nextLink": "/insights/v1/mpn/Secrets?skip=1"}
    assert await refusal(LINK, said) == "sync-why-paging"


@pytest.mark.parametrize("call", [SEEK, SKIP], ids=["seek", "skip"])
async def test_a_new_process_goes_on_and_still_counts_from_the_start(call: Call) -> None:
    page = customers if call is SEEK else licences
    more = {"after": "a"} if call is SEEK else {"link": "x"}
    script = Script([page(1, 2, total=3, **more), page(3, total=3)])
    async with script.client() as client:
        first = await anext(client.pages(call))
    assert await ids(call, script, first.following) == ["3"]
    lost = Script([page(total=3)])
    with pytest.raises(Nonsense, match="total"):
        await ids(call, lost, first.following)


async def test_the_same_page_again_is_refused_though_its_link_is_another() -> None:
    pages = [customers(1, 2, after="a"), customers(3, after="b"), customers(1, 2, after="c")]
    assert await refusal(SEEK, *pages) == "sync-why-repeated"


async def test_more_than_was_announced_is_refused_before_the_end() -> None:
    numbers = iter(range(1000))
    endless = lambda: customers(next(numbers), next(numbers), total=5, after=str(next(numbers)))  # noqa: E731 an answer made anew each time
    script = Script([endless])
    with pytest.raises(Nonsense, match="total"):
        await ids(SEEK, script)
    assert len(script.asked) == 3


async def test_pages_without_an_end_are_refused() -> None:
    numbers = iter(range(10_000))
    full = lambda: customers(next(numbers), after=str(next(numbers)))  # noqa: E731 as above
    empty = lambda: customers(after=str(next(numbers)))  # noqa: E731 as above
    assert await refusal(SEEK, full, most=200) == "sync-why-endless"
    assert await refusal(SEEK, empty) == "sync-why-endless"


async def test_a_token_that_leads_to_itself_is_refused() -> None:
    assert await refusal(SEEK, customers(after="a")) == "sync-why-repeated"


async def test_a_total_that_changes_while_pages_come_is_refused() -> None:
    pages = [licences(1, 2, total=3, link="x"), licences(3, 4, total=4), licences(total=4)]
    assert await refusal(SKIP, *pages) == "sync-why-total"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"code": 800003, "description": "fault"},
        {"statusCode": 429, "message": "Rate limit is exceeded."},
        {"error": {"code": "x"}},
        {"totalCount": 3},
        {"items": None},
        {"items": {"0": {}}},
        {"items": [None]},
        {"items": [], "totalCount": True},
        {"items": [], "totalCount": -1},
        {"items": [], "totalCount": "many"},
    ],
    ids=str,
)
@pytest.mark.parametrize("call", [SEEK, SKIP], ids=["seek", "skip"])
async def test_what_is_no_list_is_refused(call: Call, said: dict[str, Any]) -> None:
    assert await refusal(call, said) == "sync-why-types"


async def test_a_bare_object_is_one_item_of_analytics_alone() -> None:
    assert await ids(SKIP, Script([{"id": "1"}])) == ["1"]
    assert await refusal(SEEK, {"id": "1"}) == "sync-why-types"
