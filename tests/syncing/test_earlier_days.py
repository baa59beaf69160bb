"""Days from before the first sync: asked for once, until one is empty, and harming nothing."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from aiohttp import web

from analytics.sources.partner_center.earlier_days import ASKED, MOST_DAYS, EarlierDays
from analytics.sources.partner_center.fetch import Before
from analytics.sources.partner_center.item_rows import rows_of
from analytics.sources.partner_center.sync_once import SyncOrder, current_knowledge, sync_once
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import Program
from analytics.warehouse.building.build import Published, build
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.generations import Generations
from analytics.warehouse.marks import Mark, Reason
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept, connected
from tests.partner_center.earlier import on_day
from tests.partner_center.standin import Standin
from tests.syncing.fetching import Killed, Noted, WithoutInsights

NOW = datetime(2026, 11, 25, 5, 30, tzinfo=UTC)
NEWEST = date(2026, 11, 23)
COMPANY = Company(3, seed=3, today=NOW.date())
DAYS = "SELECT day, sum(sold)::INT FROM {} GROUP BY day ORDER BY day DESC"


@dataclass
class Asking(Standin):
    """A stand-in that notes which earlier days it was asked for, and may fail at one."""

    days: list[str] = field(default_factory=list)
    fails_at: str = ""
    with_status: int = 500
    doubles_at: str = ""
    keeper: Kept = field(default_factory=Kept)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        day = request.query.get("processedDateTime", "")
        if day and DEPLOYMENT.endpoint in request.path:
            self.days.append(day)
            if day == self.fails_at:
                return web.json_response({"code": 1}, status=self.with_status)
        answer = await super()._api(request)
        if day and day == self.doubles_at:
            assert isinstance(answer, web.Response)
            said = json.loads(answer.body or b"")  # type: ignore[arg-type]  # bytes, here
            said["Value"][1] = said["Value"][0]
            return web.json_response(said)
        return answer


def back(days: int) -> str:
    return (NEWEST - timedelta(days=days)).isoformat()


def sold(days_back: int) -> int:
    items = on_day(COMPANY, COMPANY.deployment, NEWEST - timedelta(days=days_back), 99)
    return sum(int(str(item["licensesSold"])) for item in items)


async def asked(
    standin: Asking,
    folder: Path,
    before: Before | None = None,
    watch: Noted | None = None,
    **marks: Mark,
) -> dict[date, int]:
    """The days that stand in a sync's staging afterwards, with their seats sold. The newest day has
    come whole before, or as the marks say. A stand-in keeps its sign-in from one to the next.
    """
    with Staging(folder / "staging.duckdb") as staging:
        staging.start_day(NOW.date())
        for dataset, items in ((DEPLOYMENT, COMPANY.deployment), (USAGE, COMPANY.usage)):
            if not staging.part(dataset, "").done:
                staging.add(dataset, "", rows_of(dataset, items, {}, NOW.date()), "")
            staging.mark(marks.get(dataset.name, Mark(dataset.name, NOW.date())))
        async with connected(standin, WithoutInsights(standin.keeper)) as client:
            lent = (NOW.date(), before or Before(), watch or Noted())
            await EarlierDays(client, staging, *lent).everything()
    with duckdb.connect(folder / "staging.duckdb", read_only=True) as con:
        return dict(con.execute(DAYS.format("new_deployment")).fetchall())


def is_over(folder: Path) -> bool:
    """Whether the next sync will not ask any more."""
    with Staging(folder / "staging.duckdb") as staging:
        return staging.part(DEPLOYMENT, ASKED).done


@pytest.mark.parametrize("history", [0, 1, 5, 14])
async def test_it_asks_back_to_the_first_empty_day(tmp_path: Path, history: int) -> None:
    standin = Asking(COMPANY, history=history)
    found = await asked(standin, tmp_path)
    assert standin.days == [back(at) for at in range(1, history + 2)]
    assert found == {NEWEST - timedelta(at): sold(at) for at in range(history + 1)}
    assert is_over(tmp_path)


async def test_sixty_days_are_enough(tmp_path: Path) -> None:
    standin = Asking(COMPANY, history=99)
    assert len(await asked(standin, tmp_path)) == MOST_DAYS + 1
    assert len(standin.days) == MOST_DAYS
    assert is_over(tmp_path)


async def test_it_is_not_asked_again(tmp_path: Path) -> None:
    standin = Asking(COMPANY, history=5)
    await asked(standin, tmp_path, Before({"deployment": {ASKED: NOW.date()}}))
    assert standin.days == []


async def test_a_source_that_does_not_choose_by_day_is_believed_for_today_alone(
    tmp_path: Path,
) -> None:
    standin = Asking(COMPANY, history=None)
    assert await asked(standin, tmp_path) == {NEWEST: sold(0)}
    assert (standin.days, is_over(tmp_path)) == ([back(1)], True)


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_a_day_that_is_refused_ends_it_and_today_stands(tmp_path: Path, status: int) -> None:
    standin = Asking(COMPANY, history=9, fails_at=back(3), with_status=status)
    assert list(await asked(standin, tmp_path)) == [NEWEST - timedelta(at) for at in range(3)]
    assert is_over(tmp_path)


async def test_where_the_source_was_away_the_next_sync_goes_on(tmp_path: Path) -> None:
    standin = Asking(COMPANY, history=5, fails_at=back(3), with_status=503)
    assert len(await asked(standin, tmp_path)) == 3
    assert not is_over(tmp_path)
    (tmp_path / "staging.duckdb").unlink()
    again = Asking(COMPANY, history=5)
    parts = {back(at): NOW.date() for at in (1, 2)}
    await asked(again, tmp_path, Before({"deployment": parts}))
    assert again.days == [back(at) for at in (3, 4, 5, 6)]


async def test_a_day_whose_rows_repeat_is_not_taken(tmp_path: Path) -> None:
    standin = Asking(COMPANY, history=5, doubles_at=back(2))
    assert list(await asked(standin, tmp_path)) == [NEWEST, NEWEST - timedelta(1)]


@pytest.mark.parametrize("mark", [Mark("deployment", None, (Reason("sync-why-total"),)), None])
async def test_it_waits_until_today_came_whole(tmp_path: Path, mark: Mark | None) -> None:
    standin = Asking(COMPANY, history=3)
    await asked(standin, tmp_path, deployment=mark or Mark("deployment", date(2026, 11, 24)))
    assert standin.days == []
    assert not is_over(tmp_path)


@pytest.mark.parametrize("pages", [1, 2, 5, 6, 7, 9])
async def test_a_killed_one_goes_on_where_it_stopped(tmp_path: Path, pages: int) -> None:
    standin = Asking(COMPANY, history=5)
    with pytest.raises(Killed):
        await asked(standin, tmp_path, watch=Noted(stop_after=pages))
    assert len(await asked(standin, tmp_path)) == 6
    assert len(standin.days) <= 6 + 1  # the page that it was killed on may be asked for again


async def test_the_partner_has_a_trend_on_the_first_day(tmp_path: Path) -> None:
    days = {NOW: Asking(COMPANY, history=3)}
    days[NOW + timedelta(1)] = Asking(replace(COMPANY, today=days_after(1)), history=30)
    for now, standin in days.items():
        its = await synced(standin, tmp_path, now)
        assert (its["deployment"].as_of, its["deployment"].reasons) == (now.date(), ())
    assert [len(standin.days) for standin in days.values()] == [4, 0]
    current = Generations(tmp_path).current()
    assert current
    with duckdb.connect(current, read_only=True) as con:
        found = con.execute(DAYS.format("deployment")).fetchall()
        assert len(found) == 5
        assert found[1:] == [(NEWEST - timedelta(at), sold(at)) for at in range(4)]
        snapshots = "SELECT count(*), sum(missing)::INT FROM snapshots WHERE dataset = 'deployment'"
        assert con.execute(snapshots).fetchall() == [(5, 0)]


def days_after(days: int) -> date:
    return NOW.date() + timedelta(days=days)


async def synced(standin: Standin, folder: Path, now: datetime) -> dict[str, Mark]:
    """A whole sync, published; its marks. Activity and Azure are known already: fewer calls."""

    def publish(staged: Path) -> Published:
        return build(folder, (), {"made_up": "no", "built": now.isoformat()}, staged=staged)

    before = current_knowledge(folder)
    quiet = {str(now.date() - timedelta(days=at)): now.date() for at in range(91)}
    parts = {**before.parts, "activity": quiet, "azure_meters": quiet}
    order = SyncOrder(folder, Program.DIRECT, replace(before, parts=parts), publish)
    async with connected(standin, WithoutInsights(Kept())) as client:
        return dict((await sync_once(client, order, lambda: now, Noted())).marks)
