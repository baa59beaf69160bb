"""Columns that rows of an earlier version do not have: unknown, until the source is asked."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from analytics.tables import SUBSCRIPTIONS, Cell, Row
from analytics.tables.later_fields import LATER_FIELDS
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.generations import Generations
from tests.warehouse.rows import opened, tenant
from tests.warehouse.staged import row, sync

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)
CONTOSO = tenant("Contoso")
KNOWN: dict[str, Cell] = {"quantity": 5, "status": "active"}
SQL = "SELECT since, until, quantity, end_action, form FROM {subscriptions} ORDER BY since, until"


def bought(**cells: Cell) -> Row:
    none = {column.name: None for column in LATER_FIELDS}
    return row(SUBSCRIPTIONS, tenant=CONTOSO, subscription="s", **{**none, **KNOWN, **cells})


def synced(folder: Path, day: date, *rows: Row) -> int:
    """Sync these rows; return how many of them changed something."""
    brought = sync(folder, day, {SUBSCRIPTIONS: {CONTOSO: list(rows)}}).brought
    return brought.new + brought.changed


def without_later_columns(file: Path, table: str = SUBSCRIPTIONS.name) -> None:
    """Make a file what the version before wrote."""
    with duckdb.connect(file) as con:
        for column in LATER_FIELDS:
            con.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")


def known(folder: Path) -> list[tuple[object, ...]]:
    return opened(folder / "facts").rows(SQL)


def of_the_version_before(folder: Path) -> None:
    synced(folder, MONDAY, bought())
    current = Generations(folder / "facts").current()
    assert current is not None
    without_later_columns(current)


def test_a_generation_of_the_version_before_is_asked_without_an_error(tmp_path: Path) -> None:
    of_the_version_before(tmp_path)
    assert known(tmp_path) == [(MONDAY, None, 5, None, None)]
    newest = "SELECT count(*) FROM {newest_subscriptions} WHERE refundable IS NULL"
    assert opened(tmp_path / "facts").rows(newest) == [(1,)]


def test_not_asked_yet_is_told_from_none() -> None:
    asked = [SUBSCRIPTIONS.was_asked("end_action", form) for form in (None, 0, 1)]
    assert asked == [False, False, True]
    assert SUBSCRIPTIONS.was_asked("quantity", None)


def test_what_is_learnt_of_an_old_row_is_filled_in_and_is_no_change_of_it(tmp_path: Path) -> None:
    of_the_version_before(tmp_path)
    assert synced(tmp_path, TUESDAY, bought(form=1, end_action="Cancel")) == 1
    assert known(tmp_path) == [(MONDAY, None, 5, "Cancel", 1)]
    assert synced(tmp_path, TUESDAY, bought(form=1, end_action="Cancel")) == 0


def test_that_there_is_none_is_learnt_too(tmp_path: Path) -> None:
    of_the_version_before(tmp_path)
    assert synced(tmp_path, TUESDAY, bought(form=1)) == 1
    assert known(tmp_path) == [(MONDAY, None, 5, None, 1)]


def test_a_row_that_changes_as_it_is_first_asked_for_more_begins_anew(tmp_path: Path) -> None:
    of_the_version_before(tmp_path)
    synced(tmp_path, TUESDAY, bought(form=1, quantity=6, end_action="Cancel"))
    assert known(tmp_path) == [
        (MONDAY, TUESDAY, 5, None, None),
        (TUESDAY, None, 6, "Cancel", 1),
    ]


@pytest.mark.parametrize(("before", "now"), [("Cancel", None), (None, "Cancel")])
def test_what_was_asked_for_before_and_is_another_now_is_a_change(
    tmp_path: Path, before: str | None, now: str | None
) -> None:
    synced(tmp_path, MONDAY, bought(form=1, end_action=before))
    synced(tmp_path, TUESDAY, bought(form=1, end_action=now))
    assert known(tmp_path) == [(MONDAY, TUESDAY, 5, before, 1), (TUESDAY, None, 5, now, 1)]


def test_a_file_that_tells_less_takes_nothing_away(tmp_path: Path) -> None:
    synced(tmp_path, MONDAY, bought(form=1, end_action="Cancel"))
    assert synced(tmp_path, TUESDAY, bought()) == 0
    assert known(tmp_path) == [(MONDAY, None, 5, "Cancel", 1)]


def test_what_nobody_reads_is_no_change_and_no_news(tmp_path: Path) -> None:
    synced(tmp_path, MONDAY, bought(form=1, rest='{"a": 1}'))
    assert synced(tmp_path, TUESDAY, bought(form=1, rest='{"a": 2}')) == 0
    synced(tmp_path, TUESDAY, bought(form=1, rest='{"a": 3}', quantity=6))
    current = Generations(tmp_path / "facts").current()
    assert current is not None
    with duckdb.connect(current, read_only=True) as con:
        kept = con.execute("SELECT rest FROM subscriptions WHERE until IS NULL").fetchall()
    assert kept == [('{"a": 3}',)]


def test_a_staging_that_the_version_before_left_is_gone_on_with(tmp_path: Path) -> None:
    file, fabrikam = tmp_path / "staging.duckdb", tenant("Fabrikam")
    with Staging(file) as staging:
        staging.add(SUBSCRIPTIONS, CONTOSO, [bought()], "")
    without_later_columns(file, f"new_{SUBSCRIPTIONS.name}")
    theirs = row(SUBSCRIPTIONS, tenant=fabrikam, subscription="t", quantity=9, form=1)
    sync(tmp_path, MONDAY, {SUBSCRIPTIONS: {fabrikam: [theirs]}})
    read = opened(tmp_path / "facts").rows("SELECT quantity, form FROM {subscriptions} ORDER BY 1")
    assert read == [(5, None), (9, 1)]
