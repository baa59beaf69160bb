"""Forms of settings: they turn text of the environment into values, and tell which part of an
unreadable text may be shown.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from analytics.values import Program
from handlers.chat.asking import UserRef

CLOUDS = ("global", "us-government", "china")
_SHOWN = 24
"""Maximum characters of a value that are shown: a longer one may be a secret in the wrong place."""


class ShownValue(Enum):
    """The part of an unreadable value that may be shown."""

    SHORT = "short"
    """The whole text, unless it is long."""
    ADDRESS = "address"
    """Scheme and host; no user, no password, no path or query."""
    HIDDEN = "hidden"
    """The length, and the documented prefix where it has one."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of text: the function that reads it, and the catalogue id for the texts it accepts."""

    wanted: str
    read: Callable[[str], Any]
    """Read the text; raises ValueError for a text of another form."""
    shown: ShownValue = ShownValue.SHORT
    prefix: str = ""
    """The documented prefix of such a secret."""

    def excerpt(self, text: str) -> str:
        """The part of an unreadable text that may be shown; empty where only its length may."""
        if self.shown is ShownValue.HIDDEN:
            return f"{self.prefix}…" if self.prefix and text.startswith(self.prefix) else ""
        if self.shown is ShownValue.ADDRESS:
            return _without_user(text)
        return text if len(text) <= _SHOWN and text.isprintable() else ""


def declare(form: Form, default: str, about: str) -> Any:
    """Declare a field of Settings: its default as text, and its description. Secrets are left out
    of the `repr` of Settings.
    """
    metadata = {"form": form, "default": default, "about": about}
    return field(repr=form.shown is not ShownValue.HIDDEN, metadata=metadata)


def _without_user(text: str) -> str:
    """Scheme and host of an address; empty where it has none, for it may hold anything then."""
    found = re.match(r"([a-z0-9+.-]{1,24}://)(?:[^/?#]*@)?([A-Za-z0-9.:\[\]-]{1,100})", text)
    return f"{found[1]}{found[2]}" if found and "@" not in text[found.end() :] else ""


def _admins(text: str) -> tuple[UserRef, ...]:
    return tuple(UserRef.parse(part) for part in text.split(",") if part.strip())


def _within(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError
        return number

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError
        return text

    return read


def _switch(text: str) -> bool:
    return _one_of("on", "off")(text.lower()) == "on"


def _level(text: str) -> str:
    return _one_of("DEBUG", "INFO", "WARNING", "ERROR")(text.upper())


def _database(text: str) -> str:
    scheme, _, file = text.partition(":///")
    if scheme == "sqlite+aiosqlite":
        usable = bool(file) and ":memory:" not in file  # rights in memory would be gone at the end
    else:
        server = urlsplit(text)  # its port raises ValueError where it is invalid
        named = server.path.strip("/") and (server.port is None or server.port > 0)
        usable = not text or bool(text.startswith("postgresql+psycopg://") and named)
    if not usable:
        raise ValueError
    return text


def _prefix(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{0,12}", text):
        raise ValueError
    return text


def _address(text: str) -> str:
    """Read a service's address, and end it with a slash; plain http on this machine alone."""
    parts = urlsplit(text)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if text and not (
        parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and local))
    ):
        raise ValueError
    return f"{text.rstrip('/')}/" if text else ""


def _document(text: str) -> str:
    return _address(text).rstrip("/")


def _whole_address(text: str) -> str:
    """Read an address that is called as it stands, whatever secret its path holds."""
    if text and not (_address(text) and "@" not in urlsplit(text).netloc):
        raise ValueError
    return _secret(text)


def _guid(text: str) -> str:
    return str(UUID(text)) if text else ""


def _guids(text: str) -> frozenset[str]:
    return frozenset(_guid(part.strip()) for part in text.split(",") if part.strip())


def _secret(text: str) -> str:
    if any(c.isspace() for c in text):
        raise ValueError
    return text


def _token(prefix: str) -> Callable[[str], str]:
    """Return the reader of Slack's tokens of one kind, also of those that Slack rotates."""

    def read(text: str) -> str:
        if text and not text.removeprefix("xoxe.").startswith(prefix):
            raise ValueError
        return _secret(text)

    return read


TEXT = Form("form-text", str)
FOLDER = Form("form-text", Path)
DATABASE = Form("form-database", _database, ShownValue.ADDRESS)
ADMINS = Form("form-admins", _admins)
PORT = Form("form-port", _within(0, 65535))
LEVEL = Form("form-level", _level)
PREFIX = Form("form-prefix", _prefix)
ADDRESS = Form("form-address", _address, ShownValue.ADDRESS)
DOCUMENT = Form("form-address", _document, ShownValue.ADDRESS)
MODE = Form("form-mode", _one_of("http", "socket"))
GUID = Form("form-guid", _guid)
GUIDS = Form("form-guids", _guids)
PROGRAM = Form("form-program", Program)
HOUR = Form("form-hour", time.fromisoformat)
MONTHS = Form("form-months", _within(1, 120))
LOG_MONTHS = Form("form-log-months", _within(3, 120))
PLANS = Form("form-plans", _within(0, 100_000))
SEATS = Form("form-seats", _within(1, 100_000))
SWITCH = Form("form-switch", _switch)
CLOUD = Form("form-cloud", _one_of(*CLOUDS))
SECRET = Form("form-secret", _secret, ShownValue.HIDDEN)

PASSPHRASE = Form("form-passphrase", str, ShownValue.HIDDEN)
BOT_TOKEN = Form("form-bot-token", _token("xoxb-"), ShownValue.HIDDEN, "xoxb-")
APP_TOKEN = Form("form-app-token", _token("xapp-"), ShownValue.HIDDEN, "xapp-")
HIDDEN_TEXT = Form("form-text", str, ShownValue.HIDDEN)
HIDDEN_ADDRESS = Form("form-address", _whole_address, ShownValue.HIDDEN)
