"""A made-up partner, as the pages that the source's own endpoints would give for it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from analytics.demo.cases import all_cases
from analytics.demo.customers import ordinary_customers
from analytics.demo.seats import ProductLine, Seats, pace, seats_on
from analytics.demo.stories import Story, made_up_tenant, phase
from analytics.demo.workloads import WORKLOADS, Workload, measured_workloads
from analytics.skus import SKUS, Sku
from analytics.tables import DEPLOYMENT, USAGE, Dataset
from analytics.values import TenantId

CLEO_SEES: tuple[TenantId, ...] = tuple(map(made_up_tenant, ("Contoso", "Fabrikam Bikes")))
"""The customers that the demo's report viewer may see."""

_YEARS = 2
_DAILY = timedelta(days=28)
_SUNDAY = 6
_PAGE = 500
"""Rows in a page. The source allows 10,000; smaller pages show that paging works."""
_LATER = timedelta(days=3)
"""Dynamics is processed less often: its rows are this much older than the others."""
_SERVICES = {"o365": "Microsoft Office 365", "crm": "Microsoft Dynamics"}


def demo_pages(today: date) -> Iterator[tuple[str, bytes]]:
    """Yield names and bytes of the pages: two years of snapshots, oldest first, the newest of
    yesterday.

    The same day gives the same bytes. A snapshot is the same on any later day, except that the
    newest alone lists the customer that came yesterday.
    """
    newest = today - timedelta(days=1)
    holdings = _holdings()
    for day in _snapshots(newest):
        for dataset, rows in (
            (DEPLOYMENT, _deployment(holdings, day, newest)),
            (USAGE, _usage(holdings, day, newest)),
        ):
            yield from _page_files(dataset, day, list(rows))


def _snapshots(newest: date) -> Iterator[date]:
    """Yield every Sunday, and every day of the newest four weeks; none in a missed month but the
    newest.
    """
    day = newest.replace(year=newest.year - _YEARS, day=min(newest.day, 28))
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
class _Holding:
    """One customer's product, and the unchanging part of its rows, as JSON."""

    story: Story
    line: ProductLine
    sku: Sku
    phase: float
    fixed: str
    workloads: tuple[tuple[str, Workload, float], ...]
    """The fixed part of a workload's row, the workload, and this customer's own pace in it."""

    @property
    def late(self) -> bool:
        return self.sku.family == "Dynamics"


@cache
def _holdings() -> tuple[_Holding, ...]:
    parts = {sku.part: sku for sku in SKUS.values()}
    stories = (*all_cases(), *ordinary_customers())
    held = ((story, line) for story in stories for line in story.lines)
    return tuple(_holding(story, line, parts[line.part]) for story, line in held)


def _holding(story: Story, line: ProductLine, sku: Sku) -> _Holding:
    service = "crm" if sku.family == "Dynamics" else "o365"
    fixed = _fields(
        serviceCode=service,
        serviceName=_SERVICES[service],
        channel="reseller",
        customerTenantId=made_up_tenant(story.name).upper(),
        customerName=story.name,
        productId=sku.id.upper(),
        productName=sku.name.upper(),
    )
    words = measured_workloads(sku.part, sku.family, sku.workloads) if line.measured else ()
    workloads = tuple(_workload(story.name, line, word) for word in words)
    return _Holding(story, line, sku, phase(story.name, line.part), fixed, workloads)


def _workload(name: str, line: ProductLine, word: str) -> tuple[str, Workload, float]:
    usual = WORKLOADS[word]
    fixed = _fields(workloadCode=usual.code, workloadName=usual.name)
    told = dict(line.rates).get(word)
    own = told / usual.rate if told else 0.9 + 0.13 * phase(name, word)
    return fixed, usual, own * line.busy


def _deployment(holdings: tuple[_Holding, ...], day: date, newest: date) -> Iterator[str]:
    for holding, processed, seats in _snapshot_holdings(holdings, day, newest):
        yield (
            f'{{"processedDateTime":"{processed}T00:00:00",{holding.fixed},'
            f'"licensesDeployed":{seats.assigned},"licensesSold":{seats.sold}}}'
        )


def _usage(holdings: tuple[_Holding, ...], day: date, newest: date) -> Iterator[str]:
    for holding, processed, seats in _snapshot_holdings(holdings, day, newest):
        now = pace(processed)
        for fixed, usual, own in holding.workloads:
            active = seats.held * own * now.season * (usual.rate + usual.trend * now.progress)
            yield (
                f'{{"processedDateTime":"{processed}T00:00:00",{fixed},{holding.fixed},'
                f'"licenseActive":{round(active)},"licensesQualified":{seats.sold}}}'
            )


def _snapshot_holdings(
    holdings: tuple[_Holding, ...], day: date, newest: date
) -> Iterator[tuple[_Holding, date, Seats]]:
    """Yield the holdings in the snapshot of a day, with the day their service was processed."""
    for holding in holdings:
        processed = day - _LATER if holding.late else day
        if _is_missed_month(processed) and day != newest:
            continue
        seats = seats_on(holding.line, holding.phase, processed)
        if seats and holding.story.here(day, newest):
            yield holding, processed, seats


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
