"""The environment, read once into frozen Settings. One message names everything missing or
unsafe.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from handlers.chat.asking import UserRef

_SHORTEST = 32
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


Fault = tuple[str, dict[str, object]]
"""What is wrong with a setting: a catalogue id and its values."""


class Unsafe(Exception):
    """Settings that must not be started with; every fault is named, each with its remedy."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*(sentence for sentence, _ in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set; `KNOWN` says what each is for."""

    data_dir: Path
    database_url: str
    secret_key: str = field(repr=False)
    admins: tuple[UserRef, ...]
    host: str
    port: int
    log_level: str
    command_prefix: str
    public_url: str
    slack_mode: str
    slack_bot_token: str = field(repr=False)
    slack_signing_secret: str = field(repr=False)
    slack_app_token: str = field(repr=False)
    slack_api_url: str
    teams_app_id: str
    teams_app_password: str = field(repr=False)
    teams_tenant_id: str
    teams_allowed_tenants: frozenset[str]
    teams_openid_url: str
    teams_login_url: str


@dataclass(frozen=True, slots=True)
class Known:
    """One setting: its name in the environment, its default as text, how it is read, and what it is
    for.
    """

    name: str
    default: str
    read: Callable[[str], Any]
    about: str

    @property
    def variable(self) -> str:
        """As it stands in the environment."""
        return f"SEATWISE_{self.name.upper()}"


def _admins(text: str) -> tuple[UserRef, ...]:
    return tuple(UserRef.parse(part) for part in text.split(",") if part.strip())


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def _level(text: str) -> str:
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError(text)
    return text.upper()


def _database(text: str) -> str:
    scheme, _, file = text.partition(":///")
    if scheme == "sqlite+aiosqlite":
        usable = bool(file) and ":memory:" not in file  # rights in memory would be gone at the end
    else:
        server = urlsplit(text)  # its port raises ValueError where it is none
        named = server.path.strip("/") and (server.port is None or server.port > 0)
        usable = not text or bool(text.startswith("postgresql+psycopg://") and named)
    if not usable:
        raise ValueError  # without the text: a password may stand in it
    return text


def _prefix(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]{0,12}", text):
        raise ValueError(text)
    return text


def _mode(text: str) -> str:
    if text not in {"http", "socket"}:
        raise ValueError(text)
    return text


def _address(text: str) -> str:
    """An address of a service, with its final slash; plain http on this machine alone."""
    parts = urlsplit(text)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if text and not (
        parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and local))
    ):
        raise ValueError(text)
    return f"{text.rstrip('/')}/" if text else ""


def _document(text: str) -> str:
    return _address(text).rstrip("/")


def _guid(text: str) -> str:
    return str(UUID(text)) if text else ""


def _guids(text: str) -> frozenset[str]:
    return frozenset(_guid(part.strip()) for part in text.split(",") if part.strip())


KNOWN = (
    Known(
        "data_dir",
        "data",
        Path,
        "Folder of the facts, one folder a partner, and of the store unless another is named.",
    ),
    Known(
        "database_url",
        "",
        _database,
        "Where rights and the audit are kept: `sqlite+aiosqlite:///FILE`, or "
        "`postgresql+psycopg://USER:PASSWORD@HOST/DATABASE`; empty means `seatwise.db` in the data "
        "folder.",
    ),
    Known(
        "secret_key",
        "",
        str,
        "Makes the keys of the audit chain: 32 random characters or more, to be kept as long as "
        "the data. `serve`, `grant` and `ask` on real data refuse to work without.",
    ),
    Known(
        "admins",
        "",
        _admins,
        "Partner admins from the start, whom no command removes: "
        "`slack:T…:U…,teams:TENANT:OBJECT-ID`.",
    ),
    Known(
        "host",
        "127.0.0.1",
        str,
        "Address that `serve` listens on; the demo listens on loopback only.",
    ),
    Known("port", "3978", _port, "Port to listen on; 0 takes a free one."),
    Known("log_level", "INFO", _level, "`DEBUG`, `INFO`, `WARNING` or `ERROR`."),
    Known(
        "command_prefix",
        "",
        _prefix,
        "Put before every slash command's name, as `csp-` makes `/csp-usage`: names are shared "
        "with other apps. In the manifests too.",
    ),
    Known(
        "public_url",
        "",
        _address,
        "Address that Slack and Teams reach this installation at, `https://…`; for the manifests.",
    ),
    Known(
        "slack_mode",
        "socket",
        _mode,
        "`socket` needs no public address; `http` takes signed requests at `/slack/events`.",
    ),
    Known("slack_bot_token", "", str, "`xoxb-…`. Without it Slack is off."),
    Known(
        "slack_signing_secret",
        "",
        str,
        "Signs Slack's requests; without it Slack is off in `http`.",
    ),
    Known("slack_app_token", "", str, "`xapp-…`; without it Slack is off in `socket`."),
    Known(
        "slack_api_url", "https://slack.com/api/", _address, "Slack's Web API; another for tests."
    ),
    Known(
        "teams_app_id",
        "",
        _guid,
        "The Azure Bot's app id. Without it Teams is off.",
    ),
    Known("teams_app_password", "", str, "The app's client secret; without it Teams is off."),
    Known(
        "teams_tenant_id",
        "",
        _guid,
        "The tenant that the bot itself is registered in (single-tenant); empty for an older "
        "multi-tenant registration.",
    ),
    Known(
        "teams_allowed_tenants",
        "",
        _guids,
        "Tenants whose people may speak to the bot, `GUID,GUID`; empty means the bot's own tenant "
        "alone. Without either Teams is off.",
    ),
    Known(
        "teams_openid_url",
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        _document,
        "Where the keys of Teams' tokens are described; another for tests or a national cloud. One "
        "on this machine lets service addresses on this machine in too.",
    ),
    Known(
        "teams_login_url",
        "https://login.microsoftonline.com/",
        _address,
        "Where the bot gets its own token; another for tests or a national cloud.",
    ),
)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from `SEATWISE_…` variables. Unsafe, naming every value that cannot be read and
    every unknown name.
    """
    values: dict[str, Any] = {}
    known_names = {known.variable for known in KNOWN}
    faults: list[Fault] = [
        ("setting-unknown", {"name": name})
        for name in sorted(environment)
        if name.startswith("SEATWISE_") and name not in known_names
    ]
    for known in KNOWN:
        text = environment.get(known.variable, "").strip() or known.default
        try:
            values[known.name] = known.read(text)
        except ValueError:
            faults.append(("setting-unreadable", {"name": known.variable, "about": known.about}))
    if faults:
        raise Unsafe(*faults)
    return Settings(**values)


def check_secret(settings: Settings) -> None:
    """Refuses a missing, short or sample secret: Unsafe, with the line that makes a good one."""
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


def database_url(settings: Settings) -> str:
    """The store's address, with its default filled in."""
    return settings.database_url or f"sqlite+aiosqlite:///{settings.data_dir / 'seatwise.db'}"
