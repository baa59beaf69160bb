"""Check of the licence reports' row counts: did as many come as the pages announced?

A service's day may be short and says so. Lists, whose unlisted rows count as gone, are refused
instead: see `page_lists`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from analytics.sources.files.sheets import Sheet, SourcePage
from analytics.tables import Dataset, Row

Slice = tuple[str, date]
"""A service and a processing day."""


@dataclass(frozen=True, slots=True)
class Announced:
    """The number of rows that one page announced for all the pages it belongs to."""

    total: int
    of: frozenset[Slice]
    """Services and days that the page itself holds."""
    repeated: int
    """Count of rows that the page holds twice: the source's total includes them."""


def announced_totals(sheet: Sheet, rows: Sequence[Row]) -> Iterator[Announced]:
    """Yield the announcement of each page of a file; `rows` are the sheet's, in its order."""
    for page in sheet.pages:
        if page.total is not None and page.stop > page.start:
            held = rows[page.start : page.stop]
            yield Announced(
                page.total, _slices(sheet.dataset, held), _repeat_count(sheet, page, rows)
            )


def incomplete(
    dataset: Dataset, rows: Sequence[Row], said: Iterable[Announced]
) -> Mapping[Slice, int]:
    """Return the announced total for each service and day of which fewer rows came than announced.

    Pages belong together when they share a service and day; a page read twice counts once.
    """
    came = Counter(map(_slice(dataset), rows))
    short: dict[Slice, int] = {}
    for pages in _together(set(said)):
        total = max(page.total for page in pages)
        of = frozenset[Slice]().union(*(page.of for page in pages))
        repeated = sum(page.repeated for page in pages)
        if sum(came[each] for each in of) + repeated < total:
            short.update(dict.fromkeys(sorted(of), total))
    return short


def together(said: Iterable[Announced]) -> tuple[frozenset[Slice], ...]:
    """Return the services and days of each group of pages that belong together."""
    groups = _together(set(said))
    return tuple(frozenset[Slice]().union(*(page.of for page in pages)) for pages in groups)


def _together(said: Iterable[Announced]) -> list[list[Announced]]:
    home: dict[Slice, list[Announced]] = {}
    for page in said:
        met = {id(home[each]): home[each] for each in page.of if each in home}
        *others, group = sorted(met.values(), key=len) or [[]]
        moved = [page, *(each for other in others for each in other)]
        group.extend(moved)
        home.update((each, group) for one in moved for each in one.of)
    return list({id(group): group for group in home.values()}.values())


def _repeat_count(sheet: Sheet, page: SourcePage, rows: Sequence[Row]) -> int:
    keys = list(map(itemgetter(*sheet.dataset.key), rows[page.start : page.stop]))
    return len(keys) - len(set(keys))


def _slices(dataset: Dataset, rows: Sequence[Row]) -> frozenset[Slice]:
    return frozenset(map(_slice(dataset), rows))


def _slice(dataset: Dataset) -> "itemgetter[Any]":
    return itemgetter(dataset.at("service"), dataset.at("day"))
