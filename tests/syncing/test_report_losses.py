"""Reports of Insights that are short: kept until another report, made hours later, agrees."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.loss_guard import kept_reasons
from analytics.tables import INSIGHTS, Row
from analytics.warehouse.building.build import build
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.generations import Generations
from tests.warehouse.rows import META, opened, tenant
from tests.warehouse.staged import row, sync

OFFICE = next(each for each in INSIGHTS if each.endpoint == "OfficeUsage")
MADE = datetime(2026, 11, 24, 18, tzinfo=UTC)
Look = Callable[[str, list[Row], datetime], list[str]]


def of(customers: int, month: int = 10, count: int = 20) -> list[Row]:
    """A month's rows of the first customers."""
    when = datetime(2026, month, 1, tzinfo=UTC).date()
    return [
        row(OFFICE, month=when, tenant=tenant(str(each)), workload=str(n))
        for each in range(customers)
        for n in range(count // 10)
    ]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Reads a report made at some time, builds what is left of it, and tells why not all is."""
    sync(tmp_path, MADE.date(), {OFFICE: {"first": of(10) + of(10, 9)}})

    def looked(name: str, rows: list[Row], made: datetime) -> list[str]:
        file = tmp_path / f"{name}{made:%H}.duckdb"
        with Staging(file) as staging:
            staging.start_day(made.date())
            staging.set_beside(Generations(tmp_path / "facts").current())
            staging.add(OFFICE, name, rows, "")
            reasons = kept_reasons(staging, OFFICE, made, "2026-11-24")
            staging.mark(Before().mark(OFFICE, reasons))

        build(tmp_path / "facts", (), META, staged=file)
        return [reason.sentence for reason in reasons]

    return looked


def count(folder: Path) -> int:
    ((rows,),) = opened(folder / "facts").rows("SELECT count(*) FROM {insights_office_usage}")
    return int(str(rows))


def test_a_report_that_lost_customers_waits_for_another_one(look: Look, tmp_path: Path) -> None:
    assert look("second", of(5), MADE) == ["sync-why-kept"]
    assert look("second", of(5), MADE) == ["sync-why-kept"]  # the same file again tells no more
    assert count(tmp_path) == 40
    assert look("third", of(5), MADE + timedelta(hours=24)) == []
    assert count(tmp_path) == 30


def test_months_that_a_report_does_not_reach_are_not_lost(look: Look, tmp_path: Path) -> None:
    assert look("second", of(10), MADE) == []
    assert count(tmp_path) == 40


def test_a_report_without_a_row_changes_nothing_ever(look: Look, tmp_path: Path) -> None:
    assert look("second", [], MADE) == ["sync-why-empty"]
    assert look("third", [], MADE + timedelta(hours=24)) == ["sync-why-empty"]
    assert count(tmp_path) == 40


def test_fewer_rows_of_each_customer_are_a_loss_too(look: Look, tmp_path: Path) -> None:
    assert look("second", of(10, count=10), MADE) == ["sync-why-kept"]
    assert count(tmp_path) == 40


def test_a_whole_report_between_two_short_ones_clears_the_doubt(look: Look) -> None:
    assert look("second", of(5), MADE) == ["sync-why-kept"]
    assert look("third", of(10), MADE + timedelta(hours=24)) == []
    assert look("fourth", of(5), MADE + timedelta(hours=48)) == ["sync-why-kept"]
