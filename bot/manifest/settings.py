"""The table of settings in docs/settings.md."""

from bot.settings import Setting, declared_settings


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
