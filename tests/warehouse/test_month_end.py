"""Insights' seats at a month's end beside subscriptions of that day; subscriptions by customer."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.tables import CUSTOMERS, SUBSCRIPTION_INSIGHTS, Cell, Row
from analytics.tables.insights_sales import INSIGHTS_SEATS
from analytics.warehouse.marks import Mark
from tests.warehouse.agreeing import WHO, Given, customers, late, told, whole, wrong
from tests.warehouse.rows import opened
from tests.warehouse.staged import row, sync

OCTOBER = date(2026, 10, 1)
END = date(2026, 10, 31)
START, READ = date(2026, 10, 2), date(2026, 11, 9)
WHAT = "check-other-month-end"


def seats(name: str, count: int, month: date = OCTOBER, **cells: Cell) -> Row:
    usual: dict[str, Cell] = {"status": "active", "available_at_end": count}
    return row(INSIGHTS_SEATS, month=month, tenant=WHO[0], subscription=name, **{**usual, **cells})


def days_of(folder: Path, report: list[Row], *insights: tuple[date, list[Row]]) -> None:
    """The daily lists as they came, then a report of Insights."""
    for day, rows in insights:
        sync(folder, day, {SUBSCRIPTION_INSIGHTS: {"": rows}}, *whole(day, SUBSCRIPTION_INSIGHTS))
    given: Given = {INSIGHTS_SEATS: {"report": report}}
    sync(folder, READ, given, *whole(READ, INSIGHTS_SEATS, SUBSCRIPTION_INSIGHTS))


def test_seats_are_compared_as_they_stood_at_the_months_end(tmp_path: Path) -> None:
    first = [told(name) for name in "abc"]
    later = [told("a"), told("b", quantity=70), told("c")]
    days_of(
        tmp_path, [seats("a", 10), seats("b", 10), seats("c", 11)], (START, first), (READ, later)
    )
    assert wrong(tmp_path) == {WHAT: (f"c {END}",)}
    assert opened(tmp_path / "facts").marks["insights_seats"].mismatch == ""  # a remark


@pytest.mark.parametrize("changed", [END - timedelta(days=2), READ])
def test_a_change_about_the_months_end_explains_a_difference(tmp_path: Path, changed: date) -> None:
    more = [told("a", quantity=12)]
    days_of(tmp_path, [seats("a", 99)], (START, [told("a")]), (changed, more))
    assert (wrong(tmp_path), late(tmp_path)) == ({}, {WHAT: 1})


def test_what_cannot_be_compared_fairly_is_left_out(tmp_path: Path) -> None:
    names = ("copy", "two rows", "azure", "ended", "gone there", "unknown", "missing")
    odd: dict[str, dict[str, Cell]] = {
        "azure": {"subscription_type": "azure"},
        "ended": {"status": "deprovisioned"},
    }
    report = [
        seats("copy", 10),
        seats("copy", 10, duplicate=True),
        *[seats("two rows", 4)] * 2,
        seats("azure", 1),
        seats("ended", 1),
        seats("gone there", 1, status="closed"),
        seats("unknown", 0, available_at_end=None),
        seats("of another partner", 1),
    ]
    days_of(tmp_path, report, (START, [told(name, **odd.get(name, {})) for name in names]))
    assert (wrong(tmp_path), late(tmp_path)) == ({}, {})


def test_a_month_not_settled_or_from_before_the_first_sync_is_not_compared(
    tmp_path: Path,
) -> None:
    months = [seats("a", 99, month) for month in (date(2026, 11, 1), date(2026, 9, 1))]
    days_of(tmp_path, months, (START, [told("a")]))
    assert (wrong(tmp_path), late(tmp_path)) == ({}, {})


def listed(folder: Path, day: date, *tenants: str) -> None:
    sync(folder, day, {CUSTOMERS: {"": customers(*tenants)[""]}}, Mark("customer_list", day))


def insights(folder: Path, day: date, *rows: Row) -> None:
    given: Given = {SUBSCRIPTION_INSIGHTS: {"": list(rows)}}
    sync(folder, day, given, Mark("subscription_insights", day))


def test_active_subscriptions_without_a_listed_customer_tell_of_a_short_list(
    tmp_path: Path,
) -> None:
    """As where a page was missing from the customer list at the first sync of all."""
    listed(tmp_path, READ, WHO[0])
    ended = told("d", WHO[2], status="deprovisioned")
    bought = told("n", WHO[2], created=READ - timedelta(days=1))
    insights(tmp_path, READ, told("a"), told("b", WHO[1]), ended, bought)
    assert wrong(tmp_path) == {"check-customerless-insights": ("b",)}
    assert late(tmp_path) == {"check-customerless-insights": 1}
    assert opened(tmp_path / "facts").marks["customer_list"].mismatch


def test_of_customers_who_left_the_list_analytics_may_go_on_to_tell(tmp_path: Path) -> None:
    both = (told("a"), told("b", WHO[1]))
    listed(tmp_path, START, *WHO)
    insights(tmp_path, START, *both)
    listed(tmp_path, READ, WHO[0], WHO[2])
    insights(tmp_path, READ + timedelta(days=9), *both)
    assert (wrong(tmp_path), late(tmp_path)) == ({}, {})
