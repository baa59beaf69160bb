"""Syncs of Insights with faults in its calls and files, and what becomes of each report's rows."""

from contextlib import suppress
from datetime import UTC, datetime
from random import Random

import duckdb

from analytics.tables import INSIGHTS, CellType, Column, Dataset
from tests.partner_center.company import Company
from tests.partner_center.standin import Standin
from tests.syncing.beset import SLOW
from tests.syncing.fetching import Fetched
from tests.syncing.verdicts import Verdict

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
TOLD = (CellType.MONTH, CellType.TENANT, CellType.COUNT, CellType.TEXT, CellType.CODE)
"""Kinds of columns that are kept as they are written, but for capitals."""
Rows = list[tuple[str, ...]]


def beset_reports(fault: str, seed: int) -> Standin:
    """A stand-in with one fault in some of Insights' calls or files: with each seed in others."""
    chance = Random(f"{fault}{seed}")  # noqa: S311 which fault is where
    where = chance.choice(PLACES)
    times = chance.choice((1, 5) if fault in SLOW else (1, 5, 10**9))
    standin = Standin(Company(CUSTOMERS, 1, TODAY), fault, where, times, 0.5)
    standin.reporting.after = 0
    return standin


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


def report_verdicts(its: Fetched, standin: Standin) -> dict[str, Verdict]:
    """The verdict on each report after a first sync: there are no earlier rows that could stay."""
    found, true = rows(its), truth(standin)
    return {
        name: _verdict(found[name], true[name], said=bool(its.marks[name].reasons)) for name in true
    }


def _verdict(found: Rows, true: Rows, *, said: bool) -> Verdict:
    if said:
        return Verdict.WRONG if found else Verdict.MARKED
    return Verdict.TRUE if found == true else Verdict.WRONG


def _told(dataset: Dataset) -> list[Column]:
    return [column for column in dataset.columns if column.kind in TOLD]
