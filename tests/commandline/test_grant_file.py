"""`seatwise grant --file`: many rights at once, planned first, saved whole or not at all."""

import json
import os
import pty
import subprocess
import sys
import time

import pytest

from tests.commandline.conftest import FABRIKAM, Said, Terminal
from tests.commandline.rights_files import BEN, CLEO, held, saved, sheet
from tests.commandline.test_grant import ANA, rights
from tests.sources.building import deployed


def test_a_plan_says_what_each_person_holds_and_would_hold(terminal: Terminal) -> None:
    terminal.imported()
    terminal.run("grant", BEN, "--as", "viewer", "--because", "a trial")
    terminal.run("grant", CLEO, "--as", "viewer")
    said = terminal.run(
        "grant",
        "--file",
        sheet(
            terminal,
            f"{ANA},viewer,,Fabrikam|contoso,2099-12-31,renewal talks",
            f"{BEN},executive,oui,,,a trial",
            f"{CLEO},report-viewer,no,,,",
        ),
    )
    given, changed, *rest = said.out.splitlines()
    assert given == (
        f"{ANA}  no right → a report viewer for Contoso and Fabrikam, "
        "until 31 Dec 2099, 23:59 UTC; reason: renewal talks"
    )
    assert changed == (
        f"{BEN}  a report viewer for all customers, no end date; reason: a trial → "
        "an executive report viewer with people’s names for all customers, no end date; "
        "reason: a trial"
    )
    assert rest[0].startswith("1 would be given, 1 changed, 1 unchanged.")
    assert rest[1].startswith("Nothing was saved. To save this plan, add --plan ")
    assert said.code == 2
    assert "You have no rights yet" in rights(terminal, ANA)


def test_what_was_confirmed_is_saved_and_the_same_file_changes_nothing(terminal: Terminal) -> None:
    terminal.imported()
    lines = (f"{ANA},viewer,no,{FABRIKAM},2099-12-31,", f"{BEN},admin,,,,")
    said = saved(terminal, *lines)
    assert (said.code, said.out.splitlines()[-1]) == (0, "Saved: 2 rights were given or changed.")
    assert "for Fabrikam, until 31 Dec 2099" in rights(terminal, ANA)
    again = saved(terminal, *lines)
    assert again == Said(0, "0 changes: the 2 rights in the file are in place already.\n", "")


def test_a_plan_is_saved_by_its_name_and_no_other(terminal: Terminal) -> None:
    path = sheet(terminal, f"{ANA},viewer,,,,")
    shown = terminal.run("grant", "--file", path).out
    name = shown.partition("--plan ")[2].partition(":")[0]
    sheet(terminal, f"{ANA},executive,,,,")
    other = terminal.run("grant", "--file", path, "--plan", name)
    assert (other.code, "no longer the plan" in other.err) == (1, True)
    sheet(terminal, f"{ANA},viewer,,,,")
    terminal.run("grant", BEN, "--as", "viewer")  # a person who is not in the file
    assert terminal.run("grant", "--file", path, "--plan", name).code == 0
    assert held(terminal) == [f"{BEN},report-viewer,no,,,", f"{ANA},report-viewer,no,,,"]


def test_a_plan_is_refused_once_a_right_in_it_has_changed(terminal: Terminal) -> None:
    path = sheet(terminal, f"{ANA},executive,,,,")
    shown = terminal.run("grant", "--file", path).out
    name = shown.partition("--plan ")[2].partition(":")[0]
    terminal.run("grant", ANA, "--as", "viewer")
    said = terminal.run("grant", "--file", path, "--plan", name)
    assert (said.code, "a right has changed" in said.err) == (1, True)
    assert held(terminal) == [f"{ANA},report-viewer,no,,,"]


def test_whoever_is_not_in_the_file_keeps_their_right(terminal: Terminal) -> None:
    terminal.run("grant", BEN, "--as", "viewer")
    saved(terminal, f"{ANA},viewer,,,,")
    assert held(terminal) == [f"{BEN},report-viewer,no,,,", f"{ANA},report-viewer,no,,,"]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_columns_stand_in_any_order_and_some_may_be_missing(
    terminal: Terminal, delimiter: str, mark: str
) -> None:
    terminal.imported()
    head = mark + delimiter.join(["Until", '"ROLE"', "person", "customers"])
    line = delimiter.join(["2099-12-31", "lecteur exécutif", f" {ANA} ", '"contoso ; fabrikam"'])
    assert saved(terminal, line, head=head).code == 0
    assert "executive report viewer for Contoso and Fabrikam" in rights(terminal, ANA)


def test_long_scopes_are_told_customer_by_customer(terminal: Terminal) -> None:
    many = [
        deployed(customerTenantId=FABRIKAM[:-1] + str(n), customerName=f"Tailspin {n}")
        for n in range(8)
    ]
    terminal.run("import", terminal.file("many.json", many))
    scope = "|".join(FABRIKAM[:-1] + str(n) for n in range(7))
    saved(terminal, f"{ANA},viewer,,{scope},,")
    path = sheet(terminal, f"{ANA},viewer,,{scope[37:]}|Tailspin 7,,")
    said = terminal.run("grant", "--file", path).out.splitlines()
    assert said[0].startswith(f"{ANA}  a report viewer for 7 customers, no end date → ")
    assert said[1:3] == [
        f"  + Tailspin 7 ({FABRIKAM[:-1]}7)",
        f"  − Tailspin 0 ({FABRIKAM[:-1]}0)",
    ]


@pytest.mark.parametrize("role", ["viewer", "Executive", "admin", "lecteur", "partner-admin"])
def test_roles_are_called_as_in_chat(terminal: Terminal, role: str) -> None:
    assert terminal.run("grant", ANA, "--as", role).code == 0


def test_a_thousand_rows_are_saved_within_five_seconds(terminal: Terminal) -> None:
    terminal.imported()
    lines = [f"slack:T1:U{n},viewer,no,contoso|fabrikam,2099-12-31,row {n}" for n in range(1000)]
    path = sheet(terminal, *lines)
    began = time.monotonic()
    assert terminal.run("grant", "--file", path, "--yes").code == 0
    assert time.monotonic() - began < 5
    assert len(held(terminal)) == 1000


@pytest.mark.parametrize(("typed", "code", "ends"), [("y", 0, "changed."), ("", 1, "saved.")])
def test_on_a_terminal_the_operator_is_asked(
    terminal: Terminal, typed: str, code: int, ends: str
) -> None:
    path = sheet(terminal, f"{ANA},viewer,,,,")
    keyboard, its = pty.openpty()
    os.write(keyboard, f"{typed}\n".encode())
    verb = subprocess.run(  # noqa: S603 words of ours
        [sys.executable, "-m", "bot", "grant", "--file", path],
        stdin=its,
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(its)
    os.close(keyboard)
    assert (verb.returncode, "Save? [y/N]" in verb.stdout) == (code, True)
    assert (verb.stdout + verb.stderr).rstrip().endswith(ends)
    assert len(held(terminal)) == 1 - code


def test_each_row_has_its_own_in_the_audit(terminal: Terminal) -> None:
    saved(terminal, f"{ANA},viewer,yes,,,", f"{BEN},executive,,,2099-12-31,")
    out = terminal.home / "out"
    terminal.run("export", str(out))
    lines = (out / "state" / "audit.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(json.loads(line)["entry"]) for line in lines]
    assert [(e["action"], e["whom"], e["role"], e["who"]) for e in entries] == [
        ("grant", ANA, "report-viewer", "operator"),
        ("grant", BEN, "executive-report-viewer", "operator"),
    ]
