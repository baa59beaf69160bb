"""The program's own description, generated from registry and settings: manifest/ and the
settings table.
"""

import re
from pathlib import Path

from bot.manifest.datasets import datasets_page
from bot.manifest.formats import json_text, zip_bytes
from bot.manifest.pages import commands_page, settings_table
from bot.manifest.results import results_page
from bot.manifest.slack import scopes_table, slack_manifest
from bot.manifest.teams import NO_APP, permissions_table, teams_package

_MARKED = "<!-- {0}: written by `seatwise manifest` -->\n{1}\n<!-- end of {0} -->"


def generated_files(
    root: Path, *, prefix: str = "", public_url: str = "", app_id: str = ""
) -> dict[Path, bytes]:
    """Return each generated file by path, with the content it should have. `prefix` (of command
    names) and `public_url` go into Slack's manifest, `public_url` and `app_id` (the bot's) into
    Teams'.
    """
    texts = _texts(root, prefix, public_url)
    package = teams_package(app_id or NO_APP, public_url or _EXAMPLE)
    teams = root / "manifest" / "teams"
    return {
        **{path: text.encode() for path, text in texts.items()},
        **{teams / name: content for name, content in package.items()},
        teams / "seatwise-teams.zip": zip_bytes(package),
    }


def _texts(root: Path, prefix: str, public_url: str) -> dict[Path, str]:
    folder, settings = root / "manifest", root / "docs" / "settings.md"
    guide, for_teams = folder / "slack" / "README.md", folder / "teams" / "README.md"
    return {
        folder / "COMMANDS.md": commands_page(),
        root / "docs" / "datasets.md": datasets_page(),
        root / "docs" / "results.md": results_page(),
        folder / "slack.json": json_text(slack_manifest(prefix, "")),
        folder / "slack-http.json": json_text(slack_manifest(prefix, public_url or _EXAMPLE)),
        settings: _page_text(settings, "settings", settings_table()),
        guide: _page_text(guide, "scopes", scopes_table()),
        for_teams: _page_text(for_teams, "permissions", permissions_table()),
    }


_EXAMPLE = "https://seatwise.example.com/"
"""Placeholder for the public address of an installation."""


def _page_text(page: Path, name: str, body: str) -> str:
    return replace_block(page.read_text(encoding="utf-8"), name, body)


def replace_block(text: str, name: str, body: str) -> str:
    """Return the text with the block between the marks of `name` replaced. Raises ValueError if the
    marks are missing.
    """
    block = re.compile(rf"<!-- {name}: .*?<!-- end of {name} -->", re.DOTALL)
    if not block.search(text):
        raise ValueError(f"no marks for {name}")
    return block.sub(lambda _: _MARKED.format(name, body), text)
