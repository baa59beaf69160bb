"""`seatwise ask`: from the made-up partner, and from imported data as somebody real."""

import json
import sqlite3
from pathlib import Path

from handlers.messages.speaker import speaker
from tests.commandline.conftest import Terminal

SAY = speaker("en")


def test_an_empty_folder_answers_from_the_made_up_partner_and_says_so(terminal: Terminal) -> None:
    said = terminal.run("ask", "/usage contoso", "--as", "ada", "--out", str(terminal.home / "out"))
    assert said.err == "Nothing was imported, so a made-up partner answers.\n"
    assert said.out.startswith("Contoso: ")
    assert SAY("stamp-short-made-up") in said.out
    picture = Path(said.out.splitlines()[-1].removeprefix("Chart: "))
    assert picture.parent == terminal.home / "out"
    assert picture.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_json_says_that_data_is_made_up(made_up: Terminal) -> None:
    said = made_up.run("ask", "/usage contoso", "--as", "Cleo", "--json", "--lang", "fr")
    parts = json.loads(said.out)["answer"]["parts"]
    kinds = [part["kind"] for part in parts]
    assert kinds[:4] == ["headline", "paragraph", "figures", "picture"]
    assert kinds[-3:] == ["stamped", "details", "choices"]
    assert parts[-3]["made_up"] is True
    assert parts[3]["chart"]["badge"] == "DONNÉES FICTIVES"
    *_, small_print = parts[-2]["parts"]
    assert small_print["kind"] == "stamped"
    assert "Données fictives" in small_print["sentences"][0]


def test_nobody_else_is_known_there(made_up: Terminal) -> None:
    said = made_up.run("ask", "/usage", "--as", "slack:T1:U1")
    assert (said.code, said.out) == (2, "")
    assert "Use --as ada, ben or cleo" in said.err


def test_imported_data_answers_somebody_real_and_is_not_called_made_up(terminal: Terminal) -> None:
    terminal.imported()
    terminal.run("grant", "slack:T1:U1", "--as", "report-viewer")
    said = terminal.run("ask", "/usage contoso", "--as", "slack:T1:U1")
    assert said.err == ""
    assert f"{SAY('figure-sold')}  50\n{SAY('figure-assigned')}  40  " in said.out
    behind = terminal.run("ask", "/usage contoso", "--as", "slack:T1:U1", "--press", "Details")
    assert "Source: Partner Center licence insights, imported files" in behind.out
    assert "ade-up" not in said.out + behind.out


def test_with_imported_data_nobody_made_up_may_ask(terminal: Terminal) -> None:
    terminal.imported()
    said = terminal.run("ask", "/usage contoso", "--as", "ada")
    assert (said.code, said.out) == (2, "")
    assert "“ada” is not a person’s id" in said.err


def test_a_made_up_person_named_by_id_holds_no_right_on_imported_data(terminal: Terminal) -> None:
    terminal.imported()
    said = terminal.run("ask", "/usage contoso", "--as", "page:demo:ada")
    assert "You don’t have access to /usage." in said.out
    assert "seatwise grant page:demo:ada --as partner-admin" in said.out


def test_it_is_audited_as_the_operator_acting_as_somebody(terminal: Terminal) -> None:
    terminal.imported()
    terminal.run("ask", "/usage contoso", "--as", "slack:T1:U1")
    with sqlite3.connect(terminal.home / "data" / "seatwise.db") as store:
        (entry,) = store.execute("SELECT entry FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    store.close()
    row = json.loads(entry)
    assert (row["who"], row["via"], row["outcome"]) == ("slack:T1:U1", "operator", "refused")


def test_imported_data_is_not_answered_from_without_a_secret(terminal: Terminal) -> None:
    terminal.imported()
    terminal.set("SEATWISE_SECRET_KEY", "")
    said = terminal.run("ask", "/usage contoso", "--as", "slack:T1:U1")
    assert (said.code, said.out) == (2, "")
    assert "SEATWISE_SECRET_KEY is not set" in said.err


def test_a_zone_that_is_none_is_refused(made_up: Terminal) -> None:
    said = made_up.run("ask", "/usage", "--as", "ada", "--zone", "../etc/passwd")
    assert said.code == 2
    assert "is not a time zone" in said.err


def test_damaged_facts_are_said_in_a_sentence(terminal: Terminal) -> None:
    terminal.imported()
    facts = terminal.home / "data" / "own" / "facts" / "facts-000001.duckdb"
    facts.write_bytes(facts.read_bytes()[:5000])
    said = terminal.run("ask", "/usage contoso", "--as", "slack:T1:U1")
    assert (said.code, said.out) == (1, "")
    assert said.err == "The facts cannot be opened. Import the files again.\n"


def test_the_environments_language_is_spoken(made_up: Terminal) -> None:
    made_up.set("LC_ALL", "fr_FR.UTF-8")
    said = made_up.run("ask", "/whoami", "--as", "ben")
    assert said.out.startswith("Vous êtes Ben")


def test_a_button_is_pressed_in_the_same_run(made_up: Terminal) -> None:
    wish = "/grant-analytics @ben as viewer for contoso"
    card = made_up.run("ask", wish, "--as", "ada")
    assert "Nothing is saved yet. Is this right?\n[Grant]\n[Cancel]" in card.out
    assert "You have no rights yet" in made_up.run("ask", "/whoami", "--as", "ben").out
    done = made_up.run("ask", wish, "--as", "ada", "--press", "Grant")
    assert done.out.startswith("Saved: Ben is a report viewer for Contoso")
    assert "report viewer for Contoso" in made_up.run("ask", "/whoami", "--as", "ben").out


def test_a_button_that_is_not_there_does_nothing(made_up: Terminal) -> None:
    said = made_up.run("ask", "/grant-analytics @ben as viewer", "--as", "ada", "--press", "Yes")
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith("The answer has no button “Yes”. Nothing more was done.\n")


def test_with_imported_data_people_are_named_by_their_ids(terminal: Terminal) -> None:
    terminal.imported()
    terminal.run("grant", "slack:T1:ADA", "--as", "partner-admin")
    wish = "/grant-analytics slack:T1:BEN as executive for 14 days"
    said = terminal.run("ask", wish, "--as", "slack:T1:ADA", "--press", "Grant")
    assert said.out.startswith(
        "Saved: slack:T1:BEN is an executive report viewer for all customers"
    )
    assert "I could not tell slack:T1:BEN; please do." in said.out
