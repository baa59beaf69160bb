"""Every fault in Insights' own calls and files: every row of a report, or none and a word."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import duckdb
import pytest

from analytics.tables import INSIGHTS, CellType, Column, Dataset
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept
from tests.partner_center.faults import FAULTS
from tests.partner_center.standin import Standin
from tests.seeds import every_second, seeds
from tests.syncing.fetching import Fetched
from tests.syncing.test_insights import synced

TODAY = datetime(2026, 11, 25, tzinfo=UTC).date()
CUSTOMERS = 3
PLACES = (
    "ScheduledReport?",
    "ScheduledReport/execution",
    "ScheduledDataset",
    "ScheduledQueries",
    "/__reports/",
    "/insights/",
)
SLOW = {"hang", "drip", "huge", "bomb"}


TOLD = (CellType.MONTH, CellType.TENANT, CellType.COUNT, CellType.TEXT, CellType.CODE)
"""Kinds of columns that are kept as they are written, but for capitals."""
Rows = list[tuple[str, ...]]


def _told(dataset: Dataset) -> list[Column]:
    return [column for column in dataset.columns if column.kind in TOLD]


def rows(its: Fetched) -> dict[str, Rows]:
    """The staged rows of each report, by what they tell."""
    found = {each.name: Rows() for each in INSIGHTS}
    with duckdb.connect(its.file, read_only=True) as con:
        for dataset in INSIGHTS:
            told = ", ".join(f'lower("{column.name}"::VARCHAR)' for column in _told(dataset))
            with suppress(duckdb.CatalogException):
                sql = f"SELECT {told} FROM new_{dataset.name} ORDER BY ALL"  # noqa: S608 our tables
                found[dataset.name] = con.execute(sql).fetchall()
    return found


def truth(standin: Standin) -> dict[str, Rows]:
    """The rows of each report as the source holds them."""
    return {
        each.name: sorted(
            tuple(cell.lower() for cell in row) for row in standin.reporting.rows(each, _told(each))
        )
        for each in INSIGHTS
    }


@pytest.mark.parametrize("seed", seeds(0))
@pytest.mark.parametrize("fault", every_second(sorted(FAULTS)))
async def test_no_report_is_wrong_without_a_word(tmp_path: Path, fault: str, seed: int) -> None:
    chance = Random(f"{fault}{seed}")  # noqa: S311 which fault is where
    where = chance.choice(PLACES)
    times = chance.choice((1, 5) if fault in SLOW else (1, 5, 10**9))
    standin, keeper = Standin(Company(CUSTOMERS, 1, TODAY), fault, where, times, 0.5), Kept()
    standin.reporting.after = 0

    its = await synced(standin, tmp_path / "spoilt.duckdb", keeper=keeper)

    found, true = rows(its), truth(standin)
    silent = {name for name in found if not its.marks[name].reasons}
    assert {name: found[name] for name in silent} == {name: true[name] for name in silent}
    assert [found[name] for name in found if name not in silent and found[name]] == []
    assert its.unfinished == 0
    standin.fault = ""
    its = await synced(standin, tmp_path / "mended.duckdb", keeper=keeper)
    assert rows(its) == true
    assert {len(its) for its in true.values()} == {2 * CUSTOMERS}
    assert [mark.reasons for mark in its.marks.values() if mark.reasons] == []
