"""Which files stay, who may build, and that a published file never changes under its readers."""

import subprocess
import sys
from pathlib import Path

import pytest

from analytics.warehouse.building.build import NotBuilt
from analytics.warehouse.generations import KEPT, Busy, Generations
from tests.warehouse.rows import opened, publish, seats, totals, use

HOLD = """
import sys
from pathlib import Path
from analytics.warehouse.generations import Generations
with Generations(Path(sys.argv[1])).build_path() as path:
    path.write_bytes(b"half")
    print("building", flush=True)
    sys.stdin.read()
"""
"""A process that builds until its input ends."""

ROOT = Path(__file__).parents[2]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def builder(folder: Path) -> "subprocess.Popen[bytes]":
    """Another process, in the midst of building."""
    process = subprocess.Popen(  # noqa: S603 our own words
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stdout.readline() == b"building\n"
    return process


def test_the_second_of_two_builders_is_told_that_one_is_busy(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    with builder(tmp_path) as first:
        with pytest.raises(Busy):
            publish(tmp_path, seats(60))
        assert "building.duckdb" in files(tmp_path)
        assert first.stdin
        first.stdin.close()
    assert publish(tmp_path, seats(60)).generation == 2


def test_a_killed_builder_locks_nobody_out(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    with builder(tmp_path) as killed:
        killed.kill()
    assert "building.duckdb" in files(tmp_path)

    assert publish(tmp_path, seats(60)).generation == 2
    assert "building.duckdb" not in files(tmp_path)


def test_only_the_generations_kept_remain(tmp_path: Path) -> None:
    for sold in range(1, 6):
        publish(tmp_path, seats(sold))

    assert KEPT == 2
    assert files(tmp_path) == [
        "building.lock",
        "current.json",
        "facts-000004.duckdb",
        "facts-000005.duckdb",
    ]


def test_what_a_killed_builder_left_is_swept(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    (tmp_path / "building.duckdb.wal").write_bytes(b"half")
    (tmp_path / "building.duckdb.tmp").mkdir()
    (tmp_path / "building.duckdb.tmp" / "spilt.block").write_bytes(b"half")
    (tmp_path / "facts-000002.duckdb").write_bytes(b"killed before the pointer named it")
    (tmp_path / "current.new").write_text("half")

    publish(tmp_path, seats(50))
    assert files(tmp_path) == [
        "building.lock",
        "current.json",
        "current.new",
        "facts-000001.duckdb",
    ]

    assert publish(tmp_path, seats(60)).generation == 2
    assert totals(opened(tmp_path)) == (60, None)
    assert "current.new" not in files(tmp_path)


def test_files_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    for name in ("notes.txt", "facts-1.duckdb", "old-facts-000001.duckdb"):
        (tmp_path / name).write_text("mine")
    for sold in range(1, 5):
        publish(tmp_path, seats(sold))

    assert {"notes.txt", "facts-1.duckdb", "old-facts-000001.duckdb"} < set(files(tmp_path))


def test_a_failed_build_leaves_nothing_half_built(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    before = files(tmp_path)

    with pytest.raises(NotBuilt):
        publish(tmp_path, seats(60, day="20 November"))

    assert files(tmp_path) == before
    assert totals(opened(tmp_path)) == (50, None)


def test_an_open_generation_answers_while_two_newer_are_published(tmp_path: Path) -> None:
    publish(tmp_path, seats(50), use(30, 50))
    held = opened(tmp_path)
    for sold in (60, 70):
        publish(tmp_path, seats(sold), use(sold, 50))

    assert "facts-000001.duckdb" not in files(tmp_path)
    assert totals(held) == (50, 30)
    assert totals(opened(tmp_path)) == (70, 70)


def test_generations_are_numbered_on_past_six_digits(tmp_path: Path) -> None:
    publish(tmp_path, seats(50))
    (tmp_path / "facts-000001.duckdb").rename(tmp_path / "facts-999999.duckdb")
    (tmp_path / "current.json").write_text('{"file": "facts-999999.duckdb"}')

    assert publish(tmp_path, seats(60)).generation == 1_000_000
    assert Generations(tmp_path).current() == tmp_path / "facts-1000000.duckdb"
    assert totals(opened(tmp_path)) == (60, None)
