"""Lists put together from their pages: a list that lacks a page is refused, by links and totals.

Pages are of one list where they share a part: a service's day, a customer. The source lists what
is there now, so rows that a missing page has would count as gone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from analytics.sources.files.bad_file import BadFile, cell_excerpt
from analytics.sources.files.duplicates import part_of
from analytics.sources.files.page_links import PageLinks, offset, page_number
from analytics.sources.files.sheets import Sheet, SourcePage
from analytics.tables import LICENCES, Dataset, Row

_NEAR = 14
"""Most days between the pages of one list: services are worked out a few days apart."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, as it came in a file."""

    file: str
    dataset: Dataset
    of: frozenset[Row]
    """The parts that the page holds rows of."""
    keys: frozenset[int]
    """Hashes of its rows' keys; of whole rows, with their position, where they have no key."""
    repeated: int
    """Count of rows that the page itself holds twice: the source's total includes them."""
    total: int | None
    """Count of rows that the page announced for the whole list; None for none."""
    links: PageLinks

    @property
    def count(self) -> int:
        """Count of the page's rows."""
        return len(self.keys) + self.repeated


def list_pages(file: str, sheet: Sheet, rows: Sequence[Row]) -> tuple[ListPage, ...]:
    """Return a file's pages; empty for a CSV or TSV, which has none. `rows` are the sheet's."""
    part = _part(sheet.dataset)
    everything = frozenset(map(part, rows)) if sheet.pages else frozenset[Row]()
    return tuple(
        _list_page(file, sheet, page, rows, everything)
        for page in sheet.pages
        if page.stop > page.start or page.links.following or len(sheet.pages) > 1
    )


def _list_page(
    file: str, sheet: Sheet, page: SourcePage, rows: Sequence[Row], everything: frozenset[Row]
) -> ListPage:
    """Return the page; one without rows, which only ends or goes on, is of all the file's parts."""
    own, key, part = rows[page.start : page.stop], sheet.dataset.key, _part(sheet.dataset)
    keys = frozenset(
        hash(tuple(row[at] for at in key)) if key else hash((number, row))
        for number, row in enumerate(own)
    )
    parts = frozenset(map(part, own)) or everything
    again = len(own) - len(keys)
    return ListPage(file, sheet.dataset, parts, keys, again, page.total, page.links)


def _part(dataset: Dataset) -> Callable[[Row], Row]:
    """Return a function that gives what rows of one list share: a day, or the dataset's part."""
    names = ("service", "day") if dataset in LICENCES else ("day",)
    if not set(names) <= {column.name for column in dataset.columns}:
        return part_of(dataset)
    positions = tuple(map(dataset.at, names))
    return lambda row: tuple(row[at] for at in positions)


def refuse_partial(pages: Iterable[ListPage]) -> None:
    """Raise BadFile for the first list of which a page is missing. The pages are one dataset's, in
    the order given; a page that came twice counts once.
    """
    once = {(page.keys, page.repeated, page.total, page.links): page for page in reversed([*pages])}
    for group in _lists_with_ends(_lists([*reversed(once.values())])):
        _refuse_short(group)
        if not _whole_by_total(group):
            _refuse_open_end(group)
            _refuse_open_start(group)


def answers(pages: Iterable[ListPage]) -> list[frozenset[str]]:
    """Return, for each list that links hold together, the files that its pages came in."""
    groups = _lists_with_ends(_lists([*pages]))
    return [
        frozenset(page.file for page in group)
        for group in groups
        if any(page.links.following for page in group)
    ]


def _lists(pages: Sequence[ListPage]) -> list[list[ListPage]]:
    """Return the pages in groups that share parts, each in the order given."""
    home: dict[Row, list[ListPage]] = {}
    for page in pages:
        met = {id(home[part]): home[part] for part in page.of if part in home}
        group = [each for group in met.values() for each in group] + [page]
        home.update((part, group) for each in group for part in each.of)
    groups = {id(group): group for group in home.values()}.values()
    return sorted(
        (sorted(group, key=pages.index) for group in groups), key=lambda g: pages.index(g[0])
    )


def _lists_with_ends(lists: list[list[ListPage]]) -> list[list[ListPage]]:
    """Join a list without a last page to the next one given, where a page may have ended between
    two services or days.
    """
    done: list[list[ListPage]] = []
    for group in reversed(lists):
        if done and _open(group) and _may_follow(group, done[-1]):
            group = [*group, *done.pop()]
        done.append(group)
    return done[::-1]


def _open(group: Sequence[ListPage]) -> bool:
    return all(page.links.following for page in group)


def _may_follow(group: Sequence[ListPage], rest: Sequence[ListPage]) -> bool:
    if _is_of_other_list(group, rest):
        return False
    parts = [[part for page in pages for part in page.of] for pages in (group, rest)]
    days = [[_day(part) for part in each] for each in parts]
    if None in (*days[0], *days[1]):
        return False
    services = [{part[:-1] for part in each} for each in parts]
    if group[0].dataset in LICENCES and services[0] & services[1]:
        return False
    return any(abs((a - b).days) <= _NEAR for a, b in product(*days) if a and b)


def _is_of_other_list(group: Sequence[ListPage], rest: Sequence[ListPage]) -> bool:
    """Check whether the rest begins a list of its own, by the links' numbers, or announces another
    total. Totals that count a page's own rows tell nothing.
    """
    if any(_offset_start(page) == 0 for page in rest):
        return True
    told = [page for page in (*group, *rest) if page.total is not None]
    of_pages = all(page.total == page.count for page in told)
    both = any(page in group for page in told) and any(page in rest for page in told)
    return both and not of_pages and _total(group) != _total(rest)


def _offset_start(page: ListPage) -> int | None:
    """Return how many rows stand before the page, by its link to the next; None if none tells."""
    following = offset(page.links.following) if page.links.following else None
    return None if following is None else following - page.count


def _day(part: Row) -> date | None:
    """Return the day that a part ends with; None for a part of another kind."""
    last = part[-1] if part else None
    if isinstance(last, date):
        return last
    try:
        return date.fromisoformat(str(last))
    except ValueError:
        return None


def _row_count(group: Sequence[ListPage]) -> int:
    keys = frozenset[int]().union(*(page.keys for page in group))
    return len(keys) + sum(page.repeated for page in group)


def _total(group: Sequence[ListPage]) -> int:
    return max((page.total for page in group if page.total is not None), default=0)


def _refuse_short(group: Sequence[ListPage]) -> None:
    """Refuse fewer rows than announced. Of the licence reports a day may be short and says so."""
    found, limit = _row_count(group), _total(group)
    if found < limit and group[0].dataset not in LICENCES:
        short = next(page for page in group if page.total == limit)
        raise BadFile("import-not-all", short.file, found=found, limit=limit)


def _whole_by_total(group: Sequence[ListPage]) -> bool:
    """Check whether all announced rows came. A page's total that counts its own rows alone proves
    nothing.
    """
    announced = _total(group)
    return announced > max(page.count for page in group) and _row_count(group) >= announced


def _refuse_open_end(group: Sequence[ListPage]) -> None:
    if _open(group):
        last = group[-1]
        raise BadFile("import-page-follows", last.file, found=_link_end(last.links.following))


def _refuse_open_start(group: Sequence[ListPage]) -> None:
    """Refuse a list whose first page, or one between others, is missing by the links' numbers."""
    later = [page for page in group if page.links.later]
    if later and not any(page.links.following for page in group if not page.links.later):
        raise BadFile("import-page-before", later[0].file)
    for number, length in ((offset, True), (page_number, False)):
        follows = {number(page.links.following) for page in group if page.links.following}
        for page in group:
            told = number(page.links.following)
            start = None if told is None else told - (page.count if length else 1)
            if start is not None and start > (0 if length else 1) and start not in follows:
                raise BadFile("import-page-before", page.file)


def _link_end(address: str) -> str:
    """Return the address's end, which tells pages apart, fit for a sentence."""
    return cell_excerpt(address.rsplit("/", 1)[-1])
