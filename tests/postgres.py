"""A PostgreSQL of the tests' own on a free port of loopback, from Debian's package."""

import asyncio
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import psycopg

from bot.store.database import open_database
from tests.run_cache import built_once

_PACKAGES = Path("/usr/lib/postgresql")
_ROOM = 1024**3
"""Bytes that are free in memory at least; a cluster takes a fifth of it."""
_OWNER = "postgres"
"""Superuser inside; outside, whom Debian's package makes, since initdb refuses root."""


@dataclass(frozen=True)
class Server:
    """A running one. Whoever is on this machine may come in: it holds nothing but tests."""

    port: int
    process: int
    """Its own id when it was started, to be killed or stopped by."""
    restart: Callable[[], None]
    """As `pg_ctl restart -m immediate`: whoever is in it is thrown out, and nothing that was not
    committed is kept. Returns when it is there again; it ends with the thread it was called in.
    """
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _migrated: list[str] = field(default_factory=list)

    @contextmanager
    def fresh(self, *, migrated: bool = False) -> Iterator[str]:
        """The address of a database with nothing in it, or with the newest schema as opening it
        would leave it: a copy of one that was opened. Dropped afterwards with whoever is in it.
        """
        name = self._made(self._opened_once() if migrated else "template0")
        yield self._url(name)
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _opened_once(self) -> str:
        """The database that copies are made of."""
        if not self._migrated:
            self._migrated.append(self._made("template0"))
            asyncio.run(_opened(self._url(self._migrated[0])))
        return self._migrated[0]

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://{_OWNER}@127.0.0.1:{self.port}/{name}"

    def _made(self, template: str) -> str:
        name = f"seats{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _do(self, statement: str) -> None:
        with psycopg.connect(_conninfo(self.port), autocommit=True) as connection:
            connection.execute(statement.encode())


async def _opened(url: str) -> None:
    await (await open_database(url)).dispose()


def plain(url: str) -> str:
    """The address as psycopg itself understands it."""
    return url.replace("+psycopg", "", 1)


@contextmanager
def running() -> Iterator[Server]:
    """A new cluster, gone at the end. It takes half a second to a second and a half to come up."""
    folder = Path(tempfile.mkdtemp(prefix="seatwise-postgres-", dir=_memory()))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _OWNER, _OWNER)
        with _started(folder, _free_port()) as server:
            yield server
    finally:
        shutil.rmtree(folder)


def _memory() -> Path | None:
    """Where files are kept in memory, if there is room for a cluster: a database is three hundred
    files, and a disk takes four times as long to make and remove them.
    """
    memory = Path("/dev/shm")  # noqa: S108 as open to others as /tmp is
    return memory if memory.is_dir() and shutil.disk_usage(memory).free >= _ROOM else None


@contextmanager
def _started(folder: Path, port: int) -> Iterator[Server]:
    with (folder / "log").open("wb") as log:
        _copy(built_once("postgres", _initialise) / "data", folder)
        process = _launched(folder, port, log)
        server = Server(port, process.pid, lambda: _again(folder, port, log))
        _RUNNING[port] = process
        try:
            yield server
        finally:
            _stopped(_RUNNING.pop(port))


def _initialise(folder: Path) -> None:
    """Makes a cluster; copying it takes 50 ms, making one a second."""
    with tempfile.TemporaryDirectory(prefix="seatwise-initdb-") as own:
        if os.geteuid() == 0:
            shutil.chown(own, _OWNER, _OWNER)
        made = (_program("initdb"), "--auth=trust", f"--username={_OWNER}", "--encoding=UTF8")
        where = ("--no-locale", "--no-sync", "-D", f"{own}/data")
        subprocess.run(  # noqa: S603 words of ours
            _as_owner(*made, *where), check=True, stdout=subprocess.DEVNULL
        )
        _copy(Path(own, "data"), folder)


def _copy(data: Path, folder: Path) -> None:
    """With its owner, which Python's own copy forgets."""
    subprocess.run(["cp", "-a", data, folder], check=True)  # noqa: S603, S607 words of ours


_RUNNING: dict[int, "subprocess.Popen[bytes]"] = {}
"""By port: the process that is there now."""


def _launched(folder: Path, port: int, log: BinaryIO) -> "subprocess.Popen[bytes]":
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": folder,
        "max_connections": 200,  # of several processes at once
        # The machine itself does not stop under a test: what the kernel was given is kept.
        "fsync": "off",
        "full_page_writes": "off",
        "max_wal_size": "256MB",
        # A database is copied without writing all of it to the log besides.
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "autovacuum": "off",  # they live for a second
    }
    words = [f"--{name}={value}" for name, value in settings.items()]
    process = subprocess.Popen(  # noqa: S603 words of ours
        _as_owner(_program("postgres"), "-D", str(folder / "data"), *words),
        stdout=log,
        stderr=log,
    )
    try:
        _wait(process, port, folder / "log")
    except BaseException:
        _stopped(process)
        raise
    return process


def _stopped(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGQUIT)  # at once: as `pg_ctl stop -m immediate`
    process.wait(30)


def _again(folder: Path, port: int, log: BinaryIO) -> None:
    _stopped(_RUNNING[port])
    _RUNNING[port] = _launched(folder, port, log)


def _as_owner(*words: str) -> list[str]:
    """As a user who is not root, and ended together with whoever started it, even a killed one."""
    setpriv = ["setpriv", "--pdeathsig=INT"]
    if os.geteuid() == 0:
        owner = pwd.getpwnam(_OWNER)
        setpriv += [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    return [*setpriv, *words]


def _program(name: str) -> str:
    """The newest version's."""
    found = sorted(_PACKAGES.glob(f"*/bin/{name}"), key=lambda file: float(file.parts[-3]))
    if not found:
        raise FileNotFoundError(f"no {name}: install the Debian package postgresql")
    return str(found[-1])


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _conninfo(port: int, name: str = "postgres") -> str:
    return f"host=127.0.0.1 port={port} user={_OWNER} dbname={name} connect_timeout=5"


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(_conninfo(port)).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.03)
        else:
            return
