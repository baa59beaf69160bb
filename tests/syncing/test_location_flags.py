"""Rows of live reports that another location repeats: left out only where their like came too."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from analytics.sources.files.duplicates import flag_columns, subject_columns
from analytics.tables import INSIGHTS, Row
from analytics.warehouse.building.staging import Staging
from tests.partner_center.company import Company
from tests.partner_center.connecting import Kept
from tests.partner_center.standin import Standin
from tests.syncing.test_insights import NOW, OFFICE, synced
from tests.warehouse.staged import row

AZURE = next(each for each in INSIGHTS if each.endpoint == "AzureUsage")
MONTH = date(2026, 10, 1)


def use(workload: str, count: int, *, flagged: bool = False, place: str = "1") -> Row:
    its = {"month": MONTH, "workload": workload, "location_id": place, "duplicate": flagged}
    return row(OFFICE, active=count, **its)  # type: ignore[arg-type]  # cells


def left(folder: Path, *pages: Sequence[Row]) -> list[int]:
    """Active people of the rows that are left of these pieces of a file."""
    file = folder / "staging.duckdb"
    with Staging(file) as staging:
        for page in pages:
            staging.add(OFFICE, "report", page, "on")
        staging.add(OFFICE, "another", [use("exo", 99, flagged=True)], "on")
        staging.drop_repeats(OFFICE, "report", flag_columns(OFFICE), subject_columns(OFFICE))
        staging.add(OFFICE, "report", [], "")
    with duckdb.connect(file, read_only=True) as con:
        sql = f"SELECT active FROM new_{OFFICE.name} ORDER BY rowid"  # noqa: S608 our table
        return [count for (count,) in con.execute(sql).fetchall() if count != 99]


COUNTED = use("exo", 7)
REPEATED = use("exo", 5, flagged=True, place="2")


@pytest.mark.parametrize(
    ("pages", "counts"),
    [
        ([[COUNTED, REPEATED]], [7]),
        ([[COUNTED], [REPEATED]], [7]),
        ([[REPEATED], [use("spo", 1)], [COUNTED]], [1, 7]),
        ([[REPEATED]], [5]),
        ([[REPEATED], [use("exo", 4, flagged=True, place="3")]], [5]),
        ([[use("spo", 1)], [REPEATED]], [1, 5]),
        ([[COUNTED], [use("exo", 7)]], [7, 7]),
    ],
    ids=["one piece", "two", "before its like", "alone", "twice", "of another", "no flag"],
)
def test_a_flagged_row_goes_where_its_like_is_in_any_piece(
    tmp_path: Path, pages: list[list[Row]], counts: list[int]
) -> None:
    assert left(tmp_path, *pages) == counts


def test_a_report_of_azure_has_two_flags() -> None:
    assert flag_columns(AZURE) == ["duplicate", "location_duplicate"]


async def test_a_report_of_flagged_rows_alone_is_read(tmp_path: Path) -> None:
    """As of a location that is not the one counted: the flag is of rows that are not there."""
    standin = Standin(Company(2, 1, NOW.date()))
    standin.reporting.after, standin.reporting.flagged = 0, True
    its = await synced(standin, tmp_path / "staging.duckdb", keeper=Kept())
    assert its.one(f"SELECT count(*) FROM new_{OFFICE.name}") == 4  # noqa: S608 our table
