"""What was forgotten stays forgotten: no sync, no import and no restored backup brings it back."""

import csv
import fcntl
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.environment import NEW_KEY
from handlers.messages.speaker import speaker
from tests.commandline.conftest import FABRIKAM, Terminal
from tests.commandline.online import online as at
from tests.commandline.test_forget import ADA, exported, filled, traces
from tests.partner_center.company import Company
from tests.partner_center.standin import FIRST_TOKEN, Standin
from tests.run_cache import built_once
from tests.sources.building import deployed

SAY = speaker("en")
EVE = "eve@partner.example"
FRESH = "wB8-hJ2kL5_pQ9sV3xN6zA1dF4gM7tY0cE"


@pytest.fixture
def standin() -> Standin:
    return Standin(Company(5, seed=5))


@pytest.fixture
def online(terminal: Terminal, standin: Standin) -> Iterator[Terminal]:
    """Signed in by the settings' token, and synced."""
    terminal.set("SEATWISE_PARTNER_CENTER_REFRESH_TOKEN", FIRST_TOKEN)
    with at(terminal, standin) as there:
        assert there.run("sync", "--quiet").code == 0
        yield there


def seats_of_fabrikam(terminal: Terminal) -> str:
    """Another file of the customer, as Partner Center would go on giving it."""
    more = deployed(customerTenantId=FABRIKAM, customerName="Fabrikam", licensesSold=77)
    return terminal.file("more.json", [more, deployed(licensesSold=51)])


def forgotten(terminal: Terminal) -> str:
    """Fabrikam and Eve, erased after a backup was made; the backup. Made once and copied."""

    def make(home: Path) -> None:
        terminal.set("SEATWISE_DATA_DIR", str(home / "data"))
        make_forgotten(replace(terminal, home=home))

    shutil.copytree(built_once("forgotten", make), terminal.home, dirs_exist_ok=True)
    terminal.set("SEATWISE_DATA_DIR", str(terminal.home / "data"))
    return str(terminal.home / "before.backup")


def make_forgotten(terminal: Terminal) -> str:
    """The same, made anew."""
    filled(terminal)
    terminal.run("grant", "slack:T1:UCY", "--as", "report-viewer", "--because", "Fabrikam asked")
    backup = str(terminal.home / "before.backup")
    assert terminal.run("backup", backup).code == 0
    assert terminal.run("forget", "customer", "fabrikam", "--yes").code == 0
    assert terminal.run("forget", "person", EVE, "--yes").code == 0
    return backup


def left(terminal: Terminal, *words: str) -> list[tuple[str, str]]:
    return traces(terminal.home / "data", "fabrikam", EVE, *words)


def test_no_file_holds_it_after_a_sync_an_import_and_a_restore(
    online: Terminal, standin: Standin
) -> None:
    tenant, data = standin.company.tenants[4], online.home / "data"
    member = "p1@partner.onmicrosoft.com"
    words = ("northwind 4", "c4.onmicrosoft.com", tenant, member)
    assert {word for _, word in traces(data, *words)} == set(words)
    assert online.run("backup", str(online.home / "before.backup")).code == 0
    assert online.run("forget", "customer", tenant, "--yes").code == 0
    assert online.run("forget", "person", member, "--yes").code == 0
    assert traces(data, *words) == []
    calls = sum(standin.calls.values())
    assert online.run("sync", "--quiet").code == 0
    assert sum(standin.calls.values()) > calls
    assert traces(data, *words) == []
    licence = deployed(customerTenantId=tenant.upper(), customerName="NORTHWIND 4")
    imported = online.run("import", online.file("more.json", [licence, deployed()]))
    assert "1 row was left out: it is of a customer whom you had erased." in imported.out
    assert traces(data, *words) == []
    restored = online.run("restore", str(online.home / "before.backup"), "--over")
    assert (restored.code, restored.err) == (0, "")
    assert "nothing of them was brought back" in restored.out
    assert traces(data, *words) == []
    assert online.run("check").code == 0


def test_an_import_brings_the_others_and_says_what_it_left_out(terminal: Terminal) -> None:
    forgotten(terminal)
    said = terminal.run("import", seats_of_fabrikam(terminal))
    assert (said.code, said.err) == (0, "")
    assert left(terminal) == []
    assert "I know no customer" in terminal.run("ask", "/usage fabrikam", "--as", ADA).out
    contoso = terminal.run("ask", "/usage contoso", "--as", ADA).out
    assert "51" in contoso
    assert "erased" not in contoso
    everybody = terminal.run("ask", "/usage", "--as", ADA, "--press", "Details").out
    assert "1 customer who was erased is left out." in everybody
    assert terminal.run("check").code == 0


def test_a_restored_backup_of_before_brings_none_of_it_back(either: Terminal) -> None:
    backup = make_forgotten(either)
    said = either.run("restore", backup, "--over")
    assert (said.code, said.err) == (0, "")
    assert left(either) == []
    to = either.home / "all"
    assert either.run("export", str(to)).code == 0
    assert {name for name, _ in traces(to, "fabrikam", FABRIKAM, EVE)} <= {"audit.jsonl"}  # by id
    shown = either.run("doctor").out
    assert "There is 1 partner admin." in shown
    assert SAY("doctor-audit") in shown
    assert either.run("ask", "/usage contoso", "--as", ADA).code == 0


def test_a_backup_takes_the_list_along_to_an_empty_installation(terminal: Terminal) -> None:
    forgotten(terminal)
    assert terminal.run("backup", str(terminal.home / "after.backup")).code == 0
    terminal.set("SEATWISE_DATA_DIR", str(terminal.home / "other"))
    assert terminal.run("restore", str(terminal.home / "after.backup")).code == 0
    assert terminal.run("import", seats_of_fabrikam(terminal)).code == 0
    assert traces(terminal.home / "other", "fabrikam", EVE) == []


def test_the_list_itself_tells_no_name_and_lives_through_a_new_key(terminal: Terminal) -> None:
    forgotten(terminal)
    terminal.set(NEW_KEY, FRESH)
    assert terminal.run("keys", "rotate").code == 0
    terminal.set("SEATWISE_SECRET_KEY", FRESH)
    assert terminal.run("import", seats_of_fabrikam(terminal)).code == 0
    assert left(terminal) == []


@pytest.mark.parametrize("key", ["", FRESH])
def test_nothing_is_taken_in_where_the_list_cannot_be_read(terminal: Terminal, key: str) -> None:
    forgotten(terminal)
    terminal.set("SEATWISE_SECRET_KEY", key)
    said = terminal.run("import", seats_of_fabrikam(terminal))
    assert (said.code, said.out) == (1, "")
    assert "Nothing was changed" in said.err
    assert left(terminal) == []


def test_a_damaged_list_stops_imports_and_not_answers(terminal: Terminal) -> None:
    forgotten(terminal)
    file = next((terminal.home / "data").rglob("erased.json"))
    file.write_text(file.read_text()[:-20])
    assert terminal.run("import", seats_of_fabrikam(terminal)).code == 1
    assert terminal.run("ask", "/usage contoso", "--as", ADA).code == 0


def test_an_installation_without_erasures_imports_without_a_secret(terminal: Terminal) -> None:
    terminal.set("SEATWISE_SECRET_KEY", "")
    terminal.imported()


def test_it_is_lifted_only_with_a_reason_which_is_audited(terminal: Terminal) -> None:
    forgotten(terminal)
    assert terminal.run("forget", "customer", FABRIKAM, "--lift").code == 2
    unknown = terminal.run("forget", "customer", "tailspin", "--lift", "--because", "they asked")
    assert (unknown.code, unknown.out) == (1, "")
    assert terminal.run("import", seats_of_fabrikam(terminal)).code == 0
    said = terminal.run("forget", "customer", "fabrikam", "--lift", "--because", "a new contract")
    assert (said.code, said.err) == (0, "")
    last = json.loads(json.loads(exported(terminal, "audit").splitlines()[-1])["entry"])
    assert (last["action"], last["because"]) == ("forget-lifted", "a new contract")
    assert "abrikam" not in json.dumps(last)
    assert terminal.run("import", seats_of_fabrikam(terminal)).code == 0
    assert "77" in terminal.run("ask", "/usage fabrikam", "--as", ADA).out


EVENTS = (
    {"userPrincipalName": EVE.upper()},
    {"userPrincipalName": "steve@partner.example"},
    {"resourceNewValue": f'{{"by": "{EVE}"}}', "userPrincipalName": "x@y.example"},
    {"resourceNewValue": json.dumps(json.dumps({"by": EVE}))},
    {"customizedData": [{"key": "Who", "value": EVE.replace("@", "\\u0040")}]},
    {"userPrincipalName": f" {EVE} "},
    {"resourceOldValue": f"mailto:{EVE}?subject=x"},
    {"resourceOldValue": f"'{EVE}', 'x@y.example'"},
)
"""Records of the activity log. All but the second are Eve's, or tell of her."""


def test_of_a_person_what_was_done_stays_and_not_who_did_it(terminal: Terminal) -> None:
    terminal.set("SEATWISE_KEEP_ACTIVITY_DETAILS", "on")
    forgotten(terminal)
    then = {"operationDate": "2026-11-21T01:00:00Z", "operationType": "update"}
    records = [{"id": f"r{at}", **then, **its} for at, its in enumerate(EVENTS)]
    assert terminal.run("import", terminal.file("log.json", records)).code == 0
    to = terminal.home / "out"
    assert terminal.run("export", str(to)).code == 0
    with (to / "facts" / "activity.csv").open(encoding="utf-8", newline="") as file:
        told = {row["event"]: "".join(row[c] for c in PERSONAL) for row in csv.DictReader(file)}
    assert {event for event, cells in told.items() if cells} == {"r1"}
    assert len(told) == len(EVENTS) + 1


PERSONAL = ("who", "old_value", "new_value", "details")


def test_the_last_partner_admin_is_not_forgotten_before_there_is_another(
    terminal: Terminal,
) -> None:
    filled(terminal)
    listed = next((terminal.home / "data").rglob("erased.json"), None)
    before = listed.read_bytes() if listed else b""
    for words in ((ADA,), (ADA, "--yes")):
        said = terminal.run("forget", "person", *words)
        assert (said.code, said.out) == (1, "")
        assert f"{ADA} is the last partner admin. Make another one first: seatwise" in said.err
    assert (listed.read_bytes() if listed else b"") == before
    assert "You are a partner admin" in terminal.run("ask", "/whoami", "--as", ADA).out
    terminal.run("grant", "slack:T1:UBOB", "--as", "admin")
    assert terminal.run("forget", "person", ADA, "--yes").code == 0


def test_while_it_is_erased_nothing_is_taken_in(terminal: Terminal) -> None:
    filled(terminal)
    lock = next((terminal.home / "data").rglob("erased.lock"))
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert terminal.run("import", seats_of_fabrikam(terminal)).code == 1
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_SH)  # as an import or a sync does
        said = terminal.run("forget", "customer", "fabrikam", "--yes")
    assert (said.code, "try again" in said.err) == (1, True)
    assert Path(lock).exists()
