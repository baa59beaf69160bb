"""Lists that lost few rows and yet whole customers, products or services: kept, or said so."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest

from analytics.sources.partner_center.loss_guard import kept_reasons, unlisted_reasons
from analytics.tables import DEPLOYMENT, SUBSCRIPTION_INSIGHTS, Dataset, Row
from analytics.warehouse.building.build import build
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.generations import Generations
from analytics.warehouse.marks import Reason
from tests.warehouse.rows import META, opened, tenant
from tests.warehouse.staged import row

FIRST = datetime(2026, 11, 25, 5, tzinfo=UTC)
DAY = date(2026, 11, 24)
Fetch = Callable[..., list[Reason]]
"""Lays one day's fetch over those before, and tells why it is not believed."""


def sold(customer: int, *products: str, service: str = "o365", day: date = DAY) -> list[Row]:
    names = {"service": service, "service_name": f"{service}!", "tenant": tenant(str(customer))}
    return [row(DEPLOYMENT, day=day, product=each, sold=1, **names) for each in products]  # type: ignore[arg-type]  # cells


def held(customer: int, count: int) -> list[Row]:
    whose = tenant(str(customer))
    return [
        row(SUBSCRIPTION_INSIGHTS, tenant=whose, subscription=f"{customer}-{each}")
        for each in range(count)
    ]


@pytest.fixture
def fetch(tmp_path: Path) -> Fetch:
    def fetched(days: int, rows: Sequence[Row], dataset: Dataset = DEPLOYMENT) -> list[Reason]:
        file, at = tmp_path / f"{days}.duckdb", FIRST + timedelta(days=days)
        with Staging(file) as staging:
            staging.start_day(at.date())
            staging.set_beside(Generations(tmp_path / "facts").current())
            staging.add(dataset, "", rows, "", len(rows))
            reasons = [*kept_reasons(staging, dataset, at, "2026-11-25")]
            reasons += unlisted_reasons(staging, dataset)
        build(tmp_path / "facts", (), META, staged=file)
        return reasons

    return fetched


def kept(what: str, listed: int, standing: int) -> list[Reason]:
    counted = {"day": "2026-11-25", "listed": str(listed), "standing": str(standing)}
    return [Reason(f"sync-why-kept{what}", counted)]


def count(folder: Path, dataset: Dataset = DEPLOYMENT) -> int:
    sql = f"SELECT count(*) FROM {{newest_{dataset.name}}}"  # noqa: S608 our tables
    ((rows,),) = opened(folder / "facts").rows(sql)
    return int(str(rows))


def of(*customers: int) -> list[Row]:
    """One large customer with thirty products, and small ones with two each."""
    large = [f"p{number}" for number in range(30)] if 0 in customers else []
    small = (sold(each, "p1", "p2") for each in customers if each)
    return [*sold(0, *large), *(each for its in small for each in its)]


def test_a_third_of_the_customers_gone_waits_though_most_rows_are_there(
    fetch: Fetch, tmp_path: Path
) -> None:
    fetch(0, of(*range(12)))
    assert fetch(1, of(*range(7))) == kept("-customers", 7, 12)  # 42 of 52 rows
    assert count(tmp_path) == 52
    assert fetch(2, of(*range(7))) == []
    assert count(tmp_path) == 42
    assert fetch(3, of(*range(5))) == []  # fewer than a third of seven


def test_customers_gone_from_the_daily_list_of_subscriptions_wait_too(
    fetch: Fetch, tmp_path: Path
) -> None:
    rows = [held(0, 40), *(held(each, 1) for each in range(1, 13))]
    fetch(0, [*chain(*rows)], SUBSCRIPTION_INSIGHTS)
    short = [*chain(*rows[:8])]
    assert fetch(1, short, SUBSCRIPTION_INSIGHTS) == kept("-customers", 8, 13)
    assert fetch(2, short, SUBSCRIPTION_INSIGHTS) == []
    assert count(tmp_path, SUBSCRIPTION_INSIGHTS) == 47


def test_a_product_of_many_customers_gone_at_once_waits(fetch: Fetch, tmp_path: Path) -> None:
    everybody = [each for number in range(13) for each in sold(number, "a", "b", "c", "d")]
    fetch(0, everybody)
    without = [each for each in everybody if each[DEPLOYMENT.at("product")] != "d"]
    assert fetch(1, without) == kept("-products", 3, 4)
    assert count(tmp_path) == 52
    assert fetch(2, without) == []
    assert count(tmp_path) == 39


def test_a_service_that_is_not_listed_keeps_its_figures_and_it_is_said_as_of_when(
    fetch: Fetch, tmp_path: Path
) -> None:
    crm = sold(0, "x", service="crm", day=DAY - timedelta(days=3))
    fetch(0, [*of(1, 2, 3), *crm])
    said = [Reason("sync-why-service-gone", {"services": "crm!", "day": "2026-11-21"})]
    assert fetch(1, of(1, 2, 3)) == fetch(2, of(1, 2, 3)) == said
    assert count(tmp_path) == 7
    assert fetch(3, [*of(1, 2, 3), *crm]) == []
