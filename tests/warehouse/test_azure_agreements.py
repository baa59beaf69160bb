"""Azure costs by category and by subscription are compared with the spend of their day."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.tables import (
    AZURE_CATEGORY_COSTS,
    AZURE_SPEND,
    AZURE_SUBSCRIPTION_COSTS,
    SUBSCRIPTIONS,
    Row,
)
from tests.warehouse.agreeing import DAY, WHO, Given, late, synced, wrong
from tests.warehouse.staged import row

NOON = datetime(2026, 11, 10, 12)  # noqa: DTZ001 as it is kept
PAIR = "check-azure-categories"


def spent(cost: str, currency: str = "EUR", day: date = DAY) -> Row:
    amounts = {"cost": Decimal(cost), "currency": currency, "changed": NOON}
    return row(AZURE_SPEND, day=day, tenant=WHO[0], **amounts)


def category(cost: str, name: str = "Storage", plan: str = "plan", changed: datetime = NOON) -> Row:
    amounts = {"cost": Decimal(cost), "currency": "EUR", "changed": changed}
    return row(AZURE_CATEGORY_COSTS, day=DAY, tenant=WHO[0], plan=plan, category=name, **amounts)


def subscribed(cost: str) -> Row:
    amounts = {"cost": Decimal(cost), "currency": "EUR", "changed": NOON}
    return row(
        AZURE_SUBSCRIPTION_COSTS, day=DAY, tenant=WHO[0], plan="plan", subscription="s", **amounts
    )


def plan(name: str, status: str = "active") -> Row:
    its = {"status": status, "billing": "usage", "offer": "DZH318Z0BPS6:0001:DZH318Z0BMJX"}
    return row(SUBSCRIPTIONS, tenant=WHO[0], subscription=name, **its)


def given(spends: list[Row], costs: list[Row], plans: list[Row]) -> Given:
    by_plan: dict[str, list[Row]] = {}
    for each in costs:
        by_plan.setdefault(f"{WHO[0]}/{each[2]}", []).append(each)
    return {
        AZURE_SPEND: {"": spends},
        AZURE_CATEGORY_COSTS: by_plan,
        SUBSCRIPTIONS: {WHO[0]: plans},
    }


@pytest.mark.parametrize(
    ("spends", "costs", "plans", "found"),
    [
        ([spent("30")], [category("10"), category("20", "Network")], ["plan"], {}),
        ([spent("100")], [category("99.1")], ["plan"], {}),
        ([spent("0.05")], [category("0.01")], ["plan"], {}),
        ([spent("100")], [category("98")], ["plan"], {PAIR: (f"{WHO[0]} EUR",)}),
        ([spent("-20")], [category("20")], ["plan"], {PAIR: (f"{WHO[0]} EUR",)}),
        ([spent("100")], [category("60")], ["plan", "another"], {}),
        ([spent("100")], [category("60"), category("40", plan="other")], ["plan", "other"], {}),
        ([spent("100", "SEK")], [category("60")], ["plan"], {}),
        ([spent("100", day=DAY - timedelta(days=1))], [category("60")], ["plan"], {}),
    ],
    ids=[
        "the sum",
        "a hundredth apart",
        "cents apart",
        "more apart",
        "of another sign",
        "a plan without categories",
        "two plans",
        "of another currency",
        "of another day",
    ],
)
def test_categories_add_up_to_the_spend_of_their_day(
    tmp_path: Path, spends: list[Row], costs: list[Row], plans: list[str], found: dict[str, object]
) -> None:
    synced(tmp_path, DAY, given(spends, costs, list(map(plan, plans))))
    assert wrong(tmp_path) == found


def test_what_was_worked_out_hours_later_may_differ(tmp_path: Path) -> None:
    costs = [category("60", changed=NOON + timedelta(hours=2))]
    synced(tmp_path, DAY, given([spent("50")], costs, [plan("plan")]))
    assert (wrong(tmp_path), late(tmp_path)) == ({}, {PAIR: 1})


def test_subscriptions_of_a_plan_that_add_up_otherwise_are_a_remark(tmp_path: Path) -> None:
    its = given([spent("60")], [category("60")], [plan("plan")])
    its[AZURE_SUBSCRIPTION_COSTS] = {f"{WHO[0]}/plan": [subscribed("50")]}
    synced(tmp_path, DAY, its)
    assert wrong(tmp_path) == {"check-azure-subscriptions": ("plan EUR",)}
