"""One whole sync: fetched, from where a dead process stopped; laid over the facts; published."""

import asyncio
import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.fetch import Before, Fetching, Watch
from analytics.sources.partner_center.insights import Insights
from analytics.sources.partner_center.progress import FILE, ProgressFile, Watches
from analytics.tables import DATASETS
from analytics.values import Program
from analytics.warehouse.building.build import Published
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.building.staging_files import forget, resumed_staging
from analytics.warehouse.facts import Warehouse
from analytics.warehouse.fetched_parts import known_parts
from analytics.warehouse.generations import Busy
from analytics.warehouse.marks import Mark


@dataclass(frozen=True, slots=True)
class SyncOrder:
    """What to sync, and what there is already."""

    folder: Path
    """Of one partner's facts."""
    program: Program
    before: Before
    build: Callable[[Path], Published]
    """Lays a staging file over the facts; runs in a thread. Raises NotBuilt: then the staging
    stays, and the next sync of the day builds from it without a call.
    """


@dataclass(frozen=True, slots=True)
class Synced:
    """What came of a sync."""

    generation: int
    """The one now current."""
    marks: Mapping[str, Mark]
    rows: Mapping[str, int]
    """By dataset: how many came, those that an earlier process of the day fetched included."""
    calls: Mapping[str, int]
    """By path: those of this process."""

    @property
    def complete(self) -> bool:
        """Whether there is nothing to be said; Insights are a sign-in more, which not all have."""
        said = {reason.sentence for mark in self.marks.values() for reason in mark.reasons}
        return said <= {"sync-why-insights-not-connected"}


def current_knowledge(folder: Path) -> Before:
    """What a partner's current generation knows. Raises as `known_parts` and `Warehouse` do."""
    generation = Warehouse(folder).current()
    if generation is None:
        return Before()
    tenants = [customer.id for customer in generation.people.customers]
    held = {snapshot.dataset for snapshot in generation.snapshots}
    return Before(known_parts(folder), generation.marks, tenants, held)


def staging_file(folder: Path) -> Path:
    """Where a sync keeps what it has fetched."""
    return folder / "staging" / "staging.duckdb"


def progress_file(folder: Path) -> Path:
    """Where a sync says how far it is."""
    return folder / "staging" / FILE


async def sync_once(
    source: Client, order: SyncOrder, now: Callable[[], datetime], watch: Watch
) -> Synced:
    """Fetches what there is and publishes it. Raises Busy while another process syncs, NotBuilt or
    OSError where the next generation cannot be written; the old one goes on answering.
    """
    file, today = staging_file(order.folder), now().date()
    with _alone(order.folder):
        progress = ProgressFile(progress_file(order.folder), now)
        try:
            with resumed_staging(file, today) as staging:
                lent = (order.before, Watches((progress, watch)), order.program)
                await Fetching(source, staging, today, *lent).everything()
                await Insights(source, staging, now(), *lent).everything()
                marks, rows = staging.marks(), _rows(staging)
            progress.begin_building()
            published = await asyncio.to_thread(order.build, file)
            forget(file)
        finally:
            progress.close()
    return Synced(published.generation, marks, rows, dict(source.calls))


def _rows(staging: Staging) -> dict[str, int]:
    counted = {
        dataset.name: [part.came for part in staging.parts(dataset).values()]
        for dataset in DATASETS
    }
    return {name: sum(came) for name, came in counted.items() if came}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Held until the process ends, however it ends."""
    staging_file(folder).parent.mkdir(parents=True, exist_ok=True)
    with (folder / "sync.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(str(folder)) from error
        yield
