"""Every documented example goes through the client, and is what its page documents."""

import json
import re
from typing import Any

import pytest

from analytics.sources.partner_center.answers import json_object, trouble
from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from analytics.sources.partner_center.trouble import Absent, Nonsense, Trouble, TryLater
from tests.partner_center.documented import (
    SAMPLES,
    Endpoint,
    body,
    continued,
    endpoints,
    listed,
    showing,
    written,
)

ASKED = [each for each in endpoints() if each.method == "GET"]
LISTS = [
    (each, sample)
    for each in ASKED
    for sample in each.samples
    if listed(body(sample)) is not None and not continued(sample)
]
OBJECTS = [(e, s) for e in ASKED for s in e.samples if listed(body(s)) is None]
_OF_SUBSCRIPTION = "get__v1__customers__customer-id__subscriptions__subscription-id"
SHORTENED = {
    "get__insights__v1__mpn__ScheduledQueries__testQueryResult.json": ("10", "100"),
    "get__v1__auditrecords--by-day.json": ("3", "17"),
    "get__v1__customers__customer-id__subscriptions--legacy.json": ("1", "37"),
    f"{_OF_SUBSCRIPTION}__usagerecords__resources.json": ("2", "20"),
    "get__v1__customers__usagerecords.json": ("4", "25"),
    "get__v1__invoices__unbilled__lineitems--page-1.json": ("7", "3"),
}
"""Examples whose authors left items out, or in, without correcting the total: came, announced."""


DOUBLED = "get__v1__invoices__invoice-id__lineitems--onetime-billing-page-1.json"
"""Its second page shows the first one's items again."""


def pages_of(sample: str) -> dict[str, str]:
    later = sample.replace("page-1.json", "page-2.json")
    return {"": written(sample)} | ({"next": written(later)} if later != sample else {})


def mended(said: dict[str, str]) -> dict[str, str]:
    """An example with a total that is true."""
    return {
        when: re.sub(r'"totalCount": \d+', f'"totalCount": {count(each)}', each)
        for when, each in said.items()
    }


def count(said: str) -> int:
    return len(listed(json.loads(said)) or ())


async def loaded(endpoint: Endpoint, said: dict[str, str]) -> list[Any]:
    async with showing(said) as client:
        return [item async for page in client.pages(endpoint.call) for item in page.items]


def test_all_examples_are_here() -> None:
    here = {file.name for file in SAMPLES.glob("*.json")} - {"fields.json"}
    assert len(here) == 86
    named = {sample for each in endpoints() for sample in each.samples}
    others = ("webhook-event--", "error--", "post__oauth2__token--")
    rest = {name for name in here - named if not name.startswith(others)}
    assert {name for name in rest if not name.endswith("--request.json")} == set()


@pytest.mark.parametrize("sample", sorted(file.name for file in SAMPLES.glob("*__*.json")))
def test_every_example_is_read(sample: str) -> None:
    said = body(sample)
    found = json_object(b"\xef\xbb\xbf" + written(sample).encode())
    assert set(found) == ({"items"} if isinstance(said, list) else set(said))


@pytest.mark.parametrize(
    ("sample", "status", "kind"),
    [
        ("error--429.json", 429, TryLater),
        ("error--404-mpn-not-found.json", 404, Absent),
        ("error--delete-role-member-account-id.json", 400, Nonsense),
    ],
)
def test_a_documented_error_is_its_trouble(sample: str, status: int, kind: type[Trouble]) -> None:
    assert type(trouble(status, written(sample).encode())) is kind


@pytest.mark.parametrize(("endpoint", "sample"), LISTS, ids=[sample for _, sample in LISTS])
async def test_a_list_loads_whole(endpoint: Endpoint, sample: str) -> None:
    said = mended(pages_of(sample))
    if sample == DOUBLED:
        with pytest.raises(Nonsense, match="repeated"):
            await loaded(endpoint, said)
        del said["next"]
    found = await loaded(endpoint, said)
    assert len(found) == sum(map(count, said.values()))
    for each in found:
        assert set(each) <= endpoint.documented | endpoint.undocumented | {"attributes"}


@pytest.mark.parametrize("sample", sorted(SHORTENED))
async def test_an_example_that_was_shortened_is_not_believed(sample: str) -> None:
    endpoint = next(each for each in ASKED if sample in each.samples)
    with pytest.raises(Nonsense) as caught:
        await loaded(endpoint, pages_of(sample))
    came, total = SHORTENED[sample]
    assert caught.value.because == "sync-why-total"
    assert caught.value.values == {"came": came, "total": total}


@pytest.mark.parametrize(("endpoint", "sample"), OBJECTS, ids=[sample for _, sample in OBJECTS])
async def test_a_bare_object_loads(endpoint: Endpoint, sample: str) -> None:
    async with showing({"": written(sample)}) as client:
        found = await client.one(endpoint.call)
        assert set(found) == set(body(sample))
        if endpoint.call.paging is Paging.TOP_SKIP:  # documented as a list all the same
            pages = [page async for page in client.pages(endpoint.call)]
            assert [set(item) for page in pages for item in page.items] == [set(found)]


@pytest.mark.parametrize("endpoint", ASKED, ids=[each.endpoint for each in ASKED])
def test_each_documented_field_is_in_an_example_or_said_to_be_in_none(endpoint: Endpoint) -> None:
    items = [item for each in endpoint.samples for item in listed(body(each)) or [body(each)]]
    seen = {field for item in items for field in item}
    assert endpoint.documented <= seen
    assert not endpoint.absent & seen


@pytest.mark.parametrize(
    "sample", ["ScheduledQueries", "ScheduledReport"], ids=["a query", "a report"]
)
async def test_what_is_posted_is_answered_as_documented(sample: str) -> None:
    said = written(f"post__insights__v1__mpn__{sample}.json")
    request = body(f"post__insights__v1__mpn__{sample}--request.json")
    async with showing({"": said}) as client:
        call = Call(f"/insights/v1/mpn/{sample}", Paging.NONE, Bearer.INSIGHTS)
        assert await client.send(call, request) == json.loads(said)


async def test_money_is_as_exact_as_it_was_written() -> None:
    said = mended(pages_of("get__v1__customers__usagerecords.json"))
    endpoint = next(each for each in ASKED if each.endpoint == "customers-usage-records")
    found = await loaded(endpoint, said)
    assert [str(each["totalCost"]) for each in found] == [
        *("0", "120.5682999999995904716", "0", "27.23292827625710931604"),
    ]
