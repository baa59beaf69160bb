"""The environment, read once into frozen Settings. One message names everything missing or
unsafe.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    secret_key: str
    admins: tuple[UserRef, ...]
    host: str
    port: int
    log_level: str


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
    if text and (scheme != "sqlite+aiosqlite" or not file or ":memory:" in file):
        raise ValueError(text)  # rights in memory would be gone at the end
    return text


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
        "Where rights and the audit are kept, `sqlite+aiosqlite:///FILE`; "
        "empty means `seatwise.db` in the data folder.",
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
