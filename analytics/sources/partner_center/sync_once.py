"""One whole sync: fetch, from where a dead process stopped; build on the facts; publish."""

import asyncio
import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.earlier_days import EarlierDays
from analytics.sources.partner_center.fetch import Fetching
from analytics.sources.partner_center.insights import Insights
from analytics.sources.partner_center.progress import ProgressFile, Watch, Watches, progress_file
from analytics.sources.partner_center.reports import AZURE_PLANS
from analytics.tables import DATASETS
from analytics.values import Program
from analytics.warehouse.building.build import Published
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.building.staging_files import forget, resumed_staging
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.fetch_states import CAME, FetchState
from analytics.warehouse.fetched_parts import known_parts
from analytics.warehouse.generations import Busy, Generations
from analytics.warehouse.marks import Mark


@dataclass(frozen=True, slots=True)
class SyncOrder:
    """The partner to sync, the facts known before, and the build to run."""

    folder: Path
    """Folder of one partner's facts."""
    program: Program
    before: Before
    build: Callable[[Path], Published]
    """Build the next generation from a staging file; runs in a thread. Raises NotBuilt: then the
    staging stays, and the next sync of the day builds from it without a call.
    """
    erased: Callable[[], AbstractContextManager[ErasedList]] = lambda: nullcontext(ErasedList())
    """Hold the list of those who were erased, as long as the sync lasts."""
    azure_plans: int = AZURE_PLANS
    """How many Azure plans are asked for their costs."""


@dataclass(frozen=True, slots=True)
class Synced:
    """The result of a sync."""

    generation: int
    """The generation that is now current."""
    marks: Mapping[str, Mark]
    rows: Mapping[str, int]
    """Rows that came, by dataset, including those that an earlier process of the day fetched."""
    calls: Mapping[str, int]
    """Calls of this process, by path."""

    @property
    def complete(self) -> bool:
        """Check whether no dataset failed: one that is not offered or not needed did not."""
        return all(mark.state is not FetchState.FAILED for mark in self.marks.values())

    @property
    def anything(self) -> bool:
        """Check whether any dataset was fetched as far as its source gives it."""
        return any(mark.state in CAME for mark in self.marks.values())


def current_knowledge(folder: Path) -> Before:
    """Return what a partner's current generation knows. Raises as `known_parts`, `Warehouse` do."""
    generation = Warehouse(folder).current()
    if generation is None:
        return Before()
    tenants = [customer.id for customer in generation.people.customers]
    return Before(known_parts(folder), generation.marks, tenants)


def staging_file(folder: Path) -> Path:
    """Return the file in which a sync keeps the rows it has fetched."""
    return folder / "staging" / "staging.duckdb"


async def sync_once(
    source: Client, order: SyncOrder, now: Callable[[], datetime], watch: Watch
) -> Synced:
    """Fetch all datasets and publish them. Raises Busy while another process syncs or erases,
    NotBuilt or OSError if the next generation cannot be written; the old one then stays in use.
    """
    file, today = staging_file(order.folder), now().date()
    with _alone(order.folder), order.erased() as erased:
        progress = ProgressFile(progress_file(order.folder), now)
        try:
            with resumed_staging(file, today, erased) as staging:
                staging.set_beside(Generations(order.folder).current())
                await _fetch_all(
                    source, staging, _without_erased(order, erased), Watches((progress, watch)), now
                )
                marks, rows = staging.marks(), _rows(staging)
            progress.begin_building()
            published = await asyncio.to_thread(order.build, file)
            forget(file)
        finally:
            progress.close()
    return Synced(published.generation, marks, rows, dict(source.calls))


def _without_erased(order: SyncOrder, erased: ErasedList) -> SyncOrder:
    """Return the order for those customers alone who were not erased after it was written."""
    tenants = [each for each in order.before.tenants if not erased.has_customer(each)]
    return replace(order, before=replace(order.before, tenants=tenants))


def _rows(staging: Staging) -> dict[str, int]:
    counted = {
        dataset.name: [part.came for part in staging.parts(dataset).values()]
        for dataset in DATASETS
    }
    return {name: sum(came) for name, came in counted.items() if came}


async def _fetch_all(
    source: Client, staging: Staging, order: SyncOrder, watch: Watch, now: Callable[[], datetime]
) -> None:
    """Fetch every dataset of the API, then those of Insights, and leave a mark for each; the first
    time also the licence reports of earlier days.
    """
    fetching = Fetching(
        source=source,
        staging=staging,
        now=now(),
        before=order.before,
        watch=watch,
        program=order.program,
        azure_plans=order.azure_plans,
    )
    await fetching.everything()
    await EarlierDays(source, staging, now().date(), order.before, watch).everything()
    insights = Insights(
        source=source,
        staging=staging,
        now=now(),
        before=order.before,
        watch=watch,
        program=order.program,
    )
    await insights.everything()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's sync lock, which the process's end releases too. Raises Busy if it is
    taken.
    """
    staging_file(folder).parent.mkdir(parents=True, exist_ok=True)
    with (folder / "sync.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(str(folder)) from error
        yield
