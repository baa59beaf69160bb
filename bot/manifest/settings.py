"""README's table of settings."""

from bot.settings_table import SETTINGS


def settings_table() -> str:
    """Every variable, its default, and what it is."""
    rows = [
        f"| `{k.variable}` | {f'`{k.default}`' if k.default else '–'} | {k.about} |"
        for k in SETTINGS
    ]
    return "\n".join(["| variable | default | what it is |", "| --- | --- | --- |", *rows])
