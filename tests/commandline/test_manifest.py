"""`seatwise manifest`: the files of an installation of one's own."""

import json
import shutil
from zipfile import ZipFile

from tests.commandline.conftest import Terminal
from tests.rules.source import ROOT

APP = "6f1c1f2a-0b51-4c35-9a52-0c6c6d0f7b11"


def test_the_package_for_teams_carries_the_installations_id_and_address(terminal: Terminal) -> None:
    for page in ("docs/settings.md", "manifest/slack/README.md", "manifest/teams/README.md"):
        (terminal.home / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / page, terminal.home / page)
    terminal.set("SEATWISE_TEAMS_APP_ID", APP)
    terminal.set("SEATWISE_PUBLIC_URL", "https://bot.example.com")

    said = terminal.run("manifest", "--root", str(terminal.home))

    assert said.code == 0
    with ZipFile(terminal.home / "manifest" / "teams" / "seatwise-teams.zip") as package:
        manifest = json.loads(package.read("manifest.json"))
    assert (manifest["id"], manifest["bots"][0]["botId"]) == (APP, APP)
    assert manifest["developer"]["websiteUrl"] == "https://bot.example.com/"
