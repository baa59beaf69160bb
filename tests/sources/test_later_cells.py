"""The later fields of a subscription: each in a column, by its documented name; what has another
form than we know costs itself alone.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.sources.partner_center.item_rows import rows_of
from analytics.tables import SUBSCRIPTIONS, Cell
from tests.sources.building import TENANT

TODAY = date(2026, 11, 30)
ITEM: dict[str, object] = {
    "id": "A4C1340D-6911-4758-BBA3-0C4C6007D161",
    "offerId": "CFQ7TTC0LH18:0001:CFQ7TTC0K971",
    "quantity": 15,
    "status": "active",
}
SAMPLES = Path(__file__).parents[1] / "partner_center" / "samples"
PART = {"quantity": 3, "allowedUntilDateTime": "2026-12-02T10:00:00Z"}
CANCEL = {"scheduleType": "TermEnd", "actionType": "Cancel", "effectiveDate": "2026-12-13"}


def read(**fields: object) -> dict[str, Cell]:
    (cells,) = rows_of(SUBSCRIPTIONS, [{**ITEM, **fields}], {"customer-id": TENANT}, TODAY)
    return dict(zip([column.name for column in SUBSCRIPTIONS.columns], cells, strict=True))


def test_an_item_without_them_was_asked_and_has_none() -> None:
    cells = read()
    assert cells["form"] == 1
    later = {column.name for column in SUBSCRIPTIONS.columns if column.form}
    assert {name for name in later if cells[name] is not None} == set()


def test_the_documented_example_tells_what_may_be_given_back() -> None:
    name = "get__v1__customers__customer-id__subscriptions__subscription-id--new-commerce.json"
    cells = read(**json.loads((SAMPLES / name).read_text()))
    until = "2021-01-24T20:39:17.182697Z"
    assert json.loads(str(cells["refundable"])) == {
        "total": 10,
        "parts": [{"quantity": 10, "until": until}],
    }
    assert cells["refundable_until"] == datetime(2021, 1, 24, 20, 39, 17, 182697)  # noqa: DTZ001 UTC
    assert cells["commitment_ends"] == datetime(2022, 1, 13, 23, 59, 59)  # noqa: DTZ001 UTC
    assert '"refundOptions"' in str(cells["rest"])


def test_parts_stand_in_the_order_in_which_they_close() -> None:
    later = {"quantity": 2, "allowedUntilDateTime": "2026-12-05T12:00:00+02:00"}
    cells = read(refundableQuantity={"totalQuantity": 5, "details": [later, PART]})
    parts = json.loads(str(cells["refundable"]))["parts"]
    assert [part["until"] for part in parts] == ["2026-12-02T10:00:00Z", "2026-12-05T10:00:00Z"]
    assert cells["refundable_until"] == datetime(2026, 12, 5, 10)  # noqa: DTZ001 UTC


def test_what_is_scheduled_for_the_next_term_is_told_by_field() -> None:
    product = {"productId": "CFQ7TTC0LCHC", "skuId": "0002", "availabilityId": "CFQ7TTC0SMP2"}
    its = {"product": {**product, "termDuration": "P1Y"}, "quantity": 36}
    cells = read(scheduledNextTermInstructions={**its, "customTermEndDate": "2028-03-31T00:00:00Z"})
    assert cells["next_quantity"] == 36
    assert cells["next_offer"] == "CFQ7TTC0LCHC:0002:CFQ7TTC0SMP2"
    assert (cells["scheduled_term"], cells["next_ends"]) == ("P1Y", date(2028, 3, 31))


@pytest.mark.parametrize(
    ("told", "kept", "action", "day"),
    [
        (None, None, None, None),
        ([], "[]", None, None),
        ([CANCEL], json.dumps([CANCEL], sort_keys=True), "Cancel", date(2026, 12, 13)),
        (CANCEL, json.dumps([CANCEL], sort_keys=True), "Cancel", date(2026, 12, 13)),
        ([{"actionType": "CANCEL"}], '[{"actionType": "Cancel"}]', "Cancel", None),
        ([{"actionType": "Pause"}], '[{"actionType": "Pause"}]', "Pause", None),
        ([{"actionType": 7}], '[{"actionType": "unknown"}]', "unknown", None),
        ("Cancel", None, None, None),
        ([["Cancel"]], None, None, None),
    ],
)
def test_that_nothing_is_scheduled_is_told_from_a_key_that_never_came(
    told: object, kept: str | None, action: str | None, day: date | None
) -> None:
    cells = read(autoRenewEnabled=False, scheduledActions=told)
    assert (cells["scheduled_actions"], cells["end_action"], cells["end_action_on"]) == (
        kept,
        action,
        day,
    )


def test_two_choices_for_one_end_are_a_word_that_no_rule_knows() -> None:
    renew = {"scheduleType": "TermEnd", "actionType": "RenewToNewTerm"}
    early = {"scheduleType": "CustomDate", "actionType": "Transition"}
    assert read(scheduledActions=[CANCEL, renew])["end_action"] == "Cancel, RenewToNewTerm"
    assert read(scheduledActions=[early, CANCEL])["end_action"] == "Cancel"


@pytest.mark.parametrize(
    "fields",
    [
        {"refundableQuantity": "5"},
        {"refundableQuantity": {"totalQuantity": -1}},
        {"refundableQuantity": {"totalQuantity": 3, "details": [{"quantity": 3}]}},
        {"refundableQuantity": {"details": [PART] * 101}},
        {"refundableQuantity": {"details": [{**PART, "allowedUntilDateTime": "soon"}]}},
        {"scheduledNextTermInstructions": [1]},
        {"scheduledNextTermInstructions": {"product": "E5"}},
        {"scheduledNextTermInstructions": {"quantity": {"of": 5}}},
        {"scheduledNextTermInstructions": {"quantity": 10**30}},
        {"commitmentEndDateTime": 20260101},
        {"customTermEndDate": "1970-01-01"},
        {"parentSubscriptionId": "x" * 101},
    ],
    ids=str,
)
def test_another_form_costs_the_row_its_form_and_stays_in_the_rest(
    fields: dict[str, object],
) -> None:
    cells = read(**fields)
    assert (cells["form"], cells["quantity"]) == (None, 15)
    (top,) = fields
    assert f'"{top}"' in str(cells["rest"]) or len(str(fields)) > 4_000


def test_what_no_column_tells_is_in_the_rest_as_far_as_it_fits() -> None:
    deep: object = 1
    for _ in range(5_000):
        deep = [deep]
    few = {"attributes": {"etag": "x"}, "links": {"self": "x"}, "deep": deep, "long": "x" * 4_000}
    price = {"zPrice": Decimal("12.50"), "contact": {"name": "Ann"}}
    assert read(**few, **price)["rest"] == '{"contact": {"name": "Ann"}, "zPrice": "12.50"}'
    many = {f"field{at:04}": "x" * 40 for at in range(1_000)}
    assert 3_900 < len(str(read(**many)["rest"])) <= 4_000


def test_no_open_column_takes_words_that_may_name_people() -> None:
    name = "Ann Brook <ann@contoso.example>"
    product = {"productId": name, "skuId": name, "termDuration": name}
    actions = [{"actionType": name, "by": name, "instructions": product, "effectiveDate": name}]
    cells = read(scheduledNextTermInstructions={"product": product}, scheduledActions=actions)
    sealed = str(cells.pop("rest"))
    assert name in sealed
    assert "ann" not in str(cells.values()).lower()
