"""Whether all pages of an answer are there, where what is not listed counts as gone."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analytics.sources.files.duplicates import part_of
from analytics.sources.files.sheets import Sheet
from analytics.tables import Row


@dataclass(frozen=True, slots=True)
class Total:
    """What one page announced of the parts its rows are of, and how many rows it has of each."""

    announced: int
    came: tuple[tuple[Row, int], ...]
    fingerprint: int
    """Of its rows: a page that is read twice is still one."""


def totals(sheet: Sheet, rows: Sequence[Row]) -> tuple[Total, ...]:
    """What the pages of a file announced; none for a table, which announces nothing."""
    part = part_of(sheet.dataset)
    return tuple(
        _total(page.total, tuple(rows[page.start : page.stop]), part)
        for page in sheet.pages
        if page.total is not None and page.stop > page.start
    )


def _total(announced: int, rows: tuple[Row, ...], part: Callable[[Row], Row]) -> Total:
    return Total(announced, tuple(Counter(map(part, rows)).items()), hash(rows))


def shortfall(pages: Iterable[Total], together: Iterable[Total]) -> tuple[int, int] | None:
    """Rows that came and rows announced, for the first page whose fellows are not all there.

    Pages that hold rows of the same parts are fellows.
    """
    came: Counter[Row] = Counter()
    for page in set(together):
        came.update(dict(page.came))
    for page in pages:
        found = sum(came[part] for part, _ in page.came)
        if found < page.announced:
            return found, page.announced
    return None
