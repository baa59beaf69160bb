"""Small worlds of datasets that tell the same thing, and what a check finds in them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from analytics.tables import (
    AUDIT,
    CUSTOMERS,
    DEPLOYMENT,
    SUBSCRIBED_SKUS,
    SUBSCRIPTION_INSIGHTS,
    SUBSCRIPTIONS,
    Cell,
    Dataset,
    Row,
)
from analytics.warehouse.building.agreements import Agreement, agreements
from analytics.warehouse.marks import Mark
from tests.warehouse.rows import tenant
from tests.warehouse.staged import Parts, row, sync

DAY = date(2026, 11, 10)
LATER = DAY + timedelta(days=9)
LONG_AGO, LONG_AHEAD = date(2024, 3, 1), date(2027, 2, 28)
WHO = [tenant(name) for name in ("Contoso", "Fabrikam", "Tailspin")]
Given = dict[Dataset, Parts]


def customers(*tenants: str) -> Parts:
    return {"": [row(CUSTOMERS, tenant=each) for each in tenants]}


def own(name: str, whose: str = WHO[0], **cells: Cell) -> Row:
    usual: dict[str, Cell] = {"quantity": 10, "status": "active", "billing": "license"}
    usual |= {"created": LONG_AGO, "ends": LONG_AHEAD}
    return row(SUBSCRIPTIONS, subscription=name, tenant=whose, **{**usual, **cells})


def told(name: str, whose: str = WHO[0], **cells: Cell) -> Row:
    usual: dict[str, Cell] = {"quantity": 10, "status": "active", "subscription_type": "office"}
    usual |= {"created": LONG_AGO, "ends": LONG_AHEAD}
    return row(SUBSCRIPTION_INSIGHTS, subscription=name, tenant=whose, **{**usual, **cells})


def logged(whose: str, day: date) -> Row:
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return row(AUDIT, moment=moment, event=f"{whose}{day}", tenant=whose, operation="update")


def whole(day: date, *datasets: Dataset) -> list[Mark]:
    return [Mark(each.name, day) for each in datasets]


def world(lists: Mapping[str, list[Row]], insights: list[Row], *log: Row) -> Given:
    """Customers with their own lists, the insights of all, and the activity log."""
    return {
        CUSTOMERS: customers(*lists),
        SUBSCRIPTIONS: dict(lists),
        SUBSCRIPTION_INSIGHTS: {"": insights},
        AUDIT: {"log": list(log)},
    }


ALL = (CUSTOMERS, SUBSCRIPTIONS, SUBSCRIPTION_INSIGHTS, AUDIT, SUBSCRIBED_SKUS, DEPLOYMENT)


def synced(folder: Path, day: date, given: Given) -> None:
    sync(folder, day, given, *whole(day, *ALL))


def wrong(folder: Path) -> dict[str, tuple[str, ...]]:
    return {each.pair.what: each.rows for each in agreements_in(folder) if each.wrong}


def late(folder: Path) -> dict[str, int]:
    return {each.pair.what: each.late for each in agreements_in(folder) if each.late}


def agreements_in(folder: Path) -> tuple[Agreement, ...]:
    return agreements(folder / "facts")


def many(count: int) -> list[str]:
    return [f"s{number:02}" for number in range(count)]
