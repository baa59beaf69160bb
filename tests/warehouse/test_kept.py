"""An earlier generation by its number: kept for a while, and gone for good once it is swept."""

from pathlib import Path

import pytest

from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts, Generation, Unreadable
from analytics.warehouse.generations import Generations
from tests.warehouse.rows import publish, seats, totals
from tests.warehouse.sights import sight


def sold(generation: Generation | None) -> object:
    """Seats sold in it; None where there is none."""
    return totals(Facts(generation, sight()))[0] if generation else None


def test_before_the_first_import_none_is_kept(tmp_path: Path) -> None:
    assert Warehouse(tmp_path / "nothing").generation(1) is None


def test_the_current_one_is_the_one_that_is_open(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    warehouse = Warehouse(tmp_path)

    assert warehouse.generation(1) is warehouse.current()


def test_the_one_before_answers_with_its_own_figures(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    publish(tmp_path, seats(60))
    warehouse = Warehouse(tmp_path)

    assert (sold(warehouse.generation(1)), sold(warehouse.generation(2))) == (50, 60)
    assert sold(warehouse.current()) == 60


def test_the_one_before_is_opened_once(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    publish(tmp_path, seats(60))
    warehouse = Warehouse(tmp_path)

    assert warehouse.generation(1) is warehouse.generation(1)


def test_one_that_was_current_is_kept_beside_a_newer_one(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    warehouse = Warehouse(tmp_path)
    before = warehouse.current()
    publish(tmp_path, seats(60))

    assert (sold(before), sold(warehouse.generation(1)), sold(warehouse.current())) == (50, 50, 60)


def test_one_that_was_swept_is_not_kept(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    warehouse = Warehouse(tmp_path)
    for count in (60, 70):
        publish(tmp_path, seats(count))
        warehouse.generation(1)

    assert warehouse.generation(1) is None
    assert (sold(warehouse.generation(2)), sold(warehouse.generation(3))) == (60, 70)


def test_one_that_was_erased_is_not_kept_though_it_was_open(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    publish(tmp_path, seats(60))
    warehouse = Warehouse(tmp_path)
    assert sold(warehouse.generation(1)) == 50

    Generations(tmp_path).sweep_all_but_current()

    assert warehouse.generation(1) is None
    assert sold(warehouse.generation(2)) == 60


def test_one_that_is_damaged_is_not_kept(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    publish(tmp_path, seats(60))
    Generations(tmp_path).file(1).write_bytes(b"rust" * 1000)

    assert Warehouse(tmp_path).generation(1) is None


@pytest.mark.parametrize("number", [-1, 0, 3, 999_999, 10**12])
def test_a_number_that_no_generation_has_is_not_kept(tmp_path: Path, number: int) -> None:
    publish(tmp_path, seats(50))
    publish(tmp_path, seats(60))

    assert Warehouse(tmp_path).generation(number) is None


def test_an_unreadable_pointer_is_said_whatever_is_asked_for(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    Generations(tmp_path).pointer.write_text("rust")

    with pytest.raises(Unreadable):
        Warehouse(tmp_path).generation(1)
