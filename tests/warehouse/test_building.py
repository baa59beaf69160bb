"""What a build keeps, changes and refuses, and how its file lies on disk."""

from datetime import date
from pathlib import Path

import pytest

from analytics.warehouse.building.build import NotBuilt, Published, build
from analytics.warehouse.building.merge_keyed import Brought
from analytics.warehouse.current_generation import Warehouse
from tests.warehouse.rows import DAY, META, batches, opened, publish, seats, tenant, use

FRIDAY, SATURDAY, SUNDAY = DAY, date(2026, 11, 21), date(2026, 11, 22)


def on_disk(folder: Path) -> dict[str, bytes]:
    return {
        file.name: file.read_bytes() for file in folder.iterdir() if file.name != "building.lock"
    }


def name_of(folder: Path) -> list[str]:
    return [customer.name for customer in opened(folder).people.customers]


def test_the_same_rows_twice_publish_nothing(tmp_path: Path) -> None:
    lines = (seats(50), seats(7, product="other"), use(30, 50))
    assert publish(tmp_path, *lines) == Published(1, Brought(3, 0, 0))
    before = on_disk(tmp_path)

    assert publish(tmp_path, *lines) == Published(1, Brought(0, 0, 3))
    assert on_disk(tmp_path) == before


def test_a_changed_figure_is_one_changed_row_and_a_new_generation(tmp_path: Path) -> None:
    publish(tmp_path, seats(50, 40), seats(7, product="other"), use(30, 50))

    published = publish(tmp_path, seats(50, 41), seats(7, product="other"), use(30, 50))

    assert published == Published(2, Brought(0, 1, 2))
    assert opened(tmp_path).rows("SELECT sum(assigned)::INT FROM {deployment}") == [(41,)]


def test_a_row_is_known_by_day_service_channel_customer_product_and_workload(
    tmp_path: Path,
) -> None:
    first = use(1, 9)
    others = [
        use(2, 9, day=SATURDAY),
        use(4, 9, service="crm"),
        use(8, 9, channel="direct"),
        use(16, 9, customer="Fabrikam"),
        use(32, 9, product="other"),
        use(64, 9, workload="spo"),
    ]
    publish(tmp_path, first)

    assert publish(tmp_path, *others).brought == Brought(6, 0, 0)
    assert opened(tmp_path).rows("SELECT sum(active)::INT FROM {usage}") == [(127,)]


def test_older_snapshots_stay_when_newer_days_come(tmp_path: Path) -> None:
    publish(tmp_path, seats(50, day=FRIDAY))
    publish(tmp_path, seats(60, day=SATURDAY))

    rows = opened(tmp_path).rows("SELECT day, sold FROM {deployment} ORDER BY day")
    assert rows == [(FRIDAY, 50), (SATURDAY, 60)]


def test_an_older_day_brought_later_leaves_the_newest_snapshot_newest(tmp_path: Path) -> None:
    publish(tmp_path, seats(60, day=SATURDAY))
    publish(tmp_path, seats(50, day=FRIDAY))

    facts = opened(tmp_path)
    assert facts.rows("SELECT day, sold FROM {newest_deployment}") == [(SATURDAY, 60)]
    assert facts.days("deployment", "o365") == [FRIDAY, SATURDAY]


def test_each_service_has_its_own_newest_snapshot(tmp_path: Path) -> None:
    publish(tmp_path, seats(5, service="crm", day=FRIDAY), seats(60, day=SATURDAY), seats(50))

    rows = opened(tmp_path).rows("SELECT service, sold FROM {newest_deployment} ORDER BY service")
    assert rows == [("crm", 5), ("o365", 60)]


def test_the_last_row_of_a_key_wins(tmp_path: Path) -> None:
    brought = publish(tmp_path, seats(50), seats(70), seats(60)).brought

    assert brought == Brought(1, 0, 0)
    assert opened(tmp_path).rows("SELECT sold FROM {deployment}") == [(60,)]


def test_published_rows_lie_by_customer_and_day(tmp_path: Path) -> None:
    days = [date(2026, 11, day) for day in (9, 3, 20, 1)]
    names = ("Fabrikam", "Contoso", "Adatum", "Zava")
    publish(tmp_path, *(seats(1, customer=name, day=day) for day in days for name in names))
    publish(tmp_path, *(use(1, 1, customer=name, day=day) for day in days for name in names))
    publish(tmp_path, seats(2, customer="Contoso", day=date(2026, 11, 2)))

    for table, count in {"deployment": 17, "usage": 16, "newest_deployment": 4}.items():
        rows = opened(tmp_path).rows(f"SELECT tenant, day FROM {{{table}}}")  # noqa: S608 our names
        assert len(rows) == count
        assert rows == sorted(rows)


def test_anew_leaves_the_old_rows_behind(tmp_path: Path) -> None:
    publish(tmp_path, seats(50), seats(9, customer="Fabrikam"))

    published = build(tmp_path, batches(seats(60)), META, anew=True)

    assert published == Published(2, Brought(1, 0, 0))
    assert opened(tmp_path).rows("SELECT sold FROM {deployment}") == [(60,)]
    assert name_of(tmp_path) == ["Contoso"]


def test_nothing_brought_to_nothing_publishes_nothing(tmp_path: Path) -> None:
    assert publish(tmp_path) == Published(0, Brought(0, 0, 0))
    assert Warehouse(tmp_path).current() is None


def test_a_renamed_customer_has_the_newest_days_name(tmp_path: Path) -> None:
    whose = tenant("Contoso")
    publish(tmp_path, seats(50, day=SATURDAY))
    publish(tmp_path, seats(50, day=SUNDAY, tenant=whose, customer="Contoso Group"))
    publish(tmp_path, seats(50, day=FRIDAY, tenant=whose, customer="Contoso of old"))

    assert name_of(tmp_path) == ["Contoso Group"]


def test_a_new_name_alone_is_worth_a_generation(tmp_path: Path) -> None:
    publish(tmp_path, seats(50, product_name="E3 (old)"))

    published = publish(tmp_path, seats(50, product_name="OFFICE 365 E3"))

    assert published == Published(2, Brought(0, 1, 1))


@pytest.mark.parametrize("left_out", ["", tenant("Contoso")])
def test_a_name_that_the_source_leaves_out_stays_known(tmp_path: Path, left_out: str) -> None:
    whose = tenant("Contoso")
    publish(tmp_path, seats(50, day=FRIDAY))
    publish(tmp_path, seats(50, day=SUNDAY, tenant=whose, customer=left_out))
    assert name_of(tmp_path) == ["Contoso"]

    publish(tmp_path, seats(50, day=SATURDAY, tenant=whose, customer="Contoso Group"))
    assert name_of(tmp_path) == ["Contoso Group"]


@pytest.mark.parametrize(
    "pointer",
    [
        '{"file": "other.duckdb"}',
        '{"file": "../facts-000001.duckdb"}',
        '{"file": "facts-000099.duckdb"}',
        '{"file": 1}',
        '["facts-000001.duckdb"]',
        "junk",
        "",
        "\0",
    ],
)
def test_nothing_is_built_on_a_pointer_that_was_meddled_with(tmp_path: Path, pointer: str) -> None:
    publish(tmp_path, seats(50))
    publish(tmp_path, seats(51))
    (tmp_path / "current.json").write_text(pointer)
    before = on_disk(tmp_path)

    with pytest.raises(NotBuilt):
        publish(tmp_path, seats(60))

    assert on_disk(tmp_path) == before


def test_nothing_is_built_on_a_damaged_generation(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    file = tmp_path / "facts-000001.duckdb"
    file.write_bytes(file.read_bytes()[:5000])
    before = on_disk(tmp_path)

    with pytest.raises(NotBuilt, match="facts-000001"):
        publish(tmp_path, seats(60))

    assert on_disk(tmp_path) == before


def test_a_name_that_came_back_is_the_newest_though_another_was_between(tmp_path: Path) -> None:
    days = zip((FRIDAY, SATURDAY, SUNDAY), ("Contoso", "Tailspin", "Contoso"), strict=True)
    whose = tenant("Contoso")
    publish(tmp_path, *(seats(5, day=day, customer=name, tenant=whose) for day, name in days))

    assert name_of(tmp_path) == ["Contoso"]
