"""Lists that would end more than a third of what stood: asked about before they are believed."""

import json

import pytest

from analytics.sources.files.shorter_lists import Shorter, shorter
from tests.sources.building import read, sheet
from tests.sources.items import SUBSCRIPTION
from tests.sources.test_page_lists import customer

TENANTS = [str(customer(number)["id"]) for number in range(1, 41)]


def against(stood: int, count: int, *, announced: bool = False, first: int = 1) -> Shorter | None:
    """What is said of a list of `count` customers, where `stood` customers stood."""
    items = [customer(number) for number in range(first, first + count)]
    total = {"totalCount": count} if announced else {}
    download = read(json.dumps({"items": items, **total}))
    keys = frozenset((tenant,) for tenant in TENANTS[:stood])
    return shorter(download.batch.dataset, download.batch.rows, download.pages, keys)


@pytest.mark.parametrize(
    ("stood", "count", "how", "said"),
    [
        (0, 3, "in rows alone", None),
        (3, 2, "in rows alone", None),
        (3, 1, "in rows alone", Shorter(1, 3)),
        (3, 1, "announced", None),
        (4, 2, "announced", None),
        (11, 1, "announced", None),
        (12, 1, "announced", Shorter(1, 12)),
        (12, 8, "in rows alone", None),
        (12, 7, "announced", Shorter(7, 12)),
        (30, 2, "announced", Shorter(2, 30)),
        (40, 40, "in rows alone", None),
    ],
)
def test_a_list_may_lose_a_third_or_be_small_and_announced(
    stood: int, count: int, how: str, said: Shorter | None
):
    assert against(stood, count, announced=how == "announced") == said


def test_other_customers_in_their_place_are_no_less_of_a_loss():
    assert against(20, 20, first=21, announced=True) == Shorter(0, 20)


def test_of_subscriptions_only_the_customers_in_the_file_count():
    items = [{**SUBSCRIPTION, "customerId": TENANTS[0], "id": f"s{at}"} for at in range(2)]
    download = read(sheet(*items))
    batch = download.batch

    ours = {(TENANTS[0], f"s{at}") for at in range(6)}
    others = {(TENANTS[1], f"s{at}") for at in range(50)}
    assert shorter(batch.dataset, batch.rows, (), ours | others) == Shorter(2, 6)
    assert shorter(batch.dataset, batch.rows, (), others) is None
