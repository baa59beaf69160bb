"""Reports that the account's catalogue has, and those that it has not."""

from datetime import timedelta
from pathlib import Path

import pytest

from analytics.sources.partner_center.fetch import Before
from analytics.tables import INSIGHTS
from analytics.warehouse.fetch_states import FetchState
from analytics.warehouse.marks import Mark
from tests.partner_center.company import Company
from tests.partner_center.standin import Standin
from tests.syncing.fetching import Fetched
from tests.syncing.test_insights import NOW, OFFICE, synced

YESTERDAY = NOW.date() - timedelta(days=1)


def standin(*offered: str) -> Standin:
    its = Standin(Company(2, seed=1, today=NOW.date()))
    its.reporting.offered = frozenset(offered)
    its.reporting.after = 0
    return its


def states(its: Fetched) -> dict[str, FetchState]:
    return {name: mark.state for name, mark in its.marks.items()}


@pytest.mark.parametrize("offered", [(), ("OfficeUsage",), ("OfficeUsage", "AzureUsage")])
async def test_a_report_that_is_not_offered_is_no_failure_and_takes_one_call(
    tmp_path: Path, offered: tuple[str, ...]
) -> None:
    source = standin(*offered)
    its = await synced(source, tmp_path / "staging.duckdb")
    lacking = [each.name for each in INSIGHTS if each.endpoint not in offered]
    assert states(its) == {
        each.name: FetchState.NOT_OFFERED if each.name in lacking else FetchState.COMPLETE
        for each in INSIGHTS
    }
    assert {its.marks[name].calls for name in lacking} == {1}
    assert len(source.reporting.queries) == len(offered)


async def test_a_report_that_was_had_before_and_is_offered_no_more_has_failed(
    tmp_path: Path,
) -> None:
    before = Before(marks={OFFICE.name: Mark(OFFICE.name, YESTERDAY)})
    its = await synced(standin("AzureUsage"), tmp_path / "staging.duckdb", before)
    assert states(its)[OFFICE.name] is FetchState.FAILED
    assert its.marks[OFFICE.name].as_of == YESTERDAY


async def test_the_catalogues_spelling_does_not_matter(tmp_path: Path) -> None:
    source = standin("OFFICEUSAGE")
    its = await synced(source, tmp_path / "staging.duckdb")
    assert states(its)[OFFICE.name] is FetchState.COMPLETE
