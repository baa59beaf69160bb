"""Seats that an activity record tells have columns of their own; its JSON, which may name people,
is kept on request alone.
"""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from analytics.tables import AUDIT, Batch, Cell, Row
from analytics.tables.record_values import VALUES_TOLD
from analytics.warehouse.building.build import build
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.erasure import erase
from analytics.warehouse.generations import Generations
from tests.warehouse.rows import META, opened, tenant
from tests.warehouse.staged import row, sync
from tests.warehouse.test_copying import bytes_of

MONDAY = date(2026, 11, 23)
CONTOSO = tenant("Contoso")
OFF = {"keep_activity_details": "no"}
EVE = "eve@partner.example"
SQL = """
    SELECT event, subscription, offer, quantity_before, quantity_after, user_count
    FROM {activity} ORDER BY event"""
JSON_LEFT = "SELECT count(old_value), count(new_value), count(details) FROM {activity}"


def state(quantity: int) -> str:
    return json.dumps({"Id": "S1", "OfferId": "CFQ:0001:X", "Quantity": quantity, "By": EVE})


def changed(event: str, **cells: Cell) -> Row:
    its: dict[str, Cell] = {"old_value": state(20), "new_value": state(35), "details": None}
    none = {column.name: None for column in VALUES_TOLD}
    whose: dict[str, Cell] = {"tenant": CONTOSO, "resource": "subscription", "who": EVE}
    then = {"moment": datetime(2026, 11, 20)}  # noqa: DTZ001 in UTC, as DuckDB keeps it
    return row(AUDIT, event=event, **{**none, **whose, **its, **then, **cells})


def of_the_version_before(folder: Path) -> None:
    """A generation with JSON and without the columns that it tells."""
    sync(folder, MONDAY, {AUDIT: {"2026-11-20": [changed("1")]}})
    current = Generations(folder / "facts").current()
    assert current is not None
    with duckdb.connect(current) as con:
        for column in (*VALUES_TOLD, AUDIT.columns[AUDIT.at("correlation")]):
            con.execute(f"ALTER TABLE activity DROP COLUMN {column.name}")


def built(folder: Path, meta: dict[str, str]) -> int:
    later = {"built": "2026-11-24T05:00:00+00:00"}
    return build(folder / "facts", (), META | later | meta).generation


@pytest.mark.parametrize(("meta", "left"), [(OFF, (0, 0, 0)), ({}, (1, 1, 0))])
def test_a_synced_record_tells_its_seats_and_keeps_its_json_on_request_alone(
    tmp_path: Path, meta: dict[str, str], left: tuple[int, ...]
) -> None:
    sync(tmp_path, MONDAY, {AUDIT: {"2026-11-20": [changed("1")]}}, **meta)
    facts = opened(tmp_path / "facts")
    assert facts.rows(SQL) == [("1", "s1", "CFQ:0001:X", 20, 35, None)]
    assert facts.rows(JSON_LEFT) == [left]


def test_an_imported_record_tells_them_too_and_the_portals_export_none(tmp_path: Path) -> None:
    exported = changed("2", resource=None, status=None, old_value=None, new_value=None)
    build(tmp_path / "facts", [Batch(AUDIT, (changed("1"), exported))], META | OFF)
    facts = opened(tmp_path / "facts")
    assert facts.rows(SQL) == [
        ("1", "s1", "CFQ:0001:X", 20, 35, None),
        ("2", None, None, None, None, None),
    ]


def test_rows_of_the_version_before_are_filled_though_nothing_new_comes(tmp_path: Path) -> None:
    of_the_version_before(tmp_path)
    assert opened(tmp_path / "facts").rows(SQL) == [("1", None, None, None, None, None)]
    assert built(tmp_path, OFF) == 2
    facts = opened(tmp_path / "facts")
    assert facts.rows(SQL) == [("1", "s1", "CFQ:0001:X", 20, 35, None)]
    assert facts.rows(JSON_LEFT) == [(0, 0, 0)]
    assert built(tmp_path, OFF) == 2
    Generations(tmp_path / "facts").sweep_all_but_current()
    assert b"Quantity" not in bytes_of(tmp_path / "facts")


def test_rows_that_are_filled_while_their_json_stays_are_worth_a_generation(tmp_path: Path) -> None:
    of_the_version_before(tmp_path)
    assert built(tmp_path, {}) == 2
    assert built(tmp_path, {}) == 2
    facts = opened(tmp_path / "facts")
    assert facts.rows(SQL) == [("1", "s1", "CFQ:0001:X", 20, 35, None)]
    assert facts.rows(JSON_LEFT) == [(1, 1, 0)]


def test_a_record_fetched_again_is_the_same_once_its_json_is_gone(tmp_path: Path) -> None:
    given = {AUDIT: {"2026-11-20": [changed("1")]}}
    assert sync(tmp_path, MONDAY, given, **OFF).generation == 1
    assert sync(tmp_path, MONDAY, given, **OFF).brought.changed == 0


def test_a_record_about_no_customer_tells_of_no_subscription(tmp_path: Path) -> None:
    given = {AUDIT: {"2026-11-20": [changed("1", tenant=None)]}}
    sync(tmp_path, MONDAY, given, **OFF)
    assert opened(tmp_path / "facts").rows(SQL) == [("1", None, None, None, None, None)]


def test_json_kept_on_request_goes_with_the_names_when_it_is_old(tmp_path: Path) -> None:
    old = changed("1", moment=datetime(2025, 1, 1))  # noqa: DTZ001 as above
    asked = {"keep_persons_months": "12"}
    sync(tmp_path, MONDAY, {AUDIT: {"2026-11-20": [old, changed("2")]}}, **asked)
    facts = opened(tmp_path / "facts")
    assert facts.rows(JSON_LEFT) == [(1, 1, 0)]
    assert [cells[4] for cells in facts.rows(SQL)] == [35, 35]


def test_a_person_erased_is_gone_and_the_seats_stay(tmp_path: Path) -> None:
    sync(tmp_path, MONDAY, {AUDIT: {"2026-11-20": [changed("1")]}}, **OFF)
    assert erase(tmp_path / "facts", ErasedList().with_person([EVE])) == 1
    facts = opened(tmp_path / "facts")
    assert facts.rows("SELECT who, quantity_after FROM {activity}") == [(None, 35)]


def test_thousands_of_records_are_each_read(tmp_path: Path) -> None:
    days = [datetime(2026, 1, 1) + timedelta(minutes=30 * at) for at in range(5_000)]  # noqa: DTZ001 as above
    records = [changed(f"{at}", moment=moment) for at, moment in enumerate(days)]
    build(tmp_path / "facts", [Batch(AUDIT, tuple(records))], META | OFF)
    assert opened(tmp_path / "facts").rows(
        "SELECT sum(quantity_after)::BIGINT FROM {activity}"
    ) == [(175_000,)]
