"""`seatwise grant`: the operator gives rights, and what is refused saves nothing."""

import pytest

from tests.commandline.conftest import FABRIKAM, Terminal
from tests.sources.building import deployed

ANA = "teams:0112a436-b14e-4888-967b-ca4bb2cf1234:9f8e7d6c-0000-4000-8000-123456789abc"


def rights(terminal: Terminal, person: str) -> str:
    return terminal.run("ask", "/whoami", "--as", person).out


def test_a_right_for_some_customers_until_a_day_for_a_reason(terminal: Terminal) -> None:
    terminal.imported()
    said = terminal.run(
        *("grant", ANA, "--as", "report-viewer", "--for", "fabrikam", "--until", "2099-12-31"),
        *("--because", "renewal talks"),
    )
    assert (said.code, said.out) == (0, f"Granted: {ANA} is a report viewer now.\n")
    shown = rights(terminal, ANA)
    assert "You are a report viewer for Fabrikam, until 31 Dec 2099, 23:59 UTC. " in shown
    assert shown.endswith("Reason: renewal talks\n")
    unseen = terminal.run("ask", "/usage contoso", "--as", ANA).out
    assert unseen.startswith("I know no customer called “contoso”")


def test_a_customer_may_be_named_by_its_tenant(terminal: Terminal) -> None:
    terminal.imported()
    terminal.run("grant", ANA, "--as", "report-viewer", "--for", FABRIKAM.upper())
    assert "for Fabrikam" in rights(terminal, ANA)


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("ana", "--as", "report-viewer"), 2, "“ana” is not a person’s id"),
        ((ANA, "--as", "report-viewer", "--until", "2020-01-01"), 2, "would have ended already"),
        ((ANA, "--as", "partner-admin", "--for", "contoso"), 2, "sees all customers"),
        ((ANA, "--as", "report-viewer", "--for", "nobody"), 1, "no customer called “nobody”"),
    ],
)
def test_what_is_refused_saves_nothing(
    terminal: Terminal, words: tuple[str, ...], code: int, why: str
) -> None:
    terminal.imported()
    said = terminal.run("grant", *words)
    assert (said.code, said.out) == (code, "")
    assert why in said.err
    assert "Nothing was saved" in said.err
    assert "You have no rights yet" in rights(terminal, ANA)


def test_a_name_that_fits_several_is_refused_with_their_names(terminal: Terminal) -> None:
    terminal.imported()
    other = deployed(customerTenantId=FABRIKAM.replace("1", "2"), customerName="Fabrikam Bikes")
    terminal.run("import", terminal.file("bikes.json", [other]))
    said = terminal.run("grant", ANA, "--as", "report-viewer", "--for", "fabri")
    assert said.code == 1
    assert f"Fabrikam ({FABRIKAM}) and Fabrikam Bikes (2222" in said.err
    assert "Nothing was saved" in said.err


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("viewer", "a report viewer"),
        ("Report-Viewer", "a report viewer"),
        ("lecteur", "a report viewer"),
        ("executive", "an executive report viewer"),
        ("lecteur de rapports (direction)", "an executive report viewer"),
        ("administrateur partenaire", "a partner admin"),
    ],
)
def test_a_role_is_given_by_the_words_of_the_chat(terminal: Terminal, said: str, role: str) -> None:
    assert terminal.run("grant", ANA, "--as", said).out == f"Granted: {ANA} is {role} now.\n"


def test_what_is_no_role_is_told_the_roles(terminal: Terminal) -> None:
    said = terminal.run("grant", ANA, "--as", "king")
    assert (said.code, said.out) == (2, "")
    assert "“king” is not a role. Use “viewer”, “executive” or “admin”, or in full " in said.err


def test_customers_need_imported_data(terminal: Terminal) -> None:
    said = terminal.run("grant", ANA, "--as", "report-viewer", "--for", "contoso")
    assert said.code == 1
    assert "nothing was fetched or imported" in said.err


def test_without_a_secret_nothing_is_granted(terminal: Terminal) -> None:
    terminal.set("SEATWISE_SECRET_KEY", "changeme-changeme-changeme-changeme")
    said = terminal.run("grant", ANA, "--as", "partner-admin")
    assert (said.code, said.out) == (2, "")
    assert "looks like a sample value" in said.err


def test_the_last_partner_admin_stays_one(either: Terminal) -> None:
    either.run("grant", ANA, "--as", "admin")
    before = either.run("grants").out
    for less in (("viewer",), ("executive",), ("admin", "--until", "2099-12-31")):
        said = either.run("grant", ANA, "--as", *less)
        assert (said.code, said.out) == (1, "")
        assert f"{ANA} is the last partner admin. Make another one first: seatwise" in said.err
        assert "Nothing was changed" in said.err
    assert ANA in before
    assert either.run("grants").out == before
