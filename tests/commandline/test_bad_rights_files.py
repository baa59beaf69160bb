"""`seatwise grant --file` with files that are refused: each fault is told, and nothing is saved."""

import pytest

from tests.commandline.conftest import FABRIKAM, Said, Terminal
from tests.commandline.rights_files import BEN, HEAD, held, saved, sheet
from tests.commandline.test_grant import ANA, rights
from tests.sources.building import deployed

BAD = {
    "ana,viewer,,,,": ("person", "“ana” is not a person’s id"),
    f"slack:T1:{'U' * 129},viewer,,,,": ("person", "not a person’s id"),
    "slack:T1:U\u202e1,viewer,,,,": ("person", "not a person’s id"),
    "slack:T1:U\0,viewer,,,,": ("person", "not a person’s id"),
    ",viewer,,,,": ("person", "“–” is not a person’s id"),
    f"{BEN},boss,,,,": ("role", "“boss” is not a role"),
    f"{BEN},,,,,": ("role", "“–” is not a role"),
    f"{BEN},viewer,perhaps,,,": ("with_people", "“perhaps” is neither yes nor no"),
    f"{BEN},viewer,,nowhere,,": ("customers", "no customer called “nowhere”"),
    f"{BEN},viewer,,contoso exchange,,": ("customers", "no customer called “contoso exchange”"),
    f"{BEN},viewer,,Contsoo,,": ("customers", "Did you mean Contoso (0112a436"),
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
    assert "You have no rights yet" in rights(terminal, ANA)


@pytest.mark.parametrize("lines", [list(BAD)[::2], list(BAD)[1::2]])
def test_bad_cells_are_named_in_french_too(terminal: Terminal, lines: list[str]) -> None:
    terminal.imported()
    others = [line.replace(BEN, f"{BEN}{at}") for at, line in enumerate(lines)]
    path = sheet(terminal, f"{ANA},viewer,,,,", *others)
    told = terminal.run("grant", "--file", path, "--yes", "--lang", "fr").err.splitlines()
    named = [line.partition("\u00a0: ")[0] for line in told[:-1]]
    assert named == [f"Ligne {at}, {BAD[line][0]}" for at, line in enumerate(lines, 3)]


def test_all_faults_are_told_at_once_and_more_than_twenty_counted(terminal: Terminal) -> None:
    said = saved(terminal, *[f"slack:T1:U{n},boss,perhaps,,," for n in range(12)], "one,two")
    told = said.err.splitlines()
    assert [line.split(":")[0] for line in told[:3]] == [
        "Line 2, role",
        "Line 2, with_people",
        "Line 3, role",
    ]
    assert told[20:] == ["5 more errors are not listed.", "Nothing was saved."]


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
        assert (said.code, "No partner admin without an end date would be left" in said.err) == (
            1,
            True,
        )
        assert held(terminal) == [f"{ANA},partner-admin,no,,,"]
    assert saved(terminal, f"{ANA},viewer,,,,", f"{BEN},admin,,,,").code == 0
    assert held(terminal) == [f"{ANA},report-viewer,no,,,", f"{BEN},partner-admin,no,,,"]


def test_an_admin_by_the_settings_is_left_alone(terminal: Terminal) -> None:
    terminal.set("SEATWISE_ADMINS", ANA)
    said = saved(terminal, f"{ANA},viewer,,,,", f"{BEN},viewer,,,,")
    assert said.err.startswith(f"{ANA} is a partner admin by SEATWISE_ADMINS")
    assert held(terminal) == []


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
def test_a_person_and_a_file_do_not_go_together(terminal: Terminal, words: tuple[str, ...]) -> None:
    said = terminal.run("grant", *words)
    assert (said.code, "Give a person and --as, or --file" in said.err) == (2, True)


def test_what_is_no_role_is_refused(terminal: Terminal) -> None:
    said = terminal.run("grant", ANA, "--as", "boss")
    assert (said.code, "“boss” is not a role" in said.err) == (2, True)
