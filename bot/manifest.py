"""The program's own description, made from the registry and the settings: manifest/COMMANDS.md,
README's tables.
"""

import re
from pathlib import Path

from bot.settings import KNOWN
from handlers.chat.access import Permission
from handlers.messages.speaker import DEFAULT, speaker
from handlers.registry import COMMANDS

_WHO = {
    Permission.ASK: "everybody",
    Permission.SEE_SEATS: "report viewers, executive report viewers, partner admins",
    Permission.OPERATE: "partner admins",
    Permission.GRANT: "partner admins",
}
_MARKED = "<!-- {0}: written by `seatwise manifest` -->\n{1}\n<!-- end of {0} -->"


def written(root: Path) -> dict[Path, str]:
    """Each generated file, by path, as it should stand."""
    readme = root / "README.md"
    return {
        root / "manifest" / "COMMANDS.md": commands_page(),
        readme: marked(readme.read_text(encoding="utf-8"), "settings", settings_table()),
    }


def commands_page() -> str:
    """Every command with its usage, what it does, who may ask it, and an example."""
    say = speaker(DEFAULT)
    chapters = [
        f"## /{c.name}\n\n`/{say(f'{c.words}-usage')}`\n\n{say(f'{c.words}-details')}\n\n"
        f"- For: {_WHO[c.needs]}\n- Example: `{c.example}`\n"
        for c in COMMANDS
    ]
    head = "# Commands\n\nWritten by `seatwise manifest` from the registry; do not edit.\n"
    return "\n".join([head, *chapters])


def settings_table() -> str:
    """README's table of settings."""
    rows = [
        f"| `{k.variable}` | {f'`{k.default}`' if k.default else '–'} | {k.about} |" for k in KNOWN
    ]
    return "\n".join(["| variable | default | what it is |", "| --- | --- | --- |", *rows])


def marked(text: str, name: str, body: str) -> str:
    """The text with what stands between the marks of `name` replaced; ValueError where the marks
    are missing.
    """
    block = re.compile(rf"<!-- {name}: .*?<!-- end of {name} -->", re.DOTALL)
    if not block.search(text):
        raise ValueError(f"no marks for {name}")
    return block.sub(lambda _: _MARKED.format(name, body), text)
