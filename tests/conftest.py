"""The made-up partner on a fixed day, built once; the program wired around it, anew each time."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sample import NAMES, make_sample, sample_settings, seat_people
from bot.settings import Settings, database_url, read_settings
from bot.store.database import open_database
from bot.wiring import Installation, installed

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
"""When every test takes place; made-up figures end the day before."""


@pytest.fixture(scope="session")
def sample_facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the made-up partner's facts and an empty store, for looking only: worlds
    are copies of it.
    """
    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder, NOW)
    asyncio.run(_store(folder))
    return folder


async def _store(folder: Path) -> None:
    settings = replace(read_settings({}), data_dir=folder)
    await (await open_database(database_url(settings))).dispose()


@pytest.fixture
def sample_home(sample_facts: Path, tmp_path: Path) -> Settings:
    """Settings of a demonstration of this test's own, its facts in place."""
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(tmp_path)}))
    shutil.copytree(sample_facts, settings.data_dir, dirs_exist_ok=True)
    return settings


@pytest_asyncio.fixture
async def installation(sample_home: Settings) -> AsyncIterator[Installation]:
    """The program around the made-up partner: Ada and Cleo have their rights, Ben has none."""
    async with installed(sample_home, NAMES, lambda: NOW) as wired:
        await seat_people(wired)
        yield wired
