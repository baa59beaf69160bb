"""A PostgreSQL of the tests' own on a free port of loopback, from Debian's package."""

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

_PACKAGES = Path("/usr/lib/postgresql")
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
    committed is kept. Returns when it is there again.
    """
    _spare: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of a database with nothing in it. Afterwards whoever is in it is thrown out,
        and it is emptied for the next: making one costs 30 to 300 ms, emptying one 10.
        """
        name = self._spare.pop() if self._spare else self._made()
        yield f"postgresql+psycopg://{_OWNER}@127.0.0.1:{self.port}/{name}"
        others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = "
        self._do("postgres", f"{others}'{name}'")
        self._do(name, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        self._spare.append(name)

    def _made(self) -> str:
        name = f"seats{next(self._numbers)}"
        self._do("postgres", f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def _do(self, name: str, *statements: str) -> None:
        with psycopg.connect(_conninfo(self.port, name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def plain(url: str) -> str:
    """The address as psycopg itself understands it."""
    return url.replace("+psycopg", "", 1)


@contextmanager
def running() -> Iterator[Server]:
    """A new cluster, gone at the end. It takes half a second to a second and a half to come up."""
    folder = Path(tempfile.mkdtemp(prefix="seatwise-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _OWNER, _OWNER)
        with _started(folder, _free_port()) as server:
            yield server
    finally:
        shutil.rmtree(folder)


@contextmanager
def _started(folder: Path, port: int) -> Iterator[Server]:
    with (folder / "log").open("wb") as log:
        made = (_program("initdb"), "--auth=trust", f"--username={_OWNER}", "--encoding=UTF8")
        where = ("--no-locale", "--no-sync", "-D", str(folder / "data"))
        subprocess.run(  # noqa: S603 words of ours
            _as_owner(*made, *where), check=True, stdout=log, stderr=log
        )
        process = _launched(folder, port, log)
        server = Server(port, process.pid, lambda: _again(folder, port, log))
        _RUNNING[port] = process
        try:
            yield server
        finally:
            _stopped(_RUNNING.pop(port))


_RUNNING: dict[int, "subprocess.Popen[bytes]"] = {}
"""By port: the process that is there now."""


def _launched(folder: Path, port: int, log: BinaryIO) -> "subprocess.Popen[bytes]":
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": folder,
        "max_connections": 200,  # of several processes at once
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
