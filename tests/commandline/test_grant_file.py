"""`seatwise grant --file`: many rights at once, planned first, saved whole or not at all."""

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commandline.conftest import FABRIKAM, Said, Terminal
from tests.commandline.test_grant import ANA, rights
from tests.sources.building import deployed

BEN = "slack:T1:BEN"
CLEO = "slack:T1:CLEO"
HEAD = "person,role,with_people,customers,until,because"


def sheet(terminal: Terminal, *lines: str, head: str = HEAD) -> str:
    """A file of these lines; its path."""
    path = terminal.home / "rights.csv"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    return str(path)


def saved(terminal: Terminal, *lines: str, head: str = HEAD) -> Said:
    return terminal.run("grant", "--file", sheet(terminal, *lines, head=head), "--yes")


def held(terminal: Terminal) -> list[str]:
    """The rights held now, as the lines of a file hold them."""
    path = terminal.home / f"held-{time.monotonic_ns()}.csv"
    assert terminal.run("grants", "--file", str(path)).code == 0
    return path.read_text("utf-8-sig").splitlines()[1:]


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
        f"{ANA}  no right → report viewer for Contoso and Fabrikam, "
        "until 31 Dec 2099, 23:59 UTC; reason: renewal talks"
    )
    assert changed == (
        f"{BEN}  report viewer for all customers, until it is taken back; reason: a trial → "
        "executive report viewer with people’s names for all customers, until it is taken back; "
        "reason: a trial"
    )
    assert rest[0].startswith("1 would be given, 1 changed, 1 unchanged.")
    assert rest[1].startswith("Nothing was saved. To save this plan, add --plan ")
    assert said.code == 2
    assert "You hold no rights yet" in rights(terminal, ANA)


def test_what_was_confirmed_is_saved_and_the_same_file_changes_nothing(terminal: Terminal) -> None:
    terminal.imported()
    lines = (f"{ANA},viewer,no,{FABRIKAM},2099-12-31,", f"{BEN},admin,,,,")
    said = saved(terminal, *lines)
    assert (said.code, said.out.splitlines()[-1]) == (0, "Saved: 2 rights were given or changed.")
    assert "for Fabrikam, until 31 Dec 2099" in rights(terminal, ANA)
    again = saved(terminal, *lines)
    assert again == Said(0, "0 changes: the 2 rights in the file are held already.\n", "")


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


BAD = {
    f"ana,viewer,,,,": ("person", "“ana” is no person’s id"),
    f"slack:T1:{'U' * 129},viewer,,,,": ("person", "no person’s id"),
    f"slack:T1:U\u202e1,viewer,,,,": ("person", "no person’s id"),
    f"slack:T1:U\0,viewer,,,,": ("person", "no person’s id"),
    f",viewer,,,,": ("person", "“–” is no person’s id"),
    f"{BEN},boss,,,,": ("role", "“boss” is no role"),
    f"{BEN},,,,,": ("role", "“–” is no role"),
    f"{BEN},viewer,perhaps,,,": ("with_people", "“perhaps” is neither yes nor no"),
    f"{BEN},viewer,,nowhere,,": ("customers", "no customer called “nowhere”"),
    f"{BEN},viewer,,contoso exchange,,": ("customers", "no customer called “contoso exchange”"),
    f"{BEN},viewer,,Contsoo,,": ("customers", "Perhaps Contoso (0112a436"),
    f"{BEN},viewer,, | ;,,": ("customers", "names no customer"),
    f"{BEN},viewer,,{'x ' * 5000},,": ("customers", "no customer called “x x"),
    f"{BEN},viewer,,{FABRIKAM[:-1]}6,,": ("customers", "no customer called"),
    f"{BEN},admin,,contoso,,": ("customers", "sees all customers"),
    f"{BEN},viewer,,,31/12/2099,": ("until", "“31/12/2099” is not a day"),
    f"{BEN},viewer,,,2099-02-30,": ("until", "not a day"),
    f"{BEN},viewer,,,9999-12-31,": ("until", "not a day"),
    f"{BEN},viewer,,,2099-12-31T09:30,": ("until", "not a day"),
    f"{BEN},viewer,,,2020-01-01,": ("until", "is over already"),
    f"{BEN},viewer,,,,a\0b": ("because", "NUL"),
    f"{ANA},viewer,,,,": ("person", "in line 2 already"),
}
"""Lines that are refused, each with its column and the reason."""


@pytest.mark.parametrize("line", BAD, ids=lambda line: "-".join(BAD[line])[:40])
def test_a_bad_cell_is_named_and_nothing_is_saved(terminal: Terminal, line: str) -> None:
    terminal.imported()
    column, why = BAD[line]
    said = saved(terminal, f"{ANA},viewer,,,,", "", line)
    (fault, end) = said.err.splitlines()
    assert fault.startswith(f"Line 4, {column}: ")
    assert why in fault
    assert (said.code, said.out, end) == (1, "", "Nothing was saved.")
    assert "You hold no rights yet" in rights(terminal, ANA)


@pytest.mark.parametrize("line", BAD, ids=lambda line: "-".join(BAD[line])[:40])
def test_a_bad_cell_is_named_in_french_too(terminal: Terminal, line: str) -> None:
    terminal.imported()
    path = sheet(terminal, f"{ANA},viewer,,,,", line)
    said = terminal.run("grant", "--file", path, "--yes", "--lang", "fr")
    assert said.err.startswith(f"Ligne 3, {BAD[line][0]}\u00a0: ")


def test_all_faults_are_told_at_once_and_more_than_twenty_counted(terminal: Terminal) -> None:
    said = saved(terminal, *[f"slack:T1:U{n},boss,perhaps,,," for n in range(12)], "one,two")
    told = said.err.splitlines()
    assert [line.split(":")[0] for line in told[:3]] == [
        "Line 2, role",
        "Line 2, with_people",
        "Line 3, role",
    ]
    assert told[20:] == ["5 more faults are not listed.", "Nothing was saved."]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("person,role,colour", "has no column colour"),
        ("person,role,role", "The column role is there twice"),
        ("person,until", "The column role is missing"),
        ("", "The first line is missing"),
        ('person,role,"until', "Line 1: the quotes do not match"),
    ],
)
def test_a_file_with_other_columns_is_refused(terminal: Terminal, head: str, why: str) -> None:
    said = saved(terminal, head=head)
    assert (said.code, said.out) == (1, "")
    assert why in said.err


def test_a_line_that_was_cut_short_is_not_a_right_for_all_customers(terminal: Terminal) -> None:
    said = saved(terminal, f"{ANA},viewer,no")
    assert said.err.startswith("Line 2 has 3 cells instead of 6.")


def test_a_file_that_is_no_text_is_refused(terminal: Terminal) -> None:
    path = terminal.home / "rights.csv"
    path.write_bytes(f"{HEAD}\n{ANA},viewer,,Société,,\n".encode("latin-1"))
    said = terminal.run("grant", "--file", str(path), "--yes")
    assert said == Said(
        1,
        "",
        "Line 2 is not written in UTF-8. Save the file as “CSV UTF-8”.\nNothing was saved.\n",
    )
    assert terminal.run("grant", "--file", str(terminal.home / "none.csv")).code == 1


def test_a_name_that_fits_several_is_told_with_their_ids(terminal: Terminal) -> None:
    terminal.imported()
    other = deployed(customerTenantId=FABRIKAM.replace("1", "2"), customerName="Fabrikam Bikes")
    terminal.run("import", terminal.file("bikes.json", [other]))
    said = saved(terminal, f"{ANA},viewer,,fabri,,")
    assert f"Line 2, customers: “fabri” fits several customers: Fabrikam ({FABRIKAM})" in said.err
    assert "Fabrikam Bikes (2222" in said.err


def test_customers_need_figures_to_be_found_among(terminal: Terminal) -> None:
    said = saved(terminal, f"{ANA},viewer,,contoso,,")
    assert "nothing was fetched or imported yet" in said.err


def test_an_admin_may_pass_the_right_on_and_the_last_one_stays(terminal: Terminal) -> None:
    terminal.run("grant", ANA, "--as", "admin")
    for last in (f"{ANA},viewer,,,,", f"{ANA},admin,,,2099-12-31,"):
        said = saved(terminal, last, f"{BEN},viewer,,,,")
        assert (said.code, "No partner admin without an end would be left" in said.err) == (1, True)
        assert held(terminal) == [f"{ANA},partner-admin,no,,,"]
    assert saved(terminal, f"{ANA},viewer,,,,", f"{BEN},admin,,,,").code == 0
    assert held(terminal) == [f"{ANA},report-viewer,no,,,", f"{BEN},partner-admin,no,,,"]


def test_an_admin_by_the_settings_is_left_alone(terminal: Terminal) -> None:
    terminal.set("SEATWISE_ADMINS", ANA)
    said = saved(terminal, f"{ANA},viewer,,,,", f"{BEN},viewer,,,,")
    assert said.err.startswith(f"{ANA} is partner admin by SEATWISE_ADMINS")
    assert held(terminal) == []


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
    assert said[0].startswith(f"{ANA}  report viewer for 7 customers, until it is taken back → ")
    assert said[1:3] == [
        f"  + Tailspin 7 ({FABRIKAM[:-1]}7)",
        f"  − Tailspin 0 ({FABRIKAM[:-1]}0)",
    ]


@pytest.mark.parametrize(
    "words",
    [
        (),
        (ANA,),
        ("--as", "viewer"),
        (ANA, "--as", "viewer", "--yes"),
        (ANA, "--file", "rights.csv"),
        ("--file", "rights.csv", "--until", "2099-12-31"),
    ],
)
def test_a_person_and_a_file_do_not_go_together(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    said = terminal.run("grant", *words)
    assert (said.code, "Give a person and --as, or --file" in said.err) == (2, True)


@pytest.mark.parametrize("role", ["viewer", "Executive", "admin", "lecteur", "partner-admin"])
def test_roles_are_called_as_in_chat(terminal: Terminal, role: str) -> None:
    assert terminal.run("grant", ANA, "--as", role).code == 0


def test_what_is_no_role_is_refused(terminal: Terminal) -> None:
    said = terminal.run("grant", ANA, "--as", "boss")
    assert (said.code, "“boss” is no role" in said.err) == (2, True)


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
    assert Path(out / "state").is_dir()
