"""`seatwise import`: what it says, what it keeps, and that bad files change nothing."""

import json
from pathlib import Path

from tests.commandline.conftest import Terminal
from tests.sources.building import FIELD_CASES, deployed, without
from tests.sources.test_hostile_files import ALL
from tests.sources.test_offer_matrix import line, matrix
from tests.sources.test_page_lists import customer

TABLE = Path(__file__).with_name("hostile-files.md")
"""Each hostile file and what is said of it, for people to read."""

OF_ITS_DAY = {"tomorrow"}
"""Bad on the fixed day of tests/sources only, where they are tried; here it is today."""


def answer(terminal: Terminal) -> str:
    terminal.run("grant", "slack:T1:U1", "--as", "partner-admin")
    return terminal.run("ask", "/usage contoso", "--as", "slack:T1:U1").out


def test_it_says_what_was_read_and_kept(terminal: Terminal) -> None:
    page = terminal.file("seats.json", [deployed(), deployed(serviceCode="crm")])
    said = terminal.run("import", page)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "seats.json (licence deployment), rows: 2 read, 2 kept.",
        "Saved as generation 1, rows: 2 new, 0 changed, 0 known already.",
    ]


def test_what_is_left_out_is_named_with_its_rows_and_why(terminal: Terminal) -> None:
    rows = [deployed(), deployed()]
    said = terminal.run("import", terminal.file("seats.json", rows))
    assert said.out.splitlines() == [
        "seats.json (licence deployment), rows: 2 read, 1 kept.",
        "  Skipped: 1 row that repeats an earlier one: 2.",
        "Saved as generation 1, rows: 1 new, 0 changed, 0 known already.",
    ]


def test_an_offer_matrix_is_read_once_its_month_is_known(terminal: Terminal) -> None:
    file = terminal.home / "updatedoffice.csv"
    file.write_bytes(matrix(line(), line(guid="", sku="0002")))
    said = terminal.run("import", str(file))
    assert said.code == 1
    assert said.err.endswith("Say it: --month 2026-11. Nothing was saved.\n")
    said = terminal.run("import", str(file), "--month", "2026-10")
    assert said.out.splitlines() == [
        "updatedoffice.csv (licence products of offers), rows: 2 read, 1 kept.",
        "  Skipped: 1 row of an offer without a licence product: 3.",
        "Saved as generation 1, rows: 1 new, 0 changed, 0 known already.",
    ]


def test_the_same_file_twice_changes_nothing(terminal: Terminal) -> None:
    page = terminal.file("seats.json", [deployed()])
    terminal.run("import", page)
    said = terminal.run("import", page)
    assert said.out.endswith("Nothing new: the 1 row was known. The data stays as it was.\n")


def test_pages_that_lack_others_are_said_to_be_incomplete(terminal: Terminal) -> None:
    said = terminal.run("import", terminal.file("seats.json", [deployed()], TotalCount=3))
    assert "Incomplete: the source announced 3 rows" in said.out
    assert "incomplete: see Details" in answer(terminal)


def test_a_bad_file_gets_one_message_and_leaves_the_old_data_answering(terminal: Terminal) -> None:
    terminal.imported()
    before, good = answer(terminal), terminal.file("good.json", [deployed(licensesSold=99)])
    rows = []
    for name, (raw, _, _) in ALL.items():
        if name in OF_ITS_DAY:
            continue
        bad = terminal.home / "some.file"
        bad.write_bytes(raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw)
        said = terminal.run("import", good, str(bad))
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1), name
        rows.append(f"| {name} | {said.err.strip().replace('|', '&#124;')} |")
    assert answer(terminal) == before
    assert rows == TABLE.read_text("utf-8").splitlines()[4:]


def test_a_file_that_is_not_there_is_named(terminal: Terminal) -> None:
    said = terminal.run("import", str(terminal.home / "nowhere.json"))
    assert said.code == 1
    assert "nowhere.json: No such file or directory. Nothing was saved" in said.err


def test_another_folder_can_be_filled(terminal: Terminal, tmp_path: Path) -> None:
    other = tmp_path / "other"
    terminal.run("import", terminal.file("a.json", [deployed()]), "--data", str(other))
    assert (other / "own" / "facts" / "current.json").exists()
    assert not (tmp_path / "data").exists()


def test_a_missing_column_is_named_in_french_too(terminal: Terminal) -> None:
    page = terminal.file("seats.json", [without(deployed(), "licensesSold")])
    said = terminal.run("import", "--lang", "fr", page)
    assert "licensesSold" in said.err
    assert "Rien n’a été enregistré" in said.err


def customer_list(terminal: Terminal, *numbers: int, **envelope: object) -> str:
    """A list of customers as the API answers it; its path."""
    path = terminal.home / f"customers-{len(numbers)}.json"
    page = {"totalCount": len(numbers), "items": [customer(at) for at in numbers], **envelope}
    path.write_text(json.dumps(page), encoding="utf-8")
    return str(path)


def test_a_list_that_lost_most_customers_is_taken_only_with_a_word(terminal: Terminal) -> None:
    assert terminal.run("import", customer_list(terminal, *range(30))).code == 0
    short = customer_list(terminal, 1, 2)
    said = terminal.run("import", short)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "customers-2.json lists only 2 of the 30 rows known (customers); the others would count "
        "as gone. If they are gone, import it with --shorter. If not, fetch the whole list. "
        "Nothing was saved.\n"
    )
    taken = terminal.run("import", "--shorter", short)
    assert taken.out.endswith("rows: 0 new, 28 changed, 2 known already.\n")


def test_a_first_page_ends_nothing_and_says_what_is_missing(terminal: Terminal) -> None:
    assert terminal.run("import", str(FIELD_CASES / "42-full.json")).code == 0
    said = terminal.run("import", str(FIELD_CASES / "42-page1.json"))
    assert (said.code, said.out) == (1, "")
    assert "another page follows (customers?size=2&seekOperation=Next)" in said.err
