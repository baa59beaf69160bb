"""The page manifest/COMMANDS.md, and the table in docs/settings.md."""

from bot.manifest.differences import differences_table
from bot.settings import Setting, declared_settings
from handlers.chat.access import Permission
from handlers.messages.speaker import DEFAULT, speaker
from handlers.registry import COMMANDS

_WHO = {
    Permission.ASK: "everybody",
    Permission.SEE_SEATS: "report viewers, executive report viewers, partner admins",
    Permission.OPERATE: "partner admins",
    Permission.SEE_RIGHTS: "partner admins",
    Permission.IMPORT: "partner admins",
    Permission.REVOKE: "partner admins",
    Permission.GRANT: "partner admins",
}


def commands_page() -> str:
    """Return every command with its usage, its details, the roles it is for, and an example."""
    say = speaker(DEFAULT)
    chapters = [
        f"## /{c.name}\n\n`/{say(f'{c.words}-usage')}`\n\n{say(f'{c.words}-details')}\n\n"
        f"- For: {_WHO[c.needs]}\n- Example: `{c.example}`\n"
        for c in COMMANDS
    ]
    head = "# Commands\n\nWritten by `seatwise manifest` from the registry; do not edit.\n"
    tail = f"## What differs between platforms\n\n{differences_table()}\n"
    return "\n".join([head, *chapters, tail])


def settings_table() -> str:
    """Return the table of every variable, its default, and its meaning."""
    rows = [
        f"| {_names(k)} | {f'`{k.default}`' if k.default else '–'} | {k.about} |"
        for k in declared_settings()
    ]
    return "\n".join(["| variable | default | what it is |", "| --- | --- | --- |", *rows])


def _names(setting: Setting) -> str:
    """Return a setting's variable; for a secret also the variable that names a file with it."""
    return f"`{setting.variable}`" + (", or `…_FILE`" if setting.file_variable else "")
