"""Whom a sync asks again: customers whose subscriptions changed, or may be changed these days."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from analytics.sources.partner_center.loss_guard import kept_reasons
from analytics.tables import CUSTOMERS, SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS, Cell
from analytics.warehouse.building.build import build
from analytics.warehouse.building.lost_rows import Loss, doubtful_losses
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.erasure import forget
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.generations import Generations
from tests.warehouse.rows import META, tenant
from tests.warehouse.staged import row, sync

TODAY = date(2026, 11, 26)
DATES: dict[str, tuple[str, int | None, bool]] = {
    "ends in two days": ("ends", 2, True),
    "ends in three days": ("ends", 3, False),
    "ended nine days ago": ("ends", -9, True),
    "ended ten days ago": ("ends", -10, False),
    "bought eight days ago": ("created", -8, True),
    "bought nine days ago": ("created", -9, False),
    "bought today": ("created", 0, True),
    "has no dates": ("ends", None, False),
}


def test_subscriptions_that_may_change_these_days_are_due(tmp_path: Path) -> None:
    parts = {}
    for name, (column, days, _) in DATES.items():
        when = None if days is None else TODAY + timedelta(days=days)
        its: dict[str, Cell] = {"tenant": tenant(name), "subscription": name, column: when}
        parts[tenant(name)] = [row(SUBSCRIPTIONS, **its)]
    sync(tmp_path, TODAY, {SUBSCRIPTIONS: parts})
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(Generations(tmp_path / "facts").current())
        due = staging.standing.due_tenants(TODAY)
    assert due == sorted(tenant(name) for name, (_, _, is_due) in DATES.items() if is_due)


NOW: dict[str, dict[str, Cell] | None] = {
    "has more seats": {"quantity": 6},
    "is suspended": {"status": "suspended"},
    "ends another day": {"ends": TODAY},
    "renews no more": {"auto_renew": False},
    "was renewed": {"renewed": TODAY},
    "is gone": None,
    "is used": {"last_used": TODAY},
    "is as it was": {},
}
SAME = {"is used", "is as it was"}


def test_customers_of_whom_the_daily_list_tells_another_thing_changed(tmp_path: Path) -> None:
    usual: dict[str, Cell] = {"subscription": "a", "quantity": 5, "status": "active"}
    before = [row(SUBSCRIPTION_INSIGHTS, tenant=tenant(name), **usual) for name in NOW]
    now = [
        row(SUBSCRIPTION_INSIGHTS, tenant=tenant(name), **{**usual, **its})
        for name, its in {**NOW, "is new": {}}.items()
        if its is not None
    ]
    sync(tmp_path, TODAY, {SUBSCRIPTION_INSIGHTS: {"": before}})
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(Generations(tmp_path / "facts").current())
        assert staging.standing.changed_tenants() == []
        staging.add(SUBSCRIPTION_INSIGHTS, "", now, "")
        changed = staging.standing.changed_tenants()
    assert changed == sorted(tenant(name) for name in {*NOW, "is new"} - SAME)


def test_where_nothing_stood_nothing_changed(tmp_path: Path) -> None:
    with Staging(tmp_path / "next.duckdb") as staging:
        staging.set_beside(None)
        staging.add(SUBSCRIPTION_INSIGHTS, "", [row(SUBSCRIPTION_INSIGHTS)], "")
        assert staging.standing.changed_tenants() == staging.standing.due_tenants(TODAY) == []


def test_what_a_sync_doubts_is_forgotten_with_a_customer(tmp_path: Path) -> None:
    """A hash of a customer's id can be made again of the id."""
    folder, at = tmp_path / "facts", datetime(2026, 11, 26, tzinfo=UTC)
    both = [row(CUSTOMERS, tenant=tenant(name)) for name in ("Contoso", "Fabrikam")]
    sync(tmp_path, TODAY, {CUSTOMERS: {"": both}})
    file = tmp_path / "next.duckdb"
    with Staging(file) as staging:
        staging.set_beside(Generations(folder).current())
        staging.add(CUSTOMERS, "", [], "", 0)
        kept_reasons(staging, CUSTOMERS, at, "2026-11-25")
    build(folder, (), META, staged=file)
    assert doubts(folder) == [(2,)]
    forget(folder, tenant=tenant("Contoso"))
    assert doubts(folder) == []


def doubts(folder: Path) -> list[tuple[int]]:
    """How many rows a sync doubts; nothing where there is no such table."""
    with duckdb.connect(Generations(folder).current() or "", read_only=True) as con:
        if "absent" not in tables_of(con):
            return []
        return con.execute("SELECT count(*) FROM absent").fetchall()


def loss(
    standing: int, listed: int, ended: int, confirmed: int = 0, *, agrees: bool = True
) -> Loss:
    return Loss("", standing, listed, ended, confirmed, agrees)


@pytest.mark.parametrize(
    ("losses", "held"),
    [
        ([loss(30, 20, 10)], 0),
        ([loss(30, 19, 11)], 1),
        ([loss(30, 31, 11)], 1),
        ([loss(30, 19, 11, 11)], 0),
        ([loss(30, 19, 11, 1)], 0),
        ([loss(30, 10, 20, 9)], 1),
        ([loss(12, 7, 5)], 1),
        ([loss(11, 1, 10)], 0),
        ([loss(11, 1, 10, agrees=False)], 1),
        ([loss(11, 8, 3, agrees=False)], 0),
        ([loss(1, 0, 1)], 1),
        ([loss(1, 0, 1, 1)], 0),
        ([loss(3, 0, 3), *[loss(9, 9, 0)] * 9], 1),
        ([*[loss(2, 1, 1)] * 6], 6),
        ([*[loss(2, 1, 1)] * 5], 0),
        ([*[loss(2, 1, 1)] * 6, *[loss(9, 9, 0)] * 9], 0),
        ([loss(20, 0, 20, 20), loss(20, 20, 0)], 0),
        ([], 0),
    ],
)
def test_losses_are_doubted_by_their_share_and_where_nothing_is_left(
    losses: list[Loss], held: int
) -> None:
    assert len(doubtful_losses(losses)) == held
