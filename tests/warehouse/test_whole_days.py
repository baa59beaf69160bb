"""A whole fetch of a day, or month, takes the place of what was known of it; an import adds."""

from datetime import date
from pathlib import Path

import pytest

from analytics.tables import AZURE_SPEND, DEPLOYMENT, DEPLOYMENT_TOTALS, INSIGHTS, Dataset, Row
from analytics.warehouse.building.build import build
from analytics.warehouse.current_generation import Warehouse
from tests.warehouse.rows import META, batches, opened, seats, tenant
from tests.warehouse.staged import row, sync

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
NAMES = ("Contoso", "Fabrikam", "Tailspin")
OFFICE = next(each for each in INSIGHTS if each.endpoint == "OfficeUsage")
DAYS = next(each for each in INSIGHTS if each.part == ("day", "tenant"))


def of(dataset: Dataset, day: date, *names: str) -> list[Row]:
    """Rows of a day; of two services where the dataset has services."""
    time = "month" if dataset is OFFICE else "day"
    return [row(dataset, tenant=tenant(each), service=each, **{time: day}) for each in names]


def licences(day: date, *names: str, service: str = "o365") -> list[Row]:
    return [
        row(DEPLOYMENT, day=day, service=service, tenant=tenant(each), sold=5) for each in names
    ]


def known(folder: Path, dataset: Dataset) -> list[tuple[object, ...]]:
    time, name = ("month" if dataset is OFFICE else "day"), dataset.name
    return opened(folder / "facts").rows(
        f"SELECT {time}, count(*) FROM {{{name}}} GROUP BY ALL ORDER BY ALL"  # noqa: S608 our tables
    )


def missing(folder: Path) -> list[int]:
    generation = Warehouse(folder / "facts").current()
    assert generation
    return [each.missing for each in generation.snapshots]


@pytest.mark.parametrize("dataset", [AZURE_SPEND, DEPLOYMENT, DAYS], ids=lambda d: d.name)
def test_rows_that_are_gone_from_a_day_go(tmp_path: Path, dataset: Dataset) -> None:
    make = licences if dataset is DEPLOYMENT else lambda day, *names: of(dataset, day, *names)
    sync(tmp_path, MONDAY, {dataset: {"": make(MONDAY, *NAMES)}})
    sync(tmp_path, TUESDAY, {dataset: {"": make(TUESDAY, *NAMES)}})
    brought = sync(tmp_path, TUESDAY, {dataset: {"": make(TUESDAY, *NAMES[:2])}}).brought
    assert known(tmp_path, dataset) == [(MONDAY, 3), (TUESDAY, 2)]
    assert (brought.new, brought.changed, brought.same) == (0, 1, 2)


def test_a_report_tells_its_months_of_all_customers(tmp_path: Path) -> None:
    first = of(OFFICE, OCTOBER, *NAMES) + of(OFFICE, NOVEMBER, *NAMES)
    sync(tmp_path, MONDAY, {OFFICE: {"report-1": first}})
    sync(tmp_path, TUESDAY, {OFFICE: {"report-2": of(OFFICE, NOVEMBER, "Contoso")}})
    assert known(tmp_path, OFFICE) == [(OCTOBER, 3), (NOVEMBER, 1)]


def test_another_service_of_that_day_stays(tmp_path: Path) -> None:
    first = licences(MONDAY, *NAMES) + licences(MONDAY, *NAMES, service="crm")
    sync(tmp_path, MONDAY, {DEPLOYMENT: {"": first}})
    sync(tmp_path, TUESDAY, {DEPLOYMENT: {"": licences(MONDAY, "Contoso")}})
    assert known(tmp_path, DEPLOYMENT) == [(MONDAY, 4)]


def test_totals_of_a_channel_that_is_gone_go(tmp_path: Path) -> None:
    both = [row(DEPLOYMENT_TOTALS, day=MONDAY, service="o365", channel=each) for each in ("a", "b")]
    sync(tmp_path, MONDAY, {DEPLOYMENT_TOTALS: {"": both}})
    sync(tmp_path, MONDAY, {DEPLOYMENT_TOTALS: {"": both[:1]}})
    assert known(tmp_path, DEPLOYMENT_TOTALS) == [(MONDAY, 1)]


def test_an_import_of_a_further_page_adds_to_the_day(tmp_path: Path) -> None:
    for name in NAMES:
        build(tmp_path / "facts", batches(seats(5, customer=name)), META)
    assert [rows for _, rows in known(tmp_path, DEPLOYMENT)] == [3]


def test_a_whole_fetch_ends_what_was_missing_of_an_import(tmp_path: Path) -> None:
    (first, _) = batches(seats(5, day=MONDAY, customer="Contoso"))
    short = type(first)(DEPLOYMENT, first.rows, {("o365", MONDAY): 3})
    build(tmp_path / "facts", [short], META)
    assert missing(tmp_path) == [2]
    sync(tmp_path, TUESDAY, {DEPLOYMENT: {"": licences(MONDAY, *NAMES[:2])}})
    assert missing(tmp_path) == [0]
