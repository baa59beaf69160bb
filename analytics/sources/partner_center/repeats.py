"""Refusal of parts in which rows come twice."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from analytics.sources.partner_center.trouble import Nonsense
from analytics.tables import Dataset, Row
from analytics.warehouse.building.repeated_rows import RepeatedRows, SeveralDays


@dataclass(slots=True)
class EarlierRows:
    """The rows of a part's earlier pages, where they have no key: within a page equal rows are as
    many facts, but over several pages they tell that others may be missing.
    """

    dataset: Dataset
    rows: set[Row] = field(default_factory=set)

    def refuse_repeats(self, page: Sequence[Row]) -> None:
        """Raise Nonsense if a row came on an earlier page; else remember the page's rows."""
        if self.dataset.key:
            return  # the staging compares keys
        if again := sum(row in self.rows for row in page):
            raise Nonsense("sync-why-doubled", rows=str(again))
        self.rows.update(page)


@contextmanager
def refused_as_nonsense() -> Iterator[None]:
    """Raise Nonsense, with its reason, in place of RepeatedRows and SeveralDays."""
    try:
        yield
    except RepeatedRows as repeated:
        why = "sync-why-contradiction" if repeated.differing else "sync-why-doubled"
        raise Nonsense(why, rows=str(repeated.rows)) from repeated
    except SeveralDays as error:
        raise Nonsense("sync-why-other-day", field="processedDateTime") from error
