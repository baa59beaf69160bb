"""The table of settings in docs/settings.md."""

from bot.settings import Setting, declared_settings


def settings_table() -> str:
    """Every variable, its default, and what it is."""
    rows = [
        f"| {_names(k)} | {f'`{k.default}`' if k.default else '–'} | {k.about} |"
        for k in declared_settings()
    ]
    return "\n".join(["| variable | default | what it is |", "| --- | --- | --- |", *rows])


def _names(setting: Setting) -> str:
    """Its variable; of a secret also the one that names a file which holds it."""
    return f"`{setting.variable}`" + (", or `…_FILE`" if setting.file_variable else "")
