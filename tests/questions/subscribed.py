"""Syncs of subscription analytics that say only what a test is about."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from analytics.tables import CUSTOMERS, SUBSCRIPTION_INSIGHTS, Cell, Row
from analytics.values import TenantId
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark
from tests.warehouse.rows import opened, tenant
from tests.warehouse.staged import row, sync

Line = Mapping[str, Cell]


def sub(customer: str, number: str, status: str = "active", **changes: Cell) -> Line:
    """A subscription: active, of 10 seats of Microsoft 365 E3, bought long ago, unless told
    otherwise.
    """
    return {
        "tenant": tenant(customer),
        "customer": customer,
        "subscription": number,
        "status": status,
        "product_name": "MICROSOFT 365 E3",
        "quantity": 10,
        "created": date(2024, 3, 1),
        "starts": date(2024, 3, 1),
        **changes,
    }


def told(
    folder: Path,
    days: Mapping[date, list[Line]],
    visible: frozenset[TenantId] | None = None,
    unlisted: Mapping[date, list[str]] | None = None,
) -> Facts:
    """The facts after a whole sync on each of the days, each telling these subscriptions, and their
    customers but for those `unlisted` on it.
    """
    for today, lines in days.items():
        rows: list[Row] = [row(SUBSCRIPTION_INSIGHTS, **line) for line in lines]
        names = {str(line["tenant"]): str(line["customer"]) for line in lines}
        gone = {tenant(name) for name in (unlisted or {}).get(today, [])}
        listed: list[Row] = [
            row(CUSTOMERS, tenant=its, customer=name)
            for its, name in names.items()
            if its not in gone
        ]
        given = {SUBSCRIPTION_INSIGHTS: {"": rows}, CUSTOMERS: {"": listed}}
        sync(folder, today, given, *(Mark(each.name, today) for each in given))
    return opened(folder / "facts", visible)
