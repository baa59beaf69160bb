"""A workspace on the stand-in: Ada is partner admin, Cleo reads two customers, Ben has no right."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from analytics.demo.pages import CLEO_SEES
from analytics.values import OWN
from bot.time_limits import TimeLimits
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from tests.conftest import NOW
from tests.program.delivering import Held
from tests.slack.standin import StandIn, somebody
from tests.slack.talking import Chat, served, talking

PEOPLE = (
    somebody("UADA", "Ada Lovelace"),
    somebody("UBEN", "Ben"),
    somebody("UCLEO", "Cleo", locale="fr-FR", tz="Europe/Paris"),
    somebody("UGONE", "Gone", deleted=True),
    somebody("UBOT", "Robot", is_bot=True),
    somebody("UGUEST", "Guest", is_ultra_restricted=True),
    somebody("USTRANGER", "Stranger", team_id="T2"),
)


@pytest_asyncio.fixture
async def standin() -> AsyncIterator[StandIn]:
    async with served(StandIn({person["id"]: dict(person) for person in PEOPLE})) as there:
        yield there


@pytest_asyncio.fixture
async def seated(installation: Installation) -> Installation:
    """The program, with the rights that Ada and Cleo have on Slack."""
    everything = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
    reading = Grant(Role.VIEWER, OWN, frozenset(CLEO_SEES), None, "", "operator", NOW)
    await installation.roles.give(UserRef("slack", "T1", "UADA"), everything)
    await installation.roles.give(UserRef("slack", "T1", "UCLEO"), reading)
    return installation


@pytest_asyncio.fixture
async def chat(seated: Installation, standin: StandIn) -> AsyncIterator[Chat]:
    async with talking(seated, standin) as there:
        yield there


@pytest.fixture
def held(seated: Installation) -> Held:
    return Held(seated.backend.warehouses)


@pytest_asyncio.fixture
async def slow(seated: Installation, standin: StandIn, held: Held) -> AsyncIterator[Chat]:
    """The program whose figures come when they are let; who waits is told soon."""
    backend = replace(seated.backend, warehouses=held)
    soon = TimeLimits(still=0.2)
    async with talking(replace(seated, backend=backend), standin, limits=soon) as there:
        yield there
