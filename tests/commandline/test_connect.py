"""`seatwise connect`, with a browser that is a script and a login that is a stand-in."""

import http.client
import io
import socket
import sys
import webbrowser
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.commandline.conftest import Terminal
from tests.commandline.online import online as at
from tests.partner_center.company import Company
from tests.partner_center.standin import Standin

BROWSER = """#!{python}
import sys, urllib.request
urllib.request.urlopen(sys.argv[1].replace("localhost", "127.0.0.1"), timeout=5).close()
"""
"""Signs in as a person would: opens the address, and follows to where it leads."""


@pytest.fixture
def standin() -> Standin:
    return Standin(Company(3, seed=5))


@pytest.fixture
def online(
    terminal: Terminal, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Terminal]:
    monkeypatch.setattr(webbrowser, "_tryorder", None)  # else it keeps the first test's browser
    with at(terminal, standin) as there:
        yield there


def free_port() -> str:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return str(found.getsockname()[1])


def browser(terminal: Terminal, script: str = BROWSER) -> None:
    """The browser of this terminal."""
    file = terminal.home / "browser"
    file.write_text(script.format(python=sys.executable))
    file.chmod(0o700)
    terminal.set("BROWSER", f"{file} %s")


def signed_in(terminal: Terminal) -> bool:
    return "Signed in to Partner Center; renewed today." in terminal.run("doctor").out


def test_a_browser_on_this_machine_signs_in(online: Terminal) -> None:
    browser(online)
    assert not signed_in(online)
    said = online.run("connect", "--port", free_port())
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("renewed automatically. Now: seatwise sync\n")
    assert signed_in(online)
    kept = b"".join(file.read_bytes() for file in (online.home / "data").iterdir())
    assert b"refresh-" not in kept
    assert "&code_challenge_method=S256\n" in said.out


def test_the_address_is_pasted_where_there_is_no_browser(
    online: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    said = online.run("connect", "--paste")
    assert (said.code, "The sign-in did not finish" in said.err) == (1, True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("http://localhost:8400/?code=x&state=another\n"))
    said = online.run("connect", "--paste")
    assert (said.code, "belongs to another attempt" in said.err) == (1, True)
    assert not signed_in(online)


class Pasting(io.StringIO):
    """Somebody who opens the printed address elsewhere, and pastes where their browser ended."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__()
        self._terminal = terminal

    def readline(self, _size: int | None = -1, /) -> str:
        shown = self._terminal.capture.readouterr().out
        (address,) = (line for line in shown.splitlines() if line.startswith("http"))
        parts = urlsplit(address)
        there = http.client.HTTPConnection(parts.netloc, timeout=5)
        there.request("GET", f"{parts.path}?{parts.query}")
        ended = there.getresponse().headers["Location"]
        there.close()
        return f"{ended}\n"


def test_what_the_browser_elsewhere_ended_at_signs_in(
    online: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Pasting(online))
    said = online.run("connect", "--paste")
    assert (said.code, said.err) == (0, "")
    assert signed_in(online)


def test_the_insights_account_is_another_sign_in(online: Terminal) -> None:
    browser(online)
    assert online.run("connect", "--insights", "--port", free_port()).code == 0
    assert "Signed in to Insights" in online.run("doctor").out
    assert not signed_in(online)


def test_a_refused_app_says_so_and_keeps_nothing(online: Terminal) -> None:
    browser(online)
    online.set("SEATWISE_PARTNER_CENTER_CLIENT_SECRET", "another")
    said = online.run("connect", "--port", free_port())
    assert (said.code, "the app’s id or secret is refused" in said.err) == (1, True)
    assert not signed_in(online)


def test_a_port_that_is_taken_says_so(online: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = online.run("connect", "--port", str(taken.getsockname()[1]))
    assert (said.code, "--paste" in said.err) == (1, True)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SEATWISE_PROGRAM", "indirect-reseller", "not offer its API to indirect resellers"),
        ("SEATWISE_PARTNER_CENTER_TENANT", "", "SEATWISE_PARTNER_CENTER_TENANT"),
    ],
)
def test_what_cannot_be_is_said_before_anybody_signs_in(
    online: Terminal, name: str, value: str, words: str
) -> None:
    online.set(name, value)
    said = online.run("connect")
    assert (said.code, words in said.err) == (2, True)
