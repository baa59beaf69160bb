"""What counts as newest: whole snapshots alone, in generations of earlier versions too."""

from pathlib import Path

import duckdb
import pytest

from analytics.warehouse.building.check import check
from analytics.warehouse.generations import Generations
from tests.sources.building import deployed, page
from tests.warehouse.rows import opened
from tests.warehouse.test_snapshots import FRIDAY, SATURDAY, bring

_SOLD = "SELECT day, sold FROM {newest_deployment}"
_STANDING = "SELECT sold FROM {standing}"
FIRST = deployed(processedDateTime="2026-11-20", licensesSold=40)


def as_earlier_versions_wrote(folder: Path) -> None:
    """The current generation with rollups of its newest snapshots, whole or not."""
    file = Generations(folder).current()
    assert file
    with duckdb.connect(file) as con:
        con.execute("DELETE FROM meta WHERE key = 'rollups'")
        con.execute("DELETE FROM newest_deployment")
        con.execute("INSERT INTO newest_deployment FROM deployment WHERE day = '2026-11-21'")
        con.execute("UPDATE standing SET sold = 50")


def test_a_snapshot_with_rows_missing_is_not_the_newest(tmp_path: Path) -> None:
    bring(tmp_path, page(FIRST))
    bring(tmp_path, page(deployed(), TotalCount=3))
    facts = opened(tmp_path)

    assert facts.days("deployment", "o365") == [FRIDAY]
    assert (facts.rows(_SOLD), facts.rows(_STANDING)) == ([(FRIDAY, 40)], [(40,)])
    assert [each for each in check(tmp_path) if each.wrong and each.fault] == []


def test_a_service_of_which_no_snapshot_came_whole_has_no_newest(tmp_path: Path) -> None:
    bring(tmp_path, page(deployed(), TotalCount=3))
    facts = opened(tmp_path)

    assert (facts.rows(_SOLD), facts.rows(_STANDING)) == ([], [])


def test_rows_that_come_later_make_a_snapshot_the_newest(tmp_path: Path) -> None:
    bring(tmp_path, page(FIRST))
    bring(tmp_path, page(deployed(), TotalCount=2))
    bring(tmp_path, page(deployed(productId="b", licensesSold=7), TotalCount=2))

    assert sorted(opened(tmp_path).rows(_SOLD)) == [(SATURDAY, 7), (SATURDAY, 50)]


@pytest.mark.parametrize("limited", ["everyone", "some"])
def test_a_generation_of_an_earlier_version_shows_no_part_as_the_whole(
    tmp_path: Path, limited: str
) -> None:
    bring(tmp_path, page(FIRST))
    bring(tmp_path, page(deployed(), TotalCount=3))
    as_earlier_versions_wrote(tmp_path)
    everyone = opened(tmp_path)
    seen = frozenset(each.id for each in everyone.people.customers) if limited == "some" else None
    facts = opened(tmp_path, seen)

    assert (facts.rows(_SOLD), facts.rows(_STANDING)) == ([(FRIDAY, 40)], [(40,)])


def test_rollups_of_an_earlier_version_are_read_where_every_snapshot_is_whole(
    tmp_path: Path,
) -> None:
    bring(tmp_path, page(FIRST), page(deployed(), TotalCount=1))
    as_earlier_versions_wrote(tmp_path)

    assert opened(tmp_path).rows(_SOLD) == [(SATURDAY, 50)]
