"""What readers of different rights are told in each of the twin worlds."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.demo.pages import CLEO_SEES
from analytics.values import OWN
from bot.demo_installation import NAMES, sample_settings
from bot.environment import read_settings
from bot.wiring import Installation, open_installation
from handlers.chat.access import Grant, Role
from tests.answering.all_questions import Conversation, Told, ref
from tests.answering.twin_worlds import world_of
from tests.conftest import NOW
from tests.rooms.gathering import Gathering
from tests.run_cache import built_once

LIMITED, VIEWER, EXECUTIVE, ADMIN = READERS = ("limited", "viewer", "executive", "admin")
ROOM = "room"
"""Instead of a reader: what a room with a report viewer reads when an admin asks."""

HEARD: Mapping[str, tuple[str, ...]] = {
    "as it is": (*READERS, ROOM),
    "other money and persons": (LIMITED, VIEWER, ROOM),
    "other persons": (EXECUTIVE,),
    "other customers": (LIMITED,),
}
"""Readers who are heard in each world."""

LOCALES = ("en", "fr")

Heard = dict[str, Told]


@cache
def told(world: str, reader: str, locale: str) -> Heard:
    """What a reader is told in a world, by question; asked once a run."""
    folder = built_once(f"told-{world}", lambda folder: asyncio.run(_hear(world, folder)))
    found = json.loads((folder / f"{reader}-{locale}.json").read_text("utf-8"))
    return {
        question: Told(**{**its, "pictures": tuple(its["pictures"])}) for question, its in found
    }


async def _hear(world: str, folder: Path) -> None:
    with TemporaryDirectory() as home:
        async with opened(world_of(world), Path(home)) as installation:
            delivery = installation.delivery
            for reader in READERS:
                await Conversation(delivery, reader, "en").save_digests()
            for reader, locale in product(HEARD[world], LOCALES):
                heard = await _heard(installation, reader, locale)
                pairs = [(question, asdict(its)) for question, its in heard.items()]
                text = json.dumps(pairs)
                (folder / f"{reader}-{locale}.json").write_text(text, "utf-8")


async def _heard(installation: Installation, reader: str, locale: str) -> Heard:
    if reader == ADMIN and locale != "en":
        return {}
    if reader != ROOM:
        talk = Conversation(installation.delivery, reader, locale)
        return await talk.everything_told(pressing=reader != ADMIN and locale == "en")
    installation.people.platforms["page"] = Gathering(members=(ADMIN, VIEWER))
    return await Conversation(installation.delivery, ADMIN, locale).told_aloud()


@asynccontextmanager
async def opened(facts: Path, home: Path) -> AsyncIterator[Installation]:
    """The program around these facts, each reader with their right."""
    settings = sample_settings(read_settings({"SEATWISE_DATA_DIR": str(home)}))
    shutil.copytree(facts, settings.data_dir, dirs_exist_ok=True)
    names = NAMES | {ref(reader): reader.capitalize() for reader in READERS}
    async with open_installation(settings, names, lambda: NOW) as installation:
        viewer = Grant(Role.VIEWER, OWN, None, None, "", "operator", NOW)
        grants = {
            LIMITED: replace(viewer, customers=frozenset(CLEO_SEES)),
            VIEWER: viewer,
            EXECUTIVE: replace(viewer, role=Role.EXECUTIVE),
            ADMIN: replace(viewer, role=Role.ADMIN),
        }
        for reader, grant in grants.items():
            await installation.roles.give(ref(reader), grant)
        yield installation
