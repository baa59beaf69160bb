"""Azure costs and units in as few words as a test needs."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from analytics.tables import AZURE_CATEGORY_COSTS, AZURE_METERS, AZURE_SPEND, Cell, Dataset, Row
from analytics.values import TenantId
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark
from tests.warehouse.rows import opened, tenant
from tests.warehouse.staged import Parts, row, sync

TODAY = date(2026, 11, 30)


def spent(whose: str, day: date, cost: str, currency: str = "EUR", **cells: Cell) -> Row:
    """A customer's month so far as of a day, asked for on that day; without a budget."""
    worked_out = datetime.combine(day, time(12))
    amounts = {"cost": Decimal(cost), "currency": currency, "azure_plan": True}
    told = {"day": day, "changed": worked_out, **amounts, **cells}
    return row(AZURE_SPEND, tenant=tenant(whose), customer=whose, **told)


def metered(
    whose: str, day: date, quantity: str, category: str = "Storage", unit: str = "1 GB"
) -> Row:
    """Units of one meter on one day."""
    units = {"quantity": Decimal(quantity), "category": category, "unit": unit}
    return row(AZURE_METERS, tenant=tenant(whose), customer=whose, day=day, **units)


def category(whose: str, day: date, cost: str, name: str = "Storage", plan: str = "p") -> Row:
    """The costs of a plan's category, in the month so far."""
    amounts = {"cost": Decimal(cost), "currency": "EUR", "category": name, "plan": plan}
    told = {"day": day, "changed": datetime.combine(day, time(12)), **amounts}
    return row(AZURE_CATEGORY_COSTS, tenant=tenant(whose), **told)


def told(
    folder: Path,
    spends: Iterable[Row],
    units: Iterable[Row] | None = None,
    categories: Iterable[Row] | None = None,
    visible: frozenset[TenantId] | None = None,
) -> Facts:
    """The facts of one sync that brought these rows, all of them whole."""
    given: dict[Dataset, Parts] = {AZURE_SPEND: {"": list(spends)}}
    if units is not None:
        given[AZURE_METERS] = {"": list(units)}
    if categories is not None:
        by_plan: dict[str, list[Row]] = {}
        for each in categories:
            by_plan.setdefault(f"{each[1]}/{each[2]}", []).append(each)
        given[AZURE_CATEGORY_COSTS] = by_plan  # type: ignore[assignment]  # lists without None
    sync(folder, TODAY, given, *(Mark(each.name, TODAY) for each in given))
    return opened(folder / "facts", visible)


def each_day(first: date, count: int) -> list[date]:
    """So many days from the first on."""
    return [first + timedelta(days=at) for at in range(count)]
