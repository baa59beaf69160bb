"""The made-up partner as the loading code reads it, in words for its tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from analytics.demo.licences import licence_pages
from analytics.demo.pages import STORIES
from analytics.sources.files.downloads import merge, read_download
from analytics.tables import Batch, Cell
from analytics.warehouse.building.build import Load
from bot.demo_installation import demo_loads

TODAY = date(2026, 11, 22)
NEWEST = date(2026, 11, 21)


def licence_files(today: date) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the licence pages."""
    return ((page.name, page.raw) for page in licence_pages(today, STORIES))


@cache
def batches() -> tuple[Batch, ...]:
    """The made-up partner as the loading code reads it."""
    return merge([read_download(name, raw, TODAY) for name, raw in licence_files(TODAY)])


@cache
def loads() -> tuple[Load, ...]:
    """Everything that the made-up partner's loads brought, the oldest first."""
    return tuple(demo_loads(datetime(2026, 11, 22, 9, 30, tzinfo=UTC), STORIES))


@cache
def told(name: str) -> list[dict[str, Cell]]:
    """Rows of a dataset's newest load, by column; none if it is not in the demo."""
    return rows_of_load(loads()[-1], name)


def rows_of_load(load: Load, name: str) -> list[dict[str, Cell]]:
    """Rows of a dataset in one load, by column."""
    found = [batch for batch in load.batches if batch.dataset.name == name]
    names = [[column.name for column in batch.dataset.columns] for batch in found]
    pairs = zip(names, found, strict=True)
    return [dict(zip(each, row, strict=True)) for each, batch in pairs for row in batch.rows]


@dataclass(frozen=True, slots=True)
class Seats:
    day: date
    service: str
    customer: str
    product: str
    assigned: int
    sold: int


@dataclass(frozen=True, slots=True)
class Use:
    day: date
    service: str
    customer: str
    product: str
    workload: str
    active: int
    entitled: int


@cache
def seats() -> list[Seats]:
    at = [batches()[0].dataset.at(name) for name in Seats.__slots__]
    return [Seats(*(row[each] for each in at)) for row in batches()[0].rows]


@cache
def usage() -> list[Use]:
    at = [batches()[1].dataset.at(name) for name in Use.__slots__]
    return [Use(*(row[each] for each in at)) for row in batches()[1].rows]


def now(rows: list[Seats]) -> Iterator[Seats]:
    """Rows of each service's newest day."""
    newest = {"o365": NEWEST, "crm": NEWEST - timedelta(days=3)}
    return (row for row in rows if row.day == newest[row.service])


def of(customer: str, day: date = NEWEST) -> list[Seats]:
    return [row for row in seats() if row.customer == customer and row.day == day]


def used(customer: str, day: date = NEWEST) -> list[Use]:
    return [row for row in usage() if row.customer == customer and row.day == day]


def share(customer: str, workload: str, day: date = NEWEST) -> float:
    rows = [row for row in used(customer, day) if row.workload == workload]
    return sum(row.active for row in rows) / sum(row.entitled for row in rows)


def days_of(customer: str) -> set[date]:
    return {row.day for row in seats() if row.customer == customer}
