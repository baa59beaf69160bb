"""`seatwise revoke`: the operator takes a right back, whatever became of its holder."""

import json
import sqlite3

import pytest

from tests.commandline.conftest import Terminal

ANA = "teams:0112a436-b14e-4888-967b-ca4bb2cf1234:9f8e7d6c-0000-4000-8000-123456789abc"
BEN = "slack:T1:UBEN"


def granted(terminal: Terminal, who: str, role: str) -> None:
    assert terminal.run("grant", who, "--as", role).code == 0


def test_a_right_ends_and_the_audit_says_by_whom(either: Terminal) -> None:
    either.imported()
    granted(either, ANA, "report-viewer")
    said = either.run("revoke", ANA)
    assert (said.code, said.out) == (0, f"Taken back: {ANA} is no longer a report viewer.\n")
    assert "You have no rights yet" in either.run("ask", "/whoami", "--as", ANA).out


def test_it_is_in_the_audit(terminal: Terminal) -> None:
    granted(terminal, BEN, "report-viewer")
    terminal.run("revoke", BEN)
    with sqlite3.connect(terminal.home / "data" / "seatwise.db") as store:
        rows = [
            json.loads(text) for (text,) in store.execute("SELECT entry FROM audit ORDER BY seq")
        ]
    assert rows[-1] == {"action": "revoke", "whom": BEN, "who": "operator"}


@pytest.mark.parametrize(
    ("who", "code", "why"),
    [
        ("ben", 2, "“ben” is not a person’s id"),
        (BEN, 1, "is the last partner admin. Make another one first: seatwise grant"),
        ("slack:T1:UNOBODY", 1, "has no right. Nothing was changed."),
        ("slack:T1:USET", 1, "by SEATWISE_ADMINS: take the id out"),
    ],
)
def test_what_is_refused_changes_nothing(terminal: Terminal, who: str, code: int, why: str) -> None:
    terminal.imported()
    granted(terminal, BEN, "partner-admin")
    if who.endswith("USET"):
        terminal.set("SEATWISE_ADMINS", who)
    said = terminal.run("revoke", who)
    assert (said.code, said.out) == (code, "")
    assert why in said.err
    assert "You are a partner admin" in terminal.run("ask", "/whoami", "--as", BEN).out


def test_an_admin_who_is_not_the_last_one_can_be_taken_back(terminal: Terminal) -> None:
    granted(terminal, BEN, "partner-admin")
    granted(terminal, ANA, "partner-admin")
    assert terminal.run("revoke", BEN).code == 0
    assert terminal.run("revoke", ANA).code == 1


def test_it_is_said_in_french(terminal: Terminal) -> None:
    granted(terminal, ANA, "report-viewer")
    said = terminal.run("revoke", ANA, "--lang", "fr")
    assert said.out == f"Retiré\u00a0: {ANA} n’est plus lecteur de rapports.\n"


def test_without_a_secret_nothing_is_taken_back(terminal: Terminal) -> None:
    granted(terminal, ANA, "report-viewer")
    terminal.set("SEATWISE_SECRET_KEY", "changeme-changeme-changeme-changeme")
    assert terminal.run("revoke", ANA).code == 2
