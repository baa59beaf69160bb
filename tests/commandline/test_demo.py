"""`seatwise demo`: a real process, its address, its port, and whose figures it shows."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from tests.commandline.conftest import Terminal


@contextmanager
def demo(home: Path, *words: str, port: int = 0) -> Iterator[tuple[list[str], str]]:
    """A running demonstration: what it printed up to its address, and the address."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SEATWISE_")}
    own |= {"SEATWISE_DATA_DIR": str(home), "SEATWISE_PORT": str(port), "LC_ALL": "en_GB.UTF-8"}
    process = subprocess.Popen(  # noqa: S603 our own program
        [sys.executable, "-m", "bot", "demo", *words],
        env=own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        lines = []
        for line in process.stdout or ():
            lines.append(line.strip())
            if "http://" in line:
                break
        yield lines, lines[-1].split()[3]
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.communicate()


def asked(address: str, text: str, who: str = "ada") -> str:
    body = json.dumps({"text": text, "as": who, "lang": "en"}).encode()
    headers = {"Content-Type": "application/json", "Origin": address.rstrip("/")}
    with urlopen(Request(f"{address}page/ask", body, headers)) as answer:  # noqa: S310 our own
        return str(json.load(answer)["html"])


def test_a_taken_port_is_said_and_the_next_one_taken(made_up: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demo(made_up.home / "data", port=port) as (lines, address):
            assert lines[0] == f"Port {port} is taken by another program; trying the next one."
            assert int(address.rstrip("/").rpartition(":")[2]) > port
            assert "Made-up data" in asked(address, "/usage contoso")


def test_it_listens_on_loopback_alone(made_up: Terminal) -> None:
    with demo(made_up.home / "data") as (_, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        hexadecimal = f":{port:04X}"
        tables = [Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6")]
        rows = [line.split() for table in tables for line in table.splitlines()[1:]]
        listening = {row[1] for row in rows if row[3] == "0A" and row[1].endswith(hexadecimal)}
        assert listening == {f"0100007F{hexadecimal}"}


def test_imported_data_is_shown_as_what_it_is(terminal: Terminal) -> None:
    terminal.imported()
    with demo(terminal.home / "else", "--data", str(terminal.home / "data")) as (_, address):
        shown = asked(address, "/usage contoso")
        assert '<dd class="value">50</dd>' in shown
        assert "imported files" in shown
        assert "ade-up" not in shown
        assert "Fabrikam" in asked(address, "/usage", "cleo")


def test_an_empty_folder_is_told_how_to_fill_it(terminal: Terminal) -> None:
    said = terminal.run("demo", "--data", str(terminal.home))
    assert said.code == 1
    assert said.err.endswith(f"Fill it with: seatwise import --data {terminal.home} FILE…\n")
