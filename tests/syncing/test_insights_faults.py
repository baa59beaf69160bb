"""Every fault in Insights' own calls and files: every row of a report, or none and a word."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from analytics.tables import INSIGHTS
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept
from tests.partner_center.faults import FAULTS
from tests.partner_center.standin import Standin
from tests.seeds import seeds
from tests.syncing.fetching import Fetched
from tests.syncing.test_insights import synced

TODAY = datetime(2026, 11, 25, tzinfo=UTC).date()
CUSTOMERS = 3
WHOLE = 2 * CUSTOMERS
"""Rows of each report."""
PLACES = (
    "ScheduledReport?",
    "ScheduledReport/execution",
    "ScheduledDataset",
    "ScheduledQueries",
    "/__reports/",
    "/insights/",
)
SLOW = {"hang", "drip", "huge", "bomb"}


def rows(its: Fetched) -> dict[str, int]:
    counted = {each.name: f"SELECT count(*) FROM new_{each.name}" for each in INSIGHTS}  # noqa: S608 our tables
    return its.values(counted)


@pytest.mark.parametrize("seed", seeds(0))
@pytest.mark.parametrize("fault", sorted(FAULTS))
async def test_no_report_is_wrong_without_a_word(tmp_path: Path, fault: str, seed: int) -> None:
    chance = Random(f"{fault}{seed}")  # noqa: S311 which fault is where
    where = chance.choice(PLACES)
    times = chance.choice((1, 5) if fault in SLOW else (1, 5, 10**9))
    standin, keeper = Standin(Company(CUSTOMERS, 1, TODAY), fault, where, times, 0.5), Kept()
    standin.reporting.after = 0

    its = await synced(standin, tmp_path / "spoilt.duckdb", keeper=keeper)

    found = rows(its)
    silent = {name: n for name, n in found.items() if not its.marks[name].reasons}
    assert set(silent.values()) <= {WHOLE}
    assert {n for name, n in found.items() if name not in silent} <= {0}
    assert its.unfinished == 0
    standin.fault = ""
    its = await synced(standin, tmp_path / "mended.duckdb", keeper=keeper)
    assert set(rows(its).values()) == {WHOLE}
    assert [mark.reasons for mark in its.marks.values() if mark.reasons] == []
