"""A disk that is full in the midst of a build: the old data answers on, and the import says so."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.demo.at_scale import Size, stage_demo_data
from analytics.values import OWN
from analytics.warehouse.building.build import NotBuilt, build
from bot.partners import facts_folder
from tests.warehouse.importing import typed, write_files
from tests.warehouse.rows import DAY, META, Line, opened, publish, seats, totals, use

ROWS = 3000


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may become larger, in this process and in those it starts."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def lines(count: int) -> list[Line]:
    """So many rows that DuckDB's log does not stay empty until the end."""
    names = [f"product-{number * 7919 % ROWS}" for number in range(ROWS)]
    return [line for n in names for line in (seats(count, product=n), use(count, 9, product=n))]


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.6, 0.9, 0.99])
def test_a_build_without_room_fails_and_the_old_generation_answers(
    tmp_path: Path, share: float
) -> None:
    publish(tmp_path, *lines(1))
    names = {file.name for file in tmp_path.iterdir()}
    size = (tmp_path / "facts-000001.duckdb").stat().st_size

    with room_for(int(size * share)), pytest.raises(NotBuilt, match="too large"):
        publish(tmp_path, *lines(2))

    assert totals(opened(tmp_path)) == (ROWS, ROWS)
    assert {file.name for file in tmp_path.iterdir()} == names
    assert publish(tmp_path, *lines(2)).generation == 2
    assert totals(opened(tmp_path)) == (2 * ROWS, 2 * ROWS)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_sync_without_room_to_publish_can_publish_later(tmp_path: Path, share: float) -> None:
    folder, staged = tmp_path / "facts", tmp_path / "staging.duckdb"
    days = [DAY, DAY + timedelta(days=1)]
    list(stage_demo_data(staged, Size(60, 20, days[0])))
    build(folder, (), META, staged=staged)
    before, size = totals(opened(folder)), (folder / "facts-000001.duckdb").stat().st_size
    staged.unlink()
    list(stage_demo_data(staged, Size(60, 20, days[1])))

    with room_for(int(size * share)), pytest.raises(NotBuilt, match="too large"):
        build(folder, (), META, staged=staged)

    assert totals(opened(folder)) == before
    assert build(folder, (), META, staged=staged).generation == 2
    assert opened(folder).days("usage", "o365")[-1] == days[1]


def test_an_import_without_room_says_so_in_one_message(tmp_path: Path) -> None:
    folder = facts_folder(tmp_path, OWN)
    publish(folder, *lines(1))
    files = write_files(tmp_path, "new", 10)
    with room_for(1_000_000), typed(tmp_path, files) as process:
        out, said = process.communicate(timeout=60)

    assert (process.returncode, out) == (1, "")
    assert said.startswith(f"Could not read or write {folder}: ")
    assert said.endswith("Nothing was saved; the last known figures stay available.\n")
    assert said.count("\n") == 1
    assert totals(opened(folder)) == (ROWS, ROWS)
