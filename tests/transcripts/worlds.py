"""The worlds that conversations happen in: each `Given` line of a transcript is one of these."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.sample import NAMES, sample_settings, seat_people
from bot.settings import read_settings
from bot.wiring import Installation, installed
from tests.conftest import NOW


@dataclass(frozen=True)
class World:
    """What is there before the first word."""

    facts: bool = True
    seated: bool = True
    now: datetime = NOW


WORLDS = {
    "": World(),
    "Given nothing was imported yet.": World(facts=False),
    "Given nobody holds a right yet.": World(seated=False),
    "Given nothing was imported for two months.": World(now=NOW + timedelta(days=60)),
    "Given a clock that is a year slow.": World(now=NOW - timedelta(days=365)),
}


@asynccontextmanager
async def world(given: str, facts: Path, home: Path) -> AsyncIterator[Installation]:
    """The program in that world; `facts` are the made-up ones, `home` is an empty folder."""
    made = WORLDS[given]
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(home)}))
    if made.facts:
        shutil.copytree(facts, settings.data_dir, dirs_exist_ok=True)
    async with installed(settings, NAMES, lambda: made.now) as installation:
        if made.seated:
            await seat_people(installation)
        yield installation
