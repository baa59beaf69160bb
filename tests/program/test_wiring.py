"""The installation: the demonstration's secret, its people, and its folder apart from real data."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from analytics.demo.pages import CLEO_SEES, STORIES, fingerprint
from analytics.values import OWN
from analytics.warehouse.building.build import build
from analytics.warehouse.generations import Generations
from bot.demo_installation import (
    NAMES,
    demo_loads,
    first_customers,
    kept_secret,
    make_sample,
    sample_settings,
    seat_people,
)
from bot.environment import check_secret, read_settings
from bot.page.people import person
from bot.partners import facts_folder
from bot.settings import Settings
from bot.store.database import STORE_ERRORS
from bot.wiring import Installation, open_installation
from handlers.chat.access import Role
from tests.conftest import NOW
from tests.warehouse.rows import opened


def test_the_demonstrations_secret_is_made_once_and_a_good_one(tmp_path: Path) -> None:
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(tmp_path)}))
    again = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(tmp_path)}))
    assert check_secret(settings) is None
    assert again == settings


def test_nobody_else_on_the_machine_can_read_it(tmp_path: Path) -> None:
    kept_secret(tmp_path)
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_programs_started_together_share_one_secret(tmp_path: Path) -> None:
    together, rounds = 4, 50
    barrier = Barrier(together)

    def started(number: int) -> str:
        barrier.wait(10)
        return kept_secret(tmp_path / str(number))

    with ThreadPoolExecutor(together) as programs:
        for number in range(rounds):
            secrets = set(programs.map(started, [number] * together))
            assert [len(secret) for secret in secrets] == [64]


def test_a_made_up_partner_lives_apart_from_real_data(tmp_path: Path) -> None:
    real = replace(
        read_settings({"SEATWISE_DATA_DIR": str(tmp_path)}),
        database_url="sqlite+aiosqlite:////srv/real.db",
        admins=(person("ben").ref,),
    )
    sample = sample_settings(real)
    assert (sample.data_dir, sample.database_url, sample.admins) == (tmp_path / "demo", "", ())


def test_a_made_up_partner_of_today_is_not_made_again(sample_home: Settings) -> None:
    pointer = next(sample_home.data_dir.rglob("current.json"))
    before = (pointer.read_text(), pointer.stat().st_mtime_ns)
    make_sample(sample_home.data_dir, NOW)
    assert (pointer.read_text(), pointer.stat().st_mtime_ns) == before


def test_a_made_up_partner_of_other_stories_is_made_again(tmp_path: Path) -> None:
    folder = facts_folder(tmp_path, OWN)
    other, meta = demo_loads(NOW, STORIES[:3])[-1], {"made_up": "yes", "built": NOW.isoformat()}
    build(folder, other.batches, meta)
    assert opened(folder).generation.stories != fingerprint(STORIES)
    build(folder, other.batches, meta | {"stories": fingerprint(STORIES[:3])})
    assert len(opened(folder).people.customers) == 3
    make_sample(tmp_path, NOW)
    assert len(opened(folder).people.customers) == 64
    assert opened(folder).generation.stories == fingerprint(STORIES)


def test_stories_have_one_fingerprint_in_every_process() -> None:
    told = "from analytics.demo.pages import *; print(fingerprint(STORIES))"
    found = {
        subprocess.run(  # noqa: S603 our own program
            [sys.executable, "-c", told],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {fingerprint(STORIES)}
    assert fingerprint(STORIES[:-1]) != fingerprint(STORIES)
    elsewhere = replace(STORIES[0], here=lambda day, _newest: day.month > 6)
    assert fingerprint((elsewhere, *STORIES[1:])) != fingerprint(STORIES)


def _touched(file: Path) -> int:
    return file.stat().st_mtime_ns


def test_a_program_waits_while_another_makes_the_made_up_partner(
    sample_facts: Path, tmp_path: Path
) -> None:
    folder = facts_folder(tmp_path, OWN)
    with ThreadPoolExecutor(1) as another:
        with Generations(folder).build_path():
            before = _touched(folder / "building.lock")
            made = another.submit(make_sample, tmp_path, NOW)
            while _touched(folder / "building.lock") == before and not made.done():
                time.sleep(0.02)  # it reads first; then it wants to build, and meets our lock
            shutil.copytree(facts_folder(sample_facts, OWN), folder, dirs_exist_ok=True)
        made.result(timeout=60)
    assert [file.name for file in folder.glob("*.duckdb")] == ["facts-000001.duckdb"]


async def test_ada_and_cleo_are_seated_once_and_ben_is_not(installation: Installation) -> None:
    await seat_people(installation)
    held = {
        key: [(g.role, g.customers) for g in await installation.roles.grants(person(key).ref, OWN)]
        for key in ("ada", "ben", "cleo")
    }
    cleos = [(Role.VIEWER, frozenset(CLEO_SEES))]
    assert held == {"ada": [(Role.ADMIN, None)], "ben": [], "cleo": cleos}


def test_with_real_figures_cleo_sees_the_first_two_by_name(sample_home: Settings) -> None:
    assert len(first_customers(sample_home.data_dir)) == 2
    assert first_customers(sample_home.data_dir / "elsewhere") == ()


async def test_an_installation_closes_what_it_opened(sample_home: Settings) -> None:
    """What was confirmed is in the file itself once the program has ended."""
    async with open_installation(sample_home, NAMES, lambda: NOW) as wired:
        await seat_people(wired)
    left = {file.name for file in sample_home.data_dir.glob("seatwise.db*")}
    assert left == {"seatwise.db"}


async def test_a_store_that_is_none_is_refused_at_the_start(sample_home: Settings) -> None:
    (sample_home.data_dir / "seatwise.db").write_bytes(b"rust" * 1000)
    with pytest.raises(STORE_ERRORS):
        async with open_installation(sample_home, NAMES):
            pass
