"""Teams' package keeps Teams' limits, and Microsoft's own schema has nothing against it."""

import json
import subprocess
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from analytics.charts.drawing.ink import rgb
from bot.manifest import generated_files
from bot.manifest.icons import GROUND, color_icon, outline_icon
from bot.manifest.teams import NO_APP, PERMISSIONS, SCHEMA, teams_package
from handlers.messages.speaker import DEFAULT, LOCALES
from handlers.registry import RANKED
from tests.rules.source import ROOT

APP = "6f1c1f2a-0b51-4c35-9a52-0c6c6d0f7b11"
MOST_COMMANDS = 9
"""Teams lists twelve; three are sentences to begin with."""
OTHERS = [tag for tag in LOCALES if tag != DEFAULT]


@pytest.fixture(params=[(NO_APP, "https://seatwise.example.com/"), (APP, "https://bot.example/")])
def package(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return teams_package(*request.param)


def manifest(package: dict[str, bytes]) -> Any:
    return json.loads(package["manifest.json"])


def objections(kind: str, content: object) -> Any:
    """What Microsoft's schema says, by way of the npm package that carries it."""
    asked = json.dumps({"kind": kind, "version": SCHEMA, "content": content})
    answer = subprocess.run(
        ["node", "tests/node/validate.mjs"],  # noqa: S607 wherever node is installed
        input=asked,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=30,
    )
    assert answer.returncode == 0, f"run: make tests/node/node_modules/ready\n{answer.stderr}"
    return json.loads(answer.stdout)


def test_microsofts_schema_has_nothing_against_the_manifest(package: dict[str, bytes]) -> None:
    assert objections("manifest", manifest(package)) == []


@pytest.mark.parametrize("tag", OTHERS)
def test_microsofts_schema_has_nothing_against_a_language(tag: str) -> None:
    package = teams_package(NO_APP, "https://seatwise.example.com/")
    assert objections("localisation", json.loads(package[f"{tag}.json"])) == []


def test_the_schema_would_object_to_a_fault(package: dict[str, bytes]) -> None:
    faulty = manifest(package)
    faulty["name"]["short"] = "S" * 31
    faulty["bots"][0]["commandLists"][0]["triggers"] = ["shout"]
    faulty["surprise"] = True
    said = " ".join(objections("manifest", faulty))
    assert "/name/short" in said
    assert "triggers/0" in said
    assert "additional properties" in said


def test_names_and_descriptions_are_within_teams_limits(package: dict[str, bytes]) -> None:
    told = manifest(package)
    localised = [json.loads(package[f"{tag}.json"]) for tag in OTHERS]
    texts = [(told["name"]["short"], told["description"]["short"], told["description"]["full"])]
    texts += [(x["name.short"], x["description.short"], x["description.full"]) for x in localised]
    for short, brief, full in texts:
        assert 0 < len(short) <= 30
        assert 0 < len(brief) <= 80
        assert 0 < len(full) <= 4000
    assert len(told["developer"]["name"]) <= 32


def test_the_first_commands_can_be_chosen_by_slash_in_every_kind_of_chat(
    package: dict[str, bytes],
) -> None:
    (bot,) = manifest(package)["bots"]
    assert bot["supportsTargetedMessages"] is True
    assert bot["supportsFiles"] is True
    assert bot["isNotificationOnly"] is False
    lists = bot["commandLists"]
    assert len(lists) <= 3
    assert sorted(scope for each in lists for scope in each["scopes"]) == sorted(bot["scopes"])
    for each in lists:
        assert each["triggers"] == ["slash", "mention"]
        assert len(each["commands"]) <= 12
        assert all(0 < len(command["title"]) <= 32 for command in each["commands"])
        basic = [c["title"] for c in each["commands"] if c.get("type") != "prompt"]
        assert basic == [command.name for command in RANKED[: len(basic)]]
        assert len(basic) == min(len(RANKED), MOST_COMMANDS)


def test_a_prompt_asks_a_command_there_is(package: dict[str, bytes]) -> None:
    lists = manifest(package)["bots"][0]["commandLists"]
    prompts = {c["prompt"] for each in lists for c in each["commands"] if c.get("type") == "prompt"}
    assert prompts
    assert prompts <= {command.name for command in RANKED}


@pytest.mark.parametrize("tag", OTHERS)
def test_a_language_translates_all_but_the_commands_names(tag: str) -> None:
    package = teams_package(NO_APP, "https://seatwise.example.com/")
    said = json.loads(package[f"{tag}.json"])
    lists = manifest(package)["bots"][0]["commandLists"]
    for which, each in enumerate(lists):
        for at, command in enumerate(each["commands"]):
            start = f"bots[0].commandLists[{which}].commands[{at}]"
            if command.get("type") == "prompt":
                assert said[f"{start}.title"] != command["title"]
            else:
                assert said[f"{start}.title"] == command["title"]
                assert said[f"{start}.description"] != command["description"]


def test_nothing_is_left_to_be_filled_in(package: dict[str, bytes]) -> None:
    for name, content in package.items():
        if name.endswith(".json"):
            assert b"${{" not in content
            assert b"http://" not in content


def test_ids_and_addresses_are_the_installations() -> None:
    told = manifest(teams_package(APP, "https://bot.example/"))
    assert (told["id"], told["bots"][0]["botId"]) == (APP, APP)
    pages = [value for key, value in told["developer"].items() if key.endswith("Url")]
    assert len(pages) == 3
    assert all(page.startswith("https://bot.example/") for page in pages)


def icon(png: bytes) -> NDArray[np.uint8]:
    with Image.open(BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGBA"))


def test_the_color_icon_is_full_to_its_edges_with_its_symbol_in_the_middle() -> None:
    pixels = icon(color_icon())
    assert pixels.shape == (192, 192, 4)
    assert (pixels[:, :, 3] == 255).all()
    drawn = (pixels[:, :, :3] != rgb(GROUND)).any(axis=2)
    rows, columns = np.nonzero(drawn)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (48, 143, 48, 143)


def test_the_outline_icon_is_pure_white_on_transparent_from_edge_to_edge() -> None:
    pixels = icon(outline_icon())
    assert pixels.shape == (32, 32, 4)
    assert (pixels[:, :, :3] == 255).all()
    assert (pixels[:, :, 3] == 0).mean() > 0.3
    rows, columns = np.nonzero(pixels[:, :, 3])
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (0, 31, 0, 31)


def test_the_zip_holds_the_very_files_at_its_top() -> None:
    package = teams_package(NO_APP, "https://seatwise.example.com/")
    made = generated_files(ROOT)[ROOT / "manifest" / "teams" / "seatwise-teams.zip"]
    with ZipFile(BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == package
    assert made == generated_files(ROOT)[ROOT / "manifest" / "teams" / "seatwise-teams.zip"]


def test_every_permission_has_its_reason() -> None:
    assert all(len(reason) > 15 for reason in PERMISSIONS.values())
