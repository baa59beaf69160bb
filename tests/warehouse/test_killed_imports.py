"""Imports killed at any moment: the old data or the new answers, whole, and the next one works."""

import os
import signal
import time
from pathlib import Path
from random import Random

import pytest

from analytics.values import OWN
from bot.partners import facts_folder
from tests.seeds import are_long, seeds
from tests.warehouse.importing import Files, Ready, await_file, ready, typed, write_files
from tests.warehouse.rows import opened, totals

KILLS = 25 if are_long() else 16


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Files]:
    """The same rows with different figures."""
    folder = tmp_path_factory.mktemp("files")
    return write_files(folder, "a", 10), write_files(folder, "b", 50)


def timed(program: Ready, files: Files) -> float:
    """How long a whole import takes, in seconds."""
    began = time.monotonic()
    program.start(files)
    assert program.ended() == 0
    return time.monotonic() - began


def kill_later(program: Ready, files: Files, seconds: float, begun: Path | None = None) -> int:
    """Starts an import and kills it after so long, reckoned from when the file `begun` is there, if
    one is named; how it ended: -9, or 0 where it was quicker.
    """
    pid = program.start(files)
    if begun:
        await_file(begun)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    return program.ended()


@pytest.mark.parametrize("seed", seeds(20261122))
def test_an_import_killed_at_any_moment_leaves_the_old_data_or_the_new(
    tmp_path: Path, files: tuple[Files, Files], seed: int
) -> None:
    random, folder = Random(seed), facts_folder(tmp_path, OWN)  # noqa: S311 moments, no secrets
    ended, midway = [], 0
    with ready(tmp_path) as program:
        timed(program, files[0])
        whole = timed(program, files[1])
        for at in range(KILLS):
            before = totals(opened(folder))
            new = next(each for each in files if each.totals != before)
            building = folder / "building.duckdb"
            if at % 4:
                ended.append(kill_later(program, new, (at + random.random()) / KILLS * whole))
            else:  # on a machine that is quicker or slower by now: surely while it builds
                ended.append(kill_later(program, new, random.random() * whole / 20, building))
            midway += building.exists()
            after = totals(opened(folder))
            assert after == new.totals or (after == before and ended[-1] == -9)
        timed(program, new)
    assert totals(opened(folder)) == new.totals
    assert ended.count(-9) >= KILLS // 2
    assert midway >= 3


def test_an_import_as_typed_that_is_killed_while_it_builds_changes_nothing(
    tmp_path: Path, files: tuple[Files, Files]
) -> None:
    folder = facts_folder(tmp_path, OWN)
    with typed(tmp_path, files[0]) as process:
        while not (folder / "building.duckdb").exists():
            assert process.poll() is None
            time.sleep(0.001)
        process.kill()
    assert process.returncode == -9
    assert [file.name for file in folder.iterdir() if file.name.startswith("facts")] == []
