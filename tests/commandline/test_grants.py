"""`seatwise grants`: the rights held now, printed, and as a file that gives them again."""

from pathlib import Path

from tests.commandline.conftest import FABRIKAM, Terminal
from tests.commandline.rights_files import BEN, CLEO, HEAD
from tests.commandline.test_grant import ANA


def given(terminal: Terminal) -> None:
    terminal.imported()
    terminal.run("grant", ANA, "--as", "admin")
    terminal.run("grant", BEN, "--as", "executive", "--with-people", "--because", "=2+5")
    terminal.run("grant", CLEO, "--as", "viewer", "--for", "fabrikam", "--until", "2099-12-31")


def test_rights_are_printed_a_line_each(terminal: Terminal) -> None:
    given(terminal)
    assert terminal.run("grants").out.splitlines() == [
        "3 people have rights:",
        f"{ANA}  a partner admin for all customers, no end date",
        f"{BEN}  an executive report viewer with people’s names for all customers, "
        "no end date; reason: =2+5",
        f"{CLEO}  a report viewer for Fabrikam, until 31 Dec 2099, 23:59 UTC",
    ]


def test_rights_are_printed_in_french_too(terminal: Terminal) -> None:
    given(terminal)
    said = terminal.run("grants", "--lang", "fr").out.splitlines()
    assert said[3] == f"{CLEO}  lecteur de rapports pour Fabrikam, jusqu’au 31 déc. 2099, 23:59 UTC"


def test_admins_by_the_settings_are_printed_and_not_written(terminal: Terminal) -> None:
    assert terminal.run("grants").out == "No person has a right yet.\n"
    terminal.set("SEATWISE_ADMINS", ANA)
    assert (
        terminal.run("grants").out.splitlines()[1] == f"{ANA}  a partner admin by SEATWISE_ADMINS"
    )
    file = terminal.home / "rights.csv"
    assert terminal.run("grants", "--file", str(file)).out == f"Written to {file}: 0 rights.\n"


def test_the_file_holds_no_formula_and_gives_what_is_held(terminal: Terminal) -> None:
    given(terminal)
    file = terminal.home / "rights.csv"
    assert terminal.run("grants", "--file", str(file)).code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text("utf-8-sig").splitlines() == [
        HEAD,
        f"{ANA},partner-admin,no,,,",
        f"{BEN},executive-report-viewer,yes,,,'=2+5",
        f"{CLEO},report-viewer,no,{FABRIKAM},2099-12-31,",
    ]
    again = terminal.run("grant", "--file", str(file))
    assert (again.code, again.out.startswith("0 changes: ")) == (0, True)


def test_the_file_gives_an_empty_installation_the_same_rights(
    terminal: Terminal, tmp_path: Path
) -> None:
    given(terminal)
    first, second = terminal.home / "first.csv", terminal.home / "second.csv"
    terminal.run("grants", "--file", str(first))
    terminal.set("SEATWISE_DATA_DIR", str(tmp_path / "another"))
    terminal.imported()
    assert terminal.run("grant", "--file", str(first), "--yes").code == 0
    terminal.run("grants", "--file", str(second))
    assert second.read_bytes() == first.read_bytes()


def test_a_customer_whom_the_figures_no_longer_name_stays_in_the_right(terminal: Terminal) -> None:
    given(terminal)
    file = terminal.home / "rights.csv"
    terminal.run("grants", "--file", str(file))
    for facts in (terminal.home / "data").rglob("facts"):
        facts.rename(facts.with_name("facts-away"))
    assert terminal.run("grant", "--file", str(file)).out.startswith("0 changes: ")
    assert FABRIKAM in terminal.run("grants").out


def test_a_file_that_exists_is_not_touched(terminal: Terminal) -> None:
    file = terminal.home / "rights.csv"
    file.write_text("mine", encoding="utf-8")
    (terminal.home / "link.csv").symlink_to(terminal.home / "nowhere.csv")
    for name in ("rights.csv", "link.csv"):
        said = terminal.run("grants", "--file", str(terminal.home / name))
        assert (said.code, "exists already" in said.err) == (2, True)
    assert file.read_text("utf-8") == "mine"
    assert terminal.run("grants", "--file", str(terminal.home / "no" / "x.csv")).code == 1
