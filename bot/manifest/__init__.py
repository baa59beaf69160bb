"""The program's own description, made from the registry and the settings: manifest/, and README's
tables.
"""

import json
import re
from pathlib import Path

from bot.manifest.commands import commands_page
from bot.manifest.settings import settings_table
from bot.manifest.slack import scopes_table, slack_manifest

_MARKED = "<!-- {0}: written by `seatwise manifest` -->\n{1}\n<!-- end of {0} -->"


def written(root: Path, prefix: str = "", public_url: str = "") -> dict[Path, str]:
    """Each generated file, by path, as it should stand; the command names' prefix and the public
    address go into Slack's.
    """
    folder, readme = root / "manifest", root / "README.md"
    guide = folder / "slack" / "README.md"
    return {
        folder / "COMMANDS.md": commands_page(),
        folder / "slack.json": _json(slack_manifest(prefix, "")),
        folder / "slack-http.json": _json(slack_manifest(prefix, public_url or _EXAMPLE)),
        readme: _renewed(readme, "settings", settings_table()),
        guide: _renewed(guide, "scopes", scopes_table()),
    }


_EXAMPLE = "https://seatwise.example.com/"
"""Stands where the public address of an installation goes."""


def _json(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _renewed(page: Path, name: str, body: str) -> str:
    return marked(page.read_text(encoding="utf-8"), name, body)


def marked(text: str, name: str, body: str) -> str:
    """The text with what stands between the marks of `name` replaced; ValueError where the marks
    are missing.
    """
    block = re.compile(rf"<!-- {name}: .*?<!-- end of {name} -->", re.DOTALL)
    if not block.search(text):
        raise ValueError(f"no marks for {name}")
    return block.sub(lambda _: _MARKED.format(name, body), text)
