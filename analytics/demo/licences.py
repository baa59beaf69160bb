"""Licence deployment and usage of the made-up partner, as the source's own pages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from analytics.demo.holdings import YEARS, Holding, holdings
from analytics.demo.page import DemoPage
from analytics.demo.seats import ProductLine, Seats, pace
from analytics.demo.stories import Story, made_up_tenant, phase
from analytics.demo.workloads import WORKLOADS, Workload, measured_workloads
from analytics.tables import DEPLOYMENT, USAGE, Dataset

_DAILY = timedelta(days=28)
_SUNDAY = 6
_PAGE = 500
"""Rows in a page. The source allows 10,000; smaller pages show that paging works."""
_SERVICES = {"o365": "Microsoft Office 365", "crm": "Microsoft Dynamics"}


def licence_pages(today: date, stories: tuple[Story, ...]) -> Iterator[DemoPage]:
    """Yield the pages as files: two years of snapshots, oldest first, the newest of
    yesterday.

    The same day gives the same bytes. A snapshot is the same on any later day, except that the
    newest alone lists the customer that came yesterday.
    """
    newest = today - timedelta(days=1)
    licences = _licences(stories)
    for day in _snapshots(newest):
        for dataset, rows in (
            (DEPLOYMENT, _deployment(licences, day, newest)),
            (USAGE, _usage(licences, day, newest)),
        ):
            for name, raw in _page_files(dataset, day, list(rows)):
                yield DemoPage(dataset, today, name, raw)


def _snapshots(newest: date) -> Iterator[date]:
    """Yield every Sunday, and every day of the newest four weeks; none in a missed month but the
    newest.
    """
    day = newest.replace(year=newest.year - YEARS, day=min(newest.day, 28))
    while day < newest:
        fetched = day.weekday() == _SUNDAY or newest - day < _DAILY
        if fetched and not _is_missed_month(day):
            yield day
        day += timedelta(days=1)
    yield newest


def _is_missed_month(day: date) -> bool:
    """Check whether no data was fetched in that month: March of every odd year."""
    return day.month == 3 and day.year % 2 == 1


@dataclass(frozen=True, slots=True)
class _Licence:
    """A product that a customer holds, and the unchanging part of its rows, as JSON."""

    holding: Holding
    fixed: str
    workloads: tuple[tuple[str, Workload, float], ...]
    """The fixed part of a workload's row, the workload, and this customer's own pace in it."""


@cache
def _licences(stories: tuple[Story, ...]) -> tuple[_Licence, ...]:
    return tuple(map(_licence, holdings(stories)))


def _licence(holding: Holding) -> _Licence:
    name, line, sku = holding.story.name, holding.line, holding.sku
    fixed = _fields(
        serviceCode=holding.service,
        serviceName=_SERVICES[holding.service],
        channel="reseller",
        customerTenantId=made_up_tenant(name).upper(),
        customerName=name,
        productId=sku.id.upper(),
        productName=sku.name.upper(),
    )
    words = measured_workloads(sku.part, sku.family, sku.workloads) if line.measured else ()
    return _Licence(holding, fixed, tuple(_workload(name, line, word) for word in words))


def _workload(name: str, line: ProductLine, word: str) -> tuple[str, Workload, float]:
    usual = WORKLOADS[word]
    fixed = _fields(workloadCode=usual.code, workloadName=usual.name)
    told = dict(line.rates).get(word)
    own = told / usual.rate if told else 0.9 + 0.13 * phase(name, word)
    return fixed, usual, own * line.busy


def _deployment(licences: tuple[_Licence, ...], day: date, newest: date) -> Iterator[str]:
    for licence, processed, seats in _snapshot_licences(licences, day, newest):
        yield (
            f'{{"processedDateTime":"{processed}T00:00:00",{licence.fixed},'
            f'"licensesDeployed":{seats.assigned},"licensesSold":{seats.sold}}}'
        )


def _usage(licences: tuple[_Licence, ...], day: date, newest: date) -> Iterator[str]:
    for licence, processed, seats in _snapshot_licences(licences, day, newest):
        now = pace(processed)
        for fixed, usual, own in licence.workloads:
            active = seats.held * own * now.season * (usual.rate + usual.trend * now.progress)
            yield (
                f'{{"processedDateTime":"{processed}T00:00:00",{fixed},{licence.fixed},'
                f'"licenseActive":{round(active)},"licensesQualified":{seats.sold}}}'
            )


def _snapshot_licences(
    licences: tuple[_Licence, ...], day: date, newest: date
) -> Iterator[tuple[_Licence, date, Seats]]:
    """Yield the licences in the snapshot of a day, with the day their service was processed."""
    for licence in licences:
        processed = licence.holding.processing_day(day)
        if _is_missed_month(processed) and day != newest:
            continue
        seats = licence.holding.seats(day, newest)
        if seats:
            yield licence, processed, seats


def _page_files(dataset: Dataset, day: date, rows: list[str]) -> Iterator[tuple[str, bytes]]:
    for number, start in enumerate(range(0, len(rows), _PAGE), start=1):
        stop = start + _PAGE
        following = f"{dataset.endpoint}?top={_PAGE}&skip={stop}&processedDateTime={day}"
        link = f'"{following}"' if stop < len(rows) else "null"
        value = ",".join(rows[start:stop])
        page = f'{{"Value":[{value}],"@nextLink":{link},"TotalCount":{len(rows)}}}'
        yield f"{dataset.name}-{day}-page-{number}.json", page.encode()


def _fields(**values: str) -> str:
    """Return the inside of a JSON object, ready to stand between other fields."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))[1:-1]
