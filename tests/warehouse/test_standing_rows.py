"""Whom a sync asks again: customers whose subscriptions changed, or may be changed these days."""

from datetime import date, timedelta
from pathlib import Path

from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS, Cell
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.generations import Generations
from tests.warehouse.rows import tenant
from tests.warehouse.staged import row, sync

TODAY = date(2026, 11, 26)
DATES: dict[str, tuple[str, int | None, bool]] = {
    "ends in two days": ("ends", 2, True),
    "ends in three days": ("ends", 3, False),
    "ended nine days ago": ("ends", -9, True),
    "ended ten days ago": ("ends", -10, False),
    "bought eight days ago": ("created", -8, True),
    "bought nine days ago": ("created", -9, False),
    "bought today": ("created", 0, True),
    "has no dates": ("ends", None, False),
}


def test_subscriptions_that_may_change_these_days_are_due(tmp_path: Path) -> None:
    parts = {}
    for name, (column, days, _) in DATES.items():
        when = None if days is None else TODAY + timedelta(days=days)
        its: dict[str, Cell] = {"tenant": tenant(name), "subscription": name, column: when}
        parts[tenant(name)] = [row(SUBSCRIPTIONS, **its)]
    sync(tmp_path, TODAY, {SUBSCRIPTIONS: parts})
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(Generations(tmp_path / "facts").current())
        due = staging.standing.due_tenants(TODAY)
    assert due == sorted(tenant(name) for name, (_, _, is_due) in DATES.items() if is_due)


NOW: dict[str, dict[str, Cell] | None] = {
    "has more seats": {"quantity": 6},
    "is suspended": {"status": "suspended"},
    "ends another day": {"ends": TODAY},
    "renews no more": {"auto_renew": False},
    "was renewed": {"renewed": TODAY},
    "is gone": None,
    "is used": {"last_used": TODAY},
    "is as it was": {},
}
SAME = {"is used", "is as it was"}


def test_customers_of_whom_the_daily_list_tells_another_thing_changed(tmp_path: Path) -> None:
    usual: dict[str, Cell] = {"subscription": "a", "quantity": 5, "status": "active"}
    before = [row(SUBSCRIPTION_INSIGHTS, tenant=tenant(name), **usual) for name in NOW]
    now = [
        row(SUBSCRIPTION_INSIGHTS, tenant=tenant(name), **{**usual, **its})
        for name, its in {**NOW, "is new": {}}.items()
        if its is not None
    ]
    sync(tmp_path, TODAY, {SUBSCRIPTION_INSIGHTS: {"": before}})
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(Generations(tmp_path / "facts").current())
        assert staging.standing.changed_tenants() == []
        staging.add(SUBSCRIPTION_INSIGHTS, "", now, "")
        changed = staging.standing.changed_tenants()
    assert changed == sorted(tenant(name) for name in {*NOW, "is new"} - SAME)


def test_where_nothing_stood_nothing_changed(tmp_path: Path) -> None:
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(None)
        staging.add(SUBSCRIPTION_INSIGHTS, "", [row(SUBSCRIPTION_INSIGHTS)], "")
        assert staging.standing.changed_tenants() == staging.standing.due_tenants(TODAY) == []
