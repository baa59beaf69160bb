"""Builds of what a sync staged, killed at any moment: yesterday's whole generation answers, and the
same staging builds the next.
"""

import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from analytics.demo.at_scale import Size, stage_demo_data
from analytics.warehouse.building.check import check
from analytics.warehouse.fetched_parts import known_parts
from tests.seeds import seeds
from tests.warehouse.importing import await_file
from tests.warehouse.rows import opened, totals

ROOT = Path(__file__).parents[2]
KILLS, CUSTOMERS, DAYS = 12, 250, 40

BUILD = """
import sys
from pathlib import Path
from analytics.warehouse.building.build import build
folder, staged = map(Path, sys.argv[1:])
print("ready", flush=True)
sys.stdin.readline()
build(folder, (), {"made_up": "yes", "built": "2026-11-25T00:00:00+00:00"}, staged=staged)
"""
"""A process that builds when it is told to."""


def builder(folder: Path, staged: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(  # noqa: S603 our own words
        [sys.executable, "-c", BUILD, str(folder), str(staged)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def start(process: "subprocess.Popen[str]") -> float:
    assert process.stdin
    print(file=process.stdin, flush=True)
    return time.monotonic()


def staged(folder: Path, day: date) -> Path:
    """Another day of a partner whose figures all change with it."""
    file = folder / f"{day}.duckdb"
    if not file.exists():
        list(stage_demo_data(file, Size(CUSTOMERS, DAYS, day)))
    return file


@pytest.mark.parametrize("seed", seeds(20261125))
def test_a_build_killed_at_any_moment_leaves_yesterdays_whole_generation(
    tmp_path: Path, seed: int
) -> None:
    random, folder = Random(seed), tmp_path / "facts"  # noqa: S311 moments, no secrets
    yesterday, ended, midway = date(2026, 11, 23), 0, 0
    with builder(folder, staged(tmp_path, yesterday)) as first:
        began = start(first)
    assert first.returncode == 0
    whole = time.monotonic() - began
    for at in range(KILLS):
        before, generation = totals(opened(folder)), opened(folder).generation.number
        today = staged(tmp_path, yesterday + timedelta(days=1))
        with builder(folder, today) as process:
            start(process)
            if at % 4:
                time.sleep((at + random.random()) / KILLS * whole)
            else:  # on a machine that is quicker or slower by now: surely while it builds
                await_file(folder / "building.duckdb")
                time.sleep(random.random() * whole / 20)
            midway += (folder / "building.duckdb").exists()
            os.kill(process.pid, signal.SIGKILL)
        ended += process.returncode == -9
        if opened(folder).generation.number == generation:
            assert totals(opened(folder)) == before
        else:
            yesterday += timedelta(days=1)
    with builder(folder, staged(tmp_path, yesterday + timedelta(days=1))) as last:
        start(last)
    assert last.returncode == 0
    assert known_parts(folder)["usage"] == {"": yesterday + timedelta(days=2)}
    assert [each for each in check(folder) if each.wrong and each.fault] == []
    assert ended >= KILLS // 2
    assert midway >= 3
