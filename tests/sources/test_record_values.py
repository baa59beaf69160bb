"""Seats that the JSON of an activity record tells, by field."""

import json
from pathlib import Path

import pytest

from analytics.tables.record_values import RecordValues, record_values

SAMPLES = Path(__file__).parents[1] / "partner_center" / "samples"
E3 = {"Id": "S1", "OfferId": "CFQ7TTC0LH18:0001:CFQ7TTC0K971", "Quantity": 20}
LINE = {"SubscriptionId": "S1", "OfferId": "CFQ7", "Quantity": 5}
NOTHING = RecordValues()


def told(resource: str, old: object = None, new: object = None, **pairs: object) -> RecordValues:
    texts = [json.dumps(value) if value is not None else None for value in (old, new)]
    details = [{"key": key.replace("_", "-"), "value": value} for key, value in pairs.items()]
    return record_values(resource, *texts, json.dumps(details))


def test_the_documented_records_tell_their_seats() -> None:
    found = []
    for name in ("by-day", "by-customer"):
        items = json.loads((SAMPLES / f"get__v1__auditrecords--{name}.json").read_text())["items"]
        for item in items:
            new, pairs = item.get("resourceNewValue"), json.dumps(item["customizedData"])
            its = record_values(item["resourceType"], item.get("resourceOldValue"), new, pairs)
            found.append((item["operationType"], its.quantity_after, its.user_count))
    assert found == [
        ("update_customer_user_licenses", None, 1),
        ("create_order", 1, None),
        ("add_customer", None, None),
        ("create_order", 25, None),
        ("update_customer_user_licenses", None, 1),
    ]


def test_a_change_tells_before_and_after() -> None:
    assert told("subscription", E3, {**E3, "Quantity": 35}) == RecordValues(
        "s1", "CFQ7TTC0LH18:0001:CFQ7TTC0K971", 20, 35
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (told("order", None, {"LineItems": [LINE]}), RecordValues("s1", "CFQ7", None, 5)),
        (told("order", None, {"LineItems": [LINE, LINE]}), NOTHING),
        (
            told("order", None, None, SubscriptionId_0="S1", Quantity_0="5", OfferId_0="CFQ7"),
            RecordValues("s1", "CFQ7", None, 5),
        ),
        (
            told("order", SubscriptionId_0="S1", Quantity_0="5", SubscriptionId_1="S2"),
            NOTHING,
        ),
        (told("subscription", E3, {**E3, "Id": "S2"}), RecordValues(None, E3["OfferId"])),  # type: ignore[arg-type]  # a text
        (told("customer", None, {"Id": "S1", "Quantity": 3}), NOTHING),
        (told("license", CustomerUserId="u1", UserId="u2"), RecordValues(user_count=2)),
        (told("license", CustomerUserPrincipalName="Ann@x"), RecordValues(user_count=1)),
    ],
)
def test_a_record_of_one_subscription_tells_of_it_and_of_several_of_none(
    found: RecordValues, expected: RecordValues
) -> None:
    assert found == expected


DEEP = "[" * 100_000
HOSTILE = [
    DEEP,
    '{"a":' * 50_000,
    "{",
    "null",
    "7",
    '"Quantity"',
    "[[]]",
    '{"Id": ["S1"], "Quantity": {"a": 1}}',
    '{"Id": "S1", "Quantity": true}',
    '{"Id": "S1", "Quantity": -4}',
    '{"Id": "S1", "Quantity": 1e400}',
    '{"Id": "S1", "Quantity": 2.5}',
    '{"Id": "S1", "Quantity": NaN}',
    f'{{"Id": "S1", "Quantity": {"9" * 5000}}}',
    '{"Id": "S1", "Quantity": 4000000000}',
    '{"Id": "ann@contoso.example", "OfferId": "Ann Brook", "Quantity": 5}',
    '{"Id": "S1", "Quantity": "\\u0665"}',
    '{"LineItems": {"Quantity": 5}}',
    '{"LineItems": [5, null]}',
    json.dumps({"Id": "S1", "Quantity": 5, "x": "y" * 300_000}),
    "\x00",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: str(text)[:24])
def test_hostile_json_tells_no_seats_and_is_no_error(text: str) -> None:
    for resource in ("subscription", "order", "license"):
        found = record_values(resource, text, text, text)
        assert (found.quantity_before, found.quantity_after, found.offer) == (None, None, None)
        assert found.subscription in (None, "s1")
