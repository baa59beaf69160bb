"""The made-up partner as an installation: its facts, its people and its store are kept apart from
real ones.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from analytics.demo.pages import CLEO_SEES, demo_pages
from analytics.sources.files.downloads import merge, read_download
from analytics.values import TenantId
from analytics.warehouse.building.build import build
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.generations import Busy
from bot.page.people import PEOPLE, person
from bot.partners import SERVED, facts_folder
from bot.settings import Settings
from bot.wiring import Installation, kept_secret
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef

NAMES = {somebody.ref: somebody.name for somebody in PEOPLE}
"""Names of the made-up people, by account."""

_TENANT = "7e57da7a-0000-4000-8000-00000000d3e0"
PLAYGROUND = {
    "ada": UserRef("teams", _TENANT, "00000000-0000-4000-8000-00000000ada0"),
    "cleo": UserRef("teams", _TENANT, "00000000-0000-4000-8000-00000000c1e0"),
}
"""Ada and Cleo in the Agents Playground, as tests/playground configures it."""


def sample_settings(settings: Settings) -> Settings:
    """Return the settings with a folder of the demonstration's own, so that made-up data never
    meets real data.
    """
    home = settings.data_dir / "demo"
    return replace(
        settings, data_dir=home, database_url="", secret_key=kept_secret(home), admins=()
    )


def make_sample(data_dir: Path, now: datetime) -> None:
    """Build the made-up facts up to yesterday where they are missing or end earlier. Takes a few
    seconds; where another process builds them, waits for it.
    """
    folder, today = facts_folder(data_dir, SERVED), now.date()
    if _reaches(folder, today - timedelta(days=1)):
        return
    batches = merge([read_download(name, raw, today) for name, raw in demo_pages(today)])
    while not _reaches(folder, today - timedelta(days=1)):
        try:
            build(folder, batches, {"made_up": "yes", "built": now.isoformat()}, anew=True)
        except Busy:
            time.sleep(0.1)
        else:
            return


def _reaches(folder: Path, day: date) -> bool:
    generation = Warehouse(folder).current()
    return generation is not None and max(s.day for s in generation.snapshots) >= day


async def seat_people(
    installation: Installation, cleo_sees: tuple[TenantId, ...] = CLEO_SEES
) -> None:
    """Give Ada and Cleo their rights, once; Ben has none."""
    await seat(installation, {key: person(key).ref for key in ("ada", "cleo")}, cleo_sees)


async def seat(
    installation: Installation,
    refs: Mapping[str, UserRef],
    cleo_sees: tuple[TenantId, ...] = CLEO_SEES,
) -> None:
    """Give the rights of Ada and Cleo to people of any platform, where they hold nothing yet."""
    now = installation.backend.now()
    everything = Grant(Role.ADMIN, installation.partner, None, None, "", "operator", now)
    reading = replace(everything, role=Role.VIEWER, customers=frozenset(cleo_sees))
    for key, grant in (("ada", everything), ("cleo", reading)):
        if not await installation.roles.grants(refs[key], installation.partner):
            await installation.roles.give(refs[key], grant)


def first_customers(data_dir: Path) -> tuple[TenantId, ...]:
    """The customers that Cleo sees where the figures are real: the first two by name."""
    generation = Warehouse(facts_folder(data_dir, SERVED)).current()
    customers = generation.people.customers if generation else ()
    return tuple(c.id for c in sorted(customers, key=lambda c: c.name)[:2])
