"""`seatwise forget`: what is erased is nowhere any more, and that it was is audited."""

import json
from pathlib import Path

from tests.commandline.conftest import FABRIKAM, Terminal
from tests.sources.building import TENANT

ADA, BOB = "slack:T1:UADA", "slack:T1:UBOB"


def filled(terminal: Terminal) -> None:
    """Contoso and Fabrikam, an admin, and somebody who may see Fabrikam alone."""
    terminal.imported()
    record = {
        "id": "e1",
        "customerId": TENANT,
        "userPrincipalName": "eve@partner.example",
        "resourceType": "license",
        "operationType": "update",
        "operationDate": "2026-11-20T23:26:19Z",
        "operationStatus": "succeeded",
    }
    said = terminal.run("import", terminal.file("log.json", [record]))
    assert said.code == 0, said.err
    terminal.run("grant", ADA, "--as", "partner-admin")
    terminal.run("grant", BOB, "--as", "report-viewer", "--for", "fabrikam")


def traces(folder: Path, *words: str) -> list[tuple[str, str]]:
    """Files below the folder that hold a word, in any case, with it."""
    return [
        (path.name, word)
        for path in folder.rglob("*")
        if path.is_file()
        for word in words
        if word.lower().encode() in path.read_bytes().lower()
    ]


def exported(terminal: Terminal, name: str) -> str:
    """A table of the state, as it is exported now."""
    to = terminal.home / f"export-{len(list(terminal.home.glob('export-*')))}"
    assert terminal.run("export", str(to)).code == 0
    return (to / "state" / f"{name}.jsonl").read_text("utf-8")


def test_it_asks_first_and_changes_nothing(terminal: Terminal) -> None:
    filled(terminal)
    said = terminal.run("forget", "customer", "fabrikam")
    assert said.code == 2
    assert f"This erases Fabrikam ({FABRIKAM})" in said.out
    assert "Fabrikam" in terminal.run("ask", "/usage fabrikam", "--as", ADA).out


def test_of_a_forgotten_customer_no_file_holds_the_name(terminal: Terminal) -> None:
    filled(terminal)
    terminal.run("ask", "/usage fabrikam", "--as", ADA)
    data = terminal.home / "data"
    assert traces(data, "fabrikam")
    said = terminal.run("forget", "customer", "fabrikam", "--yes")
    assert (said.code, said.err) == (0, "")
    assert traces(data, "fabrikam") == []


def test_a_forgotten_customer_is_unknown_and_the_others_answer_as_before(
    either: Terminal,
) -> None:
    filled(either)
    before = either.run("ask", "/usage contoso", "--as", ADA).out
    assert either.run("forget", "customer", FABRIKAM, "--yes").code == 0
    assert either.run("ask", "/usage contoso", "--as", ADA).out == before
    assert "I know no customer" in either.run("ask", "/usage fabrikam", "--as", ADA).out
    assert FABRIKAM not in exported(either, "assignment")


def test_a_forgotten_person_has_no_right_left_and_the_audit_verifies(either: Terminal) -> None:
    filled(either)
    assert "UBOB" in exported(either, "assignment")
    said = either.run("forget", "person", BOB, "--yes")
    assert (said.code, said.err) == (0, "")
    assert "The audit stays" in said.out
    assert "UBOB" not in exported(either, "assignment")
    assert either.run("backup", str(either.home / "b.zip")).code == 0
    assert either.run("restore", str(either.home / "b.zip"), "--over").code == 0


def test_the_audit_says_that_it_was_done_and_not_of_whom(either: Terminal) -> None:
    filled(either)
    either.run("forget", "person", "eve@partner.example", "--yes")
    last = json.loads(json.loads(exported(either, "audit").splitlines()[-1])["entry"])
    assert (last["action"], last["what"], last["figures"]) == ("forget", "person", 1)
    assert "eve" not in json.dumps(last)
    assert len(last["whom"]) == 64


def test_a_forgotten_sign_in_name_is_in_no_file(terminal: Terminal) -> None:
    filled(terminal)
    assert terminal.run("forget", "person", "Eve@partner.example", "--yes").code == 0
    assert traces(terminal.home / "data", "eve@partner.example") == []


def test_an_unknown_customer_is_told_so(terminal: Terminal) -> None:
    filled(terminal)
    said = terminal.run("forget", "customer", "nobody", "--yes")
    assert (said.code, said.out) == (1, "")


def test_of_a_deleted_row_not_even_its_bytes_are_left(terminal: Terminal) -> None:
    filled(terminal)
    terminal.run("grant", "slack:T1:UCY", "--as", "report-viewer", "--because", "quetzal")
    assert traces(terminal.home / "data", "quetzal")
    terminal.run("forget", "person", "slack:T1:UCY", "--yes")
    assert traces(terminal.home / "data", "quetzal") == []
