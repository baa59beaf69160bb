"""How much of each processing day came, over the imports that bring it in pieces."""

from datetime import date
from pathlib import Path

from analytics.sources.files.downloads import merge
from analytics.warehouse.building.build import Published, build
from analytics.warehouse.building.merge_keyed import Brought
from analytics.warehouse.snapshots import Snapshot
from tests.sources.building import deployed, page, read, used
from tests.warehouse.rows import META, opened

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def bring(folder: Path, *pages: bytes) -> Published:
    """One import of these pages."""
    return build(folder, merge([read(raw) for raw in pages]), META)


def missing(folder: Path) -> dict[tuple[str, str, date], int]:
    return {
        (snapshot.dataset, snapshot.service, snapshot.day): snapshot.missing
        for snapshot in opened(folder).generation.snapshots
    }


def test_every_service_and_day_of_each_dataset_is_a_snapshot(tmp_path: Path) -> None:
    friday = deployed(serviceCode="crm", processedDateTime="2026-11-20")
    bring(tmp_path, page(deployed(), friday), page(used()))

    assert opened(tmp_path).generation.snapshots == (
        Snapshot("deployment", "crm", FRIDAY, 0),
        Snapshot("deployment", "o365", SATURDAY, 0),
        Snapshot("usage", "o365", SATURDAY, 0),
    )


def test_rows_announced_that_never_came_are_missing(tmp_path: Path) -> None:
    bring(tmp_path, page(deployed(), deployed(productId="b"), TotalCount=5), page(used()))

    assert missing(tmp_path) == {
        ("deployment", "o365", SATURDAY): 3,
        ("usage", "o365", SATURDAY): 0,
    }


def test_a_page_imported_later_completes_the_day(tmp_path: Path) -> None:
    bring(tmp_path, page(deployed(), deployed(productId="b"), TotalCount=4))
    assert missing(tmp_path) == {("deployment", "o365", SATURDAY): 2}

    bring(tmp_path, page(deployed(productId="c"), TotalCount=4))
    assert missing(tmp_path) == {("deployment", "o365", SATURDAY): 1}

    bring(tmp_path, page(deployed(productId="d"), TotalCount=4))
    assert missing(tmp_path) == {("deployment", "o365", SATURDAY): 0}


def test_what_is_missing_stays_missing_when_other_days_come(tmp_path: Path) -> None:
    bring(tmp_path, page(deployed(), TotalCount=3))
    bring(tmp_path, page(deployed(processedDateTime="2026-11-20"), TotalCount=1))

    assert missing(tmp_path) == {
        ("deployment", "o365", FRIDAY): 0,
        ("deployment", "o365", SATURDAY): 2,
    }


def test_one_count_of_several_services_is_filled_by_all_of_them(tmp_path: Path) -> None:
    crm = deployed(serviceCode="crm", processedDateTime="2026-11-20")
    bring(tmp_path, page(deployed(), crm, TotalCount=3))
    both = {("deployment", "crm", FRIDAY): 1, ("deployment", "o365", SATURDAY): 1}
    assert missing(tmp_path) == both

    bring(tmp_path, page(deployed(productId="b"), crm, TotalCount=3))
    assert missing(tmp_path) == dict.fromkeys(both, 0)


def test_two_days_short_by_the_same_count_do_not_hide_each_other(tmp_path: Path) -> None:
    for day in ("2026-11-20", "2026-11-21"):
        rows = [deployed(productId=each, processedDateTime=day) for each in "ab"]
        (tmp_path / day).write_bytes(page(*rows, TotalCount=3))
    bring(tmp_path / "facts", *(file.read_bytes() for file in sorted(tmp_path.glob("2026*"))))

    assert missing(tmp_path / "facts") == {
        ("deployment", "o365", FRIDAY): 1,
        ("deployment", "o365", SATURDAY): 1,
    }


def test_a_days_first_count_alone_is_worth_a_generation(tmp_path: Path) -> None:
    bring(tmp_path, page(deployed()))

    assert bring(tmp_path, page(deployed(), TotalCount=2)) == Published(2, Brought(0, 1, 1))
    assert missing(tmp_path) == {("deployment", "o365", SATURDAY): 1}


def test_the_same_incomplete_page_twice_changes_nothing(tmp_path: Path) -> None:
    bring(tmp_path, page(deployed(), TotalCount=3))

    assert bring(tmp_path, page(deployed(), TotalCount=3)) == Published(1, Brought(0, 0, 1))


def test_more_rows_than_announced_are_no_gap(tmp_path: Path) -> None:
    bring(tmp_path, page(deployed(), TotalCount=2))
    bring(tmp_path, page(deployed(productId="b"), deployed(productId="c"), TotalCount=2))

    assert missing(tmp_path) == {("deployment", "o365", SATURDAY): 0}


CRM = {"serviceCode": "crm", "processedDateTime": "2026-11-18"}


def parted(total: int) -> tuple[bytes, bytes]:
    """Two pages of one list, of which the first ends exactly between two services."""
    office = [deployed(productId=each) for each in "ab"]
    first = page(*office, TotalCount=total)
    return first, page(deployed(productId="a", **CRM), TotalCount=total)


def test_pages_parted_exactly_between_two_services_are_one_list(tmp_path: Path) -> None:
    bring(tmp_path, *parted(3))
    assert set(missing(tmp_path).values()) == {0}


def test_such_pages_complete_each_other_over_imports(tmp_path: Path) -> None:
    first, second = parted(3)
    bring(tmp_path, first)
    assert set(missing(tmp_path).values()) == {1}
    bring(tmp_path, second)
    assert list(missing(tmp_path).values()) == [0, 0]


def test_pages_between_which_rows_are_missing_are_short_both(tmp_path: Path) -> None:
    bring(tmp_path, *parted(4))
    assert sorted(missing(tmp_path).values()) == [2, 3]


def test_lists_of_one_service_do_not_fill_each_other(tmp_path: Path) -> None:
    bring(tmp_path, page(deployed(), deployed(productId="b"), TotalCount=3))
    bring(tmp_path, page(deployed(processedDateTime="2026-11-20"), TotalCount=3))
    assert sorted(missing(tmp_path).values()) == [1, 2]


def test_lists_of_long_ago_do_not_fill_each_other(tmp_path: Path) -> None:
    first, _ = parted(3)
    long_ago = deployed(**CRM | {"processedDateTime": "2026-10-18"})
    bring(tmp_path, first, page(long_ago, TotalCount=3))
    assert sorted(missing(tmp_path).values()) == [1, 2]
