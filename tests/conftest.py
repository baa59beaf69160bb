"""The made-up partner on a fixed day, built once; the program wired around it, anew each time."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
import structlog
from hypothesis import settings as chance

from bot.demo_installation import NAMES, make_sample, sample_settings, seat_people
from bot.environment import read_settings
from bot.settings import Settings, database_url
from bot.store.database import open_database
from bot.wiring import Installation, open_installation
from tests.postgres import Server, running
from tests.run_cache import built_once, open_cache
from tests.seeds import LONG

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
"""When every test takes place; made-up figures end the day before."""


def pytest_configure(config: pytest.Config) -> None:
    """Makes the folder that the run's workers share, removed at the end; and leaves to chance what
    hypothesis tries in the long tests alone.
    """
    config.add_cleanup(open_cache())
    chance.register_profile("fixed", derandomize=True, deadline=None)
    chance.register_profile("long", max_examples=2_000, deadline=None)
    chance.load_profile("long" if LONG in os.environ else "fixed")


def pytest_collection_finish() -> None:
    """Leaves the thousands of tests themselves out of each search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A verb sets how this process logs: the next test begins as if none had run."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def sample_facts() -> Path:
    """A data folder with the made-up partner's facts and an empty store, for looking only: worlds
    are copies of it.
    """
    return built_once("sample", _make_sample)


def _make_sample(folder: Path) -> None:
    make_sample(folder, NOW)
    asyncio.run(_make_store(folder))


async def _make_store(folder: Path) -> None:
    settings = replace(read_settings({}), data_dir=folder)
    await (await open_database(database_url(settings))).dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL for every test of this worker."""
    with running() as server:
        yield server


@pytest.fixture
def sample_home(sample_facts: Path, tmp_path: Path) -> Settings:
    """Settings of a demonstration of this test's own, its facts in place."""
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(tmp_path)}))
    shutil.copytree(sample_facts, settings.data_dir, dirs_exist_ok=True)
    return settings


@pytest_asyncio.fixture
async def installation(sample_home: Settings) -> AsyncIterator[Installation]:
    """The program around the made-up partner: Ada and Cleo have their rights, Ben has none."""
    async with open_installation(sample_home, NAMES, lambda: NOW) as wired:
        await seat_people(wired)
        yield wired
