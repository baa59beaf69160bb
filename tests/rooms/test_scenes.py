"""Scenes in rooms go as written: who reads what, in every kind of room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.answering.asking import Clock
from tests.rooms.conversations import Scene, Stage, scenes
from tests.rooms.hours import hours
from tests.rooms.stages import ROOMS, Itself
from tests.scheduler.letterbox import Letterbox
from tests.slack.staging import slack_channel
from tests.teams.staging import KINDS, teams_group
from tests.transcripts.worlds import WORLDS, world

FILES = [Path(__file__).with_name(name) for name in ("sharing.md", "digests.md")]
ALL = [(file.stem, scene) for file in FILES for scene in scenes(file)]


@asynccontextmanager
async def itself(given: str, facts: Path, home: Path) -> AsyncIterator[Stage]:
    """The program before any platform."""
    clock, letters = Clock(WORLDS[""].now), Letterbox()
    async with (
        world("", facts, home, clock) as installation,
        hours(
            *(installation, clock, installation.delivery, installation.people), {"page": letters}
        ) as those,
    ):
        yield Itself(installation, ROOMS[given], those, letters)


STAGES = {"itself": itself, "slack": slack_channel, "teams": teams_group}
PLAYED = [
    (where, name, scene)
    for where in STAGES
    for name, scene in ALL
    if where != "teams" or ROOMS[scene.given].kind in KINDS
]


@pytest.mark.parametrize(
    ("where", "name", "scene"), PLAYED, ids=[f"{w}-{name}-{s.given}" for w, name, s in PLAYED]
)
async def test_it_goes_as_written(
    where: str, name: str, scene: Scene, sample_facts: Path, tmp_path: Path
) -> None:
    async with STAGES[where](scene.given, sample_facts, tmp_path) as stage:
        for act in scene.acts:
            said = await stage.shown(act)
            assert said == stage.expects(act.expected), f"{name}.md, line {act.line}"


def test_there_are_scenes_in_every_kind_of_room() -> None:
    assert {scene.given for name, scene in ALL if name == "sharing"} == set(ROOMS)
    assert sum(len(scene.acts) for name, scene in ALL if name == "sharing") > 20
