"""Bounds of what the API answers: instants, days asked for, and figures below zero."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.sources.partner_center.item_rows import rows_of
from analytics.sources.partner_center.trouble import Nonsense
from analytics.tables import (
    AUDIT,
    AZURE_METERS,
    AZURE_SPEND,
    SUBSCRIBED_SKUS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    Dataset,
)
from analytics.warehouse.building.check import check
from tests.partner_center.azure_meters import meters
from tests.partner_center.company import Company, Item
from tests.warehouse.rows import tenant
from tests.warehouse.staged import row, sync

TODAY = date(2026, 11, 25)
COMPANY = Company(1, seed=3, today=TODAY)
TENANT = COMPANY.tenants[0]
RECORD: Item = {
    "id": "a",
    "customerId": TENANT,
    "operationType": "update_subscription",
    "operationDate": f"{TODAY}T08:09:07.0450483Z",
}
ITEMS: dict[str, tuple[Dataset, Item]] = {
    "activity": (AUDIT, RECORD),
    "spend": (AZURE_SPEND, COMPANY.spend[0]),
    "meters": (AZURE_METERS, meters(COMPANY, TODAY)[0]),
    "subscription": (SUBSCRIPTIONS, COMPANY.subscriptions(TENANT)[0]),
    "insights": (SUBSCRIPTION_INSIGHTS, COMPANY.insights[0]),
    "skus": (SUBSCRIBED_SKUS, COMPANY.skus(TENANT)[0]),
}
GIVEN = {"fetched": str(TODAY), "customer-id": TENANT}


def read(what: str, day: date | None, **changes: object) -> dict[str, object]:
    """One item as its row, by our columns' names."""
    dataset, usual = ITEMS[what]
    item = json.loads(json.dumps({**usual, **changes}), parse_float=Decimal)  # as the client reads
    (cells,) = rows_of(dataset, [item], GIVEN, TODAY, day)
    return dict(zip((column.name for column in dataset.columns), cells, strict=True))


@pytest.mark.parametrize(
    ("what", "day", "changes", "why"),
    [
        ("activity", TODAY, {"operationDate": "2099-01-01T00:00:00Z"}, "cell"),
        ("activity", None, {"operationDate": "2014-12-31T23:59:59Z"}, "cell"),
        ("activity", TODAY, {"operationDate": "2026-11-24T23:59:59Z"}, "other-day"),
        ("activity", TODAY, {"operationDate": "2026-11-25T23:30:00-01:00"}, "other-day"),
        ("activity", TODAY, {"operationDate": "0001-01-01T00:00:00Z"}, "other-day"),
        ("meters", TODAY, {"usageDate": "2026-11-24T00:00:00"}, "other-day"),
        ("meters", TODAY, {"usageDate": "2099-11-25T00:00:00"}, "cell"),
        ("spend", None, {"lastModifiedDate": "2026-11-27T00:00:00Z"}, "cell"),
        ("spend", None, {"lastModifiedDate": "1970-01-01T00:00:00Z"}, "cell"),
        ("subscription", None, {"quantity": -1}, "cell"),
        ("insights", None, {"licenseCount": "-5"}, "cell"),
        ("skus", None, {"consumedUnits": -1}, "cell"),
    ],
)
def test_what_is_out_of_bounds_is_refused(
    what: str, day: date | None, changes: Item, why: str
) -> None:
    with pytest.raises(Nonsense) as caught:
        read(what, day, **changes)
    assert caught.value.because == f"sync-why-{why}"


@pytest.mark.parametrize(
    ("what", "day", "changes", "name", "value"),
    [
        ("activity", TODAY, {}, "event", "a"),
        ("activity", None, {"operationDate": "2026-11-26T01:00:00Z"}, "event", "a"),
        ("meters", TODAY, {"quantity": -547.5}, "quantity", Decimal("-547.5")),
        ("spend", None, {"totalCost": -3}, "cost", Decimal(-3)),
        (
            "subscription",
            None,
            {"cancellationAllowedUntilDate": "9999-12-31T23:59:59Z"},
            "cancellable_until",
            datetime(9999, 12, 31, 23, 59, 59),  # noqa: DTZ001 as it is kept
        ),
        (
            "subscription",
            None,
            {"commitmentEndDate": "9999-12-31T00:00:00Z"},
            "ends",
            date(9999, 12, 31),
        ),
    ],
)
def test_what_may_be_is_taken(
    what: str, day: date | None, changes: Item, name: str, value: object
) -> None:
    assert read(what, day, **changes)[name] == value


def test_credits_are_said_and_are_no_fault(tmp_path: Path) -> None:
    spent = [
        row(AZURE_SPEND, day=TODAY, tenant=tenant(str(n)), cost=Decimal(n)) for n in (-2, -1, 5)
    ]
    used = [row(AZURE_METERS, day=TODAY, quantity=Decimal(n)) for n in (-3, 0, 4)]
    sync(tmp_path, TODAY, {AZURE_SPEND: {"": spent}, AZURE_METERS: {str(TODAY): used}})
    credits = {
        each.dataset: (each.wrong, each.fault)
        for each in check(tmp_path / "facts")
        if each.what == "check-credits"
    }
    assert credits == {"azure_spend": (2, False), "azure_meters": (1, False)}
