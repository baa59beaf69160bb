"""The environment, read once into frozen Settings. All its faults are reported together."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.file_errors import file_error
from bot.settings import Setting, Settings, declared_settings

_SHORTEST = 32
_LARGEST = 64 * 1024
"""Maximum bytes of a file that holds a secret."""
_SAMPLES = (
    "changeme",
    "change-me",
    "secret",
    "password",
    "sample",
    "example",
    "seatwise",
    "0123456789",
)


NEW_KEY = "SEATWISE_NEW_SECRET_KEY"
"""Variable of the key that takes the old one's place. It is no setting: `keys rotate` alone
reads it, and afterwards the key is SEATWISE_SECRET_KEY.
"""
_NEW_KEY_BEFORE = "NEW_SECRET_KEY"
"""Its name before 0.3.0, still read."""

Fault = tuple[str, dict[str, object]]
"""A setting's fault: a catalogue id and its values."""


class Unsafe(Exception):
    """Settings that the program must not start with; every fault is named, each with its remedy."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*(sentence for sentence, _ in faults))
        self.faults = faults


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from `SEATWISE_…` variables, or from files that `SEATWISE_…_FILE` names.

    Raises Unsafe, naming every value that cannot be read and every unknown name.
    """
    values: dict[str, Any] = {}
    faults = list(_unknown(environment))
    for each in declared_settings():
        try:
            text = setting_text(environment, each.variable, each.file_variable) or each.default
        except Unsafe as unsafe:
            faults += unsafe.faults
            continue
        try:
            values[each.name] = each.form.read(text)
        except ValueError:
            faults.append(_unreadable(each, text))
    if faults:
        raise Unsafe(*faults)
    return Settings(**values)


def setting_text(environment: Mapping[str, str], variable: str, file_variable: str = "") -> str:
    """Return the text of a variable, or of the file that the other one names; empty where neither
    is set. Raises Unsafe where both are set, or the file cannot be read.
    """
    text = environment.get(variable, "").strip()
    file = environment.get(file_variable, "").strip() if file_variable else ""
    if text and file:
        raise Unsafe(("setting-twice", {"name": variable, "file": file_variable}))
    return _content(file, file_variable) if file else text


def new_key(environment: Mapping[str, str]) -> str:
    """Return the new key of a rotation, by its name of today or of before; empty where neither is
    set. Raises Unsafe where both are, or a file cannot be read.
    """
    names = (NEW_KEY, _NEW_KEY_BEFORE)
    found = {name: setting_text(environment, name, f"{name}_FILE") for name in names}
    if len(set(found.values()) - {""}) > 1:
        raise Unsafe(("setting-twice", {"name": NEW_KEY, "file": _NEW_KEY_BEFORE}))
    return next(filter(None, found.values()), "")


def _content(file: str, variable: str) -> str:
    try:
        with Path(file).open("rb") as opened:
            return opened.read(_LARGEST).decode().strip()
    except (OSError, ValueError) as error:
        why = file_error(error) if isinstance(error, OSError) else "UTF-8"
        raise Unsafe(("setting-file", {"name": variable, "file": file, "why": why})) from None


def _unknown(environment: Mapping[str, str]) -> Iterator[Fault]:
    known = {name for each in declared_settings() for name in (each.variable, each.file_variable)}
    known |= {NEW_KEY, f"{NEW_KEY}_FILE"}
    for name in sorted(environment):
        if name.startswith("SEATWISE_") and name not in known:
            yield "setting-unknown", {"name": name}


def _unreadable(setting: Setting, text: str) -> Fault:
    found, form = setting.form.excerpt(text), setting.form
    values = {"name": setting.variable, "found": found, "length": len(text), "form": form.wanted}
    return ("setting-unreadable" if found else "setting-unreadable-length"), values


def check_secret(settings: Settings) -> None:
    """Refuse a missing, short or sample secret: Unsafe, with the line that makes a good one."""
    key = settings.secret_key
    if not key:
        fault = "secret-missing"
    elif len(key) < _SHORTEST:
        fault = "secret-short"
    elif len(set(key)) < 8 or any(sample in key.lower() for sample in _SAMPLES):
        fault = "secret-sample"
    else:
        return
    remedy = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
    raise Unsafe((fault, {"length": _SHORTEST, "remedy": remedy}))
