"""Check that all pages of an answer came, for datasets whose unlisted rows count as gone."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analytics.sources.files.duplicates import part_of
from analytics.sources.files.sheets import Sheet
from analytics.tables import Row


@dataclass(frozen=True, slots=True)
class Total:
    """The total that one page announced, and the number of its rows in each part."""

    announced: int
    came: tuple[tuple[Row, int], ...]
    fingerprint: int
    """Hash of the page's rows, so that a page read twice counts once."""


def totals(sheet: Sheet, rows: Sequence[Row]) -> tuple[Total, ...]:
    """Return the totals that a file's pages announced; empty for a CSV or TSV, which has none."""
    part = part_of(sheet.dataset)
    return tuple(
        _total(page.total, tuple(rows[page.start : page.stop]), part)
        for page in sheet.pages
        if page.total is not None and page.stop > page.start
    )


def _total(announced: int, rows: tuple[Row, ...], part: Callable[[Row], Row]) -> Total:
    return Total(announced, tuple(Counter(map(part, rows)).items()), hash(rows))


def shortfall(pages: Iterable[Total], together: Iterable[Total]) -> tuple[int, int] | None:
    """Return the rows that came and the rows announced, for the first page whose group is
    incomplete; None if all are complete.

    Pages that hold rows of the same parts are one group.
    """
    came: Counter[Row] = Counter()
    for page in set(together):
        came.update(dict(page.came))
    for page in pages:
        found = sum(came[part] for part, _ in page.came)
        if found < page.announced:
            return found, page.announced
    return None
