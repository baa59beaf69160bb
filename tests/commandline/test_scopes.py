"""`seatwise scopes`: groups that rights may name, by a file: planned first, whole or not at all."""

import pytest

from tests.commandline.conftest import FABRIKAM, Said, Terminal
from tests.commandline.rights_files import BEN, held, saved
from tests.commandline.test_grant import rights


def scopes(terminal: Terminal, *lines: str, options: tuple[str, ...] = ("--yes",)) -> Said:
    path = terminal.home / "scopes.csv"
    path.write_text("\n".join(["scope,customers", *lines, ""]), encoding="utf-8")
    return terminal.run("scopes", "--file", str(path), *options)


def listed(terminal: Terminal) -> list[str]:
    return terminal.run("scopes").out.splitlines()


def test_a_plan_says_who_joins_and_leaves_and_whose_sight_changes(terminal: Terminal) -> None:
    terminal.imported()
    made = scopes(terminal, "north,contoso|Fabrikam")
    assert (made.code, made.out.splitlines()[-1]) == (0, "Saved: 1 group was made or changed.")
    assert saved(terminal, f"{BEN},viewer,no,group:north,,").code == 0
    assert held(terminal) == [f"{BEN},report-viewer,no,group:north,,"]
    shown = scopes(terminal, f"north,{FABRIKAM}", "south,none", options=())
    assert shown.out.splitlines()[:4] == [
        "1 customer leaves “north”: Contoso.",
        "New group: south.",
        "The group “south” would be empty: a right given for it would cover no customer.",
        f"{BEN} would no longer see 1 customer: Contoso.",
    ]
    assert len(listed(terminal)) == 2
    plan = shown.out.partition("--plan ")[2].partition(":")[0]
    assert scopes(terminal, f"north,{FABRIKAM}", options=("--plan", plan)).code == 1
    lines = (f"north,{FABRIKAM}", "south,none")
    assert scopes(terminal, *lines, options=("--plan", plan)).code == 0
    assert listed(terminal) == ["scope,customers", f"north,{FABRIKAM}", "south,none"]
    again = scopes(terminal, *lines)
    assert again.out == "0 changes: the groups in the file are as they are already.\n"
    assert "group:north" in rights(terminal, BEN)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("north,nobody known", "Line 3, customers: there is no customer called “nobody known”."),
        ("contoso,Fabrikam", "Line 3, scope: “contoso” cannot be the name of a group."),
        ("north west,Fabrikam", "Line 3, scope: “north west” cannot be the name of a group."),
        ("GOOD,Fabrikam", "Line 3, scope: “GOOD” stands in line 2 already."),
        ("north,", "Line 3, customers: the cell is empty."),
        ("north", "Line 3"),
    ],
)
def test_one_fault_and_nothing_of_the_file_is_saved(
    terminal: Terminal, line: str, said: str
) -> None:
    terminal.imported()
    found = scopes(terminal, "good,contoso", line)
    assert (found.code, said in found.err) == (1, True)
    assert "Nothing was saved." in found.err
    assert listed(terminal) == ["scope,customers"]


def test_a_right_names_no_group_that_there_is_not(terminal: Terminal) -> None:
    terminal.imported()
    assert "there is no group called" in saved(terminal, f"{BEN},viewer,no,group:north,,").err
    one = terminal.run("grant", BEN, "--as", "viewer", "--for", "group:north")
    assert (one.code, "no group called “north”" in one.err) == (1, True)
    scopes(terminal, "north,contoso")
    assert terminal.run("grant", BEN, "--as", "viewer", "--for", "group:north").code == 0
    assert held(terminal) == [f"{BEN},report-viewer,no,group:north,,"]
