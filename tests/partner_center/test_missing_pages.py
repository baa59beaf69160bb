"""A page missing from a list that tells no total: every sign of it is heeded."""

from typing import Any

import pytest

from analytics.sources.partner_center.trouble import UnevenPages
from tests.partner_center.scripted import Script, customers, licences
from tests.partner_center.test_paging import LINK, OFFSET, SEEK, SKIP, ids, refusal

MISSING = "sync-why-page-missing"
Said = dict[str, Any]


def own(said: Said, uri: str = "/customers?size=2", after: str = "", link: str = "self") -> Said:
    """The answer, saying this of itself."""
    headers = [{"key": "MS-ContinuationToken", "value": after}] if after else []
    links = {**said.get("links", {}), link: {"uri": uri, "method": "GET", "headers": headers}}
    return {**said, "links": links}


@pytest.mark.parametrize("skip", ["4", "1"])
async def test_the_next_page_begins_where_this_one_ends(skip: str) -> None:
    pages = [licences(1, 2, link=f"x?skip={skip}"), licences(5)]
    assert await refusal(SKIP, *pages) == MISSING
    right = [licences(1, 2, link="x?skip=2"), licences(3)]
    assert await ids(SKIP, Script([*right])) == [
        "1",
        "2",
        "3",
    ]


async def test_a_page_that_came_empty_is_not_the_end_where_its_link_goes_on() -> None:
    pages = [licences(1, 2, link="x?skip=2"), licences(link="x?skip=4"), licences(5)]
    assert await refusal(SKIP, *pages) == MISSING


async def test_links_by_offset_and_in_envelopes_are_counted_too() -> None:
    linked = {**customers(1, 2), "links": {"next": {"uri": "/invoices?size=2&offset=4"}}}
    assert await refusal(OFFSET, linked, customers(5)) == MISSING
    said = {"value": [{"id": "1"}], "nextLink": f"{LINK.path}?skip=2"}
    assert await refusal(LINK, said, {"value": [], "nextLink": None}) == MISSING


async def test_what_is_announced_and_came_is_stronger_than_a_link() -> None:
    pages = [licences(1, 2, total=3, link="x?skip=9"), licences(3, total=3)]
    assert await ids(SKIP, Script([*pages])) == ["1", "2", "3"]


@pytest.mark.parametrize(
    "first",
    [
        own(customers(3), after="a"),
        own(customers(3), "/customers?size=2&seekOperation=Next"),
        own(customers(3), link="previous"),
        own(customers(3), "/customers?size=2&skip=2"),
    ],
    ids=["by its token", "by its address", "by a link back", "by its number"],
)
async def test_a_later_page_in_place_of_the_first_is_noticed(first: Said) -> None:
    assert await refusal(SEEK, first) == MISSING
    assert await ids(SEEK, Script([own(customers(1))])) == ["1"]


async def test_a_page_of_another_token_than_was_handed_back_is_noticed() -> None:
    first, second, third = (
        customers(1, 2, after="a"),
        own(customers(5, 6, after="c"), after="b"),
        own(customers(7), after="c"),
    )
    assert await refusal(SEEK, first, second, third) == MISSING
    right = own(customers(3, 4), after="a", uri="/customers?seekOperation=Next")
    assert await ids(SEEK, Script([first, right])) == ["1", "2", "3", "4"]


async def test_a_token_that_leads_to_two_pages_is_noticed() -> None:
    pages = [customers(1, 2, after="a"), customers(3, 4, after="b"), customers(5, 6, after="a")]
    assert await refusal(SEEK, *pages, customers(7)) == MISSING


@pytest.mark.parametrize(
    "said",
    [
        {"items": [{"id": "1"}], "continuationToken": "more"},
        {"items": [{"id": "1"}], "nextLink": "/customers?size=2"},
    ],
    ids=["a token", "another kind of link"],
)
async def test_more_that_no_link_leads_to_is_noticed(said: Said) -> None:
    assert await refusal(SEEK, said) == MISSING


UNEVEN = [customers(1, 2, after="a"), customers(3, after="b"), customers(5, 6)]


async def test_a_page_shorter_than_others_before_the_last_is_doubted() -> None:
    assert await refusal(SEEK, *UNEVEN) == "sync-why-uneven"
    with_total = [{**page, "totalCount": 5} for page in UNEVEN]
    assert await ids(SEEK, Script([*with_total])) == ["1", "2", "3", "5", "6"]


async def test_the_same_pages_once_more_are_believed_and_others_are_not() -> None:
    async with Script([*UNEVEN, *UNEVEN, *UNEVEN[1:]]).client() as client:

        async def again(believed: frozenset[bytes]) -> list[object]:
            pages = client.pages(SEEK, believed=believed)
            return [item["id"] for page in [p async for p in pages] for item in page.items]

        with pytest.raises(UnevenPages) as told:
            await again(frozenset())
        assert await again(told.value.pages) == ["1", "2", "3", "5", "6"]
        with pytest.raises(UnevenPages):
            await again(told.value.pages)


async def test_what_each_page_counts_of_itself_is_no_sum_but_tells_that_it_is_not_short() -> None:
    pages = [licences(1, 2, total=2, link="x?skip=4"), licences(5, total=1)]
    assert await refusal(SKIP, *pages) == MISSING
    own_counts = [customers(1, total=1, after="a"), customers(2, 3, total=2)]
    assert await ids(SEEK, Script([*own_counts])) == ["1", "2", "3"]


async def test_lists_of_one_page_or_of_full_ones_are_whole() -> None:
    assert await ids(SEEK, Script([customers(1)])) == ["1"]
    full = [customers(1, 2, after="a"), customers(3, 4, after="b"), customers()]
    assert await ids(SEEK, Script([*full])) == ["1", "2", "3", "4"]
