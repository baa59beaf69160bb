"""Every setting: its name in the environment, its default, how it is read, what it is for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from analytics.values import Program
from handlers.chat.asking import UserRef


@dataclass(frozen=True, slots=True)
class Setting:
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


def _months(text: str) -> int:
    months = int(text)
    if not 1 <= months <= 120:
        raise ValueError(text)
    return months


def _cloud(text: str) -> str:
    if text not in CLOUDS:
        raise ValueError(text)
    return text


def _secret(text: str) -> str:
    if any(c.isspace() for c in text):
        raise ValueError  # without the text
    return text


CLOUDS = ("global", "us-government", "china")

SETTINGS = (
    Setting(
        "data_dir",
        "data",
        Path,
        "Folder of the facts, one folder a partner, and of the store unless another is named.",
    ),
    Setting(
        "database_url",
        "",
        _database,
        "Where rights and the audit are kept: `sqlite+aiosqlite:///FILE`, or "
        "`postgresql+psycopg://USER:PASSWORD@HOST/DATABASE`; empty means `seatwise.db` in the data "
        "folder.",
    ),
    Setting(
        "secret_key",
        "",
        str,
        "Makes the keys of the audit chain: 32 random characters or more, to be kept as long as "
        "the data. `serve`, `grant` and `ask` on real data refuse to work without.",
    ),
    Setting(
        "admins",
        "",
        _admins,
        "Partner admins from the start, whom no command removes: "
        "`slack:T…:U…,teams:TENANT:OBJECT-ID`.",
    ),
    Setting(
        "host",
        "127.0.0.1",
        str,
        "Address that `serve` listens on; the demo listens on loopback only.",
    ),
    Setting("port", "3978", _port, "Port to listen on; 0 takes a free one."),
    Setting("log_level", "INFO", _level, "`DEBUG`, `INFO`, `WARNING` or `ERROR`."),
    Setting(
        "command_prefix",
        "",
        _prefix,
        "Put before every slash command's name, as `csp-` makes `/csp-usage`: names are shared "
        "with other apps. In the manifests too.",
    ),
    Setting(
        "public_url",
        "",
        _address,
        "Address that Slack and Teams reach this installation at, `https://…`; for the manifests.",
    ),
    Setting(
        "slack_mode",
        "socket",
        _mode,
        "`socket` needs no public address; `http` takes signed requests at `/slack/events`.",
    ),
    Setting("slack_bot_token", "", str, "`xoxb-…`. Without it Slack is off."),
    Setting(
        "slack_signing_secret",
        "",
        str,
        "Signs Slack's requests; without it Slack is off in `http`.",
    ),
    Setting("slack_app_token", "", str, "`xapp-…`; without it Slack is off in `socket`."),
    Setting(
        "slack_api_url", "https://slack.com/api/", _address, "Slack's Web API; another for tests."
    ),
    Setting(
        "teams_app_id",
        "",
        _guid,
        "The Azure Bot's app id. Without it Teams is off.",
    ),
    Setting("teams_app_password", "", str, "The app's client secret; without it Teams is off."),
    Setting(
        "teams_tenant_id",
        "",
        _guid,
        "The tenant that the bot itself is registered in (single-tenant); empty for an older "
        "multi-tenant registration.",
    ),
    Setting(
        "teams_allowed_tenants",
        "",
        _guids,
        "Tenants whose people may speak to the bot, `GUID,GUID`; empty means the bot's own tenant "
        "alone. Without either Teams is off.",
    ),
    Setting(
        "teams_openid_url",
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        _document,
        "Where the keys of Teams' tokens are described; another for tests or a national cloud. One "
        "on this machine lets service addresses on this machine in too.",
    ),
    Setting(
        "teams_login_url",
        "https://login.microsoftonline.com/",
        _address,
        "Where the bot gets its own token; another for tests or a national cloud.",
    ),
    Setting(
        "program",
        "direct",
        Program,
        "How you take part in the CSP programme: `direct`, `indirect-provider`, or "
        "`indirect-reseller`, to whom Partner Center offers no API.",
    ),
    Setting(
        "sync_at",
        "05:00",
        time.fromisoformat,
        "Hour and minute, in UTC, at which `serve` syncs with Partner Center each day.",
    ),
    Setting(
        "keep_months",
        "36",
        _months,
        "How long the activity log is kept; Partner Center forgets it after 90 days.",
    ),
    Setting(
        "partner_center_cloud",
        "global",
        _cloud,
        "`global`, `us-government` or `china`: whose addresses are the defaults of the next two.",
    ),
    Setting(
        "partner_center_url",
        "",
        _address,
        "Partner Center's API; another than the cloud's for tests.",
    ),
    Setting(
        "partner_center_login_url",
        "",
        _address,
        "Where its tokens are renewed; another than the cloud's for tests.",
    ),
    Setting(
        "partner_center_tenant",
        "",
        _guid,
        "The partner's own Microsoft Entra tenant. Without it, or the next two, there is no sync.",
    ),
    Setting(
        "partner_center_client_id",
        "",
        _guid,
        "The app that `seatwise connect` signs in with.",
    ),
    Setting("partner_center_client_secret", "", _secret, "That app's client secret."),
    Setting(
        "partner_center_refresh_token",
        "",
        _secret,
        "The first refresh token, where nobody can run `seatwise connect`; later ones live in the "
        "store.",
    ),
)
