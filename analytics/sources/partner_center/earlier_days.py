"""Days of the licence reports from before the first sync: asked for once, the newest first, until
one is empty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.item_rows import rows_of
from analytics.sources.partner_center.page_model import Call
from analytics.sources.partner_center.progress import Watch
from analytics.sources.partner_center.repeats import refused_as_nonsense
from analytics.sources.partner_center.reports import REPORTS, FetchPlan, KnownParts
from analytics.sources.partner_center.trouble import (
    Nonsense,
    SignInLost,
    TokenRefused,
    Trouble,
    TryLater,
)
from analytics.tables import LICENCES, Dataset, Row
from analytics.warehouse.building.staging import Staging

MOST_DAYS = 60
"""Days that are asked for at most: Microsoft does not say how far back it answers (domain 6c)."""
ASKED = "history"
"""The part that says, once it is done, that the source was asked for earlier days."""


class _NoMore(Exception):
    """The source has no earlier day, or does not choose by day."""


@dataclass(frozen=True, slots=True)
class EarlierDays:
    """The fetching of earlier days after the first whole fetch of a licence report, one call after
    the other. What fails here harms nothing that was fetched before: rows of each day are staged
    whole or not at all, and no mark is changed.
    """

    source: Client
    staging: Staging
    today: date
    before: Before
    watch: Watch

    async def everything(self) -> None:
        """Ask for the earlier days of each licence report that came whole and was never asked."""
        for plan in REPORTS:
            if plan.dataset in LICENCES and self._is_wanted(plan.dataset):
                await self._history(plan)

    def _is_wanted(self, dataset: Dataset) -> bool:
        mark = self.staging.marks().get(dataset.name)
        asked = ASKED in self.before.parts.get(dataset.name, {})
        came_whole = mark is not None and mark.as_of == self.today and not mark.reasons
        return came_whole and not asked and not self.staging.part(dataset, ASKED).done

    async def _history(self, plan: FetchPlan) -> None:
        """Fetch day after day until one is empty or fails. The question is put again at the next
        sync only where another try may help; days that came are not asked for twice.
        """
        dataset = plan.dataset
        known = self.staging.processed_days(dataset)
        days = list(self._days(dataset, max((day for _, day in known), default=None)))
        self.watch.begin_dataset(dataset, len(days))
        try:
            for number, day in enumerate(days, 1):
                await self._day(plan, day, known)
                self.watch.end_part(dataset, number)
        except (TryLater, SignInLost, TokenRefused):
            return
        except (_NoMore, Trouble):
            pass
        self.staging.add(dataset, ASKED, [], "")

    def _days(self, dataset: Dataset, newest: date | None) -> Iterator[date]:
        """Yield the days before the newest known one that no earlier sync has fetched."""
        done = self.before.parts.get(dataset.name, {})
        for back in range(1, MOST_DAYS + 1 if newest else 1):
            day = (newest or self.today) - timedelta(days=back)
            if day.isoformat() not in done:
                yield day

    async def _day(self, plan: FetchPlan, day: date, known: set[tuple[str, date]]) -> None:
        """Fetch one day whole; anew if a killed process had begun it. Raises Trouble, _NoMore."""
        dataset, part = plan.dataset, day.isoformat()
        progress = self.staging.part(dataset, part)
        came = progress.came
        if not progress.done:
            self.staging.drop(dataset, part)
            try:
                came = await self._pages(plan, day, known)
            except (Trouble, _NoMore):
                self.staging.drop(dataset, part)
                raise
        if not came:
            raise _NoMore

    async def _pages(self, plan: FetchPlan, day: date, known: set[tuple[str, date]]) -> int:
        """Stage a day's pages, without what the newest report told of that day; return how many
        rows there were.
        """
        dataset, came, keys = plan.dataset, 0, set[int]()
        async for page in self.source.pages(_call(plan, day)):
            rows = rows_of(dataset, page.items, {}, self.today)
            _refuse_other_days(dataset, rows, day)
            came += len(rows)
            keys |= {hash(tuple(row[at] for at in dataset.key)) for row in rows}
            if len(keys) < came:
                raise Nonsense("sync-why-doubled", rows=str(came - len(keys)))
            fresh = [row for row in rows if _service_day(dataset, row) not in known]
            with refused_as_nonsense():
                self.staging.add(dataset, day.isoformat(), fresh, page.following)
            self.watch.add_page(dataset, len(fresh), sum(self.source.calls.values()))
        return came


def _call(plan: FetchPlan, day: date) -> Call:
    """Return the report's own call, for another processing day than the latest."""
    (step,) = plan.steps(KnownParts(day))
    query = {**step.call.query, "processedDateTime": day.isoformat()}
    return replace(step.call, query=query)


def _refuse_other_days(dataset: Dataset, rows: Sequence[Row], day: date) -> None:
    """Refuse an answer of other days: the source does not choose by the day that was asked for."""
    if any(_service_day(dataset, row)[1] != day for row in rows):
        raise _NoMore


def _service_day(dataset: Dataset, row: Row) -> tuple[str, date]:
    return row[dataset.at("service")], row[dataset.at("day")]  # type: ignore[return-value]  # columns of these kinds
