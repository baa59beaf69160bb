"""Scenes in rooms go as written: who reads what, in every kind of room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.rooms.conversations import Scene, Stage, scenes
from tests.rooms.stages import ROOMS, Itself
from tests.slack.staging import slack_channel
from tests.teams.staging import KINDS, teams_group
from tests.transcripts.worlds import world

FILE = Path(__file__).with_name("sharing.md")
ALL = list(scenes(FILE))


@asynccontextmanager
async def itself(given: str, facts: Path, home: Path) -> AsyncIterator[Stage]:
    """The program before any platform."""
    async with world("", facts, home) as installation:
        yield Itself(installation, ROOMS[given])


STAGES = {"itself": itself, "slack": slack_channel, "teams": teams_group}
PLAYED = [
    (where, scene)
    for where in STAGES
    for scene in ALL
    if where != "teams" or ROOMS[scene.given].kind in KINDS
]


@pytest.mark.parametrize(
    ("where", "scene"), PLAYED, ids=[f"{where}-{scene.given}" for where, scene in PLAYED]
)
async def test_it_goes_as_written(
    where: str, scene: Scene, sample_facts: Path, tmp_path: Path
) -> None:
    async with STAGES[where](scene.given, sample_facts, tmp_path) as stage:
        for act in scene.acts:
            said = await stage.shown(act)
            assert said == stage.expects(act.expected), f"line {act.line}"


def test_there_are_scenes_in_every_kind_of_room() -> None:
    assert {scene.given for scene in ALL} == set(ROOMS)
    assert sum(len(scene.acts) for scene in ALL) > 20
