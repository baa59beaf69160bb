"""Sign-in names of the activity log: emptied when they are old; what was done still counts."""

from datetime import date, datetime
from pathlib import Path

import pytest

from analytics.tables import AUDIT, Batch, Row
from analytics.warehouse.building.build import build
from analytics.warehouse.generations import Generations
from tests.warehouse.rows import META
from tests.warehouse.staged import row, sync
from tests.warehouse.test_copying import bytes_of
from tests.warehouse.test_memory import has

EVE = "eve@partner.example"
TODAY = date(2026, 11, 25)
MONTHS = {"keep_months": "36", "keep_persons_months": "12"}


def done(event: str, moment: str) -> Row:
    return row(AUDIT, event=event, moment=datetime.fromisoformat(moment), who=EVE)


def people(folder: Path) -> list[tuple[object, ...]]:
    return has(folder, "SELECT event, who FROM {activity} ORDER BY event")


@pytest.mark.parametrize(
    ("moment", "months", "named"),
    [
        ("2025-11-24T23:59", "12", False),
        ("2025-11-25", "12", True),
        ("2026-11-24", "12", True),
        ("2026-10-24T23:59", "1", False),
        ("2026-10-25", "1", True),
        ("2024-01-01", "36", True),
    ],
)
def test_a_name_is_emptied_to_the_day_when_it_arrives(
    tmp_path: Path, moment: str, months: str, *, named: bool
) -> None:
    given = {AUDIT: {"a": [done("1", moment)]}}
    sync(tmp_path, TODAY, given, keep_persons_months=months, keep_months="120")
    assert people(tmp_path) == [("1", EVE if named else None)]
    assert (EVE.encode() in bytes_of(tmp_path / "facts")) == named


def test_a_name_that_was_known_is_emptied_though_nothing_new_comes(tmp_path: Path) -> None:
    records = [done("1", "2025-12-01"), done("2", "2026-11-01")]
    sync(tmp_path, TODAY, {AUDIT: {"a": records}}, **MONTHS)
    assert people(tmp_path) == [("1", EVE), ("2", EVE)]
    build(tmp_path / "facts", (), {**META, "built": "2026-11-26T05:00:00+00:00", **MONTHS})
    assert Generations(tmp_path / "facts").current() == tmp_path / "facts" / "facts-000001.duckdb"
    later = {**META, "built": "2026-12-02T05:00:00+00:00", **MONTHS}
    assert build(tmp_path / "facts", (), later).generation == 2
    assert people(tmp_path) == [("1", None), ("2", EVE)]
    assert build(tmp_path / "facts", (), later).generation == 2


def test_an_import_of_old_records_brings_no_old_names(tmp_path: Path) -> None:
    batch = Batch(AUDIT, (done("1", "2025-01-01"), done("2", "2026-11-01")))
    build(tmp_path / "facts", [batch], {**META, **MONTHS})
    build(tmp_path / "facts", [batch], {**META, **MONTHS})
    assert people(tmp_path) == [("1", None), ("2", EVE)]
    assert has(tmp_path, "SELECT count(*) FROM {activity}") == [(2,)]


def test_without_a_limit_names_stay(tmp_path: Path) -> None:
    sync(tmp_path, TODAY, {AUDIT: {"a": [done("1", "2020-01-01")]}})
    assert people(tmp_path) == [("1", EVE)]
