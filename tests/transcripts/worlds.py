"""The worlds that conversations happen in: each `Given` line of a transcript is one of these."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from analytics.values import OWN
from bot.page.people import person
from bot.sample import NAMES, sample_settings, seat_people
from bot.settings import read_settings
from bot.wiring import Installation, installed
from handlers.chat.access import Grant, Role
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class World:
    """What is there before the first word."""

    facts: bool = True
    seated: bool = True
    now: datetime = NOW
    settled: tuple[str, ...] = ()
    """Partner admins by the settings."""
    admins: tuple[str, ...] = ()
    """More partner admins, by the operator."""
    ended: tuple[str, ...] = ()
    """Report viewers whose right has just ended."""


WORLDS = {
    "": World(),
    "Given nothing was imported yet.": World(facts=False),
    "Given nobody holds a right yet.": World(seated=False),
    "Given nothing was imported for two months.": World(now=NOW + timedelta(days=60)),
    "Given Cleo is partner admin too.": World(admins=("cleo",)),
    "Given Ben's right ended a minute ago.": World(ended=("ben",)),
    "Given Ada is partner admin by the settings.": World(settled=("ada",), admins=("cleo",)),
    "Given a clock that is a year slow.": World(now=NOW - timedelta(days=365)),
}


@asynccontextmanager
async def world(given: str, facts: Path, home: Path) -> AsyncIterator[Installation]:
    """The program in that world; `facts` are the made-up ones, `home` is an empty folder."""
    made = WORLDS[given]
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(home)}))
    settings = replace(settings, admins=tuple(person(key).ref for key in made.settled))
    if made.facts:
        shutil.copytree(facts, settings.data_dir, dirs_exist_ok=True)
    async with installed(settings, NAMES, lambda: made.now) as installation:
        if made.seated:
            await seat_people(installation)
        for key in made.admins:
            grant = Grant(Role.ADMIN, OWN, None, None, "", "operator", made.now)
            await installation.roles.give(person(key).ref, grant)
        for key in made.ended:
            grant = Grant(Role.VIEWER, OWN, None, made.now - MINUTE, "", "operator", made.now)
            await installation.roles.give(person(key).ref, grant)
        yield installation
