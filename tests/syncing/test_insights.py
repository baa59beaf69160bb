"""Insights: reports that are found or made, waited for, and read once."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.sources.partner_center.dataset_marks import Before
from analytics.sources.partner_center.insights import Insights
from analytics.sources.partner_center.report_rows import pieces
from analytics.sources.partner_center.request import TRIES
from analytics.sources.partner_center.trouble import Nonsense
from analytics.tables import INSIGHTS, Dataset
from analytics.values import Program
from analytics.warehouse.building.staging import Staging
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept, connected
from tests.partner_center.standin import Standin
from tests.syncing.fetching import Fetched, Noted

NOW = datetime(2026, 11, 25, 5, 30, tzinfo=UTC)
OFFICE = next(dataset for dataset in INSIGHTS if dataset.endpoint == "OfficeUsage")


@pytest.fixture
def standin() -> Standin:
    return Standin(Company(4, seed=1, today=NOW.date()))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "staging.duckdb"


async def synced(
    standin: Standin, file: Path, before: Before | None = None, **more: Any
) -> Fetched:
    """One sync of Insights. `more`: the program, the keeper of refresh tokens."""
    watch = Noted()
    async with connected(standin, more.get("keeper") or Kept()) as client:
        with Staging(file) as staging:
            program = more.get("program", Program.DIRECT)
            lent = (staging, NOW, before or Before(), watch, program)
            await Insights(client, *lent).everything()
            return Fetched(file, staging.marks(), watch)


def why(its: Fetched) -> set[str]:
    return {reason.sentence for mark in its.marks.values() for reason in mark.reasons}


async def test_reports_are_made_at_first_and_read_when_they_are_there(
    standin: Standin, file: Path
) -> None:
    keeper = Kept()
    assert why(await synced(standin, file, keeper=keeper)) == {"sync-why-first-report"}
    its = await synced(standin, file, keeper=keeper)
    assert why(its) == set()
    assert len(standin.reporting.reports) == len(standin.reporting.queries) == len(INSIGHTS)
    assert its.watch.rows == dict.fromkeys((dataset.name for dataset in INSIGHTS), 8)
    assert its.one("SELECT count(DISTINCT tenant) FROM new_insights_office_usage") == 4
    assert standin.reporting.leaked == []
    assert [each.name for each in file.parent.iterdir()] == [file.name]


async def test_the_same_report_is_not_read_twice(standin: Standin, file: Path) -> None:
    keeper = Kept()
    standin.reporting.after = 0
    await synced(standin, file, keeper=keeper)
    with Staging(file) as staging:
        fetched = NOW.date() - timedelta(days=3)
        parts = {d.name: dict.fromkeys(staging.parts(d), fetched) for d in INSIGHTS}
    read = len(standin.reporting.signatures)
    its = await synced(standin, file.with_name("next.duckdb"), Before(parts), keeper=keeper)
    assert (why(its), its.watch.rows) == (set(), {})
    assert {mark.as_of for mark in its.marks.values()} == {fetched}
    assert len(standin.reporting.signatures) == 2 * read  # links are given all the same


async def test_without_their_sign_in_they_say_so_and_nothing_is_called(
    standin: Standin, file: Path
) -> None:
    its = await synced(standin, file, keeper=Kept(""))
    assert why(its) == {"sync-why-insights-not-connected"}
    assert sum(standin.calls.values()) == 0


async def test_a_login_that_hangs_is_waited_for_by_one_report_alone(
    standin: Standin, file: Path
) -> None:
    standin.fault, standin.where = "hang", "oauth2/token"
    assert why(await synced(standin, file)) == {"sync-why-login-away"}
    assert standin.calls["token"] == 2 * TRIES


async def test_an_indirect_reseller_is_asked_for_nothing(standin: Standin, file: Path) -> None:
    its = await synced(standin, file, program=Program.INDIRECT_RESELLER)
    assert why(its) == {"sync-why-not-for-program"}
    assert sum(standin.calls.values()) == 0


async def test_columns_that_are_kept_from_the_account_are_said(
    standin: Standin, file: Path
) -> None:
    standin.reporting.after, standin.reporting.redacted = 0, True
    its = await synced(standin, file)
    assert why(its) == {"sync-why-redacted"}
    assert {mark.as_of for mark in its.marks.values()} == {NOW.date()}


async def test_a_link_that_ran_out_leaves_nothing_of_a_report(standin: Standin, file: Path) -> None:
    standin.reporting.after, standin.reporting.link_over = 0, True
    its = await synced(standin, file)
    assert why(its) == {"sync-why-link-over"}
    assert its.one("SELECT count(*) FROM part") == 0


HEADING = "Month,CustomerTenantId,WorkloadName,PaidAvailableUnits,MonthlyActiveUsers"
TENANT = "0112a436-b14e-4888-967b-ca4bb2cf1234"


def read(dataset: Dataset, text: bytes, folder: Path) -> int:
    (folder / "report.csv").write_bytes(text)
    return sum(len(rows) for rows in pieces(dataset, folder / "report.csv", date(2026, 11, 25)))


@pytest.mark.parametrize(
    "line",
    [
        f"2026-10,{TENANT},Exchange,7",
        f"2026-10,{TENANT},Exchange,7,-1",
        f'2026-10,{TENANT},"Exchange,7,1',
        f"2026-10,{TENANT},Exch\xffange,7,1",
        "2026-10,somebody,Exchange,7,1",
    ],
)
def test_a_report_that_is_cut_off_or_wrong_is_not_read(tmp_path: Path, line: str) -> None:
    good = f"{HEADING}\n2026-10,{TENANT},Exchange,7,1\n".encode()
    assert read(OFFICE, good, tmp_path) == 1
    with pytest.raises(Nonsense):
        read(OFFICE, good + line.encode("latin-1"), tmp_path)


@pytest.mark.parametrize("text", [b"", b"<html>Sign in</html>", b"Day,Name\n1,2\n"])
def test_what_is_no_report_of_it_is_not_read(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(Nonsense):
        read(OFFICE, text, tmp_path)
