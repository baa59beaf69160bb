"""Rows that a whole list no longer has: ended where it is believed, else kept, and remembered."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from analytics.sources.partner_center.loss_guard import kept_reasons
from analytics.tables import CUSTOMERS, SUBSCRIPTIONS, Dataset, Row
from analytics.warehouse.building.build import build
from analytics.warehouse.building.losses import (
    Loss,
    doubtful_losses,
    large_ones_gone,
    too_many_gone,
)
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.erasure import erase
from analytics.warehouse.fetched_parts import tables_of
from analytics.warehouse.generations import Generations
from tests.warehouse.rows import META, opened, tenant
from tests.warehouse.staged import row

FIRST = datetime(2026, 11, 25, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
Fetch = Callable[..., list[str]]
"""Lays one fetch over those before, and tells why it is not believed."""


def customers(*numbers: int) -> list[Row]:
    return [row(CUSTOMERS, tenant=tenant(str(each)), customer=str(each)) for each in numbers]


def bought(*numbers: int) -> list[Row]:
    return [row(SUBSCRIPTIONS, tenant=tenant("0"), subscription=str(each)) for each in numbers]


@pytest.fixture
def fetch(tmp_path: Path) -> Fetch:
    def fetched(
        hours: float, rows: Sequence[Row], dataset: Dataset = CUSTOMERS, *, announced: bool = True
    ) -> list[str]:
        file, at = tmp_path / f"{dataset.name}{hours}.duckdb", FIRST + hours * HOUR
        part = tenant("0") if dataset is SUBSCRIPTIONS else ""
        with Staging(file) as staging:
            staging.start_day(at.date())
            staging.set_beside(Generations(tmp_path / "facts").current())
            staging.add(dataset, part, rows, "", len(rows) if announced else None)
            reasons = kept_reasons(staging, dataset, at, "2026-11-25")
        build(tmp_path / "facts", (), META, staged=file)
        return [f"{why.values['listed']} of {why.values['standing']}" for why in reasons]

    return fetched


def count(folder: Path, dataset: Dataset = CUSTOMERS) -> int:
    sql = f"SELECT count(*) FROM {{newest_{dataset.name}}}"  # noqa: S608 our tables
    ((rows,),) = opened(folder / "facts").rows(sql)
    return int(str(rows))


def test_a_second_fetch_sooner_than_six_hours_confirms_nothing(
    fetch: Fetch, tmp_path: Path
) -> None:
    fetch(0, customers(*range(15)))
    assert fetch(24, customers(*range(9))) == fetch(29.9, customers(*range(9))) == ["9 of 15"]
    assert fetch(30, customers(*range(9))) == []
    assert count(tmp_path) == 9


def test_two_fetches_that_lost_different_rows_do_not_agree(fetch: Fetch, tmp_path: Path) -> None:
    fetch(0, customers(*range(15)))
    assert fetch(24, customers(*range(9))) == ["9 of 15"]
    assert fetch(48, customers(*range(6, 15))) == ["9 of 15"]
    assert fetch(72, customers(*range(9))) == ["9 of 15"]
    assert fetch(96, customers(*range(9))) == []
    assert count(tmp_path) == 9


def test_a_list_that_is_whole_again_leaves_no_doubt(fetch: Fetch, tmp_path: Path) -> None:
    fetch(0, customers(*range(15)))
    assert fetch(24, customers(*range(9))) == ["9 of 15"]
    assert fetch(48, customers(*range(15))) == []
    assert fetch(72, customers(*range(9))) == ["9 of 15"]
    assert count(tmp_path) == 15


def test_a_loss_that_grew_a_little_meanwhile_is_confirmed(fetch: Fetch, tmp_path: Path) -> None:
    fetch(0, customers(*range(15)))
    assert fetch(24, customers(*range(9))) == ["9 of 15"]
    assert fetch(48, customers(*range(8), 20)) == []
    assert count(tmp_path) == 9


@pytest.mark.parametrize(
    ("before", "now", "announced", "kept"),
    [(11, 1, True, []), (11, 1, False, ["1 of 11"]), (12, 7, True, ["7 of 12"]), (1, 2, False, [])],
)
def test_short_lists_are_believed_at_once_where_their_own_count_agrees(
    fetch: Fetch, before: int, now: int, kept: list[str], *, announced: bool
) -> None:
    fetch(0, customers(*range(before)))
    assert fetch(24, customers(*range(now)), announced=announced) == kept


def test_a_customers_empty_list_is_believed_the_second_time(fetch: Fetch, tmp_path: Path) -> None:
    fetch(0, bought(1, 2, 3), SUBSCRIPTIONS)
    assert fetch(24, bought(1), SUBSCRIPTIONS) == []
    assert fetch(48, [], SUBSCRIPTIONS) == ["0 of 1"]
    assert count(tmp_path, SUBSCRIPTIONS) == 1
    assert fetch(72, [], SUBSCRIPTIONS) == []
    assert count(tmp_path, SUBSCRIPTIONS) == 0


def test_a_new_empty_list_is_believed_at_once(fetch: Fetch) -> None:
    assert fetch(0, []) == fetch(1, bought(), SUBSCRIPTIONS) == []


def test_what_a_sync_doubts_is_forgotten_with_a_customer(fetch: Fetch, tmp_path: Path) -> None:
    """A hash of a customer's id can be made again of the id."""
    fetch(0, customers(0, 1))
    assert fetch(24, []) == ["0 of 2"]
    assert doubts(tmp_path / "facts") == [(2,)]
    erase(tmp_path / "facts", ErasedList().with_customer(tenant("0"), ()))
    assert doubts(tmp_path / "facts") == []


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


@pytest.mark.parametrize(
    ("page", "ended", "agrees", "held"),
    [
        (20, 10, False, 1),
        (20, 9, False, 0),
        (20, 10, True, 0),
        (0, 10, False, 0),
        (1, 1, False, 1),
    ],
)
def test_half_a_page_that_no_count_tells_of_may_be_a_lost_one(
    page: int, ended: int, held: int, *, agrees: bool
) -> None:
    losses = [Loss("", 90, 90 - ended, ended, 0, agrees, page)]
    assert len(doubtful_losses(losses)) == held
    assert not doubtful_losses([Loss("", 90, 90 - ended, ended, ended, agrees, page)])


GONE, STAYS = loss(5, 0, 5), loss(40, 40, 0)


@pytest.mark.parametrize(
    ("groups", "too_many"),
    [
        ([GONE] * 4 + [STAYS] * 8, False),
        ([GONE] * 5 + [STAYS] * 8, True),
        ([GONE] * 5 + [STAYS] * 6, False),
        ([loss(5, 0, 5, agrees=False)] * 5 + [STAYS] * 6, True),
        ([loss(5, 0, 5, 5)] * 5 + [STAYS] * 8, False),
        ([loss(5, 0, 5, 2)] * 5 + [STAYS] * 8, True),
        ([loss(5, 1, 4)] * 12, False),
        ([], False),
    ],
)
def test_a_third_of_the_customers_gone_at_once_is_doubted(
    groups: list[Loss], *, too_many: bool
) -> None:
    assert too_many_gone(groups) is too_many


@pytest.mark.parametrize(
    ("group", "doubted"),
    [
        (loss(12, 0, 12), True),
        (loss(11, 0, 11), False),
        (loss(11, 0, 11, agrees=False), True),
        (loss(12, 0, 12, 12), False),
        (loss(12, 1, 11), False),
    ],
)
def test_a_product_with_many_rows_gone_at_once_is_doubted(group: Loss, *, doubted: bool) -> None:
    assert bool(large_ones_gone([STAYS, group])) is doubted
