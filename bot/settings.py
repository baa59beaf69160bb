"""The environment, read once into frozen Settings. One message names everything missing or
unsafe.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any

from analytics.values import Program
from bot.settings_table import SETTINGS
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
    """Everything an operator can set; `SETTINGS` says what each is for."""

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
    program: Program
    sync_at: time
    keep_months: int
    partner_center_cloud: str
    partner_center_url: str
    partner_center_login_url: str
    partner_center_tenant: str
    partner_center_client_id: str
    partner_center_client_secret: str = field(repr=False)
    partner_center_refresh_token: str = field(repr=False)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from `SEATWISE_…` variables. Unsafe, naming every value that cannot be read and
    every unknown name.
    """
    values: dict[str, Any] = {}
    known_names = {known.variable for known in SETTINGS}
    faults: list[Fault] = [
        ("setting-unknown", {"name": name})
        for name in sorted(environment)
        if name.startswith("SEATWISE_") and name not in known_names
    ]
    for known in SETTINGS:
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
