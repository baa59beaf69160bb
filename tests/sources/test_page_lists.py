"""Pages of lists: read as one where all are there, refused where one is missing."""

import json
from collections.abc import Callable
from itertools import permutations

import pytest

from analytics.sources.files.downloads import BadFile, Download, merge, read_file
from analytics.tables import Batch
from tests.sources.building import TODAY, deployed, field_case, page, read, used
from tests.sources.hostile_archives import packed
from tests.sources.items import SUBSCRIPTION, record

ADDRESS = "https://api.partnercenter.microsoft.com/partner/v1/analytics/license?skip="
SEEK = "/customers?size=2&seekOperation=Next"


def customer(number: int) -> dict[str, object]:
    """A customer of the list, as /v1/customers gives it."""
    tenant = f"1a2b3c4d-0000-4000-8000-{number:012}"
    company = {"tenantId": tenant, "companyName": f"Customer {number}", "domain": "c.example"}
    return {"id": tenant, "companyProfile": company, "relationshipToPartner": "reseller"}


def product(number: int, **changes: object) -> dict[str, object]:
    return deployed(productId=f"sku-{number}", **changes)


def linked(uri: str, link: str = "next") -> dict[str, object]:
    return {"links": {link: {"uri": uri, "method": "GET", "headers": []}}}


def together(*raw: bytes) -> tuple[Batch, ...]:
    """The files read and merged; named 1, 2, 3."""
    return merge(downloads(*raw))


def downloads(*raw: bytes) -> list[Download]:
    return [
        each
        for number, content in enumerate(raw, start=1)
        for each in read_file(str(number), content, TODAY)
    ]


def problem(*raw: bytes) -> tuple[str, object]:
    with pytest.raises(BadFile) as refused:
        together(*raw)
    return refused.value.problem, refused.value.values["file"]


NEXT = {
    "@nextLink": {"@nextLink": f"{ADDRESS}1"},
    "@odata.nextLink": {"@odata.nextLink": f"{ADDRESS}1"},
    "nextLink": {"nextLink": f"{ADDRESS}1"},
    "NextLink": {"NextLink": f"{ADDRESS}1"},
    "links.next as an object": linked(SEEK),
    "links.next as a text": {"links": {"next": SEEK}},
    "links.next with href": {"links": {"next": {"href": "/page/2"}}},
    "links in capitals": {"Links": {"Next": {"Uri": SEEK}}},
    "next": {"next": "/page/2"},
    "a continuation token": {"continuationToken": "abc"},
    "links as a list": {"links": [{"rel": "self"}, {"rel": "next", "href": "/page/2"}]},
    "_links": {"_links": {"next": {"href": "/page/2"}}},
    "pagination": {"pagination": {"next": "/page/2"}},
    "nextPageLink": {"nextPageLink": "/page/2"},
    "a number": {"nextPage": 2},
    "has more": {"hasMoreResults": True},
    "has a next page": {"paging": {"hasNextPage": True}},
    "the first page of three": {"page": 1, "totalPages": 3},
    "a link that is no address": {"nextLink": "http://[::1"},
}


@pytest.mark.parametrize("link", NEXT.values(), ids=NEXT)
def test_a_page_that_says_more_follows_is_refused_alone(link: dict[str, object]):
    assert problem(page(deployed(), **link)) == ("import-page-follows", "1")
    assert problem(page(customer(1), **link))[0] == "import-page-follows"


@pytest.mark.parametrize("case", ["43-day2-page1.json", "42-page1.json"])
def test_a_first_page_from_the_field_is_refused(case: str):
    with pytest.raises(BadFile) as refused:
        field_case(case)
    assert refused.value.problem == "import-page-follows"


def test_the_refusal_shows_the_link_s_end():
    with pytest.raises(BadFile) as refused:
        field_case("43-day2-page1.json")
    assert refused.value.values["found"] == "license?skip=1"


@pytest.mark.parametrize("case", ["43-day1.json", "42-full.json"])
def test_a_whole_answer_from_the_field_is_read(case: str):
    assert field_case(case).read in {2, 4}


ENDS: list[dict[str, object]] = [
    {"@nextLink": None, "nextLink": ""},
    {"links": {"next": None, "self": {"uri": "/customers?size=500"}}},
    {"links": {"next": {"uri": ""}}},
    {"links": {}},
    {"links": None},
    {"@odata.nextLink": "  "},
    {"links": {"self": {"uri": "/customers?skip=0"}}},
    {"nextLink": False, "hasMore": False, "nextPage": 0},
    {"page": 1, "totalPages": 1},
    {"links": [{"rel": "self", "href": "/page/1"}]},
]


@pytest.mark.parametrize("link", ENDS)
def test_an_empty_link_is_the_end(link: dict[str, object]):
    assert len(together(page(deployed(), **link))[0].rows) == 1


FIRST = page(customer(1), customer(2), **linked(SEEK))
MIDDLE = page(customer(3), **linked(SEEK), totalCount=1)
LAST = page(customer(4), totalCount=1)


@pytest.mark.parametrize("order", [*permutations((FIRST, MIDDLE, LAST))])
def test_pages_in_any_order_are_one_list(order: tuple[bytes, ...]):
    assert len(together(*order)[0].rows) == 4


def test_a_page_given_twice_is_one_page():
    assert len(together(FIRST, FIRST, MIDDLE, LAST, LAST)[0].rows) == 4
    assert problem(FIRST, FIRST)[0] == "import-page-follows"


def test_pages_in_a_zip_or_in_one_file_are_one_list():
    zipped = packed(("1.json", FIRST), ("2.json", MIDDLE), ("3.json", LAST))
    listed = b"[" + FIRST + b"," + MIDDLE + b"," + LAST + b"]"

    assert [len(together(raw)[0].rows) for raw in (zipped, listed, FIRST + LAST)] == [4, 4, 3]
    assert problem(packed(("1.json", FIRST), ("2.json", MIDDLE)))[0] == "import-page-follows"


def test_an_empty_last_page_in_the_file_ends_the_list():
    assert len(together(FIRST + page())[0].rows) == 2


def test_an_empty_page_of_its_own_says_not_what_it_ends():
    with pytest.raises(BadFile, match="import-empty"):
        together(FIRST, page())


def test_numbers_in_the_links_tell_a_page_missing_between():
    pages = [page(product(at), **{"@nextLink": f"{ADDRESS}{at}"}) for at in (1, 2, 3)]
    last = page(product(4))

    assert len(together(*pages, last)[0].rows) == 4
    assert problem(pages[0], pages[2], last) == ("import-page-before", "2")
    assert problem(*pages[1:], last)[0] == "import-page-before"


def test_page_numbers_in_the_links_tell_it_too():
    pages = [page(product(at), nextLink=f"/x?page={at + 1}") for at in (1, 2, 3)]

    assert len(together(*pages, page(product(4)))[0].rows) == 4
    assert problem(pages[0], pages[2], page(product(4)))[0] == "import-page-before"


@pytest.mark.parametrize(
    "links",
    [
        linked(SEEK, "self"),
        linked("/customers?size=2&skip=2", "self"),
        linked("/customers?page=2", "self"),
        linked("/customers?size=2", "previous"),
        {"@odata.previousLink": "/customers?size=2"},
        {"page": 2, "totalPages": 2},
    ],
)
def test_a_later_page_alone_is_refused(links: dict[str, object]):
    assert problem(page(customer(4), **links)) == ("import-page-before", "1")
    assert len(together(FIRST, page(customer(4), **links))[0].rows) == 3


def test_a_page_that_ends_with_its_service_is_followed_by_the_next_services():
    crm = deployed(serviceCode="crm", processedDateTime="2026-11-18")

    assert len(together(page(deployed(), nextLink="x"), page(crm))[0].rows) == 2


@pytest.mark.parametrize(
    "other",
    [
        page(deployed(processedDateTime="2026-08-20")),
        page(deployed(serviceCode="crm", processedDateTime="2026-08-20")),
        page(used()),
    ],
    ids=["an earlier day", "another service long ago", "another report"],
)
def test_another_download_does_not_end_a_list(other: bytes):
    first = page(deployed(), nextLink="x")

    assert problem(other, first) == ("import-page-follows", "2")
    assert problem(first, other) == ("import-page-follows", "1")


OTHERS = {"serviceCode": "crm", "processedDateTime": "2026-11-18"}


@pytest.mark.parametrize(
    "item", [product, lambda number, **more: used(productId=str(number), **more)]
)
def test_a_list_that_begins_itself_is_not_the_rest_of_another(item: Callable[..., object]):
    numbered = {"@nextLink": f"{ADDRESS}1"}
    first, other = page(item(1), **numbered), page(item(3, **OTHERS), **numbered)

    assert problem(first, other, page(item(4, **OTHERS)))[0] == "import-page-follows"
    follows = page(item(3, **OTHERS), **{"@nextLink": f"{ADDRESS}2"})
    assert len(together(first, follows, page(item(4, **OTHERS)))[0].rows) == 3


def test_a_list_of_another_total_is_not_the_rest_of_one():
    first = page(product(1), TotalCount=5, nextLink="x")

    assert problem(first, page(product(3, **OTHERS), TotalCount=1))[0] == "import-page-follows"
    assert len(together(first, page(product(3, **OTHERS), TotalCount=5))[0].rows) == 2
    own = page(product(1), TotalCount=1, nextLink="x")
    assert len(together(own, page(product(3, **OTHERS), TotalCount=1))[0].rows) == 2


def test_each_customer_s_subscriptions_are_a_list():
    other = {**SUBSCRIPTION, "customerId": "1a2b3c4d-0000-4000-8000-000000000001"}
    first = page(SUBSCRIPTION, **linked("/x?seekOperation=Next"))

    assert problem(first, page(other))[0] == "import-page-follows"
    assert len(together(first, page({**SUBSCRIPTION, "id": "second"}))[0].rows) == 2


def test_records_of_the_activity_log_go_on_with_another_day():
    earlier = record(id="e2", operationDate="2026-11-19T10:00:00Z")

    assert len(together(page(record(), nextLink="x"), page(earlier))[0].rows) == 2
    assert problem(page(record(), nextLink="x"))[0] == "import-page-follows"


def test_a_total_that_all_pages_reach_is_stronger_than_a_link():
    pages = [page(customer(at), totalCount=2, nextLink="x") for at in (1, 2)]

    assert len(together(*pages)[0].rows) == 2
    assert problem(page(customer(1), totalCount=1, nextLink="x"))[0] == "import-page-follows"


def test_a_total_is_compared_with_distinct_keys_over_the_pages():
    one, two = page(customer(1), customer(2), totalCount=4), page(customer(2), customer(3))

    with pytest.raises(BadFile) as refused:
        together(one, two)
    assert refused.value.problem == "import-not-all"
    assert refused.value.values == {"file": "1", "found": 3, "limit": 4}


def test_powershells_count_of_a_list_is_a_total():
    whole = page(customer(1), Count=1)

    assert len(together(whole)[0].rows) == 1
    assert problem(whole.replace(b'"Count": 1', b'"Count": 2')) == ("import-not-all", "1")


def test_rows_that_one_page_itself_repeats_are_in_its_total():
    assert len(together(page(customer(1), customer(1), totalCount=2))[0].rows) == 1


def test_the_pages_of_one_answer_do_not_contradict_one_another():
    first = page(deployed(), product(1), nextLink="x")
    with pytest.raises(BadFile) as refused:
        together(first, page(product(2), deployed(licensesSold=60)))
    assert refused.value.problem == "import-contradiction"
    assert (refused.value.values["row"], refused.value.values["other"]) == (1, "2 (2)")
    assert "licensesSold 50 / 60" in str(refused.value.values["found"])


@pytest.mark.parametrize(
    "item", ['{"licensesSold": 1, "licensesSold": 2}', '{"a": {"b": 1, "b": 2}}']
)
def test_a_field_twice_in_an_item_is_refused_and_not_overwritten(item: str):
    with pytest.raises(BadFile) as refused:
        read(f'{{"value": [{item}]}}')
    assert refused.value.problem == "import-double-field"
    assert json.loads(json.dumps(item))
