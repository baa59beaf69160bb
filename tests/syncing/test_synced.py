"""A sync from its first call to the published generation, and what is left where it stops."""

import fcntl
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.progress import ProgressFile, progress_file, read_progress
from analytics.sources.partner_center.sync_once import (
    Synced,
    SyncOrder,
    staging_file,
    sync_once,
)
from analytics.tables import CUSTOMERS
from analytics.values import Program
from analytics.warehouse.building.build import NotBuilt, Published
from analytics.warehouse.building.merge_keyed import Brought
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.generations import Busy
from analytics.warehouse.marks import Mark, Reason
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept, connected
from tests.partner_center.standin import Standin
from tests.syncing.fetching import Killed, Noted, WithoutInsights
from tests.warehouse.test_full_disk import room_for

NOW = datetime(2026, 11, 25, 5, 30, tzinfo=UTC)
COMPANY = Company(5, seed=3, today=NOW.date())


@dataclass
class Building:
    """What a build is given: nobody holds it open, and every part of it is there."""

    broken: bool = False
    customers: list[int] = field(default_factory=list)

    def __call__(self, staged: Path) -> Published:
        with Staging(staged) as staging:
            self.customers.append(len(staging.texts(CUSTOMERS, "tenant")))
        if self.broken:
            raise NotBuilt("no room")
        return Published(len(self.customers), Brought(1, 0, 0))


async def synced(
    standin: Standin,
    folder: Path,
    build: Building,
    now: datetime = NOW,
    **more: Noted | Kept,
) -> Synced:
    """One sync. `more`: the watch, the keeper of refresh tokens."""
    order = SyncOrder(folder, Program.DIRECT, Before(), build)
    keeper = WithoutInsights(more.get("keeper") or Kept())
    async with connected(standin, keeper) as client:  # type: ignore[arg-type]  # a TokenStore
        return await sync_once(client, order, lambda: now, more.get("watch") or Noted())  # type: ignore[arg-type]  # as above


async def test_it_says_what_came_and_leaves_nothing_behind(tmp_path: Path) -> None:
    standin, build = Standin(COMPANY), Building()
    its = await synced(standin, tmp_path, build)
    assert (its.generation, its.rows["customer_list"]) == (1, 5)
    assert its.rows["deployment"] == len(COMPANY.deployment)
    assert sum(its.calls.values()) == sum(standin.calls.values()) - standin.calls["token"]
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == ["sync.lock"]


async def test_one_that_was_killed_is_gone_on_with_on_the_same_day(tmp_path: Path) -> None:
    standin, build, keeper = Standin(COMPANY), Building(), Kept()
    with pytest.raises(Killed):
        await synced(standin, tmp_path, build, keeper=keeper, watch=Noted(stop_after=20))
    assert build.customers == []
    await synced(standin, tmp_path, build, NOW + timedelta(hours=18), keeper=keeper)
    assert (build.customers, standin.calls["/v1/customers"]) == ([5], 1)


async def test_one_of_another_day_is_begun_anew(tmp_path: Path) -> None:
    standin, build, keeper = Standin(COMPANY), Building(), Kept()
    with pytest.raises(Killed):
        await synced(standin, tmp_path, build, keeper=keeper, watch=Noted(stop_after=20))
    await synced(standin, tmp_path, build, NOW + timedelta(hours=19), keeper=keeper)
    assert (build.customers, standin.calls["/v1/customers"]) == ([5], 2)


async def test_a_staging_that_cannot_be_read_is_begun_anew(tmp_path: Path) -> None:
    file = staging_file(tmp_path)
    file.parent.mkdir()
    file.write_bytes(b"half a page" * 1000)
    its = await synced(Standin(COMPANY), tmp_path, Building())
    assert its.rows["customer_list"] == 5


async def test_what_could_not_be_built_is_built_later_without_fetching_it_again(
    tmp_path: Path,
) -> None:
    standin, keeper = Standin(COMPANY), Kept()
    with pytest.raises(NotBuilt):
        await synced(standin, tmp_path, Building(broken=True), keeper=keeper)
    made = sum(standin.calls.values())
    await synced(standin, tmp_path, build := Building(), keeper=keeper)
    again = sum(standin.calls.values()) - made
    assert (build.customers, again) == ([5], 2)  # the roles' list, and a token for it


@pytest.mark.parametrize("size", [5_000, 13_000, 50_000, 100_000])
async def test_a_fetch_that_finds_no_room_is_gone_on_with_when_there_is(
    tmp_path: Path, size: int
) -> None:
    standin, keeper, build = Standin(COMPANY), Kept(), Building()
    with room_for(size), pytest.raises(NotBuilt, match="too large"):
        await synced(standin, tmp_path, build, keeper=keeper)
    assert build.customers == []
    its = await synced(standin, tmp_path, build, keeper=keeper)
    assert (build.customers, its.rows["deployment"]) == ([5], len(COMPANY.deployment))


async def test_two_at_once_are_one(tmp_path: Path) -> None:
    standin = Standin(COMPANY)
    with (tmp_path / "sync.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Busy):
            await synced(standin, tmp_path, Building())
    assert sum(standin.calls.values()) == 0


class Looking(Noted):
    """Reads the progress of the sync that it watches."""

    def __init__(self, folder: Path) -> None:
        super().__init__(stop_after=60)
        self.folder = folder
        self.seen: list[str] = []

    def add_page(self, *what: object) -> None:
        its = read_progress(progress_file(self.folder), NOW)
        self.seen.append(its.dataset if its else "")
        super().add_page(*what)  # type: ignore[arg-type]  # what it was called with


async def test_other_processes_see_how_far_it_is_while_it_runs(tmp_path: Path) -> None:
    watch = Looking(tmp_path)
    with pytest.raises(Killed):
        await synced(Standin(COMPANY), tmp_path, Building(), watch=watch)
    assert watch.seen[0] == "customer_list"
    assert read_progress(progress_file(tmp_path), NOW) is None


def test_progress_is_written_twice_a_second_at_most(tmp_path: Path) -> None:
    file, seconds = tmp_path / "progress.json", [0.0]
    its = ProgressFile(file, lambda: NOW, lambda: seconds[0])
    its.begin_dataset(CUSTOMERS, 1)
    for _ in range(3):
        its.add_page(CUSTOMERS, 10, 1)
    found = read_progress(file, NOW)
    assert found
    assert (found.rows, found.parts) == (0, 1)
    seconds[0] = 0.6
    its.end_part(CUSTOMERS, 1)
    found = read_progress(file, NOW)
    assert found
    assert (found.rows, found.done, found.started) == (30, 1, NOW)


@pytest.mark.parametrize("spoilt", [{"pid": 2**22 + 7}, {"pid": None}, {"more": 1}, {"rows": 0}])
def test_the_progress_of_a_process_that_died_is_none(
    tmp_path: Path, spoilt: dict[str, object]
) -> None:
    file = tmp_path / "progress.json"
    ProgressFile(file, lambda: NOW).begin_dataset(CUSTOMERS, 1)
    said = json.loads(file.read_text())
    file.write_text(json.dumps(said | spoilt))
    later = NOW + timedelta(minutes=11 if "rows" in spoilt else 0)
    assert read_progress(file, later) is None


@pytest.mark.parametrize(
    ("reasons", "complete"),
    [
        ((), True),
        (("sync-why-insights-not-connected",), True),
        (("sync-why-insights-not-connected", "sync-why-denied"), False),
    ],
)
def test_a_sync_that_lacks_the_sign_in_of_insights_alone_is_complete(
    reasons: tuple[str, ...], *, complete: bool
) -> None:
    marks = {name: Mark(name, None, (Reason(name),)) for name in reasons}
    assert Synced(1, marks, {}, {}).complete is complete


def test_a_dataset_with_a_failure_beside_the_sign_in_of_insights_has_failed() -> None:
    beside = (Reason("sync-why-insights-not-connected"), Reason("sync-why-denied"))
    for reasons in (beside, beside[::-1]):
        mark = Mark("insights_customers", None, reasons)
        assert mark.state is FetchState.FAILED
        assert not Synced(1, {mark.dataset: mark}, {}, {}).complete
