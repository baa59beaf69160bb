"""The worlds that conversations happen in: each `Given` line of a transcript is one of these."""

import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from analytics.demo.pages import CLEO_SEES
from analytics.sources.files.downloads import merge
from analytics.values import OWN, Program
from analytics.warehouse.building.build import build
from bot.demo_installation import NAMES, sample_settings
from bot.environment import read_settings
from bot.page.people import PEOPLE
from bot.partners import facts_folder
from bot.settings import Settings
from bot.store.roles import RoleStore
from bot.wiring import Installation, open_installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from tests.conftest import NOW
from tests.partner_center.company import Company
from tests.partner_center.two_services import TwoServices
from tests.sources.building import read
from tests.syncing.whole import NOT_SIGNED_IN, sync_into
from tests.warehouse.rows import META

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class World:
    """What is there before the first word."""

    facts: bool = True
    program: Program = Program.DIRECT
    file_drop: bool = False
    """Whether partner admins may send files."""
    synced: tuple[tuple[str, str], ...] = ()
    """Syncs with the stand-in, the last one of today: what is wrong, and in which calls."""
    company: type[Company] = Company
    files: tuple[bytes, ...] = ()
    """Pages that were imported."""
    seated: bool = True
    now: datetime = NOW
    settled: tuple[str, ...] = ()
    """Partner admins by the settings."""
    admins: tuple[str, ...] = ()
    """More partner admins, by the operator."""
    passing: tuple[str, ...] = ()
    """Partner admins whose right will end."""
    ended: tuple[str, ...] = ()
    """Report viewers whose right has just ended."""

    async def furnish(self, facts: Path, home: Path, refs: Mapping[str, UserRef]) -> Settings:
        """The settings of this world, its figures in place; `facts` are the made-up ones."""
        settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(home)}))
        if self.facts:
            shutil.copytree(facts, settings.data_dir, dirs_exist_ok=True)
        if self.synced:
            folder = facts_folder(settings.data_dir, OWN)
            await sync_into(folder, self.now, self.synced, self.company)
        if self.files:
            folder = facts_folder(settings.data_dir, OWN)
            build(folder, merge([read(raw) for raw in self.files]), META)
        admins = tuple(refs[key] for key in self.settled)
        its = replace(settings, admins=admins, program=self.program)
        return replace(its, file_drop=self.file_drop)

    async def seat(self, roles: RoleStore, refs: Mapping[str, UserRef]) -> None:
        """Gives everybody what they hold in this world, wherever they are."""
        everything = Grant(Role.ADMIN, OWN, None, None, "", "operator", self.now)
        reading = replace(everything, role=Role.VIEWER)
        held = [("ada", everything), ("cleo", replace(reading, customers=frozenset(CLEO_SEES)))]
        held = held if self.seated else []
        held += [(key, everything) for key in self.admins]
        held += [(key, replace(everything, until=self.now + 30 * DAY)) for key in self.passing]
        held += [(key, replace(reading, until=self.now - MINUTE)) for key in self.ended]
        for key, grant in held:
            if key not in self.settled:
                await roles.give(refs[key], grant)


WORLDS = {
    "": World(),
    "Given the made-up partner.": World(),
    "Given nothing was imported yet.": World(facts=False),
    "Given an indirect reseller who imported nothing yet.": World(
        facts=False, program=Program.INDIRECT_RESELLER
    ),
    "Given nothing was imported yet, and partner admins may send files.": World(
        facts=False, file_drop=True
    ),
    "Given an indirect reseller whose partner admins may send files.": World(
        facts=False, file_drop=True, program=Program.INDIRECT_RESELLER
    ),
    "Given figures synced from Partner Center.": World(facts=False, synced=(("", ""),)),
    "Given figures synced yesterday, and today without licence usage.": World(
        facts=False, synced=(("", ""), ("403", "commercial/usage"))
    ),
    "Given figures synced yesterday, and today without the activity log.": World(
        facts=False, synced=(("", ""), ("403", "auditrecords"))
    ),
    "Given two services synced, one processed a day before the other.": World(
        facts=False, synced=(("", ""),), company=TwoServices
    ),
    "Given two services synced twice, one processed a day before the other.": World(
        facts=False, synced=(("", ""), ("", "")), company=TwoServices
    ),
    "Given figures synced where licence deployment is refused.": World(
        facts=False, synced=(("403", "commercial/deployment"),)
    ),
    "Given figures synced where licence usage is refused.": World(
        facts=False, synced=(("403", "commercial/usage"),)
    ),
    "Given a sync to which everything was refused.": World(facts=False, synced=(("403", ""),)),
    "Given figures synced before anybody signed in.": World(
        facts=False, synced=((NOT_SIGNED_IN, ""),)
    ),
    "Given figures synced yesterday, and today without any licence.": World(
        facts=False, synced=(("", ""), ("no-rows", "commercial/"))
    ),
    "Given figures synced from a partner without any licence.": World(
        facts=False, synced=(("no-rows", "commercial/"),)
    ),
    "Given nobody holds a right yet.": World(seated=False),
    "Given nothing was imported for two months.": World(now=NOW + timedelta(days=60)),
    "Given Cleo is partner admin too.": World(admins=("cleo",)),
    "Given Cleo is partner admin for a while.": World(passing=("cleo",)),
    "Given Ben's right ended a minute ago.": World(ended=("ben",)),
    "Given Ada is partner admin by the settings.": World(settled=("ada",), admins=("cleo",)),
    "Given a clock that is a year slow.": World(now=NOW - timedelta(days=365)),
}


@asynccontextmanager
async def world(
    given: str, facts: Path, home: Path, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[Installation]:
    """The program in the world of that `Given` line."""
    async with enter_world(WORLDS[given], facts, home, clock) as installation:
        yield installation


@asynccontextmanager
async def enter_world(
    made: World, facts: Path, home: Path, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[Installation]:
    """The program in that world; `facts` are the made-up ones, `home` is an empty folder. Its clock
    stands still unless another one is given.
    """
    settings = await made.furnish(facts, home, {each.key: each.ref for each in PEOPLE})
    async with open_installation(settings, NAMES, clock or (lambda: made.now)) as installation:
        await made.seat(installation.roles, {somebody.key: somebody.ref for somebody in PEOPLE})
        yield installation
